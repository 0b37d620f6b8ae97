/** An event store whose small imports share transactions: those that come while one is written are the next. */
import type { StorableEvent } from '../core/records.ts';
import type { EventGroupStore, EventImport, EventStore, Written } from './ports.ts';

/** Larger batches are worth a transaction of their own. */
const SMALL = 500;
const MOST_EVENTS = 5_000;

interface Waiting {
  batch: readonly StorableEvent[];
  resolve: (written: Written) => void;
  reject: (error: unknown) => void;
}

export function createGroupCommit(store: EventStore & EventGroupStore): EventStore {
  const waiting: Waiting[] = [];
  let writing = false;

  const writeNext = async (): Promise<void> => {
    let events = 0;
    const fitting = waiting.findIndex(({ batch }) => {
      events += batch.length;
      return events > MOST_EVENTS;
    });
    const group = waiting.splice(0, fitting < 1 ? waiting.length : fitting);
    try {
      const written = await store.writeTogether(group.map(({ batch }) => batch));
      for (const [index, { resolve }] of group.entries()) resolve(written[index] ?? { stored: 0, duplicates: 0 });
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
  };
  const run = async (): Promise<void> => {
    if (writing) return;
    writing = true;
    while (waiting.length > 0) await writeNext();
    writing = false;
  };
  const writeWithOthers = (batch: readonly StorableEvent[]): Promise<Written> =>
    new Promise((resolve, reject) => {
      waiting.push({ batch, resolve, reject });
      void run();
    });

  return {
    beginImport: async () => {
      let session: EventImport | undefined;
      let first: readonly StorableEvent[] | undefined;
      return {
        async write(batch) {
          if (session === undefined && first === undefined && batch.length <= SMALL) {
            first = batch;
            return writeWithOthers(batch);
          }
          if (session === undefined) {
            session = await store.beginImport();
            // Its events are known by now; the import has to have counted them to tell the next from them.
            if (first !== undefined) await session.write(first);
          }
          return session.write(batch);
        },
        end: async () => session?.end(),
      };
    },
  };
}
