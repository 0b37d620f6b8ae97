/**
 * Is a change between two periods more than the metric's usual unrest? Counts, sums and ratios of them are tested as
 * "why" tests them, so that both say the same. Distinct counts and percentiles do not add up from day to day: the
 * logarithms of their days give the spread, as in `testLevels`.
 */
import type { Metric } from '../../catalogue/define.ts';
import { kindOf } from '../../catalogue/index.ts';
import { normalUpperTail, studentUpperTail } from '../../stats.ts';
import { dayNumber, weekdayOf } from '../../window.ts';
import type { Figure } from '../metric-result.ts';
import { type DayVolume, SIGNIFICANT, testChange } from '../why/change-test.ts';
import { lengthOf, type PassedDay } from './passed-days.ts';

/** One complete day of the weeks before. */
export interface DailyFigure {
  /** YYYY-MM-DD. */
  date: string;
  figure: Figure;
}

/** A compared period. */
export interface Period {
  figure: Figure;
  /** The days that have passed of it. */
  days: readonly PassedDay[];
}

export type Variation =
  /** `against` chance alone, where no days say what is usual. */
  | { tested: true; p: number; outside: boolean; against?: 'chance' }
  | { tested: false; why: 'too_few' | 'short_history' | 'unequal' | 'gap' };

/** Fewer events than this in both periods together say nothing. */
const FEWEST_EVENTS = 10;
const FEWEST_DAYS = 14;
/** From here on each weekday has three days of its own. */
const DAYS_FOR_WEEKDAYS = 21;
const MOST_CORRELATION = 0.8;

/** @param history complete days before the later period, oldest first. */
export function testVariation(metric: Metric, now: Period, before: Period, history: readonly DailyFigure[]): Variation {
  const kind = kindOf(metric);
  if (kind !== 'distinct' && kind !== 'percentile') return testSums(metric, now, before, history);
  const unequal = Math.abs(lengthOf(now.days) / lengthOf(before.days) - 1) > 0.01;
  return kind === 'distinct' && unequal ? { tested: false, why: 'unequal' } : testLevels(now, before, history);
}

function testSums(metric: Metric, now: Period, before: Period, history: readonly DailyFigure[]): Variation {
  const ratio = kindOf(metric) === 'ratio';
  const countOf = (figure: Figure): number => (ratio ? figure.numerator : figure.value) ?? 0;
  const counts = countOf(now.figure) + countOf(before.figure);
  const countable = metric.unit === 'share' || metric.unit === 'count';
  if (!(counts > 0) || (countable && counts < FEWEST_EVENTS)) return { tested: false, why: 'too_few' };
  const volumes = (figure: Figure, days: Period['days']): DayVolume[] => {
    const length = lengthOf(days);
    return days.map(({ date, part }) => ({
      date,
      count: countOf(figure) * (part / length),
      exposure: ratio ? (figure.denominator ?? 0) * (part / length) : part,
    }));
  };
  const past = history.flatMap(({ date, figure }) => volumes(figure, [{ date, part: 1 }]));
  const [recent, earlier] = [volumes(now.figure, now.days), volumes(before.figure, before.days)];
  const shares = [...recent, ...earlier, ...past].every(({ count, exposure }) => count <= exposure);
  const kind = !countable ? 'sum' : ratio && shares ? 'share' : 'count';
  const { p, outside } = testChange({ now: recent, before: earlier, history: past, kind });
  return p === null || outside === null ? { tested: false, why: 'short_history' } : { tested: true, p, outside };
}

/**
 * t = ln(v₁/v₀) / √(s² (f(m₁)/m₁ + f(m₀)/m₀)), s² the variance of the days' logarithms around their weekday's level and
 * f(m) = 1 + 2 Σ (1 - k/m) ρ^k what the mean of m days varies more where a day leans on the one before (Box & Jenkins
 * 1976, §2.1), ρ their lag-1 correlation. An approximation: a window's distinct count varies as the mean of its days.
 */
