/** What looks like an incident and is none: who reports one is wrong. */
import type { TruthEntry } from '../backtest/truth.ts';
import type { SurfaceDay } from '../records.ts';
import { addDays, dayNumber } from '../window.ts';
import type { Calendar } from './calendar.ts';
import type { Occupied } from './plan.ts';
import type { Rng } from './rng.ts';
import type { SurfaceShape } from './surfaces.ts';

const SURGES_A_MONTH = 0.08;
const NOISY_ACCOUNTS_A_MONTH = 0.01;
/** In 30 days, over the whole product. */
const GAPS_A_MONTH = 1.2;

/** Metrics that rest on a measure: none of them can be judged on a day without it. */
const RESTING = {
  pageviews: ['pageviews', 'error_rate', 'dropoff_rate', 'ticket_rate', 'conversion_rate'],
  actions: ['actions', 'conversion_rate'],
  dropoffs: ['dropoffs', 'dropoff_rate'],
  errors: ['errors', 'error_rate'],
  tickets: ['tickets', 'ticket_rate'],
  requests: ['requests', 'failure_rate', 'latency_p95'],
} as const;
type Tracked = keyof typeof RESTING;
const TRACKED = Object.keys(RESTING) as Tracked[];

export interface Decoys {
  /** Traffic multipliers of single surfaces, rates unchanged, by slot. */
  surges: ReadonlyMap<string, ReadonlyMap<number, number>>;
  /** Measures that did not arrive, by slot. */
  silent: ReadonlyMap<number, Tracked>;
  /** Errors of a single account, by surface and slot. */
  noisy: ReadonlyMap<string, ReadonlyMap<number, number>>;
  entries: TruthEntry[];
}

export const NO_DECOYS: Decoys = { surges: new Map(), silent: new Map(), noisy: new Map(), entries: [] };

/** Draws them on days from slot `calm` on, none on a surface and day that is taken. */
export function drawDecoys(
  rng: Rng,
  surfaces: readonly SurfaceShape[],
  calendar: Calendar,
  { calm, start, occupied }: { calm: number; start: string; occupied: Occupied },
): Decoys {
  const origin = dayNumber(start);
  const span = calendar.days - calm;
  const entries: TruthEntry[] = [];
  const enter = (kind: string, entity_key: string, metric: string, first: number, days: number): void => {
    entries.push({
      id: `decoy-${entries.length}`,
      kind,
      entity_type: 'surface',
      entity_key,
      metric,
      start: addDays(start, first),
      end: addDays(start, first + days),
      material: false,
      ...(kind === 'tracking-gap' && isTracked(metric) ? { also: RESTING[metric] } : {}),
    });
  };
  calendar.holiday.forEach((factor, slot) => {
    if (factor !== 1) enter('holiday', '*', 'pageviews', slot, 1);
  });
  const place = (surface: string, days: number): number | undefined => {
    for (let attempt = 0; attempt < 20; attempt++) {
      const first = calm + rng.below(Math.max(1, span - days + 1));
      if (!occupied.free(surface, origin + first, origin + first + days)) continue;
      occupied.take(surface, origin + first, origin + first + days);
      return first;
    }
    return undefined;
  };
  const surges = new Map<string, Map<number, number>>();
  const months = (surfaces.length * span) / 30;
  for (let index = 0; index < months * SURGES_A_MONTH; index++) {
    const { surface } = rng.pick(surfaces);
    const days = 1 + rng.below(4);
    const factor = 2 + 3 * rng.next();
    const first = place(surface, days);
    if (first === undefined) continue;
    const own = surges.get(surface) ?? new Map<number, number>();
    for (let slot = first; slot < first + days; slot++) own.set(slot, factor);
    surges.set(surface, own);
    enter('traffic-surge', surface, 'pageviews', first, days);
  }
  const noisy = new Map<string, Map<number, number>>();
  const pages = surfaces.filter(({ page }) => page);
  for (let index = 0; index < months * NOISY_ACCOUNTS_A_MONTH && pages.length > 0; index++) {
    const { surface } = rng.pick(pages);
    const first = place(surface, 1);
    if (first === undefined) continue;
    noisy.set(surface, new Map([...(noisy.get(surface) ?? []), [first, 30 + rng.below(270)]]));
    enter('one-account', surface, 'error_rate', first, 1);
  }
  const silent = new Map<number, Tracked>();
  for (let index = 0; index < Math.round((span / 30) * GAPS_A_MONTH); index++) {
    const measure = rng.pick(TRACKED);
    const days = 1 + rng.below(2);
    const first = calm + rng.below(Math.max(1, span - days));
    const slots = Array.from({ length: days }, (_, day) => first + day);
    if (slots.some((slot) => silent.has(slot) || calendar.holiday[slot] !== 1)) continue;
    for (const slot of slots) silent.set(slot, measure);
    enter('tracking-gap', '*', measure, first, days);
  }
  return { surges, silent, noisy, entries };
}

function isTracked(metric: string): metric is Tracked {
  return Object.hasOwn(RESTING, metric);
}

/** The row as it is stored when a measure did not arrive; what rests on it goes with it. */
export function silence(row: SurfaceDay, measure: Tracked): SurfaceDay {
  if (measure !== 'requests') return { ...row, [measure]: 0 };
  return { ...row, requests: 0, request_failures: 0, latency_p50: null, latency_p95: null };
}
