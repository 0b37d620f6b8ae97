/** What surfaces share: the shape of a week, and how much more than chance a day varies. */
import { type CountSeries, dayVariance, type Family, type RateFit } from './baseline.ts';

export const FLAT_WEEK: readonly number[] = [1, 1, 1, 1, 1, 1, 1];
/** Events' worth of "every weekday is alike" that the data have to outweigh. */
const WEEKDAY_PRIOR_EVENTS = 50;
/** Belief in the guess, in series of so many days each. */
const PRIOR_SERIES = 2;
const PRIOR_SERIES_DAYS = 30;
/** Surfaces differ by at least this share of the pool's dispersion. */
const LEAST_SPREAD = 0.3;
/** No day's rate varies by more than about its own size; one wild surface must not widen everybody's band. */
const MAX_DISPERSION = 1;

/**
 * Rate multiplier of each weekday, pooled: Σ w y / Σ w μ over all series, w = μ / variance, so that one huge series
 * does not set everybody's week; shrunk to 1 and kept within [0.5, 2].
 */
export function weekdayFactors(
  series: readonly CountSeries[],
  fits: readonly RateFit[],
  family: Family,
  d: number,
  weekdayOf: Uint8Array,
): number[] {
  const observed = new Float64Array(7);
  const expected = new Float64Array(7);
  series.forEach(({ counts, exposure }, index) => {
    const fit = fits[index];
    if (!fit) return;
    for (const slot of fit.slots) {
      const mean = fit.rate * (exposure[slot] ?? 0);
      if (mean <= 0) continue;
      const weight = mean / dayVariance(family, mean, exposure[slot] ?? 1, d);
      const day = weekdayOf[slot] ?? 0;
      observed[day] = (observed[day] ?? 0) + weight * (counts[slot] ?? 0);
      expected[day] = (expected[day] ?? 0) + weight * mean;
    }
  });
  return Array.from(observed, (sum, day) => {
    const factor = (sum + WEEKDAY_PRIOR_EVENTS) / ((expected[day] ?? 0) + WEEKDAY_PRIOR_EVENTS);
    return Math.min(2, Math.max(0.5, factor));
  });
}

/** A dispersion with how well it is known. */
export interface Dispersion {
  value: number;
  /** Standard deviation of its logarithm. */
  uncertainty: number;
}

/**
 * Dispersion by moments, Σ((y-μ)² n/(n-1) - base) / Σ scale with variance = base + d·scale, shrunk to the pool by
 * empirical Bayes: with s² the sampling variance of a series' own estimate, 2 Σ variance² / (Σ scale)², and τ² the
 * variance between series (what the estimates differ by beyond s²), own counts τ² / (τ² + s²). The pool is the mean
 * weighted by 1 / s². Never below `floor`: too narrow a band is the costly mistake.
 */
export function shrunkDispersion(
  series: readonly CountSeries[],
  fits: readonly RateFit[],
  family: Family,
  guess: number,
  floor: number,
  weekday: readonly number[],
  weekdayOf: Uint8Array,
): Dispersion[] {
  const own = series.map(({ counts, exposure }, index) => {
    const fit = fits[index];
    let excess = 0;
    let scale = 0;
    let squares = 0;
    const days = fit?.slots.length ?? 0;
    if (!fit || days < 2) return undefined;
    for (const slot of fit.slots) {
      const exposed = exposure[slot] ?? 0;
      const mean = fit.rate * exposed * (weekday[weekdayOf[slot] ?? 0] ?? 1);
      const base = dayVariance(family, mean, exposed, 0);
      const unit = dayVariance(family, mean, exposed, 1) - base;
      excess += (((counts[slot] ?? 0) - mean) ** 2 * days) / (days - 1) - base;
      scale += unit;
      squares += (base + guess * unit) ** 2;
    }
    if (!(scale > 0)) return undefined;
    return { d: Math.min(MAX_DISPERSION, excess / scale), sampling: (2 * squares) / scale ** 2 };
  });
  const { pool, between } = poolOf(
    own.flatMap((each) => each ?? []),
    guess,
  );
  return own.map((each) => {
    const trust = each ? between / (between + each.sampling) : 0;
    const value = Math.max(floor, pool + trust * ((each?.d ?? pool) - pool));
    const variance = between * (1 - trust);
    return { value, uncertainty: Math.min(1, Math.sqrt(variance) / value) };
  });
}

/** Mean and variance between series; the guess, give or take half of it, weighs as much as so many series of a month. */
function poolOf(own: readonly { d: number; sampling: number }[], guess: number): { pool: number; between: number } {
  const certain = (2 * guess ** 2) / PRIOR_SERIES_DAYS;
  let weight = PRIOR_SERIES / certain;
  let sum = guess * weight;
  for (const { d, sampling } of own) {
    sum += d / (sampling + certain);
    weight += 1 / (sampling + certain);
  }
  const pool = sum / weight;
  let spread = (PRIOR_SERIES * (guess / 2) ** 2) / certain ** 2;
  let spreadWeight = PRIOR_SERIES / certain ** 2;
  for (const { d, sampling } of own) {
    const known = 1 / (sampling + certain) ** 2;
    spread += known * ((d - pool) ** 2 - sampling);
    spreadWeight += known;
  }
  return { pool: Math.max(pool, 1e-6), between: Math.max((LEAST_SPREAD * pool) ** 2, spread / spreadWeight) };
}
