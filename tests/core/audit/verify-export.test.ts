import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import '../../support/property-draws.ts';
import { originOf } from '../../../src/core/audit/chain.ts';
import { createChainVerifier } from '../../../src/core/audit/verify-chain.ts';
import { chainOf, DAY, drawEntries, entryOf, fileOf, type Line, START, sha256, verifyFile } from './chain-made-up.ts';

const isSound = (file: readonly string[]): boolean => verifyFile(file)?.sound === true;

/** Two batches, so that there is more than one segment of a class. */
const drawChain = drawEntries(2).map((entries) => {
  const middle = Math.ceil(entries.length / 2);
  return chainOf([entries.slice(0, middle), entries.slice(middle)]);
});

describe('an exported audit', () => {
  it('is sound as it was written', () => {
    fc.assert(
      fc.property(drawChain, (lines) => {
        const entries = lines.filter(({ kind }) => kind === 'entry').length;
        expect(verifyFile(fileOf(lines))).toMatchObject({ sound: true, faults: [], entries, dropped: 0 });
      }),
      { numRuns: 40 },
    );
  });

  it('is not, once any character of it is another', () => {
    fc.assert(
      fc.property(drawChain, fc.nat(), fc.nat(), fc.constantFrom(...'0a" }x,'), (lines, line, place, other) => {
        const file = fileOf(lines);
        const at = line % file.length;
        const text = file[at] ?? '';
        const where = place % text.length;
        const changed = `${text.slice(0, where)}${other}${text.slice(where + 1)}`;
        fc.pre(changed !== text);
        expect(isSound(file.with(at, changed))).toBe(false);
      }),
      { numRuns: 100 },
    );
  });

  it('is not, once a line is missing, there twice, or somewhere else', () => {
    fc.assert(
      fc.property(drawChain, fc.nat(), fc.nat(), (lines, one, other) => {
        const file = fileOf(lines);
        const [from, to] = [one % file.length, other % file.length];
        const without = file.toSpliced(from, 1);
        expect(isSound(without)).toBe(false);
        expect(isSound(file.toSpliced(to, 0, file[from] ?? ''))).toBe(false);
        if (from !== to) expect(isSound(without.toSpliced(to, 0, file[from] ?? ''))).toBe(false);
      }),
      { numRuns: 40 },
    );
  });

  it('is not, whatever entry is changed by somebody who writes the end of the file anew', () => {
    const change = fc.constantFrom<(line: Line & { kind: 'entry' }) => Partial<Line & { kind: 'entry' }>['entry']>(
      ({ entry }) => ({ ...entry, actor: 'U_OTHER' }),
      ({ entry }) => ({ ...entry, at: entry.at - 1 }),
      ({ entry }) => ({ ...entry, outcome: `${entry.outcome}.` }),
      ({ entry }) => ({ ...entry, channel: entry.channel === null ? 'C9' : null }),
      ({ entry }) => ({ ...entry, details: { ...entry.details, added: 1 } }),
      ({ entry }) => ({ ...entry, id: entryOf(99).id }),
      ({ entry }) => ({ ...entry, hash: sha256(entry.hash) }),
    );
    fc.assert(
      fc.property(drawChain, fc.nat(), change, (lines, place, changeOne) => {
        const entries = lines.flatMap((line, index) => (line.kind === 'entry' ? [{ line, index }] : []));
        const chosen = entries[place % entries.length];
        if (!chosen) return;
        const entry = changeOne(chosen.line) ?? chosen.line.entry;
        expect(isSound(fileOf(lines.with(chosen.index, { kind: 'entry', entry })))).toBe(false);
      }),
    );
  });

  it('is not, when entries or segments are removed, doubled or swapped by such a person, but for the last segment', () => {
    fc.assert(
      fc.property(drawChain, fc.nat(), fc.nat(), (lines, one, other) => {
        const [from, to] = [one % lines.length, other % lines.length];
        expect(isSound(fileOf(lines.toSpliced(from, 1)))).toBe(false);
        expect(isSound(fileOf(lines.toSpliced(to, 0, lines[from] as Line)))).toBe(false);
        const groups = groupsOf(lines);
        const swapped = groups.with(0, groups[groups.length - 1] ?? []).with(groups.length - 1, groups[0] ?? []);
        if (groups.length > 1) {
          expect(isSound(fileOf(swapped.flat()))).toBe(false);
          expect(isSound(fileOf(groups.slice(1).flat()))).toBe(false);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('that was cut before its last segments is sound in itself, and ends elsewhere', () => {
    const lines = chainOf([[entryOf(1)], [entryOf(2)]]);
    const [whole, cut] = [verifyFile(fileOf(lines)), verifyFile(fileOf(lines.slice(0, 2)))];
    expect(cut?.sound).toBe(true);
    expect(cut?.end.hash).not.toBe(whole?.end.hash);
  });

  it.each([
    ['nothing', []],
    ['another file', ['{"ts":"2026-01-01"}']],
    ['no JSON', ['audit']],
  ])('that is %s is none', (_, file) => {
    expect(verifyFile(file)).toBeUndefined();
  });
});

describe('a dropped segment', () => {
  const questions = [entryOf(1, { action: 'question.ask' }), entryOf(2, { action: 'question.ask' })];
  const drop = (segments: number[], at = START + 100 * DAY) =>
    entryOf(50, { action: 'audit.drop', subject_type: 'audit', subject_id: 'questions', at, details: { segments } });

  /** The first segment's entries are gone, by the entry of that id. */
  function dropped(lines: readonly Line[], droppedBy = entryOf(50).id): Line[] {
    return lines.flatMap((line): Line[] => {
      if (line.kind === 'segment')
        return line.segment.number === 1 ? [{ ...line, segment: { ...line.segment, droppedBy } }] : [line];
      return line.entry.segment === 1 ? [] : [line];
    });
  }

  it('leaves a chain that verifies across the gap', () => {
    const lines = dropped(chainOf([questions, [entryOf(3)], [drop([1])]]));
    expect(verifyFile(fileOf(lines))).toMatchObject({ sound: true, segments: 3, entries: 2, dropped: 1 });
  });

  it.each([
    ['nothing tells of it', dropped(chainOf([questions, [entryOf(3)]])), 'no sealed entry tells'],
    ['what tells of it is another entry', dropped(chainOf([questions, [drop([1])]]), entryOf(9).id), 'no sealed entry'],
    ['what tells of it names another segment', dropped(chainOf([questions, [drop([2])]])), 'no sealed entry tells'],
    ['it was too young', dropped(chainOf([questions, [drop([1], START + 29 * DAY)]])), 'before it was 30 days old'],
    [
      'it held what is kept for good',
      dropped(chainOf([[drop([7])], [{ ...drop([1]), id: entryOf(51).id }]]), entryOf(51).id),
      'no sealed entry tells',
    ],
  ])('is a fault where %s', (_, lines, words) => {
    const verdict = verifyFile(fileOf(lines));
    expect(verdict?.sound).toBe(false);
    expect(verdict?.faults.join(' ')).toContain(words);
  });

  it('is a fault where an entry of it is still there', () => {
    const lines = chainOf([questions, [drop([1])]]);
    const [segment, first] = lines;
    const kept = [...dropped(lines).slice(0, 1), ...(first ? [first] : []), ...dropped(lines).slice(1)];
    expect(segment?.kind).toBe('segment');
    expect(verifyFile(fileOf(kept))?.faults).toEqual([
      'Segment 1, entry 1: it is in no segment that was sealed with it.',
    ]);
  });
});

describe('a chain with faults', () => {
  it('names each once, and goes on', () => {
    const lines = chainOf([[entryOf(1), entryOf(2), entryOf(3)], [entryOf(4)]]);
    const verifier = createChainVerifier(originOf('local', sha256), sha256);
    for (const line of lines) {
      if (line.kind === 'segment') verifier.segment(line.segment);
      else if (line.entry.sequence === 1) verifier.entry({ ...line.entry, actor: 'U_OTHER' });
      else if (line.entry.sequence !== 4) verifier.entry(line.entry);
    }
    expect(verifier.end()).toMatchObject({
      faultCount: 2,
      faults: [
        'Segment 1, entry 1: it was changed after it was sealed.',
        'Segment 2: its last 1 of 1 entries are missing.',
      ],
    });
  });
});

function groupsOf(lines: readonly Line[]): Line[][] {
  const groups: Line[][] = [];
  for (const line of lines) {
    if (line.kind === 'segment') groups.push([]);
    groups.at(-1)?.push(line);
  }
  return groups;
}
