import type { DeliveryCount, DeliveryOutcome, DeliveryStore } from '../deliveries.ts';

/** Counts at the door: in memory, so that who is refused costs no statement, until `flush` adds them to the day's. */
export interface Tally {
  add(source: string, outcome: DeliveryOutcome, detail: string): void;
  /** @throws SeepassError `database_unavailable`; nothing is lost, the next flush has it. */
  flush(): Promise<void>;
}

export function createTally(store: Pick<DeliveryStore, 'count'>): Tally {
  let counts = new Map<string, DeliveryCount>();
  const add = (count: DeliveryCount): void => {
    const key = JSON.stringify([count.source, count.outcome, count.detail]);
    const known = counts.get(key);
    if (known) known.n += count.n;
    else counts.set(key, { ...count });
  };
  return {
    add: (source, outcome, detail) => add({ source, outcome, detail, n: 1 }),
    async flush() {
      if (counts.size === 0) return;
      const flushed = [...counts.values()];
      counts = new Map();
      try {
        await store.count(flushed);
      } catch (error) {
        flushed.forEach(add);
        throw error;
      }
    },
  };
}
