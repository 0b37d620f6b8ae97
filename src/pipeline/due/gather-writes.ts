import { gather } from '../gather.ts';
import type { Stores } from '../ports.ts';

/** The same stores, in which what several posts of a round write in the same breath is written by one statement. */
export function gatherWrites(stores: Stores): Stores {
  const { outbox, digests } = stores;
  return {
    ...stores,
    outbox: { ...outbox, enqueue: gather((items) => outbox.enqueueAll(items)) },
    digests: { ...digests, put: gather((all) => digests.putAll(all)) },
  };
}
