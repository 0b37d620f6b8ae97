import type { Measure, Metric, MetricKind } from './define.ts';
import { DIMENSIONS } from './dimensions.ts';
import { MEASURES } from './measures.ts';
import { METRICS } from './metrics.ts';
import type { Catalogue } from './validate.ts';

/** The semantic layer: what can be measured, asked and grouped by. */
export const CATALOGUE: Catalogue = { measures: MEASURES, metrics: METRICS, dimensions: DIMENSIONS };

const measuresById = new Map(MEASURES.map((measure) => [measure.id, measure]));
const metricsById = new Map(METRICS.map((metric) => [metric.id, metric]));

/** @throws RangeError on an id that is not in measures.ts: a slip in our own code. */
export function getMeasure(id: string): Measure {
  const measure = measuresById.get(id);
  if (!measure) throw new RangeError(`There is no measure called ${id}.`);
  return measure;
}

export function findMetric(id: string): Metric | undefined {
  return metricsById.get(id);
}

/** How a metric is computed, from its measure; exposure is a sum of money. */
export function kindOf(metric: Metric): MetricKind {
  if ('numerator' in metric.of) return 'ratio';
  const { kind } = getMeasure(metric.of.measure).aggregation;
  return kind === 'exposure' ? 'sum' : kind;
}