function testLevels(now: Period, before: Period, history: readonly DailyFigure[]): Variation {
  const [one, other] = [now.figure.value ?? 0, before.figure.value ?? 0];
  const enough = Math.min(now.figure.sample, before.figure.sample) >= FEWEST_EVENTS;
  if (!(one > 0 && other > 0) || !enough) return { tested: false, why: 'too_few' };
  const weekday = weekdayFactors(history);
  const logs = history.flatMap(({ date, figure }) =>
    figure.value !== null && figure.value > 0 ? [Math.log(figure.value / weekday(date))] : [],
  );
  if (logs.length < FEWEST_DAYS) return { tested: false, why: 'short_history' };
  const mean = average(logs);
  const residuals = logs.map((x) => x - mean);
  const df = logs.length - (logs.length >= DAYS_FOR_WEEKDAYS ? 7 : 1);
  const spread = residuals.reduce((sum, r) => sum + r * r, 0) / df;
  const correlation = lagOne(residuals);
  const ofMean = ({ days }: Period): number => widening(days.length, correlation) / Math.max(1, days.length);
  const error = Math.sqrt(spread * (ofMean(now) + ofMean(before)));
  const difference = Math.abs(Math.log(one / other));
  if (difference === 0) return { tested: true, p: 1, outside: false };
  const p = error > 0 ? Math.min(1, 2 * studentUpperTail(difference / error, df)) : 0;
  return { tested: true, p, outside: p < SIGNIFICANT };
}

/**
 * Two shares of people against chance alone, where following people from day to day costs too much to learn what is
 * usual: z = (p₁ − p₀) / √(p(1 − p)(1/n₁ + 1/n₀)), p pooled. Null where the figures are no shares of people.
 */
export function testAgainstChance(now: Figure, before: Figure): Variation | null {
  const [one, other] = [now, before].map(({ numerator, denominator }) => ({ y: numerator ?? 0, n: denominator ?? 0 }));
  if (one === undefined || other === undefined || !(one.n > 0 && other.n > 0)) return null;
  if (one.y + other.y < FEWEST_EVENTS) return { tested: false, why: 'too_few' };
  const pooled = (one.y + other.y) / (one.n + other.n);
  const variance = pooled * (1 - pooled) * (1 / one.n + 1 / other.n);
  const difference = Math.abs(one.y / one.n - other.y / other.n);
  const p = variance > 0 ? Math.min(1, 2 * normalUpperTail(difference / Math.sqrt(variance))) : 1;
  return { tested: true, p, outside: p < SIGNIFICANT, against: 'chance' };
}

/** Each weekday's mean against the mean of all days; 1 throughout where the history is short. */
function weekdayFactors(history: readonly DailyFigure[]): (date: string) => number {
  const days = history.flatMap(({ date, figure }) =>
    figure.value === null ? [] : [{ weekday: weekdayOf(dayNumber(date)), value: figure.value }],
  );
  const mean = average(days.map(({ value }) => value));
  if (days.length < DAYS_FOR_WEEKDAYS || !(mean > 0)) return () => 1;
  const factors = Array.from({ length: 7 }, (_, weekday) => {
    const own = average(days.filter((day) => day.weekday === weekday).map(({ value }) => value));
    return own > 0 ? own / mean : 0.01;
  });
  return (date) => factors[weekdayOf(dayNumber(date))] ?? 1;
}

const average = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;

/** Lag-1 correlation of residuals around 0, from 0 to 0.8. */
function lagOne(residuals: readonly number[]): number {
  const squares = residuals.reduce((sum, r) => sum + r * r, 0);
  if (!(squares > 0)) return 0;
  const products = residuals.reduce((sum, r, index) => sum + r * (residuals[index - 1] ?? 0), 0);
  return Math.min(MOST_CORRELATION, Math.max(0, products / squares));
}

function widening(days: number, correlation: number): number {
  let factor = 1;
  for (let k = 1; k < days; k++) factor += 2 * (1 - k / days) * correlation ** k;
  return factor;
}
