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
import type { Better, Measurement } from './measurement.ts';
import { type FoundRate, RateMeasurement, type RateSubject } from './rate-measurement.ts';
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
  const judging: Judging = { day, metric, subject, windows, fitRate };
  const good: JudgedRate = { ...metric, bad: metric.bad === 'up' ? 'down' : 'up' };
  // One for all, since thousands are measured and few are asked for it.
  const betterOf = (series: CountSeries, model: RateModel, { known, now }: FoundRate): Better | undefined =>
    wentWell(good, now)
      ? toBetter(judgeTowards(judging, good, series, model, known, now, WORTH_FITTING), settings.alpha)
      : undefined;
  return candidates.map((series, index) => {
    const model = {
      family: families[index] ?? metric.family,
      dispersion: dispersions[index]?.value ?? metric.dispersionFloor,
      uncertainty: dispersions[index]?.uncertainty ?? 0,
      priorRate,
      weekday,
    };
    return new RateMeasurement(
      subject,
      metric,
      series,
      model,
      history.weekday,
      measureOne(judging, series, model),
      betterOf,
    );
  });
}

/** What is the same for every series of a metric. */
interface Judging {
  day: DayContext;
  metric: JudgedRate;
  subject: RateSubject;
  windows: readonly WindowLength[];
  fitRate: FitRate;
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

function measureOne(judging: Judging, series: CountSeries, model: RateModel): FoundRate {
  const { day, metric, windows: lengths, fitRate } = judging;
  const { slot, settings, history } = day;
  const shortest = lengths.find(({ slots }) => slots.length >= settings.minHistoryDays);
  const known = shortest ? fitRate(series, shortest.slots, model) : UNKNOWN;
  const factor = shortest ? (model.weekday[history.weekday[slot] ?? 0] ?? 1) : 1;
  const now = predictDay(series, slot, known, model, factor);
  const windows = judgeTowards(judging, metric, series, model, known, now, 1);
  const best = windowToReport(windows, settings.alpha);
  const p = best?.substantial ? leastProbable(windows, true)?.p : best?.p;
  return { known, now, best, p: p ?? 1 };
}

/** Every window long enough known, in one direction. @param worthFrom p-value a window needs to be fitted anew. */
function judgeTowards(
  { day, subject, windows: lengths, fitRate }: Judging,
  judged: JudgedRate,
  series: CountSeries,
  model: RateModel,
  known: RateFit,
  today: Today,
  worthFrom: number,
): WindowResult[] {
  const { slot, settings, history } = day;
  const factorAt = (at: number): number => model.weekday[history.weekday[at] ?? 0] ?? 1;
  const windows: WindowResult[] = [];
  for (const { days, slots, spread } of lengths) {
    if (slots.length < settings.minHistoryDays) continue;
    const at = { days, slot, windows: lengths.length, spread, usable: subject.usable, factorAt, today };
    let result = judgeWindow(judged, series, model, known, at);
    // Its own baseline, which ends before the window, is worth fitting only where the window leans at all.
    if (result && days > 1 && result.p <= worthFrom && leans(judged, model.family, result.ratio))
      result = judgeWindow(judged, series, model, fitRate(series, slots, model), at);
    if (result) windows.push(result);
  }
  return windows;
}

interface WindowLength {
  days: number;
  /** Its baseline. */
  slots: number[];
  spread: number;
}

const UNKNOWN: RateFit = { rate: 0, slots: [], excluded: 0, relativeVariance: 1 };
/** A window that shows an improvement has at least this much of it on the judged day; the rest is not worth a test. */
const LEAST_GOOD = 1.05;
/** An improbable window is improbable enough for this under the baseline it has spoilt; more fits would cost a third more. */
const WORTH_FITTING = 0.2;

function wentWell({ bad: good }: JudgedRate, { count, mean }: Today): boolean {
  return good === 'up' ? count >= mean * LEAST_GOOD : count * LEAST_GOOD <= mean;
}

/** Nothing counted in all of the window may be a tracker that broke: it is never an improvement. */
function toBetter(windows: readonly WindowResult[], alpha: number): Better | undefined {
  const seen = windows.filter(({ count }) => count > 0);
  const best = windowToReport(seen, alpha);
  if (!best) return undefined;
  const p = best.substantial ? leastProbable(seen, true)?.p : best.p;
  return { p_value: p ?? 1, substantial: best.substantial, window_days: best.days };
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
