import type { Similarities } from './similarity.ts';

/** What two tickets of a corpus share as a rule: over how many pairs, and the sums that mean and deviation come from. */
export interface Background {
  readonly pairs: number;
  readonly sum: number;
  readonly squares: number;
}

/**
 * Deviations above the average pair at which two groups still are one subject. Chosen on half of the intents of two
 * public sets; anything from 0.4 to 0.8 does about as well on both, while no constant similarity does.
 */
const DEVIATIONS = 0.6;
/**
 * The least and the most that can be asked for: a corpus too small, or made of one subject, does not say what an
 * ordinary pair shares.
 */
const LEAST = 0.1;
const MOST = 0.3;
/**
 * Further deviations, divided by its size, that a group must reach within: a few tickets resemble each other by chance
 * more easily than twenty do. Without it most tickets that have nothing to do with each other end up in themes.
 */
const SMALL_GROUP = 14;

/** Over all pairs of the texts given, or of all. */
export function describeBackground({ size, values }: Similarities, of?: readonly number[]): Background {
  const count = of?.length ?? size;
  let sum = 0;
  let squares = 0;
  for (let first = 1; first < count; first++)
    for (let second = 0; second < first; second++) {
      const value = values[(of?.[first] ?? first) * size + (of?.[second] ?? second)] ?? 0;
      sum += value;
      squares += value * value;
    }
  return { pairs: (count * (count - 1)) / 2, sum, squares };
}

/**
 * The average similarity at which two groups are one subject. Not a constant: two unrelated mails share far more
 * than two unrelated chat lines.
 */
export function cutOf({ pairs, sum, squares }: Background, deviations = DEVIATIONS): number {
  if (pairs === 0) return MOST;
  const mean = sum / pairs;
  const deviation = Math.sqrt(Math.max(0, squares / pairs - mean * mean));
  return Math.min(MOST, Math.max(LEAST, mean + deviations * deviation));
}

/** Whether a group is more alike within than so many tickets are by chance, judged by all pairs but its own. */
export function holdsTogether(group: readonly number[], similarities: Similarities, all: Background): boolean {
  const own = describeBackground(similarities, group);
  const others = { pairs: all.pairs - own.pairs, sum: all.sum - own.sum, squares: all.squares - own.squares };
  return own.sum / own.pairs >= cutOf(others, DEVIATIONS + SMALL_GROUP / group.length);
}
