/** One window of a rate against its baseline: how improbable, and whether big enough to matter. */
import {
  betaBinomialLowerTail,
  betaBinomialUpperTail,
  negativeBinomialLowerTail,
  negativeBinomialUpperTail,
  normalUpperTail,
} from '../stats.ts';
import { type CountSeries, dayVariance, type Family, type RateFit, type RateModel } from './baseline.ts';
import { overDispersion } from './over-dispersion.ts';
import type { JudgedRate } from './rate-metrics.ts';
import { corrected } from './window-correction.ts';

/** In a longer window an earlier day counts at most this far above expected: one old spike is not a leak. */
const CAP_SD = 2.5;
/**
 * Over a longer window the judged day has to bear at least this share of the window's mean excess: more than that is
 * true of whatever still lasts, and less of what is over and only echoes.
 */
const STILL = 0.5;
/** Below this a tail is no evidence and the normal approximation does. */
const SCREEN_Z = 2;

export interface WindowResult {
  days: number;
  /** Corrected for the windows tried. */
  p: number;
  substantial: boolean;
  count: number;
  expected: number;
  ratio: number;
}

/** The judged day by itself: what was counted, what the baseline predicts. */
export interface Today {
  count: number;
  exposure: number;
  mean: number;
  variance: number;
}

/** Mean and variance of the judged day under the fit. */
export function predictDay(series: CountSeries, slot: number, fit: RateFit, model: RateModel, factor: number): Today {
  const exposure = series.exposure[slot] ?? 0;
  const ceiling = model.family === 'proportion' ? exposure : Number.POSITIVE_INFINITY;
  const mean = Math.min(fit.rate * exposure * factor, ceiling);
  const variance = dayVariance(model.family, mean, exposure, model.dispersion) + mean * mean * fit.relativeVariance;
  return { count: series.counts[slot] ?? 0, exposure, mean, variance };
}

/** The window to judge. */
export interface WindowAt {
  days: number;
  /** The judged day. */
  slot: number;
  /** How many windows are tried. */
  windows: number;
  /** How much more than independent days the window varies, beyond plain chance: see window-spread.ts. */
  spread: number;
  today: Today;
  usable: Uint8Array;
  factorAt(slot: number): number;
}

/** Undefined where nothing is expected in the window. */
export function judgeWindow(
  metric: JudgedRate,
  series: CountSeries,
  model: RateModel,
  fit: RateFit,
  at: WindowAt,
): WindowResult | undefined {
  const sign = metric.bad === 'up' ? 1 : -1;
  let count = 0;
  let raw = 0;
  let exposure = 0;
  let mean = 0;
  let independent = 0;
  let pure = 0;
  for (let slot = Math.max(0, at.slot - at.days + 1); slot <= at.slot; slot++) {
    const exposed = series.exposure[slot] ?? 0;
    if (!at.usable[slot] || exposed <= 0) continue;
    const events = series.counts[slot] ?? 0;
    const expected = Math.min(
      fit.rate * exposed * at.factorAt(slot),
      model.family === 'proportion' ? exposed : Number.POSITIVE_INFINITY,
    );
    const variance = dayVariance(model.family, expected, exposed, model.dispersion);
    const cap = CAP_SD * Math.sqrt(variance) + 1;
    const beyond = sign * (events - expected);
    count += slot === at.slot || beyond <= cap ? events : expected + sign * cap;
    raw += events;
    exposure += exposed;
    mean += expected;
    independent += variance;
    pure += dayVariance(model.family, expected, exposed, 0);
  }
  if (!(mean > 0)) return undefined;
  const extra = (independent - pure) * at.spread;
  const chance = pure + mean * mean * fit.relativeVariance;
  const variance = chance + extra;
  const z = (sign * (count - mean)) / Math.sqrt(variance);
  const ratio = raw / mean;
  const substantial =
    exposure >= metric.minExposure &&
    (sign > 0 ? raw : mean) >= metric.minCount &&
    sign * (count - mean) >= metric.minExcess &&
    Math.abs(raw - mean) / exposure >= metric.minDifference &&
    effect(model.family, sign, count, exposure, mean) >= metric.minRatio &&
    (at.days === 1 || stillLasts(sign, at.today, ratio));
  // What is too small to matter is only counted among the tests: one tail does for it.
  const tailAt = (factor: number): number => tail(model.family, sign, count, exposure, mean, chance + extra * factor);
  const single = z < SCREEN_Z ? normalUpperTail(z) : overDispersion(substantial ? model.uncertainty : 0, tailAt);
  const p = corrected(single, at.days, at.windows);
  return { days: at.days, p, substantial, count: raw, expected: mean, ratio };
}

function stillLasts(sign: number, today: Today, ratio: number): boolean {
  return sign * (today.count - today.mean) >= STILL * sign * (ratio - 1) * today.mean;
}

function tail(family: Family, sign: number, count: number, exposure: number, mean: number, variance: number): number {
  if (family === 'proportion') {
    return sign > 0
      ? betaBinomialUpperTail(count, exposure, mean, variance)
      : betaBinomialLowerTail(count, exposure, mean, variance);
  }
  return sign > 0 ? negativeBinomialUpperTail(count, mean, variance) : negativeBinomialLowerTail(count, mean, variance);
}

/** How far off, as a ratio of 1 or more in the bad direction: of the counts, or of the odds for a proportion. */
function effect(family: Family, sign: number, count: number, exposure: number, mean: number): number {
  const odds = (events: number): number =>
    family === 'proportion' ? (events + 0.5) / Math.max(exposure - events + 0.5, 0.5) : events + 0.5;
  return sign > 0 ? odds(count) / odds(mean) : odds(mean) / odds(count);
}
