/**
 * Groups of one fault that two imports made at the same time, neither knowing of the other's. What came before enough
 * was seen to know a word for a parameter keeps a group of its own on purpose: many words make a parameter, and the
 * first few of them may well have been faults of their own.
 */
import { ANY, fits, type MessageGroup } from './message-groups.ts';

/** A group as it is stored. */
export interface DatedGroup extends MessageGroup {
  /** Epoch milliseconds. */
  readonly first_seen: number;
  /** When its template became what it is, epoch milliseconds. */
  readonly changed_at: number;
}

/**
 * Each group with the one it should have joined: a template that had a place for anything, and that it fits, when it
 * was stored; or the same template. The widest, and of equals the one seen first, stays.
 */
export function findTwins(groups: readonly DatedGroup[]): { from: string; into: string }[] {
  const wideByLength = new Map<number, DatedGroup[]>();
  const ordered = groups.toSorted(
    (a, b) => widthOf(b) - widthOf(a) || a.first_seen - b.first_seen || (a.signature < b.signature ? -1 : 1),
  );
  return ordered.flatMap((group) => {
    const wide = wideByLength.get(group.template.length) ?? [];
    const into = wide.find((known) => {
      const since = widthOf(known) === widthOf(group) ? Number.NEGATIVE_INFINITY : known.changed_at;
      return since <= group.changed_at && fits(known.template, group.template);
    });
    if (into) return { from: group.signature, into: into.signature };
    if (widthOf(group) > 0) wideByLength.set(group.template.length, [...wide, group]);
    return [];
  });
}

function widthOf({ template }: MessageGroup): number {
  return template.filter((token) => token === ANY).length;
}
