/**
 * Hourly series with planted incidents, for judging `detect`: crashes out of sessions, and purchases. Days and weeks
 * of differing depth, levels that wander and grow, over-dispersion, sites from 60 to 3,600 views an hour.
 * Deterministic by seed; it knows nothing of how detection works.
 */
import type { SeriesPoint } from '../../src/core/detect/series/point.ts';
import { createRng } from '../../src/core/simulate/rng.ts';
import { gammaFactor, logUniform, normal, overDispersedCount, poisson } from '../../src/core/simulate/samplers.ts';

export type HourlyKind = 'crashes' | 'purchases';

interface PlantedIncident {
  /** Hours since the start, half-open. */
  start: number;
  end: number;
  kind: 'spike' | 'step' | 'ramp' | 'drop' | 'slump' | 'surge';
  /** What the rate is multiplied by, at the end of it for a ramp. */
  factor: number;
}

export interface HourlySeries {
  kind: HourlyKind;
  points: SeriesPoint[];
  incidents: PlantedIncident[];
}

const HOUR = 3_600_000;
const START = Date.UTC(2026, 0, 5);
const DAY = [
  0.35, 0.25, 0.2, 0.18, 0.2, 0.3, 0.5, 0.8, 1.1, 1.3, 1.4, 1.45, 1.5, 1.45, 1.4, 1.4, 1.35, 1.35, 1.4, 1.5, 1.45, 1.2,
  0.85, 0.55,
];
const WEEK = [1.05, 1.1, 1.08, 1.05, 1, 0.75, 0.7];
/** Before this hour nothing is planted: a week to learn from. */
const FIRST_INCIDENT = 7 * 24;

/** One series of `days` days; an incident every four or five of them. */
export function simulateHourlySeries(seed: number, kind: HourlyKind, days = 60): HourlySeries {
  const rng = createRng(seed, kind);
  const between = (low: number, high: number): number => low + (high - low) * rng.next();
  const depth = between(0.4, 1);
  const shift = rng.below(24);
  const weekDepth = between(0, 1.3);
  const traffic = logUniform(rng, 60, 3600);
  const rate = kind === 'crashes' ? logUniform(rng, 0.004, 0.04) : between(0.02, 0.1);
  const dispersion = logUniform(rng, 0.005, 0.1);
  const rateShape = between(0, 0.15);
  const growth = between(-0.0024, 0.0056);
  const incidents = plant();
  let wander = 0;
  let rateWander = 0;
  let dayEffect = 0;
  const points = Array.from({ length: days * 24 }, (_, hour): SeriesPoint => {
    if (hour % 24 === 0) dayEffect = 0.06 * normal(rng);
    wander = 0.98 * wander + 0.015 * normal(rng);
    rateWander = 0.99 * rateWander + 0.02 * normal(rng);
    const timeOfDay = 1 + depth * ((DAY[(hour + shift) % 24] ?? 1) - 1);
    const weekday = 1 + weekDepth * ((WEEK[Math.floor(hour / 24) % 7] ?? 1) - 1);
    const views = traffic * timeOfDay * weekday * Math.exp(wander + dayEffect + (growth * hour) / 24);
    const mean = rate * Math.exp(rateWander) * factorAt(incidents, hour);
    const at = START + hour * HOUR;
    if (kind === 'purchases') return { at, value: overDispersedCount(rng, views * mean, dispersion) };
    const total = overDispersedCount(rng, views, 0.001);
    const crashRate = mean * (1 + rateShape * Math.sin((hour / 12) * Math.PI)) * gammaFactor(rng, dispersion);
    return { at, value: Math.min(total, poisson(rng, total * crashRate)), total };
  });
  return { kind, points, incidents };

  function plant(): PlantedIncident[] {
    const planted: PlantedIncident[] = [];
    let at = FIRST_INCIDENT + rng.below(60);
    while (at < days * 24 - 48) {
      const incident = kind === 'crashes' ? crashIncident(at) : purchaseIncident(at);
      planted.push(incident);
      at = incident.end + 60 + rng.below(170);
    }
    return planted;
  }

  function crashIncident(start: number): PlantedIncident {
    const draw = rng.next();
    if (draw < 0.5) return { start, end: start + 2 + rng.below(8), kind: 'spike', factor: between(1.8, 5.8) };
    if (draw < 0.75) return { start, end: start + 12 + rng.below(24), kind: 'step', factor: between(1.5, 3) };
    return { start, end: start + 6 + rng.below(8), kind: 'ramp', factor: between(2, 5) };
  }

  function purchaseIncident(start: number): PlantedIncident {
    const draw = rng.next();
    if (draw < 0.65) return { start, end: start + 2 + rng.below(8), kind: 'drop', factor: between(0.05, 0.55) };
    if (draw < 0.8) return { start, end: start + 12 + rng.below(24), kind: 'slump', factor: between(0.5, 0.7) };
    return { start, end: start + 2 + rng.below(8), kind: 'surge', factor: between(1.6, 3) };
  }
}

function factorAt(incidents: readonly PlantedIncident[], hour: number): number {
  const incident = incidents.find(({ start, end }) => hour >= start && hour < end);
  if (incident === undefined) return 1;
  const { start, end, kind, factor } = incident;
  return kind === 'ramp' ? 1 + ((factor - 1) * (hour - start + 1)) / (end - start) : factor;
}

export interface EventScore {
  f1: number;
  precision: number;
  recall: number;
  falsePerMonth: number;
  /** Mean hours from the start of an incident to the first flag, of those found. */
  delay: number;
}

/** Hours after an incident in which a flag is still about it. */
const AFTERMATH = 6;
/** Flags closer than this are one alarm. */
const ONE_ALARM = 3;

/** An incident is found by a flag within it (or the hour after); a false alarm is a run of flags outside of all. */
export function scoreEvents(runs: readonly { series: HourlySeries; flags: readonly boolean[] }[]): EventScore {
  let [found, missed, falseAlarms, hours, delay] = [0, 0, 0, 0, 0];
  for (const { series, flags } of runs) {
    hours += flags.length;
    for (const { start, end } of series.incidents) {
      const first = flags.findIndex((flag, hour) => flag && hour >= start && hour <= end);
      if (first < 0) missed++;
      else {
        found++;
        delay += first - start;
      }
    }
    let last = Number.NEGATIVE_INFINITY;
    flags.forEach((flag, hour) => {
      if (!flag) return;
      const about = series.incidents.some(({ start, end }) => hour >= start && hour < end + AFTERMATH);
      if (!about && hour - last > ONE_ALARM) falseAlarms++;
      last = hour;
    });
  }
  const precision = found / Math.max(1, found + falseAlarms);
  const recall = found / Math.max(1, found + missed);
  return {
    f1: (2 * precision * recall) / Math.max(1e-9, precision + recall),
    precision,
    recall,
    falsePerMonth: falseAlarms / (hours / 720),
    delay: delay / Math.max(1, found),
  };
}
