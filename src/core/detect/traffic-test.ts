/**
 * Traffic that is missing, against what the surface's level, its peers and its weekday make of the day. A holiday
 * takes everybody down and is absorbed by the peers; an outage takes one surface down and is not.
 */
import { median } from 'simple-statistics';
import { countInterval, negativeBinomialLowerTail } from '../stats.ts';
import { baselineSlots } from './baseline.ts';
import type { SurfaceHistory } from './history.ts';
import { type Measurement, NO_POINT, type SlotPoint } from './measurement.ts';
import { overDispersion } from './over-dispersion.ts';
import type { DayContext } from './rule.ts';
import {
  fitTraffic,
  levelOf,
  MIN_LEVEL,
  MIN_PEERS,
  type Peers,
  peerFactors,
  type TrafficModel,
} from './traffic-baseline.ts';

/** A drop this deep, against peers; with too few peers to know a holiday by, deeper still. */
const MAX_RATIO = 0.5;
const MAX_RATIO_ALONE = 0.25;
/** Median of a squared standard normal. */
const MEDIAN_CHI2 = 0.455;

/** `pageviews` where a surface has views, else `requests`: an endpoint nobody calls any more is an outage too. */
export function measureTraffic(day: DayContext): Measurement[] {
  return [
    ...measureColumn(day, 'pageviews', () => true),
    ...measureColumn(day, 'requests', (surface) => viewless(day, surface)),
  ];
}

function viewless(day: DayContext, surface: SurfaceHistory): boolean {
  for (let slot = Math.max(0, day.slot - day.settings.baselineDays); slot < day.slot; slot++)
    if ((surface.measures.pageviews[slot] ?? 0) > 0) return false;
  return true;
}

function measureColumn(
  day: DayContext,
  measure: 'pageviews' | 'requests',
  include: (surface: SurfaceHistory) => boolean,
): Measurement[] {
  const { history, settings, slot } = day;
  const usable = day.usable(measure);
  if (!usable[slot]) return [];
  const slots = baselineSlots(slot, 1, settings.baselineDays, usable);
  if (slots.length < settings.minHistoryDays) return [];
  // Nobody's traffic was missing while the page was worked on.
  const slotsOf = ({ maintenance }: SurfaceHistory): number[] =>
    maintenance ? slots.filter((at) => !maintenance.covered[at]) : slots;
  const levels = history.surfaces.map((surface) => levelOf(surface.measures[measure], slotsOf(surface)));
  const peers = peerFactors(history.surfaces, levels, measure, [...slots, slot], history.days);
  const judged = history.surfaces.flatMap((surface, index): Judged[] => {
    const level = levels[index] ?? 0;
    if (level < MIN_LEVEL || surface.maintenance?.covered[slot] || !include(surface)) return [];
    const column = surface.measures[measure];
    const model = fitTraffic(day, column, level, slotsOf(surface), peers);
    if (!model) return [];
    const mean = model.expectedAt(slot);
    const extra = model.dispersion * mean ** 2 * (1 + 1 / model.slots.length);
    return [{ surface, column, model, mean, extra, current: column[slot] ?? 0 }];
  });
  const unrest = unrestOf(judged);
  return judged.map((each) => toMeasurement(day, measure, each, { peers, usable, unrest }));
}

interface Judged {
  surface: SurfaceHistory;
  column: Float64Array;
  model: TrafficModel;
  mean: number;
  /** Variance beyond plain chance. */
  extra: number;
  current: number;
}

/**
 * How much further than on other days the surfaces lie apart today: on a holiday some pages lose more than others, and
 * the day has to be judged by its own spread. Median of z² over that of a normal day, at least 1; half may fail.
 */
function unrestOf(judged: readonly Judged[]): number {
  if (judged.length < MIN_PEERS) return 1;
  const squares = judged.map(({ current, mean, extra }) => (current - mean) ** 2 / (mean + extra));
  return Math.max(1, median(squares) / MEDIAN_CHI2);
}

function toMeasurement(
  { slot }: DayContext,
  measure: 'pageviews' | 'requests',
  { surface, column, model, mean, extra, current }: Judged,
  { peers, usable, unrest }: { peers: Peers; usable: Uint8Array; unrest: number },
): Measurement {
  const peersOn = (at: number): number => peers.factor[at] ?? 1;
  const variance = mean + extra * unrest;
  const ratio = mean > 0 ? current / mean : 1;
  const requests = surface.measures.requests;
  const days = model.slots.length;
  const usualRequests = model.slots.reduce((sum, at) => sum + (requests[at] ?? 0) * peersOn(slot), 0) / days;
  return {
    entity_type: 'surface',
    entity_key: surface.surface,
    metric: measure,
    direction: current >= mean ? 'up' : 'down',
    current,
    expected: mean,
    z: variance > 0 ? (current - mean) / Math.sqrt(variance) : null,
    p_value: overDispersion(model.uncertainty, (factor) =>
      negativeBinomialLowerTail(current, mean, mean + extra * unrest * factor),
    ),
    interval: countInterval(mean, variance),
    substantial: mean >= MIN_LEVEL && ratio <= (peers.known ? MAX_RATIO : MAX_RATIO_ALONE),
    bad: 'down',
    evidence: () => ({
      count: current,
      expected_count: Number(mean.toPrecision(4)),
      window_days: 1,
      ratio: Number(ratio.toPrecision(4)),
      peers_factor: Number(peersOn(slot).toPrecision(4)),
      peers_known: peers.known,
      requests_ratio: usualRequests > 0 ? Number(((requests[slot] ?? 0) / usualRequests).toPrecision(3)) : null,
      baseline_days: days,
      dispersion: Number(model.dispersion.toPrecision(4)),
      model: 'negative binomial against peers',
    }),
    at: (where): SlotPoint => {
      if (!usable[where] || surface.maintenance?.covered[where]) return NO_POINT;
      const value = column[where] ?? 0;
      if (Number.isNaN(peersOn(where))) return { ...NO_POINT, value };
      const expected = model.expectedAt(where);
      const beyondChance = model.dispersion * expected ** 2 * (1 + 1 / days);
      return { value, expected, interval: countInterval(expected, expected + beyondChance * unrest) };
    },
  };
}
