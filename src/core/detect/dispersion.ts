/** What surfaces share: the shape of a week, and how much more than chance a day varies. */
import { type CountSeries, dayVariance, type Family, type RateFit } from './baseline.ts';

export const FLAT_WEEK: readonly number[] = [1, 1, 1, 1, 1, 1, 1];
/** Events' worth of "every weekday is alike" that the data have to outweigh. */
const WEEKDAY_PRIOR_EVENTS = 50;
/** Days' worth of belief in the pool that a surface's own dispersion has to outweigh. */
const POOL_DAYS = 10;
const PRIOR_SERIES_DAYS = 30;
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

/**
 * Dispersion by moments, Σ((y-μ)² n/(n-1) - base) / Σ scale with variance = base + d·scale, shrunk to the pool:
 * (n0·pool + n·own) / (n0 + n), where n = Σ(d·scale / variance)² counts the days on which over-dispersion would show
 * over plain chance. The pool is the n-weighted mean. Never below `floor`: too narrow a band is the costly mistake.
 */
export function shrunkDispersion(
  series: readonly CountSeries[],
  fits: readonly RateFit[],
  family: Family,
  guess: number,
  floor: number,
  weekday: readonly number[],
  weekdayOf: Uint8Array,
): number[] {
  const own = series.map(({ counts, exposure }, index) => {
    const fit = fits[index];
    let excess = 0;
    let scale = 0;
    let visible = 0;
    const days = fit?.slots.length ?? 0;
    if (!fit || days < 2) return { d: guess, visible: 0 };
    for (const slot of fit.slots) {
      const exposed = exposure[slot] ?? 0;
      const mean = fit.rate * exposed * (weekday[weekdayOf[slot] ?? 0] ?? 1);
      const base = dayVariance(family, mean, exposed, 0);
      const unit = dayVariance(family, mean, exposed, 1) - base;
      excess += (((counts[slot] ?? 0) - mean) ** 2 * days) / (days - 1) - base;
      scale += unit;
      visible += ((guess * unit) / Math.max(base + guess * unit, 1e-12)) ** 2;
    }
    return { d: scale > 0 ? Math.min(MAX_DISPERSION, Math.max(0, excess / scale)) : guess, visible };
  });
  let sum = PRIOR_SERIES_DAYS * guess;
  let weight = PRIOR_SERIES_DAYS;
  for (const { d, visible } of own) {
    sum += d * visible;
    weight += visible;
  }
  const pool = sum / weight;
  return own.map(({ d, visible }) => Math.max(floor, (POOL_DAYS * pool + visible * d) / (POOL_DAYS + visible)));
}
