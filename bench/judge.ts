/**
 * Detect and rank 1,000 surfaces x 90 days: one judged day over that history, beside the least any detector has to
 * do, one bare pass that computes mean and standard deviation of every series.
 */
import { fileURLToPath } from 'node:url';
import { createDetector } from '../src/core/detect/detect.ts';
import { createHistory, type HistoryRows } from '../src/core/detect/history.ts';
import { rankDay } from '../src/core/rank/rank.ts';
import { simulateProduct } from '../src/core/simulate/product.ts';
import { addDays } from '../src/core/window.ts';

export interface JudgeBench {
  surfaces: number;
  days: number;
  rows: number;
  priorities: number;
  /** Milliseconds of CPU, best of the runs. */
  judgeMs: number;
  floorMs: number;
  ratio: number;
  /** Most memory the process ever held, the made-up rows included. */
  peakRssMb: number;
}

const END = '2026-06-30';
const SERIES = ['errors', 'dropoffs', 'tickets', 'actions', 'request_failures', 'pageviews', 'requests'] as const;

/** Measures on `surfaces` x `days`, with an incident that has lasted ten days on one surface in a hundred. */
export function benchJudge({ surfaces = 1000, days = 90, runs = 3 } = {}): JudgeBench {
  const product = simulateProduct({ seed: 5, surfaces, days, end: END, incidentsAMonth: 0, decoys: false });
  const failing = new Set(product.normal.filter((_, rank) => rank % 100 === 0).map(({ surface }) => surface));
  const input: HistoryRows = {
    range: { start: addDays(END, 1 - days), end: addDays(END, 1) },
    surfaceDays: product.surfaceDays.map((row) =>
      failing.has(row.surface) && row.date > addDays(END, -10)
        ? { ...row, errors: row.errors + Math.round(row.pageviews * 0.08) + 20 }
        : row,
    ),
    signatureDays: product.signatureDays,
    releaseDays: product.releaseDays,
  };
  let priorities = 0;
  const judgeMs = best(runs, () => {
    const history = createHistory(input);
    const verdict = createDetector(history, 'default').judgeDay(END);
    priorities = rankDay(verdict, { history }).length;
  });
  const history = createHistory(input);
  const floorMs = best(runs, () => {
    let checksum = 0;
    for (const { measures } of history.surfaces)
      for (const name of SERIES) checksum += meanAndDeviation(measures[name]);
    if (Number.isNaN(checksum)) throw new Error('the floor computed nothing');
  });
  const peakRssMb = process.resourceUsage().maxRSS / 1024;
  const ratio = judgeMs / floorMs;
  return { surfaces, days, rows: input.surfaceDays.length, priorities, judgeMs, floorMs, ratio, peakRssMb };
}

function meanAndDeviation(series: Float64Array): number {
  let sum = 0;
  for (const value of series) sum += value;
  const mean = sum / series.length;
  let squares = 0;
  for (const value of series) squares += (value - mean) ** 2;
  return mean + Math.sqrt(squares / (series.length - 1));
}

function best(runs: number, work: () => void): number {
  let least = Number.POSITIVE_INFINITY;
  for (let run = 0; run < runs; run++) {
    const from = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(from);
    least = Math.min(least, (user + system) / 1000);
  }
  return least;
}

/** The figure and its floor, one line. */
export function describeJudge(bench: JudgeBench): string {
  const { surfaces, days, priorities, judgeMs, floorMs, ratio, peakRssMb } = bench;
  return `detect + rank, ${surfaces} surfaces x ${days} days: ${judgeMs.toFixed(0)} ms CPU (limit 2000), ${priorities} priorities; bare mean/std pass ${floorMs.toFixed(1)} ms, ratio ${ratio.toFixed(0)}x; peak RSS ${peakRssMb.toFixed(0)} MB`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.stdout.write(`${describeJudge(benchJudge())}\n`);
