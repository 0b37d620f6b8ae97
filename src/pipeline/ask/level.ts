import { checkQuery, type MetricQuery } from '../../core/query/metric-query.ts';
import { type ChangeTest, type DayVolume, testChange } from '../../core/query/why/change-test.ts';
import type { WhyWindows } from '../../core/query/why/windows.ts';
import type { DateRange } from '../../core/records.ts';
import type { AskContext } from './ask-deps.ts';

/**
 * The test of a metric whose days do not add up (distinct people, percentiles): its daily figures are held against
 * each other, and the figures told are those of the whole periods. Null where one of these has none.
 */
export async function testLevel(
  { stores, request, config }: AskContext,
  query: MetricQuery,
  { now, before, history }: WhyWindows,
): Promise<ChangeTest | null> {
  const setting = { asOf: request.asOf, config };
  const plain = { ...query, group_by: [], grain: null };
  const whole = checkQuery({ ...plain, window: now, compare: before });
  if (whole.fault) return null;
  const { total } = await stores.metrics.answer(whole.query, setting);
  const [is, was] = [total.figure.value, total.compared?.value ?? null];
  if (is === null || was === null) return null;
  const start = before.start < history.start ? before.start : history.start;
  const daily = checkQuery({ ...plain, window: { start, end: now.end }, compare: null, grain: 'day' });
  const rows = daily.fault ? [] : (await stores.metrics.answer(daily.query, setting)).rows;
  const days = rows.flatMap(({ bucket, figure }): DayVolume[] =>
    bucket === null || figure.value === null ? [] : [{ date: bucket, count: figure.value, exposure: 1 }],
  );
  const within = (range: DateRange) => days.filter(({ date }) => date >= range.start && date < range.end);
  const test = testChange({ now: within(now), before: within(before), history: within(history), kind: 'sum' });
  const band = test.band === null || !(test.before > 0) ? null : (test.band / test.before) * was;
  // What is told is the whole periods' figure: where that stayed within the band, so did it.
  const outside = test.outside === true && band !== null ? Math.abs(is - was) > band : test.outside;
  return { ...test, before: was, now: is, change: is - was, band, outside };
}
