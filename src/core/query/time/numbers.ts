/** Counts as people write them: "7", "seven", "a couple of", "a dozen". */
import { type Token, tokenAt } from './tokens.ts';

const NAMES = [
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen',
  'seventeen eighteen nineteen',
]
  .join(' ')
  .split(' ');
const TENS = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
const VALUES: ReadonlyMap<string, number> = new Map([
  ...NAMES.map((name, value) => [name, value] as const),
  ...TENS.map((name, index) => [name, (index + 2) * 10] as const),
  ['couple', 2],
  ['few', 3],
  ['several', 3],
  ['dozen', 12],
  ['hundred', 100],
]);
const ORDINALS: ReadonlyMap<string, number> = new Map(
  ['first', 'second', 'third', 'fourth', 'fifth'].map((name, index) => [name, index + 1] as const),
);

export interface Count {
  readonly value: number;
  /** Index of the token after it. */
  readonly next: number;
}

/** The count that begins at a token. "a" and "an" are not counts here: see `readArticle`. */
export function readCount(tokens: readonly Token[], index: number): Count | null {
  const token = tokenAt(tokens, index);
  if (token.kind === 'number') return { value: token.value, next: index + 1 };
  if (token.word === 'a' || token.word === 'an') {
    const named = readNamed(tokens, index + 1);
    return named?.loose ? named : null;
  }
  return readNamed(tokens, index);
}

function readNamed(tokens: readonly Token[], index: number): (Count & { loose: boolean }) | null {
  const { word } = tokenAt(tokens, index);
  const value = VALUES.get(word);
  if (value === undefined) return null;
  const ones = VALUES.get(tokenAt(tokens, index + 1).word) ?? 0;
  if (TENS.includes(word) && ones > 0 && ones < 10) return { value: value + ones, next: index + 2, loose: false };
  const loose = value === 100 || ['couple', 'few', 'several', 'dozen'].includes(word);
  const next = loose && tokenAt(tokens, index + 1).word === 'of' ? index + 2 : index + 1;
  return { value, next, loose };
}

/** "first" … "fifth", "1st" … : a place in a row, from 1. */
export function ordinalAt(tokens: readonly Token[], index: number): number | undefined {
  const token = tokenAt(tokens, index);
  return token.kind === 'ordinal' ? token.value : ORDINALS.get(token.word);
}
