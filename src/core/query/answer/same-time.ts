/**
 * A period that is not over against the one before up to the same point: mornings are not like whole days, so dividing
 * by the hours that have passed would find a fall every morning.
 */
import type { Metric } from '../../catalogue/define.ts';
import { kindOf } from '../../catalogue/index.ts';
import { formatDay } from '../../facts/render.ts';
import { addDays, dateInZone, daysBetween, listDays } from '../../window.ts';
import type { CheckedQuery } from '../metric-query.ts';
import type { AnswerSetting, MetricAsked, SameTime } from './asked.ts';
import { countsPeople, formatValue } from './figure-words.ts';
import { isRatioOfSums } from './gap-days.ts';
import type { PassedDay } from './passed-days.ts';
import { hasHours } from './period-words.ts';

const ADDS_UP = new Set(['count', 'sum']);

const isRate = (metric: Metric): boolean =>
  isRatioOfSums(metric) || (kindOf(metric) === 'percentile' && 'measure' in metric.of);

/**
 * The compared period up to the same point, as a query of its own: the rate of a morning is no more that of a day than
 * its count is. Null where the window is over, what follows people takes days anyhow, or a shorter period before has no
 * such point.
 */
export function sameTimeQuery(
  query: CheckedQuery,
  metric: Metric,
  { asOf, zone }: Pick<AnswerSetting, 'asOf' | 'zone'>,
): CheckedQuery | null {
  const { window, compare } = query;
  const kind = kindOf(metric);
  if (compare === null || hasHours(window) || hasHours(compare)) return null;
  if (!ADDS_UP.has(kind) && !isRate(metric) && !(kind === 'distinct' && query.grain === null)) return null;
  if ('method' in metric.of && kind === 'distinct' && metric.of.method !== 'new_users') return null;
  // People of one account are rounded, and an unrounded part of them would tell more.
  if (countsPeople(metric) && query.filters.account !== undefined) return null;
  const today = dateInZone(asOf, zone);
  if (
    window.end !== addDays(today, 1) ||
    daysBetween(compare.start, compare.end) < daysBetween(window.start, window.end)
  )
    return null;
  const day = addDays(compare.start, daysBetween(window.start, today));
  const until = `${day}T${clockAt(asOf, zone)}`;
  if (until.endsWith('T00:00')) return null;
  return { ...query, window: { start: compare.start, end: until }, compare: null, group_by: [], grain: null };
}

/** Whether the window runs through today, which is not over, against all of the period before. */
export function isHeldAgainstWhole({ query, metric, result, sameTime, setting }: MetricAsked): boolean {
  const { window, compare, grain } = query;
  if (compare === null || sameTime !== null || result.total.compared?.value == null) return false;
  if (hasHours(window) || hasHours(compare)) return false;
  // An average day is that of complete days; counts of periods of different length are held against each other by the day.
  if (kindOf(metric) === 'distinct' && grain !== null) return false;
  const isShorter = daysBetween(compare.start, compare.end) < daysBetween(window.start, window.end);
  if (ADDS_UP.has(kindOf(metric)) && isShorter) return false;
  return (
    window.end === addDays(dateInZone(setting.asOf, setting.zone), 1) && clockAt(setting.asOf, setting.zone) !== '00:00'
  );
}

const clockAt = (asOf: number, zone: string): string =>
  new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(
    asOf,
  );

/** The days of the compared period up to that point. */
export function daysUntil({ window }: CheckedQuery, now: readonly PassedDay[], first: string | null): PassedDay[] {
  const last = window.end.slice(0, 10);
  const part = now.at(-1)?.part ?? 1;
  return listDays({ start: window.start, end: addDays(last, 1) })
    .filter((date) => first === null || date >= first)
    .map((date) => ({ date, part: date === last ? part : 1 }));
}

/** "The period before is counted to the same point, Thu 19 Nov, 09:00; all of it had 87." */
export function sameTimeSentence({ until, whole }: SameTime, metric: Metric, currency: string): string {
  const [date = until, time = ''] = until.split('T');
  const all = whole.value === null ? '' : `; all of it had ${formatValue(whole.value, metric, currency)}`;
  return `The period before is counted to the same point, ${formatDay(date)}, ${time}${all}.`;
}
