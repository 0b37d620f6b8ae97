import type { Metric } from '../../core/catalogue/define.ts';
import { LOOK_BACK } from '../../core/detect/gaps.ts';
import { gapsOfTotals } from '../../core/detect/gaps-of-totals.ts';
import type { MetricAsked } from '../../core/query/answer/asked.ts';
import { hasHours } from '../../core/query/answer/period-words.ts';
import { sourcesOf } from '../../core/query/answer/sources-of.ts';
import type { CheckedQuery, QueryWindow } from '../../core/query/metric-query.ts';
import type { DateRange, Source } from '../../core/records.ts';
import { addDays, dateInZone } from '../../core/window.ts';
import type { AskContext } from './ask-deps.ts';

/**
 * Days in either period on which what this metric is made of was not sent: those that the daily judge found, and by
 * the same rule those of days that nobody judged.
 * @param also a further period that is looked at.
 */
export async function findGaps(
  { window, compare }: Pick<CheckedQuery, 'window' | 'compare'>,
  metric: Metric,
  { stores, request, timezone }: Pick<AskContext, 'stores' | 'request' | 'timezone'>,
  also: QueryWindow | null = null,
): Promise<MetricAsked['gaps']> {
  const ours = sourcesOf(metric);
  const ranges = [window, compare, also].flatMap((one) => (one === null ? [] : [wholeDays(one)]));
  const today = dateInZone(request.asOf, timezone);
  const starts = ranges.map(({ start }) => start).sort();
  const ends = ranges.map(({ end }) => (end < today ? end : today)).sort();
  const span = { start: addDays(starts[0] ?? today, -LOOK_BACK), end: ends.at(-1) ?? today };
  const [judged, totals, known] = await Promise.all([
    Promise.all(ranges.map((range) => stores.priorities.listGaps(range))),
    span.start < span.end ? stores.rollups.readDayTotals(span) : [],
    stores.freshness.list(),
  ]);
  const counted = gapsOfTotals(
    totals,
    known.map(({ source }) => source),
  );
  const isAsked = (date: string): boolean => ranges.some(({ start, end }) => date >= start && date < end);
  const byDate = new Map<string, Set<Source>>();
  for (const { date, sources } of [...judged.flat(), ...counted])
    for (const source of sources)
      if (isAsked(date) && ours.includes(source)) byDate.set(date, (byDate.get(date) ?? new Set()).add(source));
  return [...byDate]
    .map(([date, sources]) => ({ date, sources: [...sources].sort() }))
    .sort((a, b) => (a.date < b.date ? -1 : 1));
}

const wholeDays = (window: QueryWindow): DateRange => ({
  start: window.start.slice(0, 10),
  end:
    hasHours(window) && !window.end.endsWith('T00:00') ? addDays(window.end.slice(0, 10), 1) : window.end.slice(0, 10),
});
