import type { Metric } from '../../core/catalogue/define.ts';
import type { MetricAsked } from '../../core/query/answer/asked.ts';
import { sourcesOf } from '../../core/query/answer/sources-of.ts';
import type { CheckedQuery } from '../../core/query/metric-query.ts';
import { addDays } from '../../core/window.ts';
import type { AskContext } from './ask-deps.ts';

/** Days in either period on which what this metric is made of was not sent. */
export async function findGaps(
  { window, compare }: Pick<CheckedQuery, 'window' | 'compare'>,
  metric: Metric,
  { stores }: AskContext,
): Promise<MetricAsked['gaps']> {
  const sources = sourcesOf(metric);
  const ranges = [window, ...(compare === null ? [] : [compare])].map(({ start, end }) => ({
    start: start.slice(0, 10),
    end: end.includes('T') && !end.endsWith('T00:00') ? addDays(end.slice(0, 10), 1) : end.slice(0, 10),
  }));
  const found = await Promise.all(ranges.map((range) => stores.priorities.listGaps(range)));
  return found.flat().flatMap(({ date, sources: silent }) => {
    const ours = silent.filter((source) => sources.includes(source));
    return ours.length === 0 ? [] : [{ date, sources: ours }];
  });
}
