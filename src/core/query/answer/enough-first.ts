/**
 * Rankings of rates: a page with one view that failed has the highest error rate of all and says nothing. Groups
 * below the minimum sample come after the others, so more of them are read than are shown.
 */
import type { Metric } from '../../catalogue/define.ts';
import { type CheckedQuery, MOST_ROWS } from '../metric-query.ts';
import type { MetricResult, ResultRow } from '../metric-result.ts';
import type { MetricAsked } from './asked.ts';
import { countsPeople } from './figure-words.ts';

const isRanked = ({ group_by, grain }: CheckedQuery, { minimum_sample }: Metric): boolean =>
  group_by.length > 0 && grain === null && minimum_sample.at_least > 1;

/** The query to run for a query. */
export const widened = (query: CheckedQuery, metric: Metric): CheckedQuery =>
  isRanked(query, metric) ? { ...query, limit: MOST_ROWS } : query;

/** Its result, cut back to what was asked for. */
export function enoughFirst(result: MetricResult, query: CheckedQuery, metric: Metric): MetricResult {
  if (!isRanked(query, metric)) return result;
  const enough = result.rows.filter(({ figure }) => figure.sample >= metric.minimum_sample.at_least);
  // What has no figure at all (a release without a view) is no part of a ranking.
  const tooFew = result.rows.filter(
    ({ figure }) => figure.value !== null && figure.sample < metric.minimum_sample.at_least,
  );
  const { groups } = result;
  return {
    ...result,
    rows: [...enough, ...tooFew].slice(0, query.limit),
    groups: groups - nothingToDivideBy(result).length,
  };
}

/** Of a ranking, the groups of which something was counted and nothing to divide it by, most counted first. */
export function undividedGroups(result: MetricResult, query: CheckedQuery, metric: Metric): MetricAsked['undivided'] {
  if (!isRanked(query, metric) || !('numerator' in metric.of) || countsPeople(metric)) return [];
  return nothingToDivideBy(result)
    .map(({ key, figure }) => ({ key, counted: figure.numerator ?? 0 }))
    .filter(({ counted }) => counted > 0)
    .sort((a, b) => b.counted - a.counted);
}

const nothingToDivideBy = ({ rows }: MetricResult): readonly ResultRow[] =>
  rows.filter(({ figure }) => figure.value === null);
