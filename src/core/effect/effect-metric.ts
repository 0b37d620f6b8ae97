/** The metrics an action's effect is measured in, and how a stretch of a page's hours is read for each. */

import type { Measure } from '../detect/history.ts';
import type { SurfaceHours } from '../detect/hour-history.ts';

/** A rate of two counts, compared by difference. */
interface Rate {
  kind: 'rate';
  count: Measure;
  exposure: Measure;
}

/** A level, compared by ratio: what doubles on a large page and on a small one doubled on both. */
interface Level {
  kind: 'level';
  of: 'latency' | 'pageviews';
}

const METRICS: Readonly<Record<string, Rate | Level>> = {
  error_rate: { kind: 'rate', count: 'errors', exposure: 'pageviews' },
  dropoff_rate: { kind: 'rate', count: 'dropoffs', exposure: 'pageviews' },
  ticket_rate: { kind: 'rate', count: 'tickets', exposure: 'pageviews' },
  conversion_rate: { kind: 'rate', count: 'actions', exposure: 'pageviews' },
  failure_rate: { kind: 'rate', count: 'request_failures', exposure: 'requests' },
  latency_p95: { kind: 'level', of: 'latency' },
  pageviews: { kind: 'level', of: 'pageviews' },
};

export type EffectMetric = Rate | Level;

/** Undefined for a metric whose hours are not kept. */
export const effectMetric = (id: string): EffectMetric | undefined =>
  Object.hasOwn(METRICS, id) ? METRICS[id] : undefined;

/** A stretch of hours of one page. */
export interface Stretch {
  /** The rate; of a level, the mean of its logarithm. */
  mean: number;
  /** Of the mean, with what the hours vary beyond chance. */
  variance: number;
  /** Views or requests. */
  exposure: number;
  /** Hours with data. */
  hours: number;
}

/** Slots of a stretch, half-open. */
export interface Slots {
  from: number;
  to: number;
}

/** @returns undefined where no hour has any exposure. */
export function readStretch(page: SurfaceHours, metric: EffectMetric, slots: Slots): Stretch | undefined {
  return metric.kind === 'rate' ? readRate(page, metric, slots) : readLevel(page, metric, slots);
}

/**
 * Σcount / Σexposure. Its variance is the Poisson one times the dispersion of the hours, Pearson's X² / (hours − 1) and at
 * least 1 (McCullagh & Nelder, Generalized Linear Models, 4.5). One event is added where there was none: a page without
 * an error yet is no page that cannot have one.
 */
function readRate(page: SurfaceHours, { count, exposure }: Rate, { from, to }: Slots): Stretch | undefined {
  const hits = page.measures[count].subarray(from, to);
  const seen = page.measures[exposure].subarray(from, to);
  const total = sum(seen);
  if (total <= 0) return undefined;
  const mean = sum(hits) / total;
  const assumed = Math.max(mean, 1 / total);
  let squares = 0;
  let hours = 0;
  for (let slot = 0; slot < seen.length; slot += 1) {
    const expected = assumed * (seen[slot] ?? 0);
    if (expected <= 0) continue;
    hours += 1;
    squares += ((hits[slot] ?? 0) - expected) ** 2 / expected;
  }
  const dispersion = hours > 1 ? Math.max(1, squares / (hours - 1)) : 1;
  return { mean, variance: (dispersion * assumed) / total, exposure: total, hours };
}

/** The mean of the hours' logarithms, weighted by nothing: an hour is an hour. Its variance is that of the mean. */
function readLevel(page: SurfaceHours, { of }: Level, { from, to }: Slots): Stretch | undefined {
  const values = (of === 'latency' ? page.latency : page.measures.pageviews).subarray(from, to);
  const seen = page.measures[of === 'latency' ? 'requests' : 'pageviews'].subarray(from, to);
  const logs: number[] = [];
  for (const [slot, value] of values.entries())
    if (page.present[from + slot] === 1 && value >= 0) logs.push(Math.log(value + 1));
  if (logs.length < 2 || sum(seen) <= 0) return undefined;
  const mean = sum(logs) / logs.length;
  const squares = logs.reduce((all, log) => all + (log - mean) ** 2, 0);
  return { mean, variance: squares / (logs.length - 1) / logs.length, exposure: sum(seen), hours: logs.length };
}

function sum(values: Iterable<number>): number {
  let all = 0;
  for (const value of values) all += value;
  return all;
}
