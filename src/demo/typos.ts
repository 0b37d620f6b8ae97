import type { Rng } from '../core/simulate/rng.ts';

const SHARE = 0.13;

/** One slip in about one text of eight: two letters swapped, one doubled or one lost, in a longer word. */
export function withTypo(rng: Rng, text: string): string {
  if (!rng.chance(SHARE)) return text;
  const words = text.split(' ');
  const candidates = words.flatMap((word, index) => (/^[a-z]{6,}$/.test(word) ? [index] : []));
  if (candidates.length === 0) return text;
  const index = rng.pick(candidates);
  const word = words[index] ?? '';
  // The first two letters stay right: people notice those.
  const at = 2 + rng.below(word.length - 3);
  const [a = '', b = ''] = word.slice(at, at + 2);
  const slips = [b + a, a + a + b, b];
  words[index] = word.slice(0, at) + rng.pick(slips) + word.slice(at + 2);
  return words.join(' ');
}
