import type { Dimension, Measure, Method, Metric, MetricKind } from './define.ts';
import { DIMENSIONS } from './dimensions.ts';
import { FURTHER_MEASURES, MEASURES } from './measures.ts';
import { METRICS } from './metrics.ts';
import type { Catalogue } from './validate.ts';

/** The semantic layer: what can be measured, asked and grouped by. */
export const CATALOGUE: Catalogue = {
  measures: [...MEASURES, ...FURTHER_MEASURES],
  metrics: METRICS,
  dimensions: DIMENSIONS,
};

const measuresById = new Map(CATALOGUE.measures.map((measure) => [measure.id, measure]));
const metricsById = new Map(METRICS.map((metric) => [metric.id, metric]));

/** @throws RangeError on an id that is not in measures.ts: a slip in our own code. */
export function getMeasure(id: string): Measure {
  const measure = measuresById.get(id);
  if (!measure) throw new RangeError(`There is no measure called ${id}.`);
  return measure;
}

const dimensionsById = new Map(DIMENSIONS.map((dimension) => [dimension.id, dimension]));

export function findDimension(id: string): Dimension | undefined {
  return dimensionsById.get(id);
}

/** What a figure of the metric rests on, as a label: "Pageviews", "New users". */
export const sampleLabel = ({ minimum_sample: { measure, noun } }: Metric): string => noun ?? getMeasure(measure).label;

export function findMetric(id: string): Metric | undefined {
  return metricsById.get(id);
}

const METHOD_KINDS: Readonly<Record<Method, MetricKind>> = {
  new_users: 'distinct',
  retention_rate: 'ratio',
  churned_accounts: 'distinct',
  churn_rate: 'ratio',
  funnel_conversion: 'ratio',
  orders: 'count',
  aov: 'ratio',
  checkout_success_rate: 'ratio',
  activation_rate: 'ratio',
  unanswered_tickets: 'count',
  first_response_minutes: 'percentile',
};

/** How a metric is computed, from its measure; exposure is a sum of money. */
export function kindOf(metric: Metric): MetricKind {
  if ('numerator' in metric.of) return 'ratio';
  if ('method' in metric.of) return METHOD_KINDS[metric.of.method];
  const { kind } = getMeasure(metric.of.measure).aggregation;
  return kind === 'exposure' ? 'sum' : kind;
}
