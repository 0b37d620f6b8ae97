/**
 * `detect` on hourly series with planted incidents, beside the rule the product grew from (today > mean + 3 std, or
 * twice the mean, over the 28 days before). Seeds 101-120: constants were chosen on 1-20 only.
 */
import { fileURLToPath } from 'node:url';
import { seedSpike } from '../src/core/detect/seed-rule.ts';
import { createSeriesDetector } from '../src/core/detect/series/detector.ts';
import {
  type EventScore,
  type HourlyKind,
  type HourlySeries,
  scoreEvents,
  simulateHourlySeries,
} from '../tests/support/hourly-series.ts';

const KINDS: readonly HourlyKind[] = ['crashes', 'purchases'];
const BASELINE_HOURS = 28 * 24;
const LEAST_HOURS = 3 * 24;

interface SeriesBench {
  kinds: { kind: HourlyKind; ours: EventScore; seed: EventScore }[];
  pointsPerSecond: number;
}

export function benchSeries({ firstSeed = 101, series = 20 } = {}): SeriesBench {
  let points = 0;
  let seconds = 0;
  const kinds = KINDS.map((kind) => {
    const all = Array.from({ length: series }, (_, index) => simulateHourlySeries(firstSeed + index, kind));
    const started = process.cpuUsage();
    const judged = all.map((one) => ({ series: one, flags: judge(one) }));
    const { user, system } = process.cpuUsage(started);
    seconds += (user + system) / 1e6;
    points += all.reduce((sum, one) => sum + one.points.length, 0);
    const ruled = all.map((one) => ({ series: one, flags: judgeBySeed(one) }));
    return { kind, ours: scoreEvents(judged), seed: scoreEvents(ruled) };
  });
  return { kinds, pointsPerSecond: points / seconds };
}

function judge({ points }: HourlySeries): boolean[] {
  const detector = createSeriesDetector({ zone: 'UTC' });
  return points.map((point) => detector.judge(point).flagged);
}

function judgeBySeed({ points }: HourlySeries): boolean[] {
  const rates = points.map(({ value, total }) => (total === undefined ? value : value / Math.max(1, total)));
  return rates.map(
    (rate, hour) => hour >= LEAST_HOURS && seedSpike(rate, rates.slice(Math.max(0, hour - BASELINE_HOURS), hour)).spike,
  );
}

/** The figures and the old rule's, a line a kind. */
export function describeSeries({ kinds, pointsPerSecond }: SeriesBench): string {
  const figures = ({ f1, precision, recall, falsePerMonth, delay }: EventScore): string =>
    `F1 ${f1.toFixed(2)} (P ${precision.toFixed(2)}, R ${recall.toFixed(2)}), ${falsePerMonth.toFixed(2)} false a series-month, ${delay.toFixed(1)} h to the flag`;
  return [
    ...kinds.map(({ kind, ours, seed }) => `detect, hourly ${kind}: ${figures(ours)}; seed's rule: ${figures(seed)}`),
    `detect: ${Math.round(pointsPerSecond).toLocaleString('en-US')} points a second of CPU`,
  ].join('\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.stdout.write(`${describeSeries(benchSeries())}\n`);
