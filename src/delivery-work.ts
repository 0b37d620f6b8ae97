import { hash } from 'node:crypto';
import type { Config } from './config.ts';
import type { JsonObject, Source } from './core/records.ts';
import type { FetchNeed, WebhookSource } from './core/sources.ts';
import { createSealing } from './delivery-sealing.ts';
import type { Preparation } from './event-acceptance.ts';
import type { WebhookDoor } from './http/webhooks.ts';
import { webhookSecretSetting } from './named-secrets.ts';
import { createReceiver } from './pipeline/deliveries/receive.ts';
import { createTally } from './pipeline/deliveries/tally.ts';
import { createDeliveryWorker } from './pipeline/deliveries/work.ts';
import type { Clock, Log, NewId, Stores } from './pipeline/ports.ts';
import type { DatabaseTarget } from './postgres/target.ts';
import { repeatEvery } from './repeat-every.ts';

/** Deliveries that waited for a retry, or that a process left behind; new ones are read at once. */
const BEAT_MS = 2_000;
const FETCH_BEAT_MS = 2_000;
/** How much waits changes slowly: a process that reads nothing takes minutes to fill the queue. */
const LOOK_BEAT_MS = 5_000;
const DAY_MS = 86_400_000;
/** Tools send again what was not answered for some days at most. */
const PARSED_KEPT_DAYS = 7;
const DEAD_KEPT_DAYS = 30;
/** More than this wait only when nobody reads them: tools are asked to come again later. */
const LONGEST_QUEUE = 100_000;
const COME_AGAIN_S = 30;

export interface DeliveryWorkOptions {
  config: Pick<Config, 'deliveryKeys' | 'webhookSecrets'>;
  target: DatabaseTarget;
  stores: Pick<Stores, 'deliveries'>;
  webhooks: readonly WebhookSource[];
  preparation: Preparation;
  /** Asks a tool for what its deliveries name; without it those say so, and wait until they may be tried again. */
  fetchNeed?: (source: Source, need: FetchNeed) => Promise<JsonObject>;
  /** Called after events were stored. */
  onStored: () => Promise<void>;
  repeat?: typeof repeatEvery;
  clock: Clock;
  newId: NewId;
  log: Log;
}

export interface DeliveryWork {
  readonly door: WebhookDoor;
  start(): void;
  /** Reads all that is due now. */
  now(): Promise<void>;
  /** Forgets what is past its time. Safe to repeat. */
  prune(asOf: number): Promise<void>;
  /** Finishes what is under way; never throws. */
  stop(): Promise<void>;
}

/** The door that tools send to, and whoever reads what came through it. */
export function createDeliveryWork(options: DeliveryWorkOptions): DeliveryWork {
  const { config, target, stores, webhooks, preparation, fetchNeed, onStored, clock, newId, log } = options;
  const { repeat = repeatEvery } = options;
  const store = stores.deliveries;
  const sha256 = (text: string | Uint8Array): string => hash('sha256', text, 'hex');
  const sealing = createSealing(config, target);
  const byName = new Map<string, WebhookSource>(webhooks.map((source) => [source.name, source]));
  const findSource = (name: string) => byName.get(name);
  const tally = createTally(store);
  const stopping = new AbortController();
  const worker = createDeliveryWorker({
    ...{ store, clock, log },
    reading: { ...preparation, findSource, sealing, fetchNeed, sha256, newId },
  });
  let waiting = 0;
  let woken = false;

  const read = async (): Promise<void> => {
    woken = false;
    if ((await worker.work('sent', stopping.signal)) > 0) await onStored();
  };
  const look = async (): Promise<void> => {
    await tally.flush();
    waiting = (await store.backlog(LONGEST_QUEUE)).waiting;
  };
  const fetchOnce = async (): Promise<void> => {
    if ((await worker.work('fetch', stopping.signal)) > 0) await onStored();
  };
  const tell = (err: unknown): void => log.error({ err }, 'could not read what tools sent; trying again');
  const beat = repeat(BEAT_MS, read, tell);
  const lookBeat = repeat(LOOK_BEAT_MS, look, tell);
  const fetchBeat = repeat(FETCH_BEAT_MS, fetchOnce, tell);
  const receiver = createReceiver({
    ...{ store, sealing, sha256, clock, newId },
    wake: () => {
      if (woken) return;
      woken = true;
      beat.now().catch(tell);
    },
  });

  return {
    door: {
      find: findSource,
      names: [...byName.keys()],
      secretsOf(source) {
        const secrets = config.webhookSecrets[source.toUpperCase()] ?? [];
        return { secrets: secrets.map((secret) => secret.reveal()), setting: webhookSecretSetting(source) };
      },
      receive: receiver.receive,
      fullFor: () => (waiting >= LONGEST_QUEUE ? COME_AGAIN_S : null),
      count: tally.add,
    },
    start() {
      beat.now().catch(tell);
      beat.start();
      lookBeat.start();
      fetchBeat.start();
    },
    async now() {
      await beat.now();
      await fetchBeat.now();
    },
    async prune(asOf) {
      const before = { parsed: asOf - PARSED_KEPT_DAYS * DAY_MS, dead: asOf - DEAD_KEPT_DAYS * DAY_MS };
      const pruned = await store.prune(before);
      if (pruned > 0) log.info({ pruned }, 'old deliveries are forgotten');
    },
    async stop() {
      stopping.abort();
      await lookBeat.stop();
      await fetchBeat.stop();
      await beat.stop();
      await tally.flush().catch(tell);
    },
  };
}
