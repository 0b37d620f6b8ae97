/**
 * What is normal for a count given its exposure. A rate baseline is the 28 days before the judged window, without
 * days that have no exposure, gap days, and days that were far out of line themselves (an earlier incident).
 */
/** `count`: negative binomial, variance μ + d μ². `proportion`: beta-binomial, variance μ(1-p)(1 + (n-1) d). */
export type Family = 'count' | 'proportion';

/** A day this many standard deviations (plus one event) away is an incident of its own and says nothing of normal. */
const OUTLIER_SD = 4;
/** Without a day this far out there is no need to look for the median. */
const SUSPECT_SD = 2.5;
/**
 * Days after which a baseline day counts half: rates drift, and last week says more of today than last month. Over 28
 * days this costs a seventh of the data (Σw)² / Σw² and halves the lag behind a trend.
 */
const HALF_LIFE_DAYS = 14;
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
  slots: readonly number[];
  /** Days left out for being out of line. */
  excluded: number;
  /** Relative variance of the rate itself: it was estimated, so the prediction is wider than a day's own spread. */
  relativeVariance: number;
}

/** The upper median of the first `length` values, which it sorts: by insertion, faster than a sort on a month. */
function middleOf(values: Float64Array, length: number): number {
  for (let end = 1; end < length; end++) {
    const value = values[end] ?? 0;
    let at = end - 1;
    for (; at >= 0 && (values[at] ?? 0) > value; at--) values[at + 1] = values[at] ?? 0;
    values[at + 1] = value;
  }
  return values[length >> 1] ?? 0;
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

export interface RateModel {
  family: Family;
  dispersion: number;
  /** Standard deviation of the dispersion's logarithm: it was estimated, too. */
  uncertainty: number;
  /** What a series without events is held against. */
  priorRate: number;
  /** Rate multipliers, Monday first. */
  weekday: readonly number[];
}

export type FitRate = (series: CountSeries, slots: readonly number[], model: RateModel) => RateFit;

/**
 * A fitter with its working memory, since thousands of fits make a day. It fits events per exposure with a
 * Gamma(1/2) prior at `priorRate`, so that a metric never seen still expects something. Days out of line are found
 * against the median daily rate, which half the days cannot move, then against the fit.
 * @param weekdayOf weekday by slot.
 */
export function createRateFitter(weekdayOf: Uint8Array): FitRate {
  const capacity = weekdayOf.length;
  const recencyAtAge = Float64Array.from({ length: capacity }, (_, age) => 0.5 ** (age / HALF_LIFE_DAYS));
  const days = new Int32Array(capacity);
  const weighted = new Float64Array(capacity);
  const recency = new Float64Array(capacity);
  const rates = new Float64Array(capacity);
  const kept = new Uint8Array(capacity);

  const rateOfKept = (counts: Float64Array, length: number, priorRate: number): number => {
    let events = 0.5;
    let exposed = priorRate > 0 ? 0.5 / priorRate : 0;
    for (let index = 0; index < length; index++) {
      if (kept[index] === 0) continue;
      const weight = recency[index] ?? 0;
      events += weight * (counts[days[index] ?? 0] ?? 0);
      exposed += weight * (weighted[index] ?? 0);
    }
    return exposed > 0 ? events / exposed : 0;
  };

  /** How many of the days are kept, and the relative variance of a rate that rests on them. */
  const lookBack = { out: 0, relativeVariance: 0 };

  /** Marks the days within so many deviations of the rate `at`, and sums them up in `lookBack`. */
  const markInLine = (
    { counts, exposure }: CountSeries,
    length: number,
    { family, dispersion }: RateModel,
    at: number,
    deviations: number,
  ): void => {
    const limit = deviations * deviations;
    let out = 0;
    let mean = 0.5;
    let variance = 0.5;
    for (let index = 0; index < length; index++) {
      const slot = days[index] ?? 0;
      const expected = at * (weighted[index] ?? 0);
      const spread = dayVariance(family, expected, exposure[slot] ?? 1, dispersion);
      const beyond = Math.abs((counts[slot] ?? 0) - expected) - 1;
      if (beyond > 0 && beyond * beyond > limit * spread) {
        kept[index] = 0;
        out++;
        continue;
      }
      kept[index] = 1;
      const weight = recency[index] ?? 0;
      mean += weight * expected;
      variance += weight * weight * spread;
    }
    lookBack.out = out;
    lookBack.relativeVariance = variance / (mean * mean);
  };

  return (series, slots, model) => {
    const { counts, exposure } = series;
    const { priorRate, weekday } = model;
    const newest = slots[slots.length - 1] ?? 0;
    let length = 0;
    let events = 0.5;
    let exposed = priorRate > 0 ? 0.5 / priorRate : 0;
    for (let index = 0; index < slots.length; index++) {
      const slot = slots[index] ?? 0;
      const own = exposure[slot] ?? 0;
      if (own <= 0) continue;
      const normal = own * (weekday[weekdayOf[slot] ?? 0] ?? 1);
      const weight = recencyAtAge[newest - slot] ?? 0;
      days[length] = slot;
      weighted[length] = normal;
      recency[length] = weight;
      events += weight * (counts[slot] ?? 0);
      exposed += weight * normal;
      length++;
    }
    let rate = exposed > 0 ? events / exposed : 0;
    markInLine(series, length, model, rate, SUSPECT_SD);
    if (lookBack.out > 0) {
      for (let index = 0; index < length; index++)
        rates[index] = (counts[days[index] ?? 0] ?? 0) / (weighted[index] ?? 1);
      rate = middleOf(rates, length) || rate;
      for (let pass = 0; pass < 2; pass++) {
        markInLine(series, length, model, rate, OUTLIER_SD);
        if (lookBack.out > length * MAX_EXCLUDED) markInLine(series, length, model, rate, Number.POSITIVE_INFINITY);
        rate = rateOfKept(counts, length, priorRate);
        if (lookBack.out === 0) break;
      }
    }
    const { out, relativeVariance } = lookBack;
    const used =
      out === 0 && length === slots.length ? slots : [...days.subarray(0, length)].filter((_, i) => kept[i] === 1);
    return { rate, slots: used, excluded: out, relativeVariance };
  };
}
