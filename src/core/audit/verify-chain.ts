/** Whether a chain is as it was sealed. Reads it once, in order, and goes on after a fault: each is told once. */
import { z } from 'zod';
import { KEEP_AT_LEAST_DAYS } from './audit-class.ts';
import { type ChainEnd, endOf, hashEntry, hashSegment, type SealedEntry, type Segment, type Sha256 } from './chain.ts';

const FAULTS_KEPT = 50;
const DAY_MS = 86_400_000;

/** What a `audit.drop` entry says: the numbers of the segments it ended. */
export const dropDetails = z.object({ segments: z.array(z.int()) });

export interface Verdict {
  sound: boolean;
  segments: number;
  /** Entries that are there; those of dropped segments are not. */
  entries: number;
  /** Segments whose entries retention has dropped. */
  dropped: number;
  /** Where the chain ends: keep its hash elsewhere, and a chain that was cut or made anew shows. */
  end: ChainEnd;
  faultCount: number;
  /** The first of them, a sentence each. */
  faults: string[];
}

export interface ChainVerifier {
  segment(segment: Segment): void;
  entry(entry: SealedEntry): void;
  /** Something else that is wrong, as a sentence. */
  fault(words: string): void;
  end(): Verdict;
}

/**
 * @param after where the chain is known up to: its origin, or the end of what was verified before.
 * @param known hash of a segment that was kept elsewhere: it has to be among them, or `after`. Null for none.
 */
export function createChainVerifier(after: ChainEnd, sha256: Sha256, known: string | null = null): ChainVerifier {
  const faults: string[] = [];
  const counts = { segments: 0, entries: 0, dropped: 0, faults: 0 };
  /** By the id of the entry that has to tell of them. */
  const claims = new Map<string, Segment[]>();
  const drops = new Map<string, { at: number; segments: ReadonlySet<number> }>();
  let isKnown = known === null || known === after.hash;
  let current: Segment | null = null;
  let end = after;
  let [sequence, previous] = [after.sequence, after.hash];

  const fault = (words: string): void => {
    counts.faults += 1;
    if (faults.length < FAULTS_KEPT) faults.push(words);
  };

  /** The segment that is over: it must have had all of its entries. */
  const close = (): void => {
    if (current === null || current.droppedBy !== null) return;
    const missing = endOf(current).sequence - sequence;
    if (missing > 0) fault(`Segment ${current.number}: its last ${missing} of ${current.count} entries are missing.`);
    else if (previous !== current.head)
      fault(`Segment ${current.number}: it does not end with the entry it was sealed with.`);
  };

  const noteDrop = (entry: SealedEntry): void => {
    const read = entry.action === 'audit.drop' ? dropDetails.safeParse(entry.details) : undefined;
    if (read?.success) drops.set(entry.id, { at: entry.at, segments: new Set(read.data.segments) });
  };

  const checkDrops = (): void => {
    for (const [id, segments] of claims) {
      const drop = drops.get(id);
      for (const { number, class: kind, lastAt } of segments) {
        if (kind === 'drops' || drop?.segments.has(number) !== true)
          fault(`Segment ${number}: its entries are gone, and no sealed entry tells that retention dropped them.`);
        else if (drop.at - lastAt < KEEP_AT_LEAST_DAYS * DAY_MS)
          fault(`Segment ${number}: it was dropped before it was ${KEEP_AT_LEAST_DAYS} days old.`);
      }
    }
  };

  return {
    fault,

    segment(segment) {
      close();
      const { number, first, droppedBy } = segment;
      counts.segments += 1;
      if (number !== end.number + 1)
        fault(
          `Segment ${number}: it follows segment ${end.number}, so something between them is missing or out of order.`,
        );
      else if (segment.previous !== end.hash)
        fault(`Segment ${number}: it was not sealed after the segment before it.`);
      else if (first !== end.sequence + 1)
        fault(`Segment ${number}: its entries do not go on where the last one ended.`);
      if (hashSegment(segment, sha256) !== segment.hash) fault(`Segment ${number}: its header was changed.`);
      if (segment.hash === known) isKnown = true;
      if (droppedBy !== null) {
        counts.dropped += 1;
        claims.set(droppedBy, [...(claims.get(droppedBy) ?? []), segment]);
      }
      current = segment;
      end = endOf(segment);
      [sequence, previous] = [first - 1, segment.previous];
    },

    entry(entry) {
      const place = `Segment ${entry.segment}, entry ${entry.sequence}`;
      counts.entries += 1;
      if (current === null || entry.segment !== current.number || current.droppedBy !== null) {
        fault(`${place}: it is in no segment that was sealed with it.`);
        return;
      }
      if (entry.sequence > sequence + 1) fault(`${place}: ${entry.sequence - sequence - 1} before it are missing.`);
      else if (entry.sequence <= sequence) fault(`${place}: it is there twice, or out of order.`);
      else if (entry.sequence > endOf(current).sequence) fault(`${place}: it was added after its segment was sealed.`);
      else if (hashEntry(entry, previous, sha256) !== entry.hash)
        fault(`${place}: it was changed after it was sealed.`);
      noteDrop(entry);
      [sequence, previous] = [Math.max(sequence, entry.sequence), entry.hash];
    },

    end() {
      close();
      checkDrops();
      if (!isKnown) fault(`No segment has the hash ${known}: the chain was cut, or made anew.`);
      const { faults: faultCount, ...found } = counts;
      return { sound: faultCount === 0, ...found, end, faultCount, faults };
    },
  };
}
