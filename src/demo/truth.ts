import type { TruthEntry } from '../core/backtest/truth.ts';
import { addDays } from '../core/window.ts';
import { type Day, hourShare } from './calendar.ts';
import type { DemoTruth } from './demo-event.ts';
import { type Intensity, normalIntensity } from './intensity.ts';
import { countDeviation, DISPERSION } from './noise.ts';
import type { ResolvedOptions } from './options.ts';
import { intensityAt, type PlannedIncident } from './plan.ts';
import { backgroundSignatures } from './signatures.ts';
import type { Surface } from './surface.ts';

/** From this many true standard deviations of a normal day on, an incident is material. */
const MATERIAL = 4;
/** Height of the standard normal density at its 95th percentile. */
const DENSITY_AT_P95 = 0.1031;

/**
 * What was planted, computed from the intensities the events are drawn from, not from the events.
 * @param unit page views (or calls) a day for one unit of a surface's weight, see volume.ts.
 */
export function describeTruth(
  options: ResolvedOptions,
  days: readonly Day[],
  surfaces: readonly Surface[],
  plan: readonly PlannedIncident[],
  unit: number,
): DemoTruth {
  const entry = (incident: PlannedIncident): TruthEntry => ({
    id: incident.id,
    kind: incident.kind,
    entity_type: incident.entity[0],
    entity_key: incident.entity[1],
    metric: incident.metric,
    start: addDays(options.endDate, incident.first - options.days),
    end: addDays(options.endDate, incident.end - options.days),
    material: !incident.decoy && bestDay(incident, days, surfaces, plan, unit) >= MATERIAL,
    also: [...incident.also],
  });
  return {
    seed: options.seed,
    timezone: options.timezone,
    start: addDays(options.endDate, -options.days),
    end: options.endDate,
    incidents: plan.filter((incident) => !incident.decoy).map(entry),
    decoys: plan.filter((incident) => incident.decoy).map(entry),
  };
}

/** The excess of the day it stands out most on, in true standard deviations of a normal day. */
function bestDay(
  incident: PlannedIncident,
  days: readonly Day[],
  surfaces: readonly Surface[],
  plan: readonly PlannedIncident[],
  unit: number,
): number {
  const touched = surfaces.filter((surface) => incident.surfaces.includes(surface.route));
  // An entry that only names an entity shares the effect of the incident beside it.
  const effective = plan.filter(
    (other) =>
      other.first === incident.first && other.end === incident.end && other.surfaces[0] === incident.surfaces[0],
  );
  const scores = days.slice(incident.first, incident.end).map((day) => {
    const excess = touched.map((surface) => excessOf(incident, surface, effective, day, unit));
    const mean = excess.reduce((sum, part) => sum + part.normal, 0);
    const more = excess.reduce((sum, part) => sum + part.now - part.normal, 0);
    return Math.abs(more) / countDeviation(mean, excess[0]?.dispersion ?? 0);
  });
  return Math.max(0, ...scores);
}

interface Excess {
  normal: number;
  now: number;
  dispersion: number;
}

function excessOf(
  incident: PlannedIncident,
  surface: Surface,
  effective: readonly PlannedIncident[],
  day: Day,
  unit: number,
): Excess {
  const daily = (surface.views || surface.calls) * unit * day.busyness;
  const usual = normalIntensity(surface);
  const total = { normal: 0, now: 0, dispersion: 0 };
  for (let hour = 0; hour < 24; hour++) {
    const intensity = intensityAt(surface, effective, day.index, hour);
    const part = measure(incident, surface, usual, intensity, daily * hourShare(hour));
    total.normal += part.normal;
    total.now += part.now;
    total.dispersion = part.dispersion;
  }
  return total;
}

/** Expected count of the metric's events without and with the incident, at the traffic the incident leaves. */
function measure(
  { metric, entity }: PlannedIncident,
  surface: Surface,
  usual: Intensity,
  now: Intensity,
  views: number,
): Excess {
  const exposure = views * now.traffic;
  const calls = exposure * now.calls * (surface.views > 0 ? surface.calls : 1);
  const added = now.extraErrors.reduce((sum, extra) => sum + extra.rate, 0);
  switch (metric) {
    case 'pageviews':
      return { normal: views, now: exposure, dispersion: DISPERSION.views };
    case 'dropoff_rate':
      return of(exposure, usual.dropoffRate, now.dropoffRate, DISPERSION.dropoffs);
    case 'conversion_rate':
      return of(exposure, usual.actionRate, now.actionRate, DISPERSION.actions);
    case 'ticket_rate':
      return of(exposure, usual.ticketRate, now.ticketRate + sumRates(now.extraTickets), DISPERSION.tickets);
    case 'failure_rate':
      return of(calls, usual.failureRate + usual.forbiddenRate, now.failureRate + now.forbiddenRate, 0);
    case 'latency_p95':
      return latencyExcess(calls, surface.latency[1], now.latencyFactor);
    default: {
      const share = entity[0] === 'error_signature' ? signatureShare(surface, entity[1]) : 1;
      return of(exposure, usual.errorRate * share, now.errorRate * share + added, DISPERSION.errors);
    }
  }
}

const of = (exposure: number, usual: number, now: number, dispersion: number): Excess => ({
  normal: exposure * usual,
  now: exposure * now,
  dispersion,
});

const sumRates = (parts: readonly { rate: number }[]): number => parts.reduce((sum, part) => sum + part.rate, 0);

/** Share of one code in the surface's usual errors. */
function signatureShare(surface: Surface, code: string): number {
  const usual = backgroundSignatures(surface.area);
  const total = usual.reduce((sum, signature) => sum + signature.weight, 0);
  return (
    usual.filter((signature) => signature.code === code).reduce((sum, signature) => sum + signature.weight, 0) / total
  );
}

/**
 * A sample's p95 of n log-normal values has log standard deviation sigma sqrt(0.95 x 0.05 / n) / phi(z95).
 * Written as a count whose deviation is the square root of its mean, so that hours add up: z^2 is linear in n.
 */
function latencyExcess(calls: number, sigma: number, factor: number): Excess {
  const z2 = calls * (Math.log(factor) * (DENSITY_AT_P95 / (sigma * Math.sqrt(0.0475)))) ** 2;
  return { normal: z2, now: 2 * z2, dispersion: 0 };
}
