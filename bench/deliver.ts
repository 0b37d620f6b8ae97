/**
 * A digest for each of 10,000 channels, all due in the same minute: the outbox and the app's own client against a local
 * server that answers at once, beside a bare loop of requests at the same concurrency. Then as many for three channels,
 * of which only the first turns may go.
 */
import { randomUUID } from 'node:crypto';
import { WebClient } from '@slack/web-api';
import { v7 as uuidv7 } from 'uuid';
import { createLog } from '../src/log.ts';
import { CONCURRENCY, deliverOutbox } from '../src/pipeline/deliver.ts';
import type { OutboxStore } from '../src/pipeline/ports.ts';
import { openDatabase } from '../src/postgres/database.ts';
import { migrateToLatest } from '../src/postgres/migrate.ts';
import { createOutboxStore } from '../src/postgres/outbox.repository.ts';
import { createClientOptions } from '../src/slack/client-options.ts';
import { createDirectory } from '../src/slack/directory.ts';
import { createMessenger } from '../src/slack/messenger.ts';
import { postBare, startBareSlack } from './bare-slack.ts';
import { onServer, time, watchMemory } from './measuring.ts';

const MESSAGES = 10_000;
const FEW_CHANNELS = 3;
const MINUTE_MS = 60_000;
const MESSAGE = { text: 'What to fix next', blocks: Array.from({ length: 10 }, (_, index) => sectionOf(index)) };

export interface DeliverBench {
  messages: number;
  /** Milliseconds for all of them. */
  floor: number;
  ours: number;
  /** Bytes that the process held before, and at most while delivering. */
  before: number;
  peak: number;
  /** With as many waiting for a few channels: what was sent in how many milliseconds, and the peak. */
  few: { sent: number; took: number; peak: number };
}

/** @param server URL of a server on which a database may be made and dropped. */
export async function benchDeliver(server: string, messages = MESSAGES): Promise<DeliverBench> {
  const name = `bench_${randomUUID().replaceAll('-', '')}`;
  await onServer(server, `CREATE DATABASE ${name}`);
  const log = createLog('silent');
  const slack = await startBareSlack();
  const database = await openDatabase(
    { kind: 'server', url: Object.assign(new URL(server), { pathname: `/${name}` }).href },
    { log },
  );
  try {
    await migrateToLatest(database);
    const context = { workspace: 'bench', timezone: 'UTC', clock: Date.now, newId: uuidv7, failureStatuses: [], log };
    const outbox = createOutboxStore(database.kysely, context);
    const client = new WebClient('xoxb-bench', createClientOptions(slack.apiUrl, log));
    const messenger = createMessenger(client, createDirectory(client, Date.now));
    const deliver = () => deliverOutbox({ stores: { outbox }, messenger, owner: 'bench', clock: Date.now, log });

    const floor = await time(() => postBare(slack.apiUrl, MESSAGE, messages, CONCURRENCY));
    await fill(outbox, messages, messages, 'one each');
    const before = process.memoryUsage().rss;
    const memory = watchMemory();
    const ours = await time(deliver);
    const peak = memory.stop();
    if (slack.posted() !== 2 * messages)
      throw new Error(`${slack.posted() - messages} of ${messages} messages arrived`);

    await fill(outbox, messages, FEW_CHANNELS, 'many each');
    const fewMemory = watchMemory();
    let sent = 0;
    const took = await time(async () => {
      for (let beat = 0; beat < 5; beat += 1) {
        sent += (await deliver()).sent;
        await new Promise((resolve) => setTimeout(resolve, 250));
      }
    });
    return { messages, floor, ours, before, peak, few: { sent, took, peak: fewMemory.stop() } };
  } finally {
    await database.close();
    slack.stop();
    await onServer(server, `DROP DATABASE ${name} WITH (FORCE)`);
  }
}

async function fill(outbox: OutboxStore, messages: number, channels: number, kind: string): Promise<void> {
  for (let from = 0; from < messages; from += 100) {
    const batch = Array.from({ length: Math.min(100, messages - from) }, (_, index) => from + index);
    await Promise.all(
      batch.map((number) =>
        outbox.enqueue({
          kind,
          channel: `C${String(number % channels).padStart(8, '0')}`,
          subject: `${number}`,
          sequence: 0,
          message: MESSAGE,
        }),
      ),
    );
  }
}

function sectionOf(index: number): { type: string; text: { type: string; text: string } } {
  const text = `*${index + 1}.* Errors on /checkout rose after release 2.4.1, and tickets with them.`;
  return { type: 'section', text: { type: 'mrkdwn', text } };
}

/** Messages a second beside the floor, whether they leave within the minute, and what memory they take. */
export function describeDeliver({ messages, floor, ours, before, peak, few }: DeliverBench): string {
  const rate = (ms: number): string => `${Math.round((messages / ms) * 1000)} messages/s`;
  const megabytes = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`;
  return [
    `deliver, ${messages} messages to as many channels: ${(ours / 1000).toFixed(1)} s (limit ${MINUTE_MS / 1000}), ${rate(ours)}; bare requests ${rate(floor)}; memory ${megabytes(before)} before, ${megabytes(peak)} at most`,
    `deliver, ${messages} messages to ${FEW_CHANNELS} channels: ${few.sent} sent in ${(few.took / 1000).toFixed(1)} s (pace: ${FEW_CHANNELS} a second); memory ${megabytes(few.peak)} at most`,
  ].join('\n');
}

if (process.argv[1] === import.meta.filename)
  process.stdout.write(
    `${describeDeliver(await benchDeliver(process.env.SEEPASS_BENCH_DATABASE_URL ?? 'postgres://root@127.0.0.1:5432/postgres', Number(process.argv[2] ?? MESSAGES)))}\n`,
  );
