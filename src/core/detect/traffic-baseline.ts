/** What a surface's traffic should be on a day: its level × what its peers saw × its own weekday, and how far it strays. */
import { median } from 'simple-statistics';
import type { SurfaceHistory } from './history.ts';
import type { DayContext } from './rule.ts';

/** Views or requests a day a surface needs to be judged, and to speak for its peers. */
export const MIN_LEVEL = 20;
/** Surfaces from which the others can tell a holiday from an outage. */
export const MIN_PEERS = 5;
const WEEKDAY_PRIOR_DAYS = 2;
/** Relative variance of a surface's share of the day: 15% at least. */
const DISPERSION_FLOOR = 0.0225;
const POOL_DAYS = 10;
const POOL_DISPERSION = 0.04;
/** Outages repeat in nobody's baseline: a day this far below its expectation is left out. */
const EXCLUDE_BELOW = 0.4;

/** Mean over the days from the surface's first row on; 0 where it is younger than half the baseline. */
export function levelOf(column: Float64Array, slots: readonly number[]): number {
  const firstSeen = slots.findIndex((slot) => (column[slot] ?? 0) > 0);
  if (firstSeen < 0 || slots.length - firstSeen < slots.length / 2) return 0;
  const values = slots.slice(firstSeen).map((slot) => column[slot] ?? 0);
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

export interface Peers {
  /** Multiplier of the day against an average one, by slot; NaN on days that were not asked for. */
  factor: Float64Array;
  /** Whether enough peers stood behind it. */
  known: boolean;
}

/** Median over surfaces of the day against the surface's level: half the surfaces may fail without moving it. */
export function peerFactors(
  surfaces: readonly SurfaceHistory[],
  levels: readonly number[],
  measure: 'pageviews' | 'requests',
  slots: readonly number[],
  days: number,
): Peers {
  const speaking = surfaces.flatMap((surface, index) => {
    const level = levels[index] ?? 0;
    const covered = surface.maintenance?.covered;
    return level >= MIN_LEVEL ? [{ column: surface.measures[measure], level, covered }] : [];
  });
  const known = speaking.length >= MIN_PEERS;
  const factor = new Float64Array(days).fill(Number.NaN);
  const anyAway = speaking.some(({ covered }) => covered);
  for (const slot of slots) {
    const own = !known ? [] : anyAway ? speaking.filter(({ covered }) => !covered?.[slot]) : speaking;
    factor[slot] = own.length > 0 ? median(own.map(({ column, level }) => (column[slot] ?? 0) / level)) : 1;
  }
  return { factor, known };
}

export interface TrafficModel {
  expectedAt(slot: number): number;
  dispersion: number;
  /** Standard deviation of the dispersion's logarithm. */
  uncertainty: number;
  /** Days it rests on. */
  slots: readonly number[];
}

/** Undefined where too few days are left to know. */
export function fitTraffic(
  day: DayContext,
  column: Float64Array,
  level: number,
  slots: readonly number[],
  peers: Peers,
): TrafficModel | undefined {
  const { history } = day;
  const { factor } = peers;
  const peersOn = (at: number): number => factor[at] ?? 1;
  const firstSeen = slots.find((at) => (column[at] ?? 0) > 0) ?? 0;
  const good = slots.filter((at) => at >= firstSeen && (column[at] ?? 0) >= EXCLUDE_BELOW * level * peersOn(at));
  if (good.length < day.settings.minHistoryDays) return undefined;
  const share = ratioOf(
    good,
    (at) => column[at] ?? 0,
    (at) => level * peersOn(at),
  );
  const usual = level * share;
  const weekday = ownWeekday(history.weekday, good, column, (at) => usual * peersOn(at));
  const expectedAt = (at: number): number => usual * peersOn(at) * (weekday[history.weekday[at] ?? 0] ?? 1);
  // A day's own share in its weekday's mean: without it the day lies that much further off, as the judged day will.
  const leverage = 1 / (good.length / 7 + WEEKDAY_PRIOR_DAYS);
  let excess = 0;
  let scale = 0;
  for (const at of good) {
    const mean = expectedAt(at);
    excess += (((column[at] ?? 0) - mean) / (1 - leverage)) ** 2 - mean;
    scale += mean ** 2;
  }
  const own = scale > 0 ? Math.min(1, Math.max(0, excess / scale)) : POOL_DISPERSION;
  const dispersion = Math.max(
    DISPERSION_FLOOR,
    (POOL_DAYS * POOL_DISPERSION + good.length * own) / (POOL_DAYS + good.length),
  );
  const uncertainty = Math.sqrt(2 / (POOL_DAYS + good.length));
  return { expectedAt, dispersion, uncertainty, slots: good };
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
