/** The answer to a question of ours: which of the readings that were offered a reply means. */
import type { ThreadContext } from '../reading.ts';
import { stemsOf, tokenise } from './tokens.ts';
import { wordList } from './word-list.ts';

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

/** Whether a reply points at one of several: "the signup one", "2", "the second". */
export const picksOne = (reply: string): boolean =>
  /^\W*(?:(?:i meant?|ok|yes|the)\s+)*(?:(?:[\w-]+\s+){0,3}one|[123]|(?:option|number|#)\s*[123]|first|second|third|former|latter)\W*$/iu.test(
    reply,
  );

const LITTLE = wordList('the a an i mean meant please pls ok yes for of on just that this one by page rate');

/** The one question offered that has every word of the reply which says something: "the funnel"; undefined for none. */
export function quotedReading(reply: string, thread: ThreadContext): string | undefined {
  const words = tokenise(reply).filter(({ word }) => !LITTLE.has(word));
  if (words.length === 0 || words.length > 4) return undefined;
  const fits = thread.listed.filter(({ dimension, value }) => {
    const own = new Set(stemsOf(value));
    return dimension === OFFERED && words.every(({ stem }) => own.has(stem));
  });
  return fits.length === 1 ? fits[0]?.value : undefined;
}

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
