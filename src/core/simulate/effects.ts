/** How an incident changes one day of one surface, and how far that is out of the ordinary. */
import type { SurfaceDay } from '../records.ts';
import type { Changed } from './incident-kinds.ts';
import type { Rng } from './rng.ts';
import { binomial, overDispersedCount } from './samplers.ts';
import { exposureOf, type Usual, usualVariance } from './usual.ts';

const COUNTS = ['pageviews', 'actions', 'dropoffs', 'errors', 'tickets', 'requests', 'request_failures'] as const;

/**
 * Changes a row in place. What is added is drawn around what the normal rate makes of the row's own exposure; what is
 * lost is thinned from what was there. It works on rows of any origin.
 * @returns errors added.
 */
export function changeDay(row: SurfaceDay, changes: Changed, strength: number, usual: Usual, rng: Rng): number {
  switch (changes) {
    case 'errors':
    case 'tickets':
    case 'request_failures': {
      const extra = overDispersedCount(rng, excessOf(row, changes, strength, usual), usual.dispersion[changes]);
      if (changes !== 'request_failures') {
        row[changes] += extra;
        return changes === 'errors' ? extra : 0;
      }
      const failed = Math.min(extra, row.requests - row.request_failures);
      row.request_failures += failed;
      // Where nobody looks at a page, a failed request is what an error is.
      if (row.pageviews > 0) return 0;
      row.errors += failed;
      return failed;
    }
    case 'dropoffs': {
      const rest = row.pageviews - row.dropoffs;
      const p = usual.rate.dropoffs;
      row.dropoffs += binomial(rng, rest, (raisedOdds(p, strength) - p) / Math.max(1e-9, 1 - p));
      return 0;
    }
    case 'actions':
      row.actions = binomial(rng, row.actions, 1 / strength);
      return 0;
    case 'traffic':
      for (const count of COUNTS) row[count] = binomial(rng, row[count], 1 / strength);
      row.request_failures = Math.min(row.request_failures, row.requests);
      row.actions = Math.min(row.actions, row.pageviews);
      row.dropoffs = Math.min(row.dropoffs, row.pageviews);
      if (row.requests === 0) Object.assign(row, { latency_p50: null, latency_p95: null });
      return 0;
    case 'latency':
      if (row.latency_p50 !== null) row.latency_p50 *= strength;
      if (row.latency_p95 !== null) row.latency_p95 *= strength;
      return 0;
    case 'signatures':
      return 0;
  }
}

/** Expected change of the day's count, and the variance of a normal day, at the row's exposure before the change. */
export function expectedChange(
  row: SurfaceDay,
  changes: Changed,
  strength: number,
  usual: Usual,
): { excess: number; variance: number } {
  switch (changes) {
    case 'traffic': {
      const { traffic, dispersion } = usual;
      return { excess: traffic * (1 - 1 / strength), variance: traffic + dispersion.traffic * traffic ** 2 };
    }
    case 'latency':
      return { excess: row.requests > 0 ? Math.log(strength) : 0, variance: usual.latencyLogSd ** 2 };
    case 'signatures': {
      // Nothing of it is normal: what counts is how surely that many are no accident.
      const moved = strength * TOP_SHARE * usual.rate.errors * row.pageviews;
      return { excess: moved, variance: moved };
    }
    default: {
      const exposure = exposureOf(row, changes);
      const mean = usual.rate[changes] * exposure;
      return {
        excess: excessOf(row, changes, strength, usual),
        variance: usualVariance(usual, changes, mean, exposure),
      };
    }
  }
}

/** Share of a surface's errors that its most frequent signature is. */
export const TOP_SHARE = 0.6;

function excessOf(
  row: SurfaceDay,
  measure: Exclude<Changed, 'traffic' | 'latency' | 'signatures'>,
  strength: number,
  usual: Usual,
): number {
  const exposure = exposureOf(row, measure);
  const p = usual.rate[measure];
  if (measure === 'dropoffs') return exposure * (raisedOdds(p, strength) - p);
  if (measure === 'actions') return exposure * p * (1 - 1 / strength);
  const most = measure === 'request_failures' ? exposure * Math.max(0, 0.95 - p) : Number.POSITIVE_INFINITY;
  return Math.min(most, exposure * p * (strength - 1));
}

function raisedOdds(p: number, factor: number): number {
  return (p * factor) / (1 - p + p * factor);
}
