import { findMetric } from '../../core/catalogue/index.ts';
import { checkQuery, type MetricQuery } from '../../core/query/metric-query.ts';
import type { Figure, MetricResult } from '../../core/query/metric-result.ts';
import { type ChangeTest, type DayVolume, testChange } from '../../core/query/why/change-test.ts';
import { SHORT_HISTORY_DAYS, type WhyWindows } from '../../core/query/why/windows.ts';
import type { DateRange } from '../../core/records.ts';
import { addDays, daysBetween, listDays } from '../../core/window.ts';
import { SeepassError } from '../../errors.ts';
import type { AskContext } from './ask-deps.ts';

/**
 * The test of a metric whose days do not add up (distinct people, percentiles): its daily figures are held against
 * each other, and the figures told are those of the whole periods. Null where one of these has none. Each day is read
 * once: those of the periods with their totals, and then the others that say what is usual.
 */
export async function testLevel(
  { stores, request, config }: AskContext,
  query: MetricQuery,
  { now, before, history }: WhyWindows,
): Promise<ChangeTest | null> {
  const setting = { asOf: request.asOf, config };
  const plain = { ...query, group_by: [], compare: null };
  const grain = findMetric(query.metric ?? '')?.grains.includes('day') ? 'day' : null;
  const read = async (window: DateRange, compare: DateRange | null): Promise<MetricResult | null> => {
    const checked = checkQuery({ ...plain, window, compare, grain }).query;
    return checked && window.start < window.end ? stores.metrics.answer(checked, setting) : null;
  };
  const whole = await read(now, before);
  const [is, was] = [whole?.total.figure.value ?? null, whole?.total.compared?.value ?? null];
  if (whole === null || is === null || was === null) return null;
  const earlier = grain === null ? [] : await readEarlier(read, { now, before, history }, whole);
  const both = [...daysOf(whole), ...comparedDaysOf(whole, before), ...earlier];
  const days = [...new Map(both.map((day) => [day.date, day])).values()];
  const within = (range: DateRange) => days.filter(({ date }) => date >= range.start && date < range.end);
  const test = testChange({ now: within(now), before: within(before), history: within(history), kind: 'sum' });
  const band = test.band === null || !(test.before > 0) ? null : (test.band / test.before) * was;
  // What is told is the whole periods' figure: where that stayed within the band, so did it.
  const outside = test.outside === true && band !== null ? Math.abs(is - was) > band : test.outside;
  return { ...test, before: was, now: is, change: is - was, band, outside };
}

/** The days of the history on either side of the earlier period, which has been read. Past the timeout none. */
async function readEarlier(
  read: (window: DateRange, compare: null) => Promise<MetricResult | null>,
  { now, before, history }: Pick<WhyWindows, 'now' | 'before' | 'history'>,
  { served_by }: MetricResult,
): Promise<DayVolume[]> {
  const shortest = addDays(history.end, -SHORT_HISTORY_DAYS);
  const start = served_by === 'events' && shortest > history.start ? shortest : history.start;
  // Only as many days as the later period has were read with it.
  const isRead = daysBetween(before.start, before.end) <= daysBetween(now.start, now.end);
  const stretches =
    isRead && before.start < history.end && before.end > start
      ? [
          { start, end: before.start },
          { start: before.end, end: history.end },
        ]
      : [{ start: isRead || before.start > start ? start : before.start, end: history.end }];
  const days: DayVolume[] = [];
  for (const stretch of stretches) {
    const result = await read(stretch, null).catch(unlessTooSlow);
    if (result !== null) days.push(...daysOf(result));
  }
  return days;
}

/** What is usual is worth a moment, not the answer. */
function unlessTooSlow(error: unknown): null {
  if (error instanceof SeepassError && error.code === 'query_too_slow') return null;
  throw error;
}

const daysOf = ({ rows }: MetricResult): DayVolume[] => rows.flatMap(({ bucket, figure }) => volumeOf(bucket, figure));

/** The days of the earlier period stand beside those of the later one, in their order. */
function comparedDaysOf({ rows }: MetricResult, before: DateRange): DayVolume[] {
  const dates = listDays(before);
  return rows.flatMap(({ compared }, place) => volumeOf(dates[place] ?? null, compared));
}

const volumeOf = (date: string | null, figure: Figure | null): DayVolume[] =>
  date === null || figure === null || figure.value === null ? [] : [{ date, count: figure.value, exposure: 1 }];
