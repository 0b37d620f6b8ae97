/** What a query looks at, as the stores of causes and texts take it. */
import { findMetric } from '../../core/catalogue/index.ts';
import type { MetricQuery } from '../../core/query/metric-query.ts';
import type { Slice } from '../why.ts';

/** A cohort's day is no property of events, so it is left out. */
export function sliceOf({ surface, filters, metric }: Pick<MetricQuery, 'surface' | 'filters' | 'metric'>): Slice {
  const listed = Object.entries(filters).flatMap(([dimension, value]): [string, string[]][] => {
    if (value === undefined || dimension === 'cohort_day') return [];
    return [[dimension, (Array.isArray(value) ? value : [value]).map(String)]];
  });
  const known = metric === null ? undefined : findMetric(metric);
  // A surface that came as a filter is the same as one that came by name.
  const [pages, rest] = [
    listed.find(([dimension]) => dimension === 'surface'),
    listed.filter(([d]) => d !== 'surface'),
  ];
  const single = surface ?? (pages?.[1].length === 1 ? (pages[1][0] ?? null) : null);
  return {
    surface: single,
    filters: Object.fromEntries(single === null && pages ? [...rest, pages] : rest),
    numeratorOnly: known?.numerator_dimensions ?? ONLY_SOME_EVENTS,
  };
}

/** Without a metric: what only errors or tickets have. */
const ONLY_SOME_EVENTS = ['error_signature', 'severity', 'status', 'ticket_topic', 'category', 'stage'];
