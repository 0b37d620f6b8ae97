/** Draws a surface's normal days, and says what was normal about each. */
import type { SurfaceDay } from '../records.ts';
import { addDays } from '../window.ts';
import { type Calendar, drawWander, weekShape } from './calendar.ts';
import type { Rng } from './rng.ts';
import { betaBinomial, normal, overDispersedCount } from './samplers.ts';
import type { SurfaceShape } from './surfaces.ts';
import { PROPORTIONS, RATED, type Rated, type Usual } from './usual.ts';

export interface NormalSurface {
  surface: string;
  page: boolean;
  rows: SurfaceDay[];
  /** By slot. Deterministic part only: what wanders counts as dispersion, since nobody can foresee it. */
  usual: Usual[];
  /** Share of each rate's over-dispersion that lingers, with `LINGERS` from one day to the next. */
  lingering: Readonly<Record<Rated, number>>;
  /** Expected logarithm of p95, by slot. */
  latencyCentre: Float64Array;
}

/** Standard deviations of what lingers: a surface's traffic, and the logarithm of each of its rates. */
const TRAFFIC_WANDER = 0.08;
const RATE_WANDER = 0.08;
/** Correlation of what lingers from one day to the next. */
export const LINGERS = 0.85;
/** The product's own wander, see calendar.ts, for the truth of the traffic's dispersion. */
const PRODUCT_WANDER = 0.05;
/** One release in four moves a surface's error rate for good, by about so much. */
const RELEASE_SHIFT = 0.1;
const SHIFTING_RELEASES = 0.25;
/** A sample's p95 of n log-normal times varies by about 1.27/√n (sigma 0.6). */
const P95_ROUGHNESS = 1.27;

export function drawSurfaceDays(
  rng: Rng,
  shape: SurfaceShape,
  calendar: Calendar,
  start: string,
  surges: ReadonlyMap<number, number> | undefined,
): NormalSurface {
  const { days } = calendar;
  const wander = drawWander(rng, days, TRAFFIC_WANDER, LINGERS);
  const rateWander = new Map(RATED.map((measure) => [measure, drawWander(rng, days, RATE_WANDER, LINGERS)]));
  const shift = releaseShifts(rng, calendar);
  const dispersion = visibleDispersion(shape);
  const rows: SurfaceDay[] = [];
  const usual: Usual[] = [];
  const latencyCentre = new Float64Array(days);
  const normalWeek = meanWeek(shape.business);
  for (let slot = 0; slot < days; slot++) {
    const weekday = calendar.weekday[slot] ?? 0;
    const month = (slot - days / 2) / 30;
    const traffic =
      shape.level *
      (weekShape(weekday, shape.business) / normalWeek) *
      Math.exp(Math.log1p(Math.max(-0.5, shape.growth)) * month) *
      (calendar.holiday[slot] ?? 1) ** shape.festive *
      (surges?.get(slot) ?? 1);
    const rateOf = (measure: Rated): number => {
      const value =
        shape.rate[measure] *
        (calendar.rateWeek[measure][weekday] ?? 1) *
        Math.exp(shape.drift[measure] * month + (measure === 'errors' ? (shift[slot] ?? 0) : 0));
      return Math.min(PROPORTIONS.has(measure) ? 0.9 : Number.POSITIVE_INFINITY, value);
    };
    const rate = byRated(rateOf);
    if (!shape.page) rate.errors = rate.request_failures;
    const seen = overDispersedCount(
      rng,
      traffic * Math.exp((wander[slot] ?? 0) + (calendar.wander[slot] ?? 0)),
      shape.dispersion.traffic,
    );
    const pageviews = shape.page ? seen : 0;
    const requests = shape.page ? overDispersedCount(rng, seen * shape.callsPerView, shape.dispersion.requests) : seen;
    const draw = (measure: Rated, exposure: number): number => {
      const now = rate[measure] * Math.exp(rateWander.get(measure)?.[slot] ?? 0);
      const d = shape.dispersion[measure];
      if (PROPORTIONS.has(measure)) return betaBinomial(rng, exposure, Math.min(0.95, now), d);
      return overDispersedCount(rng, now * exposure, d);
    };
    const failures = Math.min(requests, draw('request_failures', requests));
    const errors = shape.page ? draw('errors', pageviews) : failures;
    const dropoffs = draw('dropoffs', pageviews);
    const tickets = draw('tickets', pageviews);
    latencyCentre[slot] = Math.log(shape.latency) + 0.03 * (weekShape(weekday, shape.business) - 1);
    const latencyLogSd = Math.hypot(shape.latencySd, P95_ROUGHNESS / Math.sqrt(Math.max(2, requests)));
    const p95 = requests > 0 ? Math.exp((latencyCentre[slot] ?? 0) + latencyLogSd * normal(rng)) : null;
    usual.push({ traffic, rate, dispersion, latencyLogSd });
    const events = errors + dropoffs + tickets;
    // Visits are spread over fewer accounts than there are visits, the more so the busier the page.
    const accounts = Math.ceil(seen ** 0.7);
    const affected = accounts * -Math.expm1(-events / Math.max(1, accounts));
    rows.push({
      date: addDays(start, slot),
      surface: shape.surface,
      pageviews,
      actions: draw('actions', pageviews),
      dropoffs,
      errors,
      tickets,
      requests,
      request_failures: failures,
      latency_p50: p95 === null ? null : p95 * 0.37,
      latency_p95: p95,
      affected_accounts: Math.min(events, Math.ceil(affected)),
      affected_users: Math.min(events, Math.ceil(affected * 1.6)),
      revenue_at_risk: Math.ceil(affected) * 40_000,
      revenue: 0,
      release_top: null,
      release_share: null,
    });
  }
  const lingering = byRated((measure) => 1 - shape.dispersion[measure] / Math.max(1e-9, dispersion[measure]));
  return { surface: shape.surface, page: shape.page, rows, usual, lingering, latencyCentre };
}

function byRated(value: (measure: Rated) => number): Record<Rated, number> {
  return {
    errors: value('errors'),
    dropoffs: value('dropoffs'),
    tickets: value('tickets'),
    actions: value('actions'),
    request_failures: value('request_failures'),
  };
}

/** How far a day lies from its deterministic rate in all: the count's own dispersion and what wanders. */
function visibleDispersion({ dispersion, rate }: SurfaceShape): Usual['dispersion'] {
  return {
    ...byRated((measure) => {
      const wandering = RATE_WANDER ** 2;
      const p = rate[measure];
      // A proportion p that moves by a factor has variance (p w)², which is p(1-p) times p w² / (1-p).
      return dispersion[measure] + (PROPORTIONS.has(measure) ? (wandering * p) / (1 - p) : wandering);
    }),
    traffic: dispersion.traffic + TRAFFIC_WANDER ** 2 + PRODUCT_WANDER ** 2,
  };
}

function releaseShifts(rng: Rng, { days, releases }: Calendar): Float64Array {
  const shift = new Float64Array(days);
  for (const { slot } of releases.slice(1)) {
    if (!rng.chance(SHIFTING_RELEASES)) continue;
    const by = RELEASE_SHIFT * normal(rng);
    for (let at = slot; at < days; at++) shift[at] = (shift[at] ?? 0) + by;
  }
  return shift;
}

function meanWeek(business: number): number {
  let sum = 0;
  for (let weekday = 0; weekday < 7; weekday++) sum += weekShape(weekday, business);
  return sum / 7;
}
