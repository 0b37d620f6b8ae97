/** Days on which a source was silent while others spoke: their figures are no quiet days. */
import type { Metric } from '../../catalogue/define.ts';
import { kindOf } from '../../catalogue/index.ts';
import { addDays, daysBetween } from '../../window.ts';
import type { CheckedQuery } from '../metric-query.ts';
import type { MetricResult } from '../metric-result.ts';
import type { MetricAsked } from './asked.ts';
import type { Variation } from './variation.ts';

type Gaps = MetricAsked['gaps'];

/** Whether a day of the window is one of them. */
export const isGap = (gaps: Gaps, bucket: string | null): boolean => gaps.some(({ date }) => date === bucket);

/** Whether the figure told is that of an average day, without those that lack data. */
export const leavesOutGaps = ({ grain, group_by }: Pick<CheckedQuery, 'grain' | 'group_by'>, metric: Metric): boolean =>
  grain === 'day' && group_by.length === 0 && kindOf(metric) === 'distinct';

/** The days of a series that lack data in either period count as not complete. */
export function cutByGaps(result: MetricResult, { window, compare, grain }: CheckedQuery, gaps: Gaps): MetricResult {
  if (grain !== 'day' || gaps.length === 0) return result;
  const silent = new Set(gaps.map(({ date }) => date));
  const back = compare === null ? 0 : daysBetween(compare.start.slice(0, 10), window.start.slice(0, 10));
  const lacks = (bucket: string | null): boolean =>
    bucket !== null && (silent.has(bucket) || (back > 0 && silent.has(addDays(bucket, -back))));
  return { ...result, rows: result.rows.map((row) => (lacks(row.bucket) ? { ...row, partial: true } : row)) };
}

/** Nothing is tested where a day lacks data, unless the days stand for themselves and that one is left out. */
export function testedDespite(
  gaps: Gaps,
  query: Pick<CheckedQuery, 'grain' | 'group_by'>,
  metric: Metric,
  variation: Variation | null,
): Variation | null {
  return variation === null || gaps.length === 0 || leavesOutGaps(query, metric)
    ? variation
    : { tested: false, why: 'gap' };
}
