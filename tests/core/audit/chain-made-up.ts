/** Made-up entries, and a sealed chain of them as a file would hold it. */
import { hash } from 'node:crypto';
import fc from 'fast-check';
import {
  type ChainEnd,
  endOf,
  originOf,
  type SealedEntry,
  type Segment,
  type Sha256,
  sealEntries,
} from '../../../src/core/audit/chain.ts';
import {
  type ExportEnd,
  printEnd,
  printEntry,
  printSegment,
  printStart,
} from '../../../src/core/audit/export-format.ts';
import type { Verdict } from '../../../src/core/audit/verify-chain.ts';
import { createExportVerifier } from '../../../src/core/audit/verify-export.ts';
import type { AuditEntry } from '../../../src/core/records.ts';

export const sha256: Sha256 = (text) => hash('sha256', text, 'hex');
export const WORKSPACE = 'local';
export const START = Date.UTC(2026, 0, 1);
export const DAY = 86_400_000;

export const entryOf = (number: number, changes: Partial<AuditEntry> = {}): AuditEntry => ({
  id: `00000000-0000-7000-8000-${number.toString().padStart(12, '0')}`,
  at: START + number,
  actor: 'U_MAYA',
  actor_role: 'admin',
  action: 'setting.change',
  subject_type: 'setting',
  subject_id: 'delivery.sensitivity',
  channel: null,
  outcome: 'changed',
  details: {},
  ...changes,
});

const details = fc.dictionary(
  fc.stringMatching(/^[a-z_]{1,8}$/),
  fc.oneof(
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.string(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
  ),
  { maxKeys: 3 },
);

/** Entries of several classes, each with an id of its own, at times that need not grow. */
export const drawEntries = (minLength: number) =>
  fc
    .array(
      fc.record({
        actor: fc.constantFrom('U_MAYA', 'U_SAM', 'system', 'cli:ana'),
        action: fc.constantFrom('question.ask', 'accounts.view', 'setting.change', 'proposal.approve', 'never.heard'),
        channel: fc.constantFrom(null, 'C1'),
        outcome: fc.constantFrom('done', 'forbidden'),
        at: fc.integer({ min: START, max: START + DAY }),
        details,
      }),
      { minLength, maxLength: 12 },
    )
    .map((drawn) => drawn.map((each, index) => entryOf(index, JSON.parse(JSON.stringify(each)))));

export type Line = { kind: 'segment'; segment: Segment } | { kind: 'entry'; entry: SealedEntry };

/** Seals them batch after batch. */
export function chainOf(batches: readonly (readonly AuditEntry[])[]): Line[] {
  let after: ChainEnd = originOf(WORKSPACE, sha256);
  return batches.flatMap((batch, index) => {
    const sealed = sealEntries(batch, { after, sealedAt: START + 2 * DAY + index, sha256 });
    const last = sealed.segments.at(-1);
    if (last) after = endOf(last);
    return sealed.segments.flatMap((segment): Line[] => [
      { kind: 'segment', segment },
      ...sealed.entries
        .filter((entry) => entry.segment === segment.number)
        .map((entry): Line => ({ kind: 'entry', entry })),
    ]);
  });
}

/** The lines as an honest exporter would write them, whatever they say: its end tells of what stands there. */
export function fileOf(lines: readonly Line[], end = endOfLines(lines)): string[] {
  const body = [
    printStart({ workspace: WORKSPACE, exportedAt: START, after: originOf(WORKSPACE, sha256) }),
    ...lines.map((line) => (line.kind === 'segment' ? printSegment(line.segment) : printEntry(line.entry))),
  ];
  const digest = body.reduce((hashed, line) => sha256(hashed + line), '');
  return [...body, printEnd({ ...end, digest })];
}

function endOfLines(lines: readonly Line[]): Omit<ExportEnd, 'digest'> {
  const segments = lines.flatMap((line) => (line.kind === 'segment' ? [line.segment] : []));
  const last = segments.at(-1);
  return {
    segments: segments.length,
    entries: lines.length - segments.length,
    end: last ? endOf(last) : originOf(WORKSPACE, sha256),
  };
}

export function verifyFile(file: readonly string[]): Verdict | undefined {
  const verifier = createExportVerifier(sha256);
  for (const line of file) if (!verifier.line(line)) return undefined;
  return verifier.end();
}
