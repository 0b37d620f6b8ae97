/** A place to deliver in: stores whose clock a test moves, the local workspace, and the app's own way to post. */
import { WebClient } from '@slack/web-api';
import { onTestFinished } from 'vitest';
import type { Chart } from '../../src/core/chart/chart.ts';
import type { DrawChart } from '../../src/pipeline/charts.ts';
import { type DeliveryContext, type DeliveryReport, deliverOutbox } from '../../src/pipeline/deliver.ts';
import type { Log, Messenger, OutboxStore } from '../../src/pipeline/ports.ts';
import type { DatabaseHandle } from '../../src/postgres/database.ts';
import { createOutboxStore } from '../../src/postgres/outbox.repository.ts';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../src/sandbox/sandbox.ts';
import { createClientOptions } from '../../src/slack/client-options.ts';
import { createDirectory } from '../../src/slack/directory.ts';
import { createMessenger } from '../../src/slack/messenger.ts';
import { silentLog } from '../support/silent-log.ts';
import { createStoreContext } from '../support/store-context.ts';

export interface Delivering {
  stores: { outbox: OutboxStore };
  sandbox: Sandbox;
  messenger: Messenger;
  client: WebClient;
  /** What was logged, by level. */
  logged: { level: keyof Log; message: string }[];
  now(): number;
  advance(ms: number): void;
  deliver(change?: Partial<DeliveryContext>): Promise<DeliveryReport>;
  /** Delivers until nothing is open that will be due within an hour. */
  drain(change?: Partial<DeliveryContext>): Promise<void>;
  channel(name: string): string;
  post(subject: string, change?: { channel?: string; kind?: string }): Promise<boolean>;
  update(subject: string, revision: number): Promise<boolean>;
  reply(subject: string, entry: number): Promise<boolean>;
  /** A chart in the subject's thread. */
  chart(subject: string, entry: number): Promise<boolean>;
  /** Status and reason of everything in the outbox, as it was put in. */
  outbox(): Promise<{ about: string; status: string; last_error: string | null; message_ts: string | null }[]>;
}

const START = Date.UTC(2026, 0, 30, 8);
export const CHANNEL = 'product-health';
const KIND = 'incident';
/** One hour inside its range, and one above it. */
const CHART: Chart = {
  title: '/checkout: errors 5.2x normal at worst, 14:00 to 15:00',
  measure: 'Errors per view',
  unit: 'share',
  grain: 'hour',
  timezone: 'Europe/Berlin',
  points: [
    { start: START - 3_600_000, value: 0.02, expected: 0.021, lower: 0.01, upper: 0.04, flagged: false },
    { start: START, value: 0.11, expected: 0.021, lower: 0.01, upper: 0.04, flagged: true },
  ],
  marks: [],
};

/** Everything goes with the test. */
export async function startDelivering(
  handle: DatabaseHandle,
  options: SandboxOptions = {},
  drawChart?: DrawChart,
): Promise<Delivering> {
  let now = START;
  const clock = () => now;
  const stores = { outbox: createOutboxStore(handle.kysely, createStoreContext({ clock })) };
  const sandbox = await startSandbox({ clock, ...options });
  onTestFinished(() => sandbox.stop());
  const logged: Delivering['logged'] = [];
  const note = (level: keyof Log) => (_details: object, message: string) => void logged.push({ level, message });
  const log: Log = { debug: note('debug'), info: note('info'), warn: note('warn'), error: note('error') };
  const client = new WebClient(sandbox.botToken, createClientOptions(sandbox.apiUrl, silentLog));
  const messenger = createMessenger(client, createDirectory(client, clock), drawChart && { drawChart, log });
  const channel = (name: string): string => sandbox.ids.channels[name] ?? name;
  const parent = (subject: string) => ({ kind: KIND, subject });
  const saying = (text: string) => ({ text, blocks: [] });
  const deliver = (change: Partial<DeliveryContext> = {}) =>
    deliverOutbox({ stores, messenger, owner: 'one', clock, log, ...change });
  const outbox = async () => {
    const rows = await handle.kysely
      .selectFrom('outbox')
      .select(['operation', 'subject', 'sequence', 'status', 'last_error', 'message_ts', 'next_attempt_at'])
      .orderBy('id')
      .execute();
    return rows.map(({ operation, subject, sequence, ...row }) => ({
      about: `${operation} ${subject} ${sequence}`,
      ...row,
    }));
  };
  return {
    stores,
    sandbox,
    messenger,
    client,
    logged,
    now: clock,
    advance(ms) {
      now += ms;
    },
    deliver,
    async drain(change) {
      for (let beat = 0; beat < 200; beat += 1) {
        await deliver(change);
        const open = (await outbox()).filter(({ status }) => status === 'pending' || status === 'leased');
        if (open.length === 0) return;
        now += Math.max(1_000, Math.min(...open.map((row) => row.next_attempt_at.getTime())) - now);
      }
      throw new Error('the outbox was not drained');
    },
    channel,
    post: (subject, change = {}) =>
      stores.outbox.enqueue({
        kind: change.kind ?? KIND,
        channel: change.channel ?? channel(CHANNEL),
        subject,
        sequence: 0,
        message: saying(subject),
      }),
    update: (subject, revision) =>
      stores.outbox.enqueue({
        ...{ kind: KIND, channel: channel(CHANNEL), subject, sequence: revision, parent: parent(subject) },
        operation: 'update',
        message: saying(`${subject}, revision ${revision}`),
      }),
    reply: (subject, entry) =>
      stores.outbox.enqueue({
        ...{ kind: `${KIND}-entry`, channel: channel(CHANNEL), subject, sequence: entry, parent: parent(subject) },
        operation: 'reply',
        message: saying(`${subject}, entry ${entry}`),
      }),
    chart: (subject, entry) =>
      stores.outbox.enqueue({
        ...{ kind: `${KIND}-chart`, channel: channel(CHANNEL), subject, sequence: entry, parent: parent(subject) },
        operation: 'reply',
        message: { ...saying(`${subject}, in words`), chart: CHART },
      }),
    outbox,
  };
}
