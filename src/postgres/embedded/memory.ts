import type { Log } from '../../pipeline/ports.ts';
import type { DatabaseLocator } from './folder-owner.ts';
import { clearSocketPlace, newSocketPlace } from './socket-place.ts';
import { startWorker } from './start-worker.ts';

/**
 * A database in memory that goes when it is closed.
 * @param template a dumped data folder (tar) to start from, instead of making one (about 3 s).
 */
export async function createMemoryLocator(log: Log, template: string | null): Promise<DatabaseLocator> {
  const place = await newSocketPlace(null, 'memory');
  const worker = await startWorker({ dataDir: null, template, listen: place }, log).catch(async (error: unknown) => {
    await clearSocketPlace(place);
    throw error;
  });
  return {
    locate: async () => worker.address,
    async close() {
      await worker.stop();
      await clearSocketPlace(place);
    },
  };
}
