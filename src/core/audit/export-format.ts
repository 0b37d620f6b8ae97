/** The audit as a file: one canonical JSON object a line, so that no byte of it can change unseen. */
import { z } from 'zod';
import type { AuditEntry, JsonObject } from '../records.ts';
import { AUDIT_CLASSES } from './audit-class.ts';
import { canonicalJson } from './canonical-json.ts';
import { type ChainEnd, entryForm, type SealedEntry, type Segment, segmentForm } from './chain.ts';

export const EXPORT_FORMAT = 1;

/** The first line: whose audit it is, and where it begins. */
export interface ExportStart {
  workspace: string;
  /** Epoch milliseconds. */
  exportedAt: number;
  after: ChainEnd;
}

/** The last line: what was written before it. */
export interface ExportEnd {
  segments: number;
  entries: number;
  end: ChainEnd;
  /** SHA-256 over the hashes of all lines before it, one after the other. */
  digest: string;
}

export type ExportLine =
  | { kind: 'export'; start: ExportStart }
  | { kind: 'segment'; segment: Segment }
  | { kind: 'entry'; entry: SealedEntry }
  | { kind: 'end'; end: ExportEnd };

export const printStart = ({ workspace, exportedAt, after }: ExportStart): string =>
  canonicalJson({
    kind: 'export',
    format: EXPORT_FORMAT,
    workspace,
    exported_at: new Date(exportedAt).toISOString(),
    after: { ...after },
  });

export const printSegment = (segment: Segment): string =>
  canonicalJson({ ...segmentForm(segment), kind: 'segment', hash: segment.hash, dropped_by: segment.droppedBy });

export const printEntry = (entry: SealedEntry): string =>
  canonicalJson({ ...entryForm(entry), kind: 'entry', hash: entry.hash });

export const printEnd = ({ segments, entries, end, digest }: ExportEnd): string =>
  canonicalJson({ kind: 'end', segments, entries, end: { ...end }, digest });

const moment = z.iso.datetime({ precision: 3 }).transform((text) => Date.parse(text));
const count = z.int().min(0);
const hash = z.string().regex(/^[0-9a-f]{64}$/);
const chainEnd = z.strictObject({ number: count, sequence: count, hash });
const jsonObject: z.ZodType<JsonObject> = z.record(z.string(), z.json());

const startLine = z.strictObject({
  kind: z.literal('export'),
  format: z.literal(EXPORT_FORMAT),
  workspace: z.string(),
  exported_at: moment,
  after: chainEnd,
});
const segmentLine = z.strictObject({
  kind: z.literal('segment'),
  number: count,
  class: z.enum(AUDIT_CLASSES),
  first: count,
  count,
  first_at: moment,
  last_at: moment,
  sealed_at: moment,
  previous: hash,
  head: hash,
  hash,
  dropped_by: z.string().nullable(),
});
const entryLine = z.strictObject({
  kind: z.literal('entry'),
  segment: count,
  sequence: count,
  id: z.string(),
  at: moment,
  actor: z.string(),
  actor_role: z.enum(['viewer', 'analyst', 'approver', 'admin', 'system']) satisfies z.ZodType<
    AuditEntry['actor_role']
  >,
  action: z.string(),
  subject_type: z.string(),
  subject_id: z.string(),
  channel: z.string().nullable(),
  outcome: z.string(),
  details: jsonObject,
  hash,
});
const endLine = z.strictObject({
  kind: z.literal('end'),
  segments: count,
  entries: count,
  end: chainEnd,
  digest: hash,
});
const line = z.discriminatedUnion('kind', [startLine, segmentLine, entryLine, endLine]);

/** Undefined for what this version did not write, to the byte. */
export function readExportLine(text: string): ExportLine | undefined {
  const read = line.safeParse(parsed(text));
  if (!read.success) return undefined;
  const found = lineOf(read.data);
  return printLine(found) === text ? found : undefined;
}

function printLine(found: ExportLine): string {
  switch (found.kind) {
    case 'export':
      return printStart(found.start);
    case 'segment':
      return printSegment(found.segment);
    case 'entry':
      return printEntry(found.entry);
    case 'end':
      return printEnd(found.end);
  }
}

function lineOf(data: z.infer<typeof line>): ExportLine {
  switch (data.kind) {
    case 'export': {
      const { kind, workspace, exported_at: exportedAt, after } = data;
      return { kind, start: { workspace, exportedAt, after } };
    }
    case 'segment': {
      const { kind, first_at: firstAt, last_at: lastAt, sealed_at: sealedAt, dropped_by: droppedBy, ...rest } = data;
      return { kind, segment: { ...rest, firstAt, lastAt, sealedAt, droppedBy } };
    }
    case 'entry': {
      const { kind, ...entry } = data;
      return { kind, entry };
    }
    case 'end': {
      const { kind, ...end } = data;
      return { kind, end };
    }
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
