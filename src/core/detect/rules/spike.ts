import { baselineSlots } from '../baseline.ts';
import type { Measure } from '../history.ts';
import type { Measurement } from '../measurement.ts';
import { DROPOFF_RATE, ERROR_RATE, type RateMetric, TICKET_RATE } from '../rate-metrics.ts';
import { measureRates } from '../rate-test.ts';
import type { DayContext, MeasuringRule } from '../rule.ts';
import { seedSpike } from '../seed-rule.ts';

const METRICS: readonly RateMetric[] = [ERROR_RATE, DROPOFF_RATE, TICKET_RATE];

/** Errors, drop-offs or tickets per view above normal: seed 000's first rule. */
export const spike: MeasuringRule = {
  kind: 'measure',
  id: 'spike',
  summary: 'Errors, drop-offs or tickets per view are above what is normal for the surface.',
  entityTypes: ['surface'],
  profiles: ['seed', 'default'],
  measure: (day) =>
    METRICS.flatMap((metric) => (day.profile === 'seed' ? measureAsSeed(day, metric) : measureSurfaces(day, metric))),
};

/** One rate of every surface under the count model. */
export function measureSurfaces(day: DayContext, metric: RateMetric): Measurement[] {
  return measureRates(day, metric, {
    entity_type: 'surface',
    usable: day.usable(metric.count, metric.exposure),
    series: day.history.surfaces.map(({ surface, measures }) => ({
      key: surface,
      counts: measures[metric.count],
      exposure: measures[metric.exposure],
    })),
  });
}

function measureAsSeed(day: DayContext, metric: RateMetric): Measurement[] {
  const every = new Uint8Array(day.history.days).fill(1);
  const slots = baselineSlots(day.slot, 1, day.settings.baselineDays, every);
  return day.history.surfaces.flatMap(({ surface, measures }) => {
    const rateAt = (slot: number): number | null => rate(measures, metric, slot);
    const current = rateAt(day.slot);
    const baseline = slots.flatMap((slot) => rateAt(slot) ?? []);
    if (current === null || baseline.length < day.settings.minHistoryDays) return [];
    const verdict = seedSpike(current, baseline);
    const interval: [number, number] = [Math.max(0, verdict.mean - 3 * verdict.std), verdict.mean + 3 * verdict.std];
    return {
      entity_type: 'surface',
      entity_key: surface,
      metric: metric.id,
      direction: current >= verdict.mean ? 'up' : 'down',
      current,
      expected: verdict.mean,
      z: verdict.z,
      p_value: null,
      interval,
      substantial: verdict.spike,
      bad: 'up',
      evidence: () => ({
        count: measures[metric.count][day.slot] ?? 0,
        exposure: measures[metric.exposure][day.slot] ?? 0,
        ratio: verdict.ratio,
        std: verdict.std,
        baseline_days: baseline.length,
        window_days: 1,
        model: 'seed: mean + 3 std, or twice the mean',
      }),
      at: (slot) => ({ value: rateAt(slot), expected: verdict.mean, interval }),
    } satisfies Measurement;
  });
}

function rate(measures: Record<Measure, Float64Array>, metric: RateMetric, slot: number): number | null {
  const exposure = measures[metric.exposure][slot] ?? 0;
  return exposure > 0 ? (measures[metric.count][slot] ?? 0) / exposure : null;
}
