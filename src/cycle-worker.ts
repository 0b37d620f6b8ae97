import { parentPort, workerData } from 'node:worker_threads';
import { v7 as uuidv7 } from 'uuid';
import type { CycleThreadInput } from './cycle-thread.ts';
import { createLog } from './log.ts';
import { runCycle } from './pipeline/run-cycle.ts';
import { openDatabase } from './postgres/database.ts';
import { createStores } from './postgres/stores.ts';

/** The thread's body: one cycle on a connection of its own, then the report. */
const input: CycleThreadInput = workerData;
const log = createLog(input.logLevel, input.database.kind === 'server' ? [input.database.url] : []);
const handle = await openDatabase(input.database, { log });
try {
  const { workspace, timezone, failureStatuses, chosen, asOf, currency } = input;
  const stores = createStores(handle, { workspace, timezone, failureStatuses, clock: Date.now, newId: uuidv7, log });
  parentPort?.postMessage(await runCycle({ stores, chosen, asOf, timezone, currency, clock: Date.now, log }));
} finally {
  await handle.close();
}
