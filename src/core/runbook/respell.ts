/** Words that no runbook holds, taken for the ones they were misspelt from. */
import { nearestWord } from '../query/parse/spelling.ts';
import { isEnglish } from './general-words.ts';
import { type SearchTerm, wordTerm } from './search-terms.ts';
import { plainWords, stemOf } from './words.ts';

/** Shorter words are spelled like too many others. */
const SHORTEST = 6;
const MOST_WORDS = 4;

/** The single words that no section holds, without their endings; what is looked for among titles and headings. */
export const unwrittenWords = (terms: readonly SearchTerm[], holders: readonly number[]): string[] =>
  terms
    .filter((term, index) => mayBeMisspelt(term, holders[index] ?? 0))
    .slice(0, MOST_WORDS)
    .map(({ text }) => stemOf(text));

const mayBeMisspelt = ({ text }: SearchTerm, holders: number): boolean =>
  holders === 0 && text.length >= SHORTEST && !text.includes(' ') && !isEnglish(text);

/**
 * The terms, those that nobody wrote put as the one word of these names that is a slip or two away from them.
 * @param names titles and headings. @returns the same array where none was.
 */
export function respell(
  terms: readonly SearchTerm[],
  holders: readonly number[],
  names: readonly string[],
): readonly SearchTerm[] {
  const byStem = new Map(names.flatMap(plainWords).map((word) => [stemOf(word), word]));
  const respelt = terms.map((term, index) => {
    if (!mayBeMisspelt(term, holders[index] ?? 0)) return term;
    const meant = byStem.get(nearestWord(stemOf(term.text), byStem.keys()) ?? '');
    return meant === undefined ? term : wordTerm(meant);
  });
  return respelt.some((term, index) => term !== terms[index]) ? respelt : terms;
}
