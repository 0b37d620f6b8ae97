/** What pages in general did between two stretches, and how far single ones stray from it. */
import { studentUpperTail } from '../stats.ts';

export interface Pooled {
  mean: number;
  /** Of the mean. */
  variance: number;
  /** How much pages differ beyond chance: the variance between them. */
  between: number;
  pages: number;
}

/**
 * Random-effects mean of changes (DerSimonian & Laird 1986): weights 1 / (variance + τ²), where τ² is what the spread of
 * the changes exceeds their own variances by, and never below 0.
 * @param changes at least one.
 */
export function poolChanges(changes: readonly { change: number; variance: number }[]): Pooled {
  const least = 1e-12;
  const weights = changes.map(({ variance }) => 1 / Math.max(variance, least));
  const total = weights.reduce((all, weight) => all + weight, 0);
  const fixed = changes.reduce((all, { change }, index) => all + change * (weights[index] ?? 0), 0) / total;
  const spread = changes.reduce((all, { change }, index) => all + (weights[index] ?? 0) * (change - fixed) ** 2, 0);
  const scale = total - weights.reduce((all, weight) => all + weight ** 2, 0) / total;
  const between = scale > 0 ? Math.max(0, (spread - (changes.length - 1)) / scale) : 0;
  const random = changes.map(({ variance }) => 1 / (Math.max(variance, least) + between));
  const weight = random.reduce((all, one) => all + one, 0);
  const mean = changes.reduce((all, { change }, index) => all + change * (random[index] ?? 0), 0) / weight;
  return { mean, variance: 1 / weight, between, pages: changes.length };
}

/** The t beyond which lies 2.5% on either side, by bisection. @param df at least 1. */
export function studentQuantile(df: number): number {
  let [low, high] = [1, 13];
  for (let step = 0; step < 60; step += 1) {
    const middle = (low + high) / 2;
    if (studentUpperTail(middle, df) > 0.025) low = middle;
    else high = middle;
  }
  return high;
}
