import { distance } from 'fastest-levenshtein';
import type { Metric } from './define.ts';
import { METRICS } from './metrics.ts';

/** A metric by one of its names; `exact` is false where the name had to be corrected. */
export interface NamedMetric {
  metric: Metric;
  /** The name that was meant. */
  name: string;
  exact: boolean;
}

/** Slips of up to this share of the name are taken for the nearest one. */
const CLOSE_ENOUGH = 0.4;

/**
 * The metric that a name means: its id, its label or a synonym, in any case, with typing errors.
 * @returns undefined where nothing is near.
 */
export function findMetricByName(typed: string): NamedMetric | undefined {
  const wanted = plainName(typed);
  if (wanted === '') return undefined;
  let best: { metric: Metric; name: string; share: number } | undefined;
  for (const metric of METRICS)
    for (const name of [metric.id, metric.label, ...metric.synonyms].map(plainName)) {
      if (name === wanted) return { metric, name, exact: true };
      const share = distance(name, wanted) / Math.max(name.length, wanted.length);
      if (!best || share < best.share) best = { metric, name, share };
    }
  return best && best.share <= CLOSE_ENOUGH ? { metric: best.metric, name: best.name, exact: false } : undefined;
}

const plainName = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .slice(0, 100);
