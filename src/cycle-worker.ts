import { parentPort, workerData } from 'node:worker_threads';
import { v7 as uuidv7 } from 'uuid';
import type { ThreadWork } from './cycle-thread.ts';
import { createLog } from './log.ts';
import { runDrill } from './pipeline/drill.ts';
import { runCycle } from './pipeline/run-cycle.ts';
import { openDatabase } from './postgres/database.ts';
import { createStores } from './postgres/stores.ts';

/** The thread's body: one piece of work on a connection of its own, then the report. */
const input: ThreadWork = workerData;
const log = createLog(input.logLevel, input.database.kind === 'server' ? [input.database.url] : []);
const handle = await openDatabase(input.database, { log });
try {
  const { workspace, timezone, failureStatuses, asOf } = input;
  const stores = createStores(handle, { workspace, timezone, failureStatuses, clock: Date.now, newId: uuidv7, log });
  const report =
    input.work === 'drill'
      ? await runDrill({ stores, asOf, timezone, log })
      : await runCycle({ ...input, stores, clock: Date.now, log });
  parentPort?.postMessage(report);
} finally {
  await handle.close();
}
