/**
 * A shift of the daily p95 latency: logarithms against their own 28 days, Student's t on the mean of the window.
 * Logs, because latency spreads by a factor and not by milliseconds. A rank test is of no use at day grain: against
 * 28 days its smallest p-value is 1/29.
 */
import { median } from 'simple-statistics';
import { studentUpperTail } from '../stats.ts';
import { baselineSlots } from './baseline.ts';
import type { SurfaceHistory } from './history.ts';
import { type Better, type Measurement, NO_POINT } from './measurement.ts';
import type { DayContext } from './rule.ts';
import { corrected } from './window-correction.ts';

/** Requests on a day below which its p95 is the opinion of two or three requests. */
const MIN_REQUESTS = 30;
const MIN_RATIO = 1.3;
const MIN_MILLISECONDS = 100;
/** A window 1.3 times a baseline of its own is still this much above one that it has spoilt by a quarter. */
const LEANING = 1.15;
/** No page's p95 is steadier than this from day to day. */
const SD_FLOOR = 0.06;
const POOL_DAYS = 10;
/** Median absolute deviation of a normal in standard deviations. */
const MAD_TO_SD = 1.4826;
const OUTLIER_SD = 4;

/** Up or down on the log scale. */
type Way = 1 | -1;
const SLOWER = 1;
const FASTER = -1;
/** On the log scale: less than this is not worth a test. */
const LEAST_FASTER = 0.05;

interface LogBaseline {
  surface: SurfaceHistory;
  centre: number;
  sd: number;
  logs: number[];
  /** Requests on a typical day. */
  requests: number;
}

/** Measures p95 of every surface that had enough requests on the judged day and over its baseline. */
export function measureLatency(day: DayContext): Measurement[] {
  const { history, settings, slot } = day;
  const usable = day.usable('requests');
  if (!usable[slot]) return [];
  const own = history.surfaces.flatMap((surface) => logBaseline(day, surface, usable, 1) ?? []);
  if (own.length === 0) return [];
  const pool = median(own.map(({ sd }) => sd));
  return own.map((base) => {
    const judgeTowards = (way: Way) => {
      const results = settings.windows.map((days) => {
        const rough = judge(day, base, pool, usable, days, way);
        if (days === 1 || rough.ratio < LEANING) return { days, ...rough };
        return { days, ...judge(day, logBaseline(day, base.surface, usable, days) ?? base, pool, usable, days, way) };
      });
      const big = results.filter(({ substantial }) => substantial);
      return (big.length > 0 ? big : results).reduce((a, b) => (b.p < a.p ? b : a));
    };
    const tried = settings.windows.length;
    const best = judgeTowards(SLOWER);
    const better = (): Better | undefined => {
      if (!(Math.log(base.surface.latency[slot] ?? Number.NaN) < base.centre - LEAST_FASTER)) return undefined;
      const good = judgeTowards(FASTER);
      return {
        p_value: corrected(good.p, good.days, tried),
        substantial: good.substantial,
        window_days: good.days,
      };
    };
    const sd = spread(base, pool);
    const current = base.surface.latency[slot] ?? Number.NaN;
    const expected = Math.exp(base.centre);
    const interval: [number, number] = [Math.exp(base.centre - 1.96 * sd), Math.exp(base.centre + 1.96 * sd)];
    return {
      entity_type: 'surface',
      entity_key: base.surface.surface,
      metric: 'latency_p95',
      direction: current >= expected ? 'up' : 'down',
      current,
      expected,
      z: (Math.log(current) - base.centre) / sd,
      p_value: corrected(best.p, best.days, tried),
      interval,
      substantial: best.substantial,
      bad: 'up',
      better,
      evidence: () => ({
        requests: base.surface.measures.requests[slot] ?? 0,
        window_days: best.days,
        ratio: Number(best.ratio.toPrecision(4)),
        baseline_days: base.logs.length,
        log_sd: Number(sd.toPrecision(3)),
        model: "log p95, Student's t",
      }),
      at: (where) => {
        const value = base.surface.latency[where] ?? Number.NaN;
        return usable[where] && !Number.isNaN(value) ? { value, expected, interval } : NO_POINT;
      },
    };
  });
}

function logBaseline(
  day: DayContext,
  surface: SurfaceHistory,
  usable: Uint8Array,
  gap: number,
): LogBaseline | undefined {
  const { latency, measures } = surface;
  const enough = (slot: number): boolean =>
    (measures.requests[slot] ?? 0) >= MIN_REQUESTS && !Number.isNaN(latency[slot] ?? Number.NaN);
  if (!enough(day.slot)) return undefined;
  const logs: number[] = [];
  const volumes: number[] = [];
  for (const slot of baselineSlots(day.slot, gap, day.settings.baselineDays, usable)) {
    if (!enough(slot)) continue;
    logs.push(Math.log(latency[slot] ?? 1));
    volumes.push(measures.requests[slot] ?? 0);
  }
  if (logs.length < day.settings.minHistoryDays) return undefined;
  const centre = median(logs);
  const sd = Math.max(SD_FLOOR, MAD_TO_SD * median(logs.map((log) => Math.abs(log - centre))));
  const kept = logs.filter((log) => Math.abs(log - centre) <= OUTLIER_SD * sd);
  const mean = kept.reduce((sum, log) => sum + log, 0) / kept.length;
  const variance = kept.reduce((sum, log) => sum + (log - mean) ** 2, 0) / Math.max(1, kept.length - 1);
  return { surface, centre: mean, sd: Math.sqrt(variance), logs: kept, requests: median(volumes) };
}

function spread(base: LogBaseline, pool: number): number {
  const days = base.logs.length;
  return Math.max(SD_FLOOR, Math.sqrt((POOL_DAYS * pool ** 2 + days * base.sd ** 2) / (POOL_DAYS + days)));
}

function judge(
  day: DayContext,
  base: LogBaseline,
  pool: number,
  usable: Uint8Array,
  days: number,
  way: Way,
): { p: number; substantial: boolean; ratio: number } {
  const sd = spread(base, pool);
  /** The way it is judged by. */
  const shifts: number[] = [];
  for (let slot = Math.max(0, day.slot - days + 1); slot <= day.slot; slot++) {
    const value = base.surface.latency[slot] ?? Number.NaN;
    if (!usable[slot] || Number.isNaN(value) || (base.surface.measures.requests[slot] ?? 0) < MIN_REQUESTS) continue;
    const off = way * (Math.log(value) - base.centre);
    shifts.push(slot === day.slot ? off : Math.min(off, 3 * sd));
  }
  const shift = shifts.reduce((sum, off) => sum + off, 0) / Math.max(1, shifts.length);
  // A p95 of half as many requests is that much rougher than the baseline's.
  const thin = Math.sqrt(Math.max(1, base.requests / (base.surface.measures.requests[day.slot] ?? 1)));
  const correlation = 1 + 0.4 * ((days - 1) / days);
  const error = sd * thin * Math.sqrt(correlation / Math.max(1, shifts.length) + 1 / base.logs.length);
  const expected = Math.exp(base.centre);
  const ratio = Math.exp(shift);
  const today = base.surface.latency[day.slot] ?? 0;
  return {
    p: studentUpperTail(shift / error, base.logs.length - 1),
    ratio,
    substantial:
      shifts.length >= Math.min(days, 2) &&
      ratio >= MIN_RATIO &&
      expected * Math.abs(ratio ** way - 1) >= MIN_MILLISECONDS &&
      (today / expected) ** way >= 1.1,
  };
}
