/**
 * The detector that knows what none can: the true rate of every day and the true dispersion of every surface. It has
 * our windows and floors, so what it misses is hopeless or below them, and what it has over ours is estimation.
 */
import type { Alert } from '../src/core/backtest/episodes.ts';
import { PROFILE_SETTINGS } from '../src/core/detect/profile.ts';
import {
  CONVERSION_RATE,
  DROPOFF_RATE,
  ERROR_COUNT,
  ERROR_RATE,
  FAILURE_RATE,
  type RateMetric,
  TICKET_RATE,
} from '../src/core/detect/rate-metrics.ts';
import { judgeWindow, predictDay } from '../src/core/detect/rate-window.ts';
import { corrected } from '../src/core/detect/window-correction.ts';
import type { SurfaceDay } from '../src/core/records.ts';
import type { Product } from '../src/core/simulate/product.ts';
import { LINGERS, type NormalSurface } from '../src/core/simulate/surface-days.ts';
import type { Rated } from '../src/core/simulate/usual.ts';
import { negativeBinomialLowerTail, normalUpperTail } from '../src/core/stats.ts';
import { daysBetween } from '../src/core/window.ts';

/** What the oracle would tell, with how improbable it is: below any level, what a detector at that level tells. */
export interface OracleAlert extends Alert {
  p: number;
}

const PAGE_METRICS = [ERROR_RATE, DROPOFF_RATE, TICKET_RATE, CONVERSION_RATE, FAILURE_RATE];
const ENDPOINT_METRICS = [ERROR_COUNT, FAILURE_RATE];
const { windows } = PROFILE_SETTINGS.default;
/** Weaker evidence than this is never asked for. */
const MAX_P = 0.02;
/** The floors of the traffic and latency tests, which keep theirs to themselves. */
const TRAFFIC = { minLevel: 20, maxRatio: 0.5 };
const LATENCY = { minRequests: 30, minRatio: 1.3, minMilliseconds: 100 };

/** Judges every day from slot `from` on. Days with a tracking gap are left out, as they are by ours. */
export function consultOracle(product: Product, start: string, days: number, from: number): OracleAlert[] {
  const rowsOf = new Map<string, (SurfaceDay | undefined)[]>();
  for (const row of product.surfaceDays) {
    const own = rowsOf.get(row.surface) ?? new Array<SurfaceDay | undefined>(days).fill(undefined);
    own[daysBetween(start, row.date)] = row;
    rowsOf.set(row.surface, own);
  }
  const usableFor = gapDays(product, start, days);
  return product.normal.flatMap((normal) => {
    const rows = rowsOf.get(normal.surface) ?? [];
    return [
      ...(normal.page ? PAGE_METRICS : ENDPOINT_METRICS).flatMap((metric) =>
        judgeRate(normal, rows, metric, usableFor([metric.count, metric.exposure]), from),
      ),
      ...judgeTraffic(normal, rows, usableFor([normal.page ? 'pageviews' : 'requests']), from),
      ...judgeLatency(normal, rows, usableFor(['requests']), from),
    ];
  });
}

function gapDays(product: Product, start: string, days: number): (measures: readonly string[]) => Uint8Array {
  const gaps = product.truth.decoys.filter(({ kind }) => kind === 'tracking-gap');
  return (measures) => {
    const usable = new Uint8Array(days).fill(1);
    for (const gap of gaps)
      if (measures.includes(gap.metric)) usable.fill(0, daysBetween(start, gap.start), daysBetween(start, gap.end));
    return usable;
  };
}

const alertOf = ({ surface }: NormalSurface, row: SurfaceDay, metric: string, p: number): OracleAlert => ({
  date: row.date,
  entity_type: 'surface',
  entity_key: surface,
  metric,
  p,
});

