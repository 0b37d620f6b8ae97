/**
 * The count model: is what the window holds more (or less) than its exposure explains?
 * Prediction of a window: mean Σ rate × exposure × weekday; variance Σ day variances, widened for days that are not
 * independent and for the rate being an estimate; tail by the negative binomial or beta-binomial with these moments.
 */
import {
  baselineSlots,
  type CountSeries,
  createRateFitter,
  type Family,
  type FitRate,
  type RateFit,
  type RateModel,
} from './baseline.ts';
import { FLAT_WEEK, shrunkDispersion, weekdayFactors } from './dispersion.ts';
import type { Measurement } from './measurement.ts';
import { RateMeasurement, type RateSubject } from './rate-measurement.ts';
import type { JudgedRate } from './rate-metrics.ts';
import { judgeWindow, predictDay, type Today, type WindowResult } from './rate-window.ts';
import type { DayContext } from './rule.ts';
import { windowSpread } from './window-spread.ts';

/** Measures one metric of many entities: they share the week's shape and a dispersion to shrink to. */
export function measureRates(day: DayContext, metric: JudgedRate, subject: RateSubject): Measurement[] {
  const { settings, history, slot } = day;
  if (!subject.usable[slot]) return [];
  const first = baselineSlots(slot, 1, settings.baselineDays, subject.usable);
  const candidates = subject.series.filter(
    ({ exposure }) => (exposure[slot] ?? 0) > 0 && hasExposedDays(exposure, first, settings.minHistoryDays),
  );
  if (candidates.length === 0) return [];
  const families = candidates.map((series) => familyOf(metric.family, series, first, slot));
  const priorRate = pooledRate(candidates, first);
  const fitRate = createRateFitter(history.weekday);
  const flat = { priorRate, weekday: FLAT_WEEK };
  // Spread and week are learned from before the longest window: a leak must not pass for restlessness.
  const earlier = baselineSlots(slot, Math.max(...settings.windows), settings.baselineDays, subject.usable);
  const calm = earlier.length >= settings.minHistoryDays ? earlier : first;
  const roughModel = (family: Family): RateModel => ({
    ...flat,
    family,
    dispersion: metric.dispersionGuess,
    uncertainty: 0,
  });
  const roughModels = { count: roughModel('count'), proportion: roughModel('proportion') };
  const rough = candidates.map((series, index) => fitRate(series, calm, roughModels[families[index] ?? metric.family]));
  const weekday = weekdayFactors(candidates, rough, metric.family, metric.dispersionGuess, history.weekday);
  const dispersions = shrunkDispersion(
    candidates,
    rough,
    metric.family,
    metric.dispersionGuess,
    metric.dispersionFloor,
    weekday,
    history.weekday,
  );
  const learned = {
    series: candidates,
    fits: rough,
    families,
    dispersions: dispersions.map(({ value }) => value),
    weekday,
    weekdayOf: history.weekday,
  };
  const windows = settings.windows.map((days) => ({
    days,
    slots: baselineSlots(slot, days, settings.baselineDays, subject.usable),
    spread: windowSpread(days, learned),
  }));
  return candidates.map((series, index) => {
    const model = {
      family: families[index] ?? metric.family,
      dispersion: dispersions[index]?.value ?? metric.dispersionFloor,
      uncertainty: dispersions[index]?.uncertainty ?? 0,
      priorRate,
      weekday,
    };
    return measureOne(day, metric, subject, series, model, windows, fitRate);
  });
}

function hasExposedDays(exposure: Float64Array, slots: readonly number[], wanted: number): boolean {
  let days = 0;
  for (const slot of slots) if ((exposure[slot] ?? 0) > 0 && ++days >= wanted) return true;
  return false;
}

/** More events than exposure (two clicks a view) is no proportion: it is counted instead. */
function familyOf(family: Family, { counts, exposure }: CountSeries, slots: readonly number[], slot: number): Family {
  if (family === 'count') return family;
  if ((counts[slot] ?? 0) > (exposure[slot] ?? 0)) return 'count';
  for (const at of slots) if ((counts[at] ?? 0) > (exposure[at] ?? 0)) return 'count';
  return 'proportion';
}

/** Events per exposure over all series: what an entity that never saw one is held against. */
function pooledRate(series: readonly CountSeries[], slots: readonly number[]): number {
  let events = 0;
  let exposed = 0;
  for (const { counts, exposure } of series) {
    for (const slot of slots) {
      events += counts[slot] ?? 0;
      exposed += exposure[slot] ?? 0;
    }
  }
  return exposed > 0 ? events / exposed : 0;
}

function measureOne(
  day: DayContext,
  metric: JudgedRate,
  subject: RateSubject,
  series: CountSeries,
  model: RateModel,
  lengths: readonly { days: number; slots: number[]; spread: number }[],
  fitRate: FitRate,
): Measurement {
  const { slot, settings, history } = day;
  const factorAt = (at: number): number => model.weekday[history.weekday[at] ?? 0] ?? 1;
  const windows: WindowResult[] = [];
  let fit: RateFit | undefined;
  let today: Today | undefined;
  for (const { days, slots, spread } of lengths) {
    if (slots.length < settings.minHistoryDays) continue;
    if (!fit || !today) {
      fit = fitRate(series, slots, model);
      today = predictDay(series, slot, fit, model, factorAt(slot));
    }
    const at = { days, slot, windows: lengths.length, spread, usable: subject.usable, factorAt, today };
    let result = judgeWindow(metric, series, model, fit, at);
    // Its own baseline, which ends before the window, is worth fitting only where the window leans at all.
    if (result && days > 1 && leans(metric, model.family, result.ratio))
      result = judgeWindow(metric, series, model, fitRate(series, slots, model), at);
    if (result) windows.push(result);
  }
  const known = fit ?? { rate: 0, slots: [], excluded: 0, relativeVariance: 1 };
  const now = today ?? predictDay(series, slot, known, model, 1);
  const best = windowToReport(windows, settings.alpha);
  const p = best?.substantial ? leastProbable(windows, true)?.p : best?.p;
  return new RateMeasurement(subject, metric, series, model, history.weekday, { known, now, best, p: p ?? 1 });
}

/**
 * A window 1.3 times its clean baseline is still 1.2 times one that a quarter of the window's days have spoilt;
 * for proportions the odds move more than the rate.
 */
function leans({ bad }: JudgedRate, family: Family, ratio: number): boolean {
  const from = family === 'count' ? 1.15 : 1.04;
  return bad === 'up' ? ratio >= from : ratio <= 1 / from;
}

/**
 * The window to report: the shortest that is big enough to matter and improbable enough by itself, so that only what
 * a single day cannot show is told as a slow rise. Else the least probable of the big ones, else of all.
 */
function windowToReport(windows: readonly WindowResult[], alpha: number): WindowResult | undefined {
  for (const window of windows) if (window.substantial && window.p <= alpha) return window;
  return leastProbable(windows, true) ?? leastProbable(windows, false);
}

function leastProbable(windows: readonly WindowResult[], onlyBig: boolean): WindowResult | undefined {
  let best: WindowResult | undefined;
  for (const window of windows) if ((window.substantial || !onlyBig) && !(best && best.p <= window.p)) best = window;
  return best;
}
