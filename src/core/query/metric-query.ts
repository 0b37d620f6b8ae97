/** A question in closed form: what to compute, of what, when. The contract's `query`; nothing else ever becomes SQL. */
import { z } from 'zod';
import { GRAINS, type Metric } from '../catalogue/define.ts';
import { CATALOGUE, findMetric } from '../catalogue/index.ts';
import { dayNumber, isDate } from '../window.ts';

/** The most rows a query may ask for. */
export const MOST_ROWS = 50;
/** How many rows a cut shows that names no number. */
export const DEFAULT_ROWS = 10;
/** The longest window: three years of days. */
const MOST_DAYS = 1_100;
/** The most values one filter may list. */
export const MOST_VALUES = 20;

const LOCAL_HOUR = /^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d$/;

const bound = z
  .string()
  .refine((text) => isDate(text) || (LOCAL_HOUR.test(text) && isDate(text.slice(0, 10))), { error: 'is no date' });

const windowSchema = z.strictObject({ start: bound, end: bound });
/** Half-open, in the workspace's zone: dates, or local date-times (`2026-01-29T14:00`) where hours are asked for. */
export type QueryWindow = z.infer<typeof windowSchema>;

const filterValue = z.string().trim().min(1).max(200);
const dimensionIds = CATALOGUE.dimensions.map(({ id }) => id);

export const metricQuerySchema = z.strictObject({
  /** A metric's id; null where the question is about no single one (`top`, `overview`). */
  metric: z.enum(CATALOGUE.metrics.map(({ id }) => id)).nullable(),
  /** A surface, or a pattern in which `*` stands for any characters. */
  surface: z.string().trim().min(1).max(200).nullable(),
  /** Dimension to a value or a list of them; `cohort_day` (days) for retention. */
  filters: z.partialRecord(
    z.enum([...dimensionIds, 'cohort_day']),
    z.union([filterValue, z.array(filterValue).min(1).max(MOST_VALUES), z.int().min(1).max(365)]),
  ),
  window: windowSchema,
  compare: windowSchema.nullable(),
  group_by: z.array(z.enum(dimensionIds)).max(2),
  grain: z.enum(GRAINS).nullable(),
  /** Of the groups, by value. */
  order: z.enum(['asc', 'desc']),
  limit: z.int().min(1).max(MOST_ROWS),
});
export type MetricQuery = z.infer<typeof metricQuerySchema>;

/** A query that fits its metric. Only `checkQuery` makes one; only such a query is compiled. */
export type CheckedQuery = MetricQuery & { readonly metric: string };

export type QueryFault =
  | { kind: 'malformed'; detail: string }
  | { kind: 'unsupported_dimension'; dimension: string; metric: Metric }
  | { kind: 'unsupported_grain'; grain: string; metric: Metric }
  | { kind: 'reversed' | 'too_long'; window: QueryWindow };

/**
 * Checks a query of unknown origin (the parser's, a model's, a stored receipt's) against the schema and the catalogue.
 * @returns the query, or the first thing that is wrong with it.
 */
export function checkQuery(
  value: unknown,
): { query: CheckedQuery; fault?: undefined } | { query?: undefined; fault: QueryFault } {
  const parsed = metricQuerySchema.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return { fault: { kind: 'malformed', detail: `${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`.trim() } };
  }
  const { data } = parsed;
  const metric = data.metric === null ? undefined : findMetric(data.metric);
  if (data.metric === null || !metric) return { fault: { kind: 'malformed', detail: 'metric is missing' } };
  for (const dimension of [...data.group_by, ...Object.keys(data.filters).filter(isDimension)])
    if (!metric.dimensions.includes(dimension)) return { fault: { kind: 'unsupported_dimension', dimension, metric } };
  if (data.surface !== null && !metric.dimensions.includes('surface'))
    return { fault: { kind: 'unsupported_dimension', dimension: 'surface', metric } };
  if (data.grain !== null && !metric.grains.includes(data.grain))
    return { fault: { kind: 'unsupported_grain', grain: data.grain, metric } };
  for (const window of [data.window, ...(data.compare ? [data.compare] : [])]) {
    if (window.start >= window.end) return { fault: { kind: 'reversed', window } };
    if (dayNumber(window.end.slice(0, 10)) - dayNumber(window.start.slice(0, 10)) > MOST_DAYS)
      return { fault: { kind: 'too_long', window } };
  }
  return { query: { ...data, metric: data.metric } };
}

const isDimension = (key: string): boolean => key !== 'cohort_day';
