import { z } from 'zod';
import { EVENT_TYPES } from '../records.ts';

/** The time grains a figure may be cut in. */
export const GRAINS = ['hour', 'day', 'week', 'month'] as const;

const UNITS = ['count', 'share', 'money', 'milliseconds', 'minutes', 'credits'] as const;

/** How the metrics are computed that are more than a measure or two. */
export const METHODS = [
  'new_users',
  'retention_rate',
  'churned_accounts',
  'churn_rate',
  'funnel_conversion',
  'orders',
  'aov',
  'checkout_success_rate',
  'activation_rate',
  'unanswered_tickets',
  'first_response_minutes',
] as const;
export type Method = (typeof METHODS)[number];

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
  z.strictObject({ kind: z.literal('distinct'), of: z.enum(['account', 'user', 'conversation']) }),
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
  /**
   * Simple: one measure. Ratio: a measure over another, null where the denominator is zero. Method: what no single
   * pass over the window's events gives (who came back, who left, steps in order); each has a query of its own.
   */
  of: z.union([
    z.strictObject({ measure: id }),
    z.strictObject({ numerator: id, denominator: id }),
    z.strictObject({ method: z.enum(METHODS) }),
  ]),
  /** Ids of the dimensions it may be cut by. */
  dimensions: z.array(id).min(1).readonly(),
  /**
   * Of those, the ones that only a ratio's numerator has: errors by signature over all views. They cut the numerator
   * alone, so that the parts add up to the whole.
   */
  numerator_dimensions: z.array(id).readonly(),
  grains: z.array(z.enum(GRAINS)).min(1).readonly(),
  default_window_days: z.int().positive(),
  /** With fewer of `measure` in the window than this, the answer is "too small". */
  minimum_sample: z.strictObject({
    measure: id,
    at_least: z.int().positive(),
    /** What the sample is, where a method counts something of its own: "new users". */
    noun: words.optional(),
  }),
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
type Defaulted = 'default_window_days' | 'version' | 'numerator_dimensions';

/** A metric with the default window and version 1 unless it says otherwise. */
export const defineMetric = (metric: Omit<Metric, Defaulted> & Partial<Pick<Metric, Defaulted>>): Metric =>
  metricSchema.parse({ default_window_days: DEFAULT_WINDOW_DAYS, version: 1, numerator_dimensions: [], ...metric });
