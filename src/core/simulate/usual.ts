/** What a normal day of a surface is like: the truth of a simulated one, an estimate of a real one. */
import type { SurfaceDay } from '../records.ts';
import { dayNumber, weekdayOf } from '../window.ts';

/** Counts that come with exposure: per view where there are views, else per request; failures per request. */
export const RATED = ['errors', 'dropoffs', 'tickets', 'actions', 'request_failures'] as const;
export type Rated = (typeof RATED)[number];

/** Proportions cannot pass their exposure and vary as a beta-binomial; counts as a negative binomial. */
export const PROPORTIONS: ReadonlySet<Rated> = new Set<Rated>(['dropoffs', 'actions']);

export interface Usual {
  /** Views expected that day; calls where nothing is viewed. */
  traffic: number;
  /** Events per exposure. */
  rate: Readonly<Record<Rated, number>>;
  /** Over-dispersion of a day around that rate: relative variance of counts, correlation within proportions. */
  dispersion: Readonly<Record<Rated | 'traffic', number>>;
  /** Standard deviation of the logarithm of a day's p95. */
  latencyLogSd: number;
}

/** What the day's events are counted against. */
export function exposureOf(row: SurfaceDay, measure: Rated): number {
  return measure === 'request_failures' || row.pageviews === 0 ? row.requests : row.pageviews;
}

/** Variance of a day's count of this mean. */
export function usualVariance(usual: Usual, measure: Rated, mean: number, exposure: number): number {
  const d = usual.dispersion[measure];
  if (!PROPORTIONS.has(measure)) return mean + d * mean ** 2;
  return mean * Math.max(0, 1 - mean / Math.max(1, exposure)) * (1 + Math.max(0, exposure - 1) * d);
}

/** What is normal for a real surface on `date`, by moments over earlier days: enough to size what is planted into it. */
export function estimateUsual(rows: readonly SurfaceDay[], date: string): Usual {
  const rate: Record<Rated, number> = { errors: 0, dropoffs: 0, tickets: 0, actions: 0, request_failures: 0 };
  const dispersion = { ...rate, traffic: 0 };
  for (const measure of RATED) {
    const days = rows.map((row) => ({ count: row[measure], exposure: exposureOf(row, measure) }));
    const events = sum(days.map(({ count }) => count));
    const exposed = sum(days.map(({ exposure }) => exposure));
    const p = exposed > 0 ? events / exposed : 0;
    rate[measure] = PROPORTIONS.has(measure) ? Math.min(1, p) : p;
    const proportion = PROPORTIONS.has(measure);
    let excess = 0;
    let scale = 0;
    for (const { count, exposure } of days) {
      const mean = p * exposure;
      const base = proportion ? mean * Math.max(0, 1 - p) : mean;
      excess += (count - mean) ** 2 - base;
      scale += proportion ? base * Math.max(0, exposure - 1) : mean ** 2;
    }
    dispersion[measure] = scale > 0 ? Math.min(1, Math.max(0, excess / scale)) : 0;
  }
  const traffic = estimateTraffic(rows, date);
  dispersion.traffic = traffic.dispersion;
  const logs = rows.flatMap(({ latency_p95: p95 }) => (p95 !== null && p95 > 0 ? Math.log(p95) : []));
  const centre = sum(logs) / Math.max(1, logs.length);
  const latencyLogSd = Math.sqrt(sum(logs.map((log) => (log - centre) ** 2)) / Math.max(1, logs.length - 1));
  return { traffic: traffic.level, rate, dispersion, latencyLogSd };
}

/** The weekday's mean, and how far days lie from their own weekday's. */
function estimateTraffic(rows: readonly SurfaceDay[], date: string): { level: number; dispersion: number } {
  const byWeekday: number[][] = Array.from({ length: 7 }, () => []);
  for (const row of rows)
    byWeekday[weekdayOf(dayNumber(row.date))]?.push(row.pageviews > 0 ? row.pageviews : row.requests);
  let excess = 0;
  let scale = 0;
  for (const same of byWeekday) {
    if (same.length < 2) continue;
    const mean = sum(same) / same.length;
    const squares = sum(same.map((value) => (value - mean) ** 2));
    excess += (squares * same.length) / (same.length - 1) - mean * same.length;
    scale += mean ** 2 * same.length;
  }
  const same = byWeekday[weekdayOf(dayNumber(date))] ?? [];
  const known = same.length > 0 ? same : byWeekday.flat();
  return { level: sum(known) / Math.max(1, known.length), dispersion: scale > 0 ? Math.max(0, excess / scale) : 0 };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
