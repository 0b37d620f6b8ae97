/**
 * What is normal for a count given its exposure. A rate baseline is the 28 days before the judged window, without
 * days that have no exposure, gap days, and days that were far out of line themselves (an earlier incident).
 */
import { weekdayOf } from '../window.ts';

/** `count`: negative binomial, variance μ + d μ². `proportion`: beta-binomial, variance μ(1-p)(1 + (n-1) d). */
export type Family = 'count' | 'proportion';

/** A day this many standard deviations (plus one event) away is an incident of its own and says nothing of normal. */
const OUTLIER_SD = 4;
/** When more of the baseline than this is out of line, the level has changed: then all of it counts. */
const MAX_EXCLUDED = 1 / 3;

/** Daily counts and their exposure by slot. */
export interface CountSeries {
  key: string;
  counts: Float64Array;
  exposure: Float64Array;
}

/** Events per exposure on a normal day, with what it rests on. */
export interface RateFit {
  rate: number;
  /** Slots the rate rests on. */
  slots: number[];
  /** Days left out for being out of line. */
  excluded: number;
  /** Relative variance of the rate itself: it was estimated, so the prediction is wider than a day's own spread. */
  relativeVariance: number;
}

/** The slots of a baseline: `length` days that end `gap` days before `slot`, usable ones only. */
export function baselineSlots(slot: number, gap: number, length: number, usable: Uint8Array): number[] {
  const slots: number[] = [];
  for (let before = Math.max(0, slot - gap - length + 1); before <= slot - gap; before++) {
    if (usable[before]) slots.push(before);
  }
  return slots;
}

/** Variance of a day's count with mean `mean` out of `exposure`, dispersion `d`. */
export function dayVariance(family: Family, mean: number, exposure: number, d: number): number {
  if (family === 'count') return mean + d * mean * mean;
  const q = Math.max(1e-9, 1 - mean / exposure);
  return mean * q * (1 + Math.max(0, exposure - 1) * d);
}

/**
 * Fits the rate: Gamma(1/2) prior at `priorRate`, so that a metric never seen still expects something. Days out of
 * line are found against the median daily rate, which half the days cannot move, then against the fit.
 */
export function fitRate(
  series: CountSeries,
  slots: readonly number[],
  model: { family: Family; dispersion: number; priorRate: number; weekday: readonly number[]; firstDay: number },
): RateFit {
  const { counts, exposure } = series;
  const days = slots.filter((slot) => (exposure[slot] ?? 0) > 0);
  const weighted = days.map((slot) => (exposure[slot] ?? 0) * (model.weekday[weekdayOf(model.firstDay + slot)] ?? 1));
  const rates = Float64Array.from(days, (slot, index) => (counts[slot] ?? 0) / (weighted[index] ?? 1)).sort();
  let rate = rates[rates.length >> 1] ?? 0;
  let kept = days.map(() => true);
  if (rate === 0) rate = rateOf(counts, days, weighted, kept, model.priorRate);
  for (let pass = 0; pass < 2; pass++) {
    const next = days.map((slot, index) => {
      const mean = rate * (weighted[index] ?? 0);
      const spread = Math.sqrt(dayVariance(model.family, mean, exposure[slot] ?? 1, model.dispersion));
      return Math.abs((counts[slot] ?? 0) - mean) <= OUTLIER_SD * spread + 1;
    });
    const out = next.filter((keep) => !keep).length;
    kept = out > days.length * MAX_EXCLUDED ? days.map(() => true) : next;
    rate = rateOf(counts, days, weighted, kept, model.priorRate);
    if (out === 0) break;
  }
  let mean = 0;
  let variance = 0;
  const used: number[] = [];
  days.forEach((slot, index) => {
    if (!kept[index]) return;
    used.push(slot);
    const expected = rate * (weighted[index] ?? 0);
    mean += expected;
    variance += dayVariance(model.family, expected, exposure[slot] ?? 1, model.dispersion);
  });
  const relativeVariance = mean > 0 ? (variance + 0.5) / (mean + 0.5) ** 2 : 1;
  return { rate, slots: used, excluded: days.length - used.length, relativeVariance };
}

function rateOf(
  counts: Float64Array,
  days: readonly number[],
  weighted: readonly number[],
  kept: readonly boolean[],
  priorRate: number,
): number {
  let events = 0;
  let exposed = 0;
  for (let index = 0; index < days.length; index++) {
    if (!kept[index]) continue;
    events += counts[days[index] ?? 0] ?? 0;
    exposed += weighted[index] ?? 0;
  }
  if (exposed <= 0) return 0;
  return priorRate > 0 ? (events + 0.5) / (exposed + 0.5 / priorRate) : (events + 0.5) / exposed;
}
