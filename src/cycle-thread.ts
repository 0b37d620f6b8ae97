import { Worker } from 'node:worker_threads';
import type { Config } from './config.ts';
import type { CycleOptions, CycleReport } from './pipeline/run-cycle.ts';
import type { DatabaseTarget } from './postgres/database.ts';

/** Everything the thread needs; copied to it, so plain data only. */
export interface CycleThreadInput
  extends Pick<CycleOptions, 'chosen' | 'asOf' | 'timezone' | 'currency'>,
    Pick<Config, 'workspace' | 'failureStatuses' | 'logLevel'> {
  readonly database: DatabaseTarget;
}

/** Runs the cycle in a thread of its own, so that Slack is acknowledged at once however long judging takes. */
export function runCycleInThread(input: CycleThreadInput): Promise<CycleReport> {
  const file = import.meta.url.endsWith('.ts') ? './cycle-worker-from-source.mjs' : './cycle-worker.js';
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL(file, import.meta.url), { workerData: input, execArgv: [] });
    let report: CycleReport | undefined;
    worker.once('message', (message: CycleReport) => {
      report = message;
    });
    worker.once('error', reject);
    worker.once('exit', (code) =>
      report === undefined ? reject(new Error(`The cycle's thread stopped with ${code}.`)) : resolve(report),
    );
  });
}
