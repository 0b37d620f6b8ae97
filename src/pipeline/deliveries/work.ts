/** Reads what waits in the queue, batch by batch; may die at any instant, and any number may run at once. */
import { redact } from '../../core/text/redact.ts';
import { retryAfter } from '../../core/webhook/retry.ts';
import { ConflictError, SeepassError } from '../../errors.ts';
import { ToolTrouble } from '../backfill/tool-trouble.ts';
import type { ClaimedDelivery, DeliveryClaim, DeliveryKind, DeliveryStore } from '../deliveries.ts';
import type { Clock, Log } from '../ports.ts';
import { type DeliveryReading, type ReadDelivery, readDelivery } from './read-delivery.ts';

export interface DeliveryWorkerOptions {
  store: Pick<DeliveryStore, 'claim' | 'settle' | 'fail'>;
  reading: DeliveryReading;
  clock: Clock;
  log: Log;
}

export interface DeliveryWorker {
  /**
   * Reads all that is due of a kind. @returns how many deliveries were read.
   * @throws SeepassError `database_unavailable`; what was claimed comes again when its lease ends.
   */
  work(kind: DeliveryKind, stopping: AbortSignal): Promise<number>;
}

const CLAIMS: Readonly<Record<DeliveryKind, Omit<DeliveryClaim, 'kind'>>> = {
  sent: { leaseMs: 60_000, limit: 250, bytes: 8_000_000 },
  fetch: { leaseMs: 300_000, limit: 5, bytes: 1_000_000 },
};
/** Requests wait while deliveries are read: never for longer than this and one delivery. */
const BREATH_MS = 10;
const LONGEST_ERROR = 300;

export function createDeliveryWorker({ store, reading, clock, log }: DeliveryWorkerOptions): DeliveryWorker {
  async function readAll(claimed: readonly ClaimedDelivery[]): Promise<ReadDelivery[]> {
    const read: ReadDelivery[] = [];
    let since = performance.now();
    for (const delivery of claimed) {
      try {
        read.push(await readDelivery(delivery, reading));
      } catch (error) {
        await fail(delivery, error);
      }
      if (performance.now() - since < BREATH_MS) continue;
      await new Promise((resolve) => setImmediate(resolve));
      since = performance.now();
    }
    return read;
  }

  async function settle(read: readonly ReadDelivery[]): Promise<void> {
    if (read.length === 0) return;
    try {
      await store.settle({
        done: read.map(({ delivery, events }) => ({ delivery, events: events.length })),
        events: read.flatMap(({ events }) => events),
        needs: read.flatMap(({ needs }) => needs),
        counts: read.flatMap(({ counts }) => counts),
      });
    } catch (error) {
      if (error instanceof SeepassError && !(error instanceof ConflictError)) throw error;
      const [first] = read;
      if (read.length === 1 && first !== undefined) return await fail(first.delivery, error);
      // One of them cannot be stored: the others do not wait for it.
      for (const each of read) await settle([each]);
    }
  }

  async function fail(delivery: ClaimedDelivery, error: unknown): Promise<void> {
    const { id, source, attempts } = delivery;
    const asked = error instanceof ToolTrouble ? (error.retryAfterMs ?? 0) : 0;
    const next = retryAfter(attempts);
    // A tool that says when to come again is not asked before.
    const wait = next === null ? null : Math.max(next, asked);
    const why = wordsOf(error);
    await store.fail(delivery, why, wait === null ? null : clock() + wait);
    const level = wait === null ? 'error' : 'warn';
    log[level]({ delivery: id, source, attempts, why }, 'a delivery could not be read');
  }

  return {
    async work(kind, stopping) {
      let count = 0;
      while (!stopping.aborted) {
        const claimed = await store.claim({ kind, ...CLAIMS[kind] });
        if (claimed.length === 0) break;
        await settle(await readAll(claimed));
        count += claimed.length;
      }
      return count;
    },
  };
}

/** A parser's error may hold a piece of what was sent. */
function wordsOf(error: unknown): string {
  if (error instanceof SeepassError) return error.line;
  const words = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return redact(words.replace(/\s+/g, ' ').slice(0, LONGEST_ERROR));
}
