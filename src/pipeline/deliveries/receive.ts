/** Stores what comes through the door, many small deliveries a statement, and answers once they are durable. */
import type { Source } from '../../core/records.ts';
import type { DeliveryStore, NewDelivery } from '../deliveries.ts';
import type { Clock, NewId } from '../ports.ts';
import type { Sealing } from './sealing.ts';
import { packBody } from './stored-body.ts';

/** A delivery whose proof holds. */
export interface ProvenDelivery {
  source: Source;
  /** Lower-case names; those that the source keeps. */
  headers: Readonly<Record<string, string>>;
  body: Uint8Array;
  /** The tool's own id of it; null where its content is its id. */
  deliveryId: string | null;
}

export interface ReceiverOptions {
  store: Pick<DeliveryStore, 'add'>;
  sealing: Sealing;
  /** SHA-256, lower-case hex. */
  sha256: (text: string | Uint8Array) => string;
  /** Called when something new was stored. */
  wake: () => void;
  clock: Clock;
  newId: NewId;
}

export interface Receiver {
  /** Resolves when it is stored, or was before. @throws SeepassError `database_unavailable`. */
  receive(delivery: ProvenDelivery): Promise<'stored' | 'known'>;
}

/** Others that come within this are stored with the first. */
const GATHER_MS = 2;
const MOST_AT_ONCE = 500;
/** Bytes of bodies in a statement, beyond the first. */
const MOST_BYTES = 8_000_000;
/** Statements that are on their way at the same time: one is made while the other is made durable. */
const FLIGHTS = 2;

interface Waiting {
  delivery: NewDelivery;
  resolve: (what: 'stored' | 'known') => void;
  reject: (error: unknown) => void;
}

export function createReceiver({ store, sealing, sha256, wake, clock, newId }: ReceiverOptions): Receiver {
  const waiting: Waiting[] = [];
  let flying = 0;
  let timer: NodeJS.Timeout | undefined;

  const schedule = (): void => {
    if (timer === undefined && waiting.length > 0 && flying < FLIGHTS) timer = setTimeout(take, GATHER_MS);
  };
  const take = (): void => {
    timer = undefined;
    let bytes = 0;
    const end = waiting.findIndex(({ delivery }, place) => {
      bytes += delivery.body.length;
      return place > 0 && (place >= MOST_AT_ONCE || bytes > MOST_BYTES);
    });
    const batch = waiting.splice(0, end < 0 ? waiting.length : end);
    flying += 1;
    void write(batch).finally(() => {
      flying -= 1;
      schedule();
    });
    schedule();
  };
  const write = async (batch: readonly Waiting[]): Promise<void> => {
    try {
      const stored = await store.add(batch.map(({ delivery }) => delivery));
      for (const { delivery, resolve } of batch) resolve(stored.has(delivery.id) ? 'stored' : 'known');
      if (stored.size > 0) wake();
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  };

  return {
    receive: ({ source, headers, body, deliveryId }) => {
      const id = newId();
      const delivery: NewDelivery = {
        ...{ id, source, kind: 'sent', receivedAt: clock(), sealedWith: sealing.keyId },
        key: deliveryKey(source, deliveryId === null ? ['body', sha256(body)] : ['id', deliveryId], sha256),
        body: sealing.seal(packBody(headers, body), { id, source }),
      };
      return new Promise((resolve, reject) => {
        waiting.push({ delivery, resolve, reject });
        schedule();
      });
    },
  };
}

/** 128 bits of SHA-256 as a UUID: what makes a delivery of a source the same when it comes again. */
export function deliveryKey(source: string, parts: readonly string[], sha256: (text: string) => string): string {
  const hex = sha256([source, ...parts].join('\0'));
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
}
