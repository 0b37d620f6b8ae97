import { Worker } from 'node:worker_threads';
import type { Config } from './config.ts';
import type { DrillReport } from './core/backtest/drill.ts';
import type { NoDrill } from './pipeline/drill.ts';
import type { HoursReport, JudgeHoursOptions } from './pipeline/judge-hours.ts';
import type { CycleOptions, CycleReport } from './pipeline/run-cycle.ts';
import type { DatabaseTarget } from './postgres/database.ts';

/** Everything the thread needs; copied to it, so plain data only. */
export interface ThreadInput
  extends Pick<CycleOptions, 'asOf' | 'timezone' | 'currency' | 'ticketClustering'>,
    Pick<Config, 'workspace' | 'failureStatuses' | 'logLevel' | 'sensitivity'> {
  readonly database: DatabaseTarget;
}

/** What the thread is to do. */
export type ThreadWork = ThreadInput &
  (
    | { readonly work: 'cycle'; readonly chosen: CycleOptions['chosen'] }
    | { readonly work: 'drill' }
    | ({ readonly work: 'hours' } & Pick<JudgeHoursOptions, 'settleMinutes'>)
  );

/** Runs the cycle in a thread of its own, so that Slack is acknowledged at once however long judging takes. */
export function runCycleInThread(input: ThreadInput & Pick<CycleOptions, 'chosen'>): Promise<CycleReport> {
  return runInThread({ ...input, work: 'cycle' });
}

/** Runs a fire drill likewise: it judges six weeks of days. */
export function runDrillInThread(input: ThreadInput): Promise<DrillReport | NoDrill> {
  return runInThread({ ...input, work: 'drill' });
}

/** Judges hours likewise: the first time these are five weeks of them. */
export function judgeHoursInThread(
  input: ThreadInput & Pick<JudgeHoursOptions, 'settleMinutes'>,
): Promise<HoursReport> {
  return runInThread({ ...input, work: 'hours' });
}

/** What judges days and hours for the app. */
export interface Judging {
  runCycle: typeof runCycleInThread;
  judgeHours: typeof judgeHoursInThread;
}

export const inThread: Judging = { runCycle: runCycleInThread, judgeHours: judgeHoursInThread };

function runInThread<Report>(input: ThreadWork): Promise<Report> {
  const file = import.meta.url.endsWith('.ts') ? './cycle-worker-from-source.mjs' : './cycle-worker.js';
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL(file, import.meta.url), { workerData: input, execArgv: [] });
    let report: Report | undefined;
    worker.once('message', (message: Report) => {
      report = message;
    });
    worker.once('error', reject);
    worker.once('exit', (code) =>
      report === undefined ? reject(new Error(`The cycle's thread stopped with ${code}.`)) : resolve(report),
    );
  });
}
