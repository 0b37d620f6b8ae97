import { z } from 'zod';
import { EVENT_TYPES } from '../records.ts';

/** The time grains a figure may be cut in. */
export const GRAINS = ['hour', 'day', 'week', 'month'] as const;

const UNITS = ['count', 'share', 'money', 'milliseconds', 'minutes', 'credits'] as const;

/** How long a question looks back when it names no time. */
export const DEFAULT_WINDOW_DAYS = 7;

const id = z.string().regex(/^[a-z][a-z0-9_]*$/, { error: 'must be lower-case words joined by underscores' });
const words = z.string().trim().min(1);

/**
 * One kind of event a measure looks at. `failed` keeps only requests that failed: status >= 500, or one the
 * workspace lists. `meta` keeps only events whose meta holds these values, e.g. `{completion_status: 'completed'}`.
 */
const eventConditionSchema = z.strictObject({
  type: z.enum(EVENT_TYPES),
  failed: z.literal(true).optional(),
  meta: z.record(z.string(), z.string()).optional(),
});
export type EventCondition = z.infer<typeof eventConditionSchema>;

const aggregationSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('count') }),
  z.strictObject({ kind: z.literal('sum'), of: z.enum(['amount_minor', 'value']) }),
  z.strictObject({ kind: z.literal('distinct'), of: z.enum(['account', 'user']) }),
  z.strictObject({ kind: z.literal('percentile'), of: z.literal('value'), p: z.number().gt(0).lt(1) }),
  // What the accounts of the selected events pay a month, as known at the end of the day.
  z.strictObject({ kind: z.literal('exposure'), of: z.literal('account') }),
]);

const measureSchema = z.strictObject({
  id,
  label: words,
  /** An event counts when any of these holds. */
  events: z.array(eventConditionSchema).min(1).readonly(),
  aggregation: aggregationSchema,
});
/** A raw count or sum: which events, and how they are added up. Data, never SQL. */
export type Measure = z.infer<typeof measureSchema>;

const dimensionSchema = z.strictObject({
  id,
  label: words,
  /** What people call it, lower case. */
  synonyms: z.array(words).readonly(),
  definition: words,
});
/** What a metric can be filtered and grouped by. Time is a grain, not a dimension. */
export type Dimension = z.infer<typeof dimensionSchema>;

const metricSchema = z.strictObject({
  id,
  label: words,
  /** What people call it, lower case. */
  synonyms: z.array(words).readonly(),
  unit: z.enum(UNITS),
  /** Which way is better; `neither` where a change alone says nothing. */
  good: z.enum(['up', 'down', 'neither']),
  /** Simple: one measure. Ratio: a measure over another, null where the denominator is zero. */
  of: z.union([z.strictObject({ measure: id }), z.strictObject({ numerator: id, denominator: id })]),
  /** Ids of the dimensions it may be cut by. */
  dimensions: z.array(id).min(1).readonly(),
  grains: z.array(z.enum(GRAINS)).min(1).readonly(),
  default_window_days: z.int().positive(),
  /** With fewer of `measure` in the window than this, the answer is "too small". */
  minimum_sample: z.strictObject({ measure: id, at_least: z.int().positive() }),
  /** Raised when the meaning changes, so that figures of two meanings are never compared. */
  version: z.int().positive(),
  /** One line, shown with every answer. */
  definition: words,
});
/** A figure people may ask for, with all that is needed to compute, judge and word it. */
export type Metric = z.infer<typeof metricSchema>;

/** How a metric is computed; `exposure` metrics count as sums of money. */
export type MetricKind = 'count' | 'sum' | 'ratio' | 'distinct' | 'percentile';

/** Checks one descriptor's own shape. What must hold between descriptors is in validate.ts. */
export const defineMeasure = (measure: Measure): Measure => measureSchema.parse(measure);
export const defineDimension = (dimension: Dimension): Dimension => dimensionSchema.parse(dimension);
/** A metric with the default window and version 1 unless it says otherwise. */
export const defineMetric = (
  metric: Omit<Metric, 'default_window_days' | 'version'> & Partial<Pick<Metric, 'default_window_days' | 'version'>>,
): Metric => metricSchema.parse({ default_window_days: DEFAULT_WINDOW_DAYS, version: 1, ...metric });
