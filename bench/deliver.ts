/**
 * A digest for each of 10,000 channels, all due in the same minute: the outbox and the app's own client against a local
 * server that answers at once, beside a bare loop of requests at the same concurrency. Then as many for three channels,
 * of which only the first turns may go.
 */
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
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
import { onServer, time } from './measuring.ts';

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
  const slack = await startSlack();
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

    const floor = await time(() => bareLoop(`${slack.apiUrl}chat.postMessage`, messages));
    await fill(outbox, messages, messages, 'one each');
    const before = process.memoryUsage().rss;
    const memory = watchMemory();
    const ours = await time(deliver);
    const peak = memory.stop();
    if (slack.taken() !== 2 * messages) throw new Error(`${slack.taken() - messages} of ${messages} messages arrived`);

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

/** Takes every message, and says at once where it is. */
async function startSlack(): Promise<{ apiUrl: string; taken(): number; stop(): void }> {
  let taken = 0;
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      taken += 1;
      response.writeHead(200, { 'content-type': 'application/json' }).end(`{"ok":true,"ts":"${taken}.000001"}`);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return {
    apiUrl: `http://127.0.0.1:${address.port}/api/`,
    taken: () => taken,
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function bareLoop(url: string, messages: number): Promise<void> {
  const headers = { authorization: 'Bearer xoxb-bench', 'content-type': 'application/json; charset=utf-8' };
  let left = messages;
  const lane = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ channel: 'C', ...MESSAGE }) });
      await answer.text();
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, lane));
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

function watchMemory(): { stop(): number } {
  let peak = 0;
  const look = (): void => {
    peak = Math.max(peak, process.memoryUsage().rss);
  };
  const timer = setInterval(look, 100);
  return {
    stop() {
      clearInterval(timer);
      look();
      return peak;
    },
  };
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
