/** The answer to a question of ours: which of the readings that were offered a reply means. */
import type { ThreadContext } from '../reading.ts';
import { stemsOf } from './tokens.ts';

/** How a thread keeps the readings it was offered, among what was listed. */
export const OFFERED = 'reading';

const ORDINALS: Readonly<Record<string, number>> = {
  first: 1,
  '1': 1,
  '1st': 1,
  second: 2,
  '2': 2,
  '2nd': 2,
  third: 3,
  '3': 3,
  '3rd': 3,
};

/** The question that was chosen, by its place or by words that only one of those offered has; undefined for none. */
export function chosenReading(reply: string, thread: ThreadContext): string | undefined {
  const offered = thread.listed.filter(({ dimension }) => dimension === OFFERED).map(({ value }) => value);
  if (offered.length === 0) return undefined;
  const words = stemsOf(reply);
  const place = words.map((word) => ORDINALS[word]).find((one) => one !== undefined);
  if (place !== undefined && words.length <= 5) return offered[place - 1];
  const scores = offered.map((question) => {
    const own = new Set(stemsOf(question));
    return words.filter((word) => own.has(word) && offered.some((other) => !stemsOf(other).includes(word))).length;
  });
  const best = Math.max(...scores);
  const only = scores.filter((score) => score === best).length === 1;
  return best > 0 && only ? offered[scores.indexOf(best)] : undefined;
}
