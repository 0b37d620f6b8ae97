/** Counts after "last" and "past" that are no length: "past 14", "last 0 days". */
import { readCount } from './numbers.ts';
import { type Passage, type Period, pastDays, textOf, wordAt } from './period.ts';
import { tokenAt } from './tokens.ts';
import { unitOf } from './vocabulary.ts';

const MOST_DAYS = 9_999;

/** @param index of "last" or "past" */
export const readBareCount = (passage: Passage, index: number): Period | null =>
  readNone(passage, index) ?? readBareDays(passage, index);

/** "last 0 days" is no time at all. */
function readNone(passage: Passage, index: number): Period | null {
  const count = readCount(passage.tokens, index + 1);
  if (count?.value !== 0 || unitOf(wordAt(passage, count.next)) === undefined) return null;
  const next = count.next + 1;
  const suggestion = pastDays(passage, FEWEST_DAYS);
  return {
    window: suggestion,
    next,
    unit: null,
    fault: { kind: 'empty', text: textOf(passage, index, next), suggestion },
  };
}

/** Fewer after "last" are rows: "the last 3". */
const FEWEST_DAYS = 7;

/** "past 14": days, where nothing else is counted. */
function readBareDays(passage: Passage, index: number): Period | null {
  const count = readCount(passage.tokens, index + 1);
  if (count === null || count.value < FEWEST_DAYS || count.value > MOST_DAYS) return null;
  if (tokenAt(passage.tokens, count.next).kind !== 'end') return null;
  return { window: pastDays(passage, count.value), next: count.next, unit: null };
}
