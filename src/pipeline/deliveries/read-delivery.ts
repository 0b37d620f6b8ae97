/** From a claimed delivery to events that can be stored, or what has to be fetched first. */
import type { EventLimits } from '../../core/event.ts';
import type { Preparer } from '../../core/prepare-event.ts';
import type { JsonObject, Source, StorableEvent } from '../../core/records.ts';
import type { FetchNeed, ParsedDelivery, WebhookSource } from '../../core/sources.ts';
import { cleanText } from '../../core/text/clean.ts';
import { redact } from '../../core/text/redact.ts';
import { SeepassError } from '../../errors.ts';
import type { ClaimedDelivery, DeliveryCount, NewDelivery } from '../deliveries.ts';
import type { NewId } from '../ports.ts';
import { deliveryKey } from './receive.ts';
import type { Sealing } from './sealing.ts';
import { packNeed, unpackBody, unpackNeed } from './stored-body.ts';

export interface DeliveryReading {
  findSource(name: string): WebhookSource | undefined;
  sealing: Sealing;
  prepare: Preparer;
  /** Asked anew for each delivery: the clock moves. */
  limits(): EventLimits;
  /** Asks a tool for what a delivery named. @throws Error when it does not answer; the delivery is tried again. */
  fetchNeed?: ((source: Source, need: FetchNeed) => Promise<JsonObject>) | undefined;
  sha256: (text: string | Uint8Array) => string;
  newId: NewId;
}

/** What one delivery comes to. */
export interface ReadDelivery {
  delivery: ClaimedDelivery;
  events: StorableEvent[];
  needs: NewDelivery[];
  counts: DeliveryCount[];
}

/** Longest kind or reason that is counted for itself. */
const LONGEST_DETAIL = 120;

/** @throws SeepassError when it cannot be opened; whatever a source's parser throws. */
export async function readDelivery(delivery: ClaimedDelivery, reading: DeliveryReading): Promise<ReadDelivery> {
  const { findSource, sealing, limits, sha256 } = reading;
  const source = findSource(delivery.source);
  if (source === undefined)
    throw new SeepassError('not_found', `This version of Seepass has no source ${delivery.source}.`);
  const plain = sealing.open(delivery.body, delivery.sealedWith, delivery);
  if (delivery.kind === 'sent') {
    const { envelope, body } = unpackBody(plain, delivery.receivedAt);
    return collect(delivery, source.parse(envelope, limits()), sha256(body), reading);
  }
  const need = unpackNeed(plain);
  const { fetchNeed } = reading;
  if (fetchNeed === undefined || source.parseFetched === undefined)
    throw new SeepassError('bad_config', `Nothing can be fetched from ${source.name} yet.`, {
      fix: 'Set its access in the environment, see .env.example.',
    });
  const parsed = source.parseFetched(need, await fetchNeed(delivery.source, need), limits());
  return collect(delivery, parsed, delivery.key, reading);
}

/** @param content what an event without an id is named after, with its place. */
function collect(
  delivery: ClaimedDelivery,
  { events, ignored, needs }: ParsedDelivery,
  content: string,
  { prepare, sealing, sha256, newId }: DeliveryReading,
): ReadDelivery {
  const { source } = delivery;
  const counts = ignored.map((kind): DeliveryCount => ({ source, outcome: 'ignored', detail: detailOf(kind), n: 1 }));
  const storable: StorableEvent[] = [];
  events.forEach((parsed, place) => {
    if (parsed.event === undefined) counts.push({ source, outcome: 'rejected', detail: detailOf(parsed.reason), n: 1 });
    else storable.push(prepare({ ...parsed.event, id: parsed.event.id ?? `body:${content.slice(0, 32)}:${place}` }));
  });
  const wanted = needs.map((need): NewDelivery => {
    const id = newId();
    return {
      ...{ id, source, kind: 'fetch', receivedAt: delivery.receivedAt, sealedWith: sealing.keyId },
      key: deliveryKey(source, ['fetch', delivery.key, need.kind, need.id], sha256),
      body: sealing.seal(packNeed(need), { id, source }),
    };
  });
  return { delivery, events: storable, needs: wanted, counts };
}

/** What a sender wrote may be in it. */
function detailOf(text: string): string {
  return redact(cleanText(text, LONGEST_DETAIL));
}
