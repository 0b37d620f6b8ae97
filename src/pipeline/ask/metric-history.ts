/** The days before a period, for what is usual of a metric. */
import type { Metric } from '../../core/catalogue/define.ts';
import { kindOf } from '../../core/catalogue/index.ts';
import type { AnswerSetting } from '../../core/query/answer/asked.ts';
import { headlineFigures } from '../../core/query/answer/headline-figures.ts';
import { lengthOf, passedDays } from '../../core/query/answer/passed-days.ts';
import { hasHours } from '../../core/query/answer/period-words.ts';
import { daysUntil } from '../../core/query/answer/same-time.ts';
import {
  type DailyFigure,
  testAgainstChance,
  testVariation,
  type Variation,
} from '../../core/query/answer/variation.ts';
import type { CheckedQuery } from '../../core/query/metric-query.ts';
import type { Figure, MetricResult } from '../../core/query/metric-result.ts';
import { SHORT_HISTORY_DAYS, whyWindows } from '../../core/query/why/windows.ts';
import { addDays } from '../../core/window.ts';

/** The query that gives them; null where nothing is compared, or the metric has no days. */
export function historyQuery(query: CheckedQuery, metric: Metric, setting: AnswerSetting): CheckedQuery | null {
  if (query.compare === null || hasHours(query.window) || hasHours(query.compare)) return null;
  if (!metric.grains.includes('day') || followsPeople(metric)) return null;
  const { history } = whyWindows(query, setting.asOf, setting.zone);
  const shortest = addDays(history.end, -SHORT_HISTORY_DAYS);
  // Percentiles of a day are read from its events.
  const isShort = kindOf(metric) === 'percentile' && shortest > history.start;
  const window = isShort ? { start: shortest, end: history.end } : history;
  return { ...query, window, compare: null, group_by: [], grain: 'day' };
}

/**
 * Whether the whole moved more than usual; null where there is nothing to test.
 * @param without days that neither period counts.
 * @param sameTime what the compared total was computed by, where that is the period before up to the same point.
 */
export function variationOf(
  query: CheckedQuery,
  metric: Metric,
  result: MetricResult,
  history: MetricResult | null,
  setting: AnswerSetting,
  { sameTime, without = [] }: { sameTime: CheckedQuery | null; without?: readonly string[] },
): Variation | null {
  const { figure, compared } = headlineFigures(query, metric, result);
  if (query.compare === null || compared === null) return null;
  if (followsPeople(metric)) return testAgainstChance(figure, compared);
  if (history === null) return null;
  const days = history.rows.flatMap(({ bucket, partial, figure }): DailyFigure[] =>
    bucket === null || partial || !hasData(figure) ? [] : [{ date: bucket, figure }],
  );
  const known = days.filter(({ date }) => history.first_date !== null && date >= history.first_date);
  const isCounted = ({ date }: { date: string }): boolean => !without.includes(date);
  const passed = passedDays(query.window, result.first_date, setting);
  const now = passed.filter(isCounted);
  // Days of distinct people say nothing of a part of one.
  if (sameTime !== null && kindOf(metric) === 'distinct' && lengthOf(now) < 1) return null;
  const before =
    sameTime === null
      ? passedDays(query.compare, result.first_date, setting)
      : daysUntil(sameTime, passed, result.first_date);
  return testVariation(metric, { figure, days: now }, { figure: compared, days: before.filter(isCounted) }, known);
}

/** What follows people from day to day: eight weeks of it, day by day, would take longer than anybody waits. */
const followsPeople = ({ of }: Metric): boolean =>
  'method' in of && ['retention_rate', 'activation_rate', 'funnel_conversion', 'churn_rate'].includes(of.method);

const hasData = ({ value }: Figure): boolean => value !== null;
