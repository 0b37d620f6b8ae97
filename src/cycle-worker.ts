import { parentPort, workerData } from 'node:worker_threads';
import { v7 as uuidv7 } from 'uuid';
import type { DrillReport } from './core/backtest/drill.ts';
import type { ThreadWork } from './cycle-thread.ts';
import { createLog } from './log.ts';
import { type NoDrill, runDrill } from './pipeline/drill.ts';
import { type HoursReport, judgeHours } from './pipeline/judge-hours.ts';
import { type CycleReport, runCycle } from './pipeline/run-cycle.ts';
import { openDatabase } from './postgres/database.ts';
import { createStores } from './postgres/stores.ts';

/** The thread's body: one piece of work on a connection of its own, then the report. */
const input: ThreadWork = workerData;
const log = createLog(input.logLevel, input.database.kind === 'server' ? [input.database.url] : []);
const handle = await openDatabase(input.database, { log });
try {
  const { workspace, timezone, failureStatuses, asOf } = input;
  const stores = createStores(handle, { workspace, timezone, failureStatuses, clock: Date.now, newId: uuidv7, log });
  parentPort?.postMessage(await run());

  function run(): Promise<CycleReport | DrillReport | NoDrill | HoursReport> {
    switch (input.work) {
      case 'cycle':
        return runCycle({ ...input, stores, clock: Date.now, log });
      case 'drill':
        return runDrill({ stores, asOf, timezone, log });
      case 'hours':
        return judgeHours({ ...input, stores, clock: Date.now, log });
    }
  }
} finally {
  await handle.close();
}