function judgeRate(
  normal: NormalSurface,
  rows: readonly (SurfaceDay | undefined)[],
  metric: RateMetric,
  usable: Uint8Array,
  from: number,
): OracleAlert[] {
  if (!isRated(metric.count)) return [];
  const measure = metric.count;
  const series = {
    key: normal.surface,
    counts: Float64Array.from(rows, (row) => row?.[metric.count] ?? 0),
    exposure: Float64Array.from(rows, (row) => row?.[metric.exposure] ?? 0),
  };
  const dispersion = normal.usual[0]?.dispersion[measure] ?? 0;
  const model = { family: metric.family, dispersion, uncertainty: 0, priorRate: 0, weekday: [1, 1, 1, 1, 1, 1, 1] };
  const known = { rate: 1, slots: [], excluded: 0, relativeVariance: 0 };
  const factorAt = (slot: number): number => normal.usual[slot]?.rate[measure] ?? 0;
  const alerts: OracleAlert[] = [];
  for (let slot = from; slot < rows.length; slot++) {
    const row = rows[slot];
    if (!row || !usable[slot] || (series.exposure[slot] ?? 0) <= 0) continue;
    const today = predictDay(series, slot, known, model, factorAt(slot));
    const ps = windows.flatMap((length) => {
      const at = {
        days: length,
        slot,
        windows: windows.length,
        spread: 1 + (normal.lingering[measure] ?? 0) * lingeringSum(length),
        usable,
        factorAt,
        today,
      };
      const result = judgeWindow(metric, series, model, known, at);
      return result?.substantial ? result.p : [];
    });
    const p = Math.min(...ps);
    if (p < MAX_P) alerts.push(alertOf(normal, row, metric.id, p));
  }
  return alerts;
}

/** 2 Σ (1 - k/n) ρ^k over the lags: what n days of a first-order autoregression vary more than independent ones. */
function lingeringSum(days: number): number {
  let sum = 0;
  for (let lag = 1; lag < days; lag++) sum += 2 * (1 - lag / days) * LINGERS ** lag;
  return sum;
}

function isRated(measure: string): measure is Rated {
  return ['errors', 'dropoffs', 'tickets', 'actions', 'request_failures'].includes(measure);
}

function judgeTraffic(
  normal: NormalSurface,
  rows: readonly (SurfaceDay | undefined)[],
  usable: Uint8Array,
  from: number,
): OracleAlert[] {
  const measure = normal.page ? 'pageviews' : 'requests';
  return normal.usual.flatMap(({ traffic, dispersion }, slot) => {
    const row = rows[slot] ?? emptyRow(normal, slot);
    const count = row[measure];
    if (slot < from || !usable[slot] || traffic < TRAFFIC.minLevel || count > TRAFFIC.maxRatio * traffic) return [];
    const p = negativeBinomialLowerTail(count, traffic, traffic + dispersion.traffic * traffic ** 2);
    return p < MAX_P ? alertOf(normal, row, measure, p) : [];
  });
}

/** A day on which nothing at all was stored of the surface: its normal row with nothing in it. */
function emptyRow(normal: NormalSurface, slot: number): SurfaceDay {
  const row = normal.rows[slot];
  if (!row) throw new RangeError(`${normal.surface} has no day ${slot}`);
  return { ...row, pageviews: 0, requests: 0 };
}

function judgeLatency(
  normal: NormalSurface,
  rows: readonly (SurfaceDay | undefined)[],
  usable: Uint8Array,
  from: number,
): OracleAlert[] {
  const alerts: OracleAlert[] = [];
  for (let slot = from; slot < rows.length; slot++) {
    const today = rows[slot];
    if (!today || !usable[slot] || today.requests < LATENCY.minRequests) continue;
    const ps = windows.flatMap((length) => {
      let shift = 0;
      let precision = 0;
      for (let at = Math.max(0, slot - length + 1); at <= slot; at++) {
        const p95 = rows[at]?.latency_p95 ?? null;
        if (!usable[at] || p95 === null || (rows[at]?.requests ?? 0) < LATENCY.minRequests) continue;
        const weight = 1 / (normal.usual[at]?.latencyLogSd ?? 1) ** 2;
        shift += weight * (Math.log(p95) - (normal.latencyCentre[at] ?? 0));
        precision += weight;
      }
      const ratio = Math.exp(shift / precision);
      const more = Math.exp(normal.latencyCentre[slot] ?? 0) * (ratio - 1);
      if (!(ratio >= LATENCY.minRatio) || more < LATENCY.minMilliseconds) return [];
      return corrected(normalUpperTail(shift / Math.sqrt(precision)), length, windows.length);
    });
    const p = Math.min(...ps);
    if (p < MAX_P) alerts.push(alertOf(normal, today, 'latency_p95', p));
  }
  return alerts;
}
