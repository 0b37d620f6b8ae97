import type { StorableEvent } from '../core/records.ts';
import type { StagedEvent } from './event-rows.ts';

/** Up to this many contents are counted in memory; a larger import counts in a table of its session. */
const IN_MEMORY = 5_000;

export interface SeenContent {
  /** Epoch milliseconds. */
  ts: number;
  event_key: string;
  n: number;
}

/**
 * Numbers identical events without an id within one import, in bounded memory. Nothing is remembered before
 * `remember`, so a batch that has to be tried again gets the same numbers.
 */
export class Occurrences {
  #seen: Map<string, SeenContent> | undefined = new Map();

  /** True once another batch might not fit: call `spill` and count in the database from there on. */
  get full(): boolean {
    return this.#seen !== undefined && this.#seen.size > IN_MEMORY;
  }

  /** Over the whole import while in memory; within the batch alone once spilled. */
  number(batch: readonly StorableEvent[]): StagedEvent[] {
    const inBatch = new Map<string, number>();
    const numbered = batch.map((event) => {
      if (event.keyed_by === 'id') return 0;
      const earlier = inBatch.get(event.event_key) ?? 0;
      inBatch.set(event.event_key, earlier + 1);
      return earlier + (this.#seen?.get(event.event_key)?.n ?? 0);
    });
    return batch.map((event, index) => ({
      event,
      occurrence: numbered[index] ?? 0,
      repeats: event.keyed_by === 'id' ? 0 : (inBatch.get(event.event_key) ?? 0),
    }));
  }

  /** Call when the batch was committed. */
  remember(batch: readonly StorableEvent[]): void {
    if (this.#seen === undefined) return;
    for (const { ts, event_key, keyed_by } of batch) {
      if (keyed_by === 'id') continue;
      const seen = this.#seen.get(event_key);
      if (seen === undefined) this.#seen.set(event_key, { ts, event_key, n: 1 });
      else seen.n += 1;
    }
  }

  /** Hands over what was counted so far and stops remembering. */
  spill(): SeenContent[] {
    const seen = [...(this.#seen?.values() ?? [])];
    this.#seen = undefined;
    return seen;
  }
}
