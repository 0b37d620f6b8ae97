/** The surfaces of a made-up product: few with most of the traffic, most with little, each with a temper of its own. */
import type { Rng } from './rng.ts';
import { logNormal, normal } from './samplers.ts';
import type { Rated } from './usual.ts';

export interface SurfaceShape {
  surface: string;
  /** Pages are viewed and call; endpoints are only called. */
  page: boolean;
  /** Views (calls of an endpoint) on an average day. */
  level: number;
  /** Relative change of traffic in a month. */
  growth: number;
  /** How much of the product's working week it follows: 1 office hours, 0 spare time. */
  business: number;
  /** How deep it sinks on a holiday, as a power of everybody's. */
  festive: number;
  callsPerView: number;
  rate: Record<Rated, number>;
  /** Logarithm of each rate's change in a month. */
  drift: Record<Rated, number>;
  dispersion: Record<Rated | 'traffic' | 'requests', number>;
  latency: number;
  latencySd: number;
}

/** Traffic's log-normal: the 2.5% and 97.5% pages lie a factor of 800 apart, the extremes of 200 some 10,000. */
const MEDIAN_LEVEL = 250;
const LEVEL_SIGMA = 1.7;
const ENDPOINT_SHARE = 0.15;

/** Busiest first: `/page-0` … and `/api-0` …, numbered together. */
export function drawSurfaces(rng: Rng, count: number): SurfaceShape[] {
  const levels = Array.from({ length: count }, () => Math.min(60_000, logNormal(rng, MEDIAN_LEVEL, LEVEL_SIGMA)));
  levels.sort((a, b) => b - a);
  return levels.map((level, index) => drawSurface(rng, Math.max(2, level), index));
}

function drawSurface(rng: Rng, level: number, index: number): SurfaceShape {
  const page = !rng.chance(ENDPOINT_SHARE);
  const failures = Math.min(0.1, logNormal(rng, 0.004, 0.8));
  const between = (low: number, high: number): number => low + (high - low) * rng.next();
  const drift = (): number => 0.08 * normal(rng);
  // Most pages are steady, a few restless: a factor of five either way covers 95%.
  const counted = (): number => Math.min(0.5, logNormal(rng, 0.05, 0.8));
  const shared = (): number => Math.min(0.05, logNormal(rng, 0.004, 0.7));
  const failing = counted();
  const failureDrift = drift();
  return {
    surface: page ? `/page-${index}` : `/api-${index}`,
    page,
    level,
    growth: 0.03 + 0.12 * normal(rng),
    business: Math.min(1, Math.max(0, 0.7 + 0.25 * normal(rng))),
    festive: between(0.6, 1.4),
    callsPerView: between(1, 5),
    rate: {
      errors: page ? Math.min(0.3, logNormal(rng, 0.012, 0.8)) : failures,
      dropoffs: page ? between(0.08, 0.5) : 0,
      tickets: page ? Math.min(0.05, logNormal(rng, 0.0012, 0.8)) : 0,
      actions: page ? between(0.05, 0.6) : 0,
      request_failures: failures,
    },
    drift: {
      errors: page ? drift() : failureDrift,
      dropoffs: drift(),
      tickets: drift(),
      actions: drift(),
      request_failures: failureDrift,
    },
    dispersion: {
      errors: page ? counted() : failing,
      dropoffs: shared(),
      tickets: counted(),
      actions: shared(),
      request_failures: failing,
      traffic: Math.min(0.1, logNormal(rng, 0.01, 0.7)),
      requests: 0.003,
    },
    latency: logNormal(rng, 450, 0.7),
    latencySd: Math.min(0.4, logNormal(rng, 0.09, 0.4)),
  };
}
