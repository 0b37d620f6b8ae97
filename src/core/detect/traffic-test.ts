/**
 * Traffic that is missing. Expected views of a surface = its level × what its peers saw that day × its own weekday.
 * A holiday takes everybody down and is absorbed by the peers; an outage takes one surface down and is not.
 */
import { median } from 'simple-statistics';
import { countInterval, negativeBinomialLowerTail } from '../stats.ts';
import { baselineSlots } from './baseline.ts';
import type { SurfaceHistory } from './history.ts';
import type { Measurement } from './measurement.ts';
import type { DayContext } from './rule.ts';

/** Views or requests a day a surface needs to be judged, and to speak for its peers. */
const MIN_LEVEL = 20;
const MIN_PEERS = 5;
/** A drop this deep, against peers; with too few peers to know a holiday by, deeper still. */
const MAX_RATIO = 0.5;
const MAX_RATIO_ALONE = 0.25;
const WEEKDAY_PRIOR_DAYS = 2;
/** Relative variance of a surface's share of the day: 15% at least. */
const DISPERSION_FLOOR = 0.0225;
const POOL_DAYS = 10;
const POOL_DISPERSION = 0.04;
/** Outages repeat in nobody's baseline: a day this far below its expectation is left out. */
const EXCLUDE_BELOW = 0.4;

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
  const levels = history.surfaces.map((surface) => levelOf(surface.measures[measure], slots));
  const peers = peerFactors(history.surfaces, levels, measure, [...slots, slot], history.days);
  const found: Measurement[] = [];
  history.surfaces.forEach((surface, index) => {
    const level = levels[index] ?? 0;
    if (level < MIN_LEVEL || !include(surface)) return;
    const measured = measureSurface(day, surface, measure, { level, slots, peers, usable });
    if (measured) found.push(measured);
  });
  return found;
}

