import type { Mention } from './lexicon.ts';
import type { Token } from './tokens.ts';
import { wordList } from './word-list.ts';

/** Words that say nothing about what stands beside them. */
const FILLERS = wordList('the a an our my your their this that all different various single new');

/** The words before a mention, nearest first, without fillers; what is taken stops the look. */
export function wordsBefore(tokens: readonly Token[], { first }: Mention, most = 3): string[] {
  const words: string[] = [];
  for (let index = first - 1; index >= 0 && words.length < most; index -= 1) {
    const token = tokens[index];
    if (!token || token.taken) break;
    if (!FILLERS.has(token.word)) words.push(token.word);
  }
  return words;
}

/** The words after a mention, nearest first; what is taken stops the look. */
export function wordsAfter(tokens: readonly Token[], { end }: Mention, most = 3): string[] {
  const words: string[] = [];
  for (let index = end; index < tokens.length && words.length < most; index += 1) {
    const token = tokens[index];
    if (!token || token.taken) break;
    words.push(token.word);
  }
  return words;
}
