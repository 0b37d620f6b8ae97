/** People who came so lately that what is asked of them is still to come. */
import { formatDay } from '../../facts/render.ts';
import { addDays } from '../../window.ts';
import type { CheckedQuery } from '../metric-query.ts';
import type { MetricResult, ResultRow } from '../metric-result.ts';
import { type MetricAsked, todayOf } from './asked.ts';

const DEFAULT_DAY = 7;
const ACTIVATION_DAYS = 7;

/** Days until a newcomer's return can be told. */
export const cohortDay = ({ filters }: Pick<CheckedQuery, 'filters'>): number =>
  typeof filters.cohort_day === 'number' ? filters.cohort_day : DEFAULT_DAY;

/** The first day of the window whose newcomers have not had their time; null where all have, or nobody is followed. */
function youngSince({ metric, window, filters }: CheckedQuery, today: string): string | null {
  const days =
    metric === 'retention_rate' ? cohortDay({ filters }) : metric === 'activation_rate' ? ACTIVATION_DAYS : null;
  if (days === null) return null;
  const start = window.start.slice(0, 10);
  const since = addDays(today, -days) > start ? addDays(today, -days) : start;
  return since < window.end.slice(0, 10) && since <= today ? since : null;
}

/** "Day 7 of people new since Wed 21 Jan is still to come: they are left out." */
export function youngSentence({ query, setting }: MetricAsked): string | null {
  const since = youngSince(query, todayOf(setting));
  if (since === null) return null;
  const who = `people new since ${formatDay(since)}`;
  return query.metric === 'retention_rate'
    ? `Day ${cohortDay(query)} of ${who} is still to come: they are left out.`
    : `The ${ACTIVATION_DAYS} days of ${who} are not over: who has not got there yet counts as not activated, so the figure can still rise.`;
}

/** The buckets that hold such people count as not complete: their fall is one of time alone. */
export function cutByYouth(result: MetricResult, query: CheckedQuery, today: string): MetricResult {
  const since = youngSince(query, today);
  const { grain } = query;
  if (since === null || grain === null || grain === 'hour') return result;
  const isYoung = ({ bucket }: ResultRow): boolean =>
    bucket !== null &&
    (grain === 'month' ? bucket.slice(0, 7) >= since.slice(0, 7) : addDays(bucket, grain === 'week' ? 7 : 1) > since);
  return { ...result, rows: result.rows.map((row) => (isYoung(row) ? { ...row, partial: true } : row)) };
}
