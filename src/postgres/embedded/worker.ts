/** Runs in a worker thread: opens PGlite and serves it on a socket until told to stop. */
import { chmod, readFile } from 'node:fs/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { vector } from '@electric-sql/pglite-pgvector';
import type { WorkerMessage, WorkerOptions } from './start-worker.ts';
import { startWireServer } from './wire-server.ts';

const port = parentPort;
if (!port) throw new Error('worker.ts runs in a worker thread only');
const tell = (message: WorkerMessage): void => port.postMessage(message);

const options = workerData as WorkerOptions;

async function open(): Promise<PGlite> {
  return PGlite.create({
    extensions: { pg_trgm, vector },
    ...(options.dataDir === null ? {} : { dataDir: options.dataDir }),
    ...(options.template === null ? {} : { loadDataDir: new Blob([await readFile(options.template)]) }),
  });
}

try {
  const database = await open();
  const server = await startWireServer(database, options.listen, (error) => {
    // Thrown outside of any promise chain, so that the thread ends and the main thread hears of it.
    setImmediate(() => {
      throw error;
    });
  });
  if ('path' in options.listen) await chmod(options.listen.path, 0o600);
  port.on('message', async () => {
    await server.stop();
    await database.close();
    tell({ type: 'stopped' });
    port.close();
  });
  tell({ type: 'ready', address: server.address });
} catch (error) {
  tell({ type: 'failed', reason: error instanceof Error ? error.message : String(error) });
  port.close();
}