/** Mean over the days from the surface's first row on; 0 where it is younger than half the baseline. */
function levelOf(column: Float64Array, slots: readonly number[]): number {
  const firstSeen = slots.findIndex((slot) => (column[slot] ?? 0) > 0);
  if (firstSeen < 0 || slots.length - firstSeen < slots.length / 2) return 0;
  const values = slots.slice(firstSeen).map((slot) => column[slot] ?? 0);
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

interface Peers {
  /** Multiplier of the day against an average one, by slot; NaN on days that were not asked for. */
  factor: Float64Array;
  /** Whether enough peers stood behind it. */
  known: boolean;
}

/** Median over surfaces of the day against the surface's level: half the surfaces may fail without moving it. */
function peerFactors(
  surfaces: readonly SurfaceHistory[],
  levels: readonly number[],
  measure: 'pageviews' | 'requests',
  slots: readonly number[],
  days: number,
): Peers {
  const speaking = surfaces.flatMap((surface, index) => {
    const level = levels[index] ?? 0;
    return level >= MIN_LEVEL ? [{ column: surface.measures[measure], level }] : [];
  });
  const known = speaking.length >= MIN_PEERS;
  const factor = new Float64Array(days).fill(Number.NaN);
  for (const slot of slots)
    factor[slot] = known ? median(speaking.map(({ column, level }) => (column[slot] ?? 0) / level)) : 1;
  return { factor, known };
}

function measureSurface(
  day: DayContext,
  surface: SurfaceHistory,
  measure: 'pageviews' | 'requests',
  base: { level: number; slots: readonly number[]; peers: Peers; usable: Uint8Array },
): Measurement | undefined {
  const { history, slot } = day;
  const column = surface.measures[measure];
  const { factor } = base.peers;
  const peersOn = (at: number): number => factor[at] ?? 1;
  const firstSeen = base.slots.find((at) => (column[at] ?? 0) > 0) ?? 0;
  const good = base.slots.filter(
    (at) => at >= firstSeen && (column[at] ?? 0) >= EXCLUDE_BELOW * base.level * peersOn(at),
  );
  if (good.length < day.settings.minHistoryDays) return undefined;
  const share = ratioOf(
    good,
    (at) => column[at] ?? 0,
    (at) => base.level * peersOn(at),
  );
  const level = base.level * share;
  const weekday = ownWeekday(history.weekday, good, column, (at) => level * peersOn(at));
  const expectedAt = (at: number): number => level * peersOn(at) * (weekday[history.weekday[at] ?? 0] ?? 1);
  let excess = 0;
  let scale = 0;
  for (const at of good) {
    const mean = expectedAt(at);
    excess += ((column[at] ?? 0) - mean) ** 2 - mean;
    scale += mean ** 2;
  }
  const own = scale > 0 ? Math.min(1, Math.max(0, excess / scale)) : POOL_DISPERSION;
  const dispersion = Math.max(
    DISPERSION_FLOOR,
    (POOL_DAYS * POOL_DISPERSION + good.length * own) / (POOL_DAYS + good.length),
  );
  const mean = expectedAt(slot);
  const current = column[slot] ?? 0;
  const variance = mean + dispersion * mean ** 2 * (1 + 1 / good.length);
  const ratio = mean > 0 ? current / mean : 1;
  const requests = surface.measures.requests;
  const usualRequests = good.reduce((sum, at) => sum + (requests[at] ?? 0) * peersOn(slot), 0) / good.length;
  return {
    entity_type: 'surface',
    entity_key: surface.surface,
    metric: measure,
    direction: current >= mean ? 'up' : 'down',
    current,
    expected: mean,
    z: variance > 0 ? (current - mean) / Math.sqrt(variance) : null,
    p_value: negativeBinomialLowerTail(current, mean, variance),
    interval: countInterval(mean, variance),
    substantial: mean >= MIN_LEVEL && ratio <= (base.peers.known ? MAX_RATIO : MAX_RATIO_ALONE),
    bad: 'down',
    evidence: () => ({
      count: current,
      expected_count: Number(mean.toPrecision(4)),
      window_days: 1,
      ratio: Number(ratio.toPrecision(4)),
      peers_factor: Number(peersOn(slot).toPrecision(4)),
      peers_known: base.peers.known,
      requests_ratio: usualRequests > 0 ? Number(((requests[slot] ?? 0) / usualRequests).toPrecision(3)) : null,
      baseline_days: good.length,
      dispersion: Number(dispersion.toPrecision(4)),
      model: 'negative binomial against peers',
    }),
    at: (where) =>
      base.usable[where]
        ? { value: column[where] ?? 0, expected: Number.isNaN(peersOn(where)) ? null : expectedAt(where) }
        : { value: null, expected: null },
  };
}

function ratioOf(slots: readonly number[], value: (at: number) => number, base: (at: number) => number): number {
  let top = 0;
  let bottom = 0;
  for (const at of slots) {
    top += value(at);
    bottom += base(at);
  }
  return bottom > 0 ? top / bottom : 1;
}

/** The surface's own week beside its peers', shrunk to theirs by two days of belief. */
function ownWeekday(
  weekday: Uint8Array,
  slots: readonly number[],
  column: Float64Array,
  expected: (at: number) => number,
): number[] {
  const days = new Float64Array(7);
  const observed = new Float64Array(7);
  const foreseen = new Float64Array(7);
  for (const at of slots) {
    const day = weekday[at] ?? 0;
    days[day] = (days[day] ?? 0) + 1;
    observed[day] = (observed[day] ?? 0) + (column[at] ?? 0);
    foreseen[day] = (foreseen[day] ?? 0) + expected(at);
  }
  return Array.from(days, (same, day) => {
    const mean = (foreseen[day] ?? 0) / Math.max(1, same);
    if (mean <= 0) return 1;
    return ((observed[day] ?? 0) + WEEKDAY_PRIOR_DAYS * mean) / (mean * (same + WEEKDAY_PRIOR_DAYS));
  });
}
