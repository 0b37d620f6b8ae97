/** The words of a masked message that say what happened: what two messages of one fault have in common. */

import { nameWithDigits } from '../signature-mask.ts';

/** Stands for anything masked; neighbours are one, so that lists of numbers of any length read the same. */
export const VALUE = '*';
/** Stands for a list of words, of any length. */
export const LIST = '…';

/** Longer messages are compared by their beginning. */
const MAX_WORDS = 60;

const word = /[^\s=:,;()[\]{}"'|`]+=?/g;
const label = /<\w+>/;
/** After a colon, an equals sign or an opening bracket, up to the end of a phrase. */
const listOfWords = /(?<=[:=([]\s?)(?:[\w.<>-]{1,60}(?:, ?| and | or |, and |, or )){1,50}[\w.<>-]{1,60}(?=[)\].;]|$)/g;
/**
 * The skeleton of a masked message: its words in order, values as VALUE, key and `=` kept together. A message
 * without a single word is its own skeleton, so that two of those are never taken for the same.
 */
export function skeletonOf(masked: string): string[] {
  const words: string[] = [];
  let constant = false;
  for (const [token] of masked.replace(listOfWords, ` ${LIST} `).matchAll(word)) {
    const read = readWord(token);
    if (read === undefined) continue;
    if (!isValue(read)) constant = true;
    else if (isValue(words.at(-1))) continue;
    words.push(read);
    if (words.length === MAX_WORDS) break;
  }
  return constant ? words : [masked];
}

/** True for what stands for a value rather than a word. */
export function isValue(token: string | undefined): boolean {
  return token === VALUE || token === LIST;
}

function readWord(token: string): string | undefined {
  const isKey = token.endsWith('=');
  const bare = (isKey ? token.slice(0, -1) : token).replace(/^[.!?#-]+(?=[\p{L}\d])|[.!?]+$/gu, '');
  if (bare === '') return undefined;
  if (bare === LIST || nameWithDigits.test(bare)) return bare;
  // Scripts without spaces: a value stands in the middle of a phrase, not for the whole of it.
  if (/[^\p{ASCII}]/u.test(bare) && /\p{L}/u.test(bare)) return bare.replace(/<\w+>|\d+/g, VALUE);
  if (label.test(bare) || /[\d/\\@]|^[b-zB-HJ-Z]$/.test(bare) || !/[A-Za-z]/.test(bare)) return VALUE;
  const read = singular(bare);
  return isKey ? `${read}=` : read;
}

/** "3 items were" and "1 item was" are the same fault; what is no plural may lose its s too, everywhere alike. */
function singular(text: string): string {
  if (text === 'were') return 'was';
  if (text === 'are') return 'is';
  if (!/^[a-z]{4,}s$/.test(text)) return text;
  return text
    .replace(/ies$/, 'y')
    .replace(/(?<=x|ch|sh|ss|z)es$/, '')
    .replace(/(?<![sui])s$/, '');
}
