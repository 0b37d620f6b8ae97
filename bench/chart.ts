/** How long a chart takes: the first with all that loading costs, the others, and how long the loop waits meanwhile. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createChartPainter } from '../src/charts/chart-painter.ts';
import type { Chart } from '../src/core/chart/chart.ts';

const START = Date.UTC(2026, 0, 1);
const HOUR = 3_600_000;
const ROUNDS = 20;

export interface ChartBench {
  /** Milliseconds from asking for the first chart to its picture. */
  first: number;
  charts: { name: string; median: number; worst: number; bytes: number }[];
  /** The longest the event loop waited while they were drawn, milliseconds. */
  longestWait: number;
}

export async function benchChart(): Promise<ChartBench> {
  const painter = createChartPainter();
  const delay = monitorEventLoopDelay({ resolution: 5 });
  try {
    const begun = performance.now();
    await painter.draw(chartOf('day', 30));
    const first = performance.now() - begun;
    delay.enable();
    const charts: ChartBench['charts'] = [];
    for (const [name, chart] of Object.entries(CHARTS)) {
      const times: number[] = [];
      let bytes = 0;
      for (let round = 0; round < ROUNDS; round += 1) {
        const from = performance.now();
        bytes = (await painter.draw(chart)).length;
        times.push(performance.now() - from);
      }
      times.sort((a, b) => a - b);
      charts.push({ name, median: times[ROUNDS >> 1] ?? 0, worst: times.at(-1) ?? 0, bytes });
    }
    return { first, charts, longestWait: delay.max / 1e6 };
  } finally {
    delay.disable();
    await painter.stop();
  }
}

export function describeChart({ first, charts, longestWait }: ChartBench): string {
  const lines = charts.map(
    ({ name, median, worst, bytes }) =>
      `  ${name}: ${median.toFixed(0)} ms median, ${worst.toFixed(0)} ms worst of ${ROUNDS}, ${(bytes / 1_000).toFixed(0)} kB`,
  );
  return [
    `chart: the first in ${first.toFixed(0)} ms with loading; the loop waited ${longestWait.toFixed(0)} ms at most`,
    ...lines,
  ].join('\n');
}

function chartOf(grain: Chart['grain'], length: number): Chart {
  const bucket = grain === 'day' ? 24 * HOUR : HOUR;
  return {
    title: '/checkout: errors 6.9x normal since Thu 29 Jan',
    measure: 'Errors per view',
    unit: 'share',
    grain,
    timezone: 'Europe/Berlin',
    points: Array.from({ length }, (_, index) => ({
      start: START + index * bucket,
      value: index > length - 3 ? 0.083 : 0.012 + ((index * 7) % 5) / 2_000,
      expected: 0.012,
      lower: 0.009,
      upper: 0.016,
      flagged: index > length - 3,
    })),
    marks: [{ at: START + (length - 3) * bucket, name: 'web@1.42.0' }],
  };
}

const CHARTS = { '30 days': chartOf('day', 30), '24 hours': chartOf('hour', 24), '168 hours': chartOf('hour', 168) };
