import { createRng } from '../core/simulate/rng.ts';
import { actions, dropoffs, type Effect, effects, errors, extraErrors, failures, latency, traffic } from './effects.ts';
import type { Incident } from './incidents.ts';
import type { ResolvedOptions } from './options.ts';
import type { Surface } from './surface.ts';

/** One for so many surfaces beyond those that the written incidents happen on. */
const SURFACES_PER_INCIDENT = 20;
const WRITTEN_SURFACES = 40;
/** Detectors need a history; what begins before it is nobody's to find. */
const FIRST_DAY = 35;

interface Kind {
  kind: string;
  metric: string;
  also: readonly string[];
  effect: (strength: number) => Effect;
}

const KINDS: readonly Kind[] = [
  { kind: 'spike', metric: 'error_rate', also: [], effect: (strength) => errors(2 + 14 * strength) },
  {
    kind: 'errors+dropoffs',
    metric: 'error_rate',
    also: ['dropoff_rate'],
    effect: (strength) => effects(errors(2 + 10 * strength), dropoffs(1.3 + strength)),
  },
  { kind: 'latency', metric: 'latency_p95', also: [], effect: (strength) => latency(1.5 + 2 * strength) },
  {
    kind: 'outage',
    metric: 'pageviews',
    also: ['failure_rate'],
    effect: (strength) => effects(traffic(0.5 - 0.45 * strength), failures(0.2 + 0.5 * strength)),
  },
  {
    kind: 'conversion-drop',
    metric: 'conversion_rate',
    also: [],
    effect: (strength) => actions(0.8 - 0.6 * strength),
  },
  {
    kind: 'concentration',
    metric: 'error_rate',
    also: [],
    effect: (strength) => extraErrors('gateway-timeout', 0.02 + 0.25 * strength),
  },
];

/** Incidents of random kind, place and strength on the generated surfaces, many too weak to see: a product for backtests. */
export function scatterIncidents(options: ResolvedOptions, surfaces: readonly Surface[]): Incident[] {
  const places = surfaces.slice(WRITTEN_SURFACES);
  const span = options.days - FIRST_DAY;
  if (span < 1) return [];
  const rng = createRng(options.seed, 'scattered incidents');
  return Array.from({ length: Math.floor(places.length / SURFACES_PER_INCIDENT) }, (_, nth) => {
    const kind = rng.pick(KINDS);
    // The square favours busy surfaces: on the others there is little to see.
    const route = places[Math.floor(places.length * rng.next() ** 2)]?.route ?? '/';
    const starts = 1 + rng.below(span);
    return {
      id: `scattered-${nth + 1}-${kind.kind}`,
      kind: kind.kind,
      surfaces: [route],
      entity: ['surface', route],
      metric: kind.metric,
      also: kind.also,
      starts,
      lasts: Math.min(starts, 1 + rng.below(4)),
      decoy: false,
      effect: kind.effect(rng.next()),
    };
  });
}
