/** What a model may say a question means: the closed query's own fields, in a form that structured output can hold. */
import { z } from 'zod';
import { MOST_VALUES, metricQuerySchema } from '../metric-query.ts';
import { INTENTS, REASONS } from '../reading.ts';
import { COMPARED, PERIODS } from './periods.ts';

const { metric, surface, group_by, grain, order, limit } = metricQuerySchema.shape;
const dimension = metricQuerySchema.shape.filters.keyType;

export const proposalSchema = z.strictObject({
  intent: z.enum(INTENTS),
  reason: z.enum(REASONS).nullable(),
  metric,
  surface,
  filters: z.array(z.strictObject({ dimension, values: z.array(z.string()).min(1).max(MOST_VALUES) })),
  period: z.enum(PERIODS),
  compare: z.enum(COMPARED),
  group_by,
  grain,
  order,
  limit,
  /** Of a clarification: the metrics that may be meant. */
  could_mean: z.array(metric.unwrap()),
});
export type Proposal = z.infer<typeof proposalSchema>;
