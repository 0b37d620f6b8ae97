/** Days that lack data, as a source was silent while others spoke or only daily totals are known: no quiet days. */
import type { Metric } from '../../catalogue/define.ts';
import { getMeasure, kindOf } from '../../catalogue/index.ts';
import { addDays, daysBetween } from '../../window.ts';
import type { CheckedQuery } from '../metric-query.ts';
import type { MetricResult } from '../metric-result.ts';
import type { MetricAsked } from './asked.ts';
import type { Variation } from './variation.ts';

type Gaps = MetricAsked['gaps'];
type Totals = Pick<MetricResult, 'totals_only' | 'totals_partly'>;

/** Whether a day of the window is one of them. */
export const isGap = (gaps: Gaps, bucket: string | null): boolean => gaps.some(({ date }) => date === bucket);

/** Whether the figure told is that of an average day, without those that lack data. */
const isAverageDay = ({ grain, group_by }: Pick<CheckedQuery, 'grain' | 'group_by'>, metric: Metric): boolean =>
  grain === 'day' && group_by.length === 0 && kindOf(metric) === 'distinct';

/** Ratios of sums by a method of their own. */
const SUMMED_METHODS: ReadonlySet<string> = new Set(['aov', 'checkout_success_rate']);

/** Whether the metric is sums over sums, from both sides of which a day can be left out. */
export function isRatioOfSums({ of }: Metric): boolean {
  if ('method' in of) return SUMMED_METHODS.has(of.method);
  if ('measure' in of) return false;
  return [of.numerator, of.denominator].every((id) => ['count', 'sum'].includes(getMeasure(id).aggregation.kind));
}

/** Whether days that lack data are left out of the figure: views without the tickets of their day make no rate. */
export const leavesOutGaps = (query: Pick<CheckedQuery, 'grain' | 'group_by'>, metric: Metric): boolean =>
  isAverageDay(query, metric) || isRatioOfSums(metric);

/** The days that both sides of a ratio are computed without. */
export const daysLeftOut = (gaps: Gaps, metric: Metric): string[] =>
  isRatioOfSums(metric) ? [...new Set(gaps.map(({ date }) => date))].sort() : [];

/** The days of a series that lack data in either period count as not complete. */
export function cutByGaps(result: MetricResult, { window, compare, grain }: CheckedQuery, gaps: Gaps): MetricResult {
  const silent = new Set([...gaps.map(({ date }) => date), ...result.totals_only, ...result.totals_partly]);
  if (grain !== 'day' || silent.size === 0) return result;
  const back = compare === null ? 0 : daysBetween(compare.start.slice(0, 10), window.start.slice(0, 10));
  const lacks = (bucket: string | null): boolean =>
    bucket !== null && (silent.has(bucket) || (back > 0 && silent.has(addDays(bucket, -back))));
  return { ...result, rows: result.rows.map((row) => (lacks(row.bucket) ? { ...row, partial: true } : row)) };
}

/** Nothing is tested where a day lacks data, unless that day is left out of both sides or the days stand for themselves. */
export function testedDespite(
  gaps: Gaps,
  query: Pick<CheckedQuery, 'grain' | 'group_by'>,
  metric: Metric,
  variation: Variation | null,
  { totals_only, totals_partly }: Totals = { totals_only: [], totals_partly: [] },
): Variation | null {
  const lacking = gaps.length + totals_only.length + totals_partly.length;
  return variation === null || lacking === 0 || leavesOutGaps(query, metric)
    ? variation
    : { tested: false, why: 'gap' };
}

/** Counts of fewer days against those of more would be a fall or a rise of nothing but data: the two are not compared. */
export function withheldAcrossTotals(result: MetricResult, query: CheckedQuery, metric: Metric): MetricResult {
  const stands = ['ratio', 'percentile'].includes(kindOf(metric)) || isAverageDay(query, metric);
  if (query.compare === null || result.totals_only.length + result.totals_partly.length === 0 || stands) return result;
  return { ...result, total: { ...result.total, compared: null } };
}
