/**
 * Single webhook deliveries through the door of the running app: how many a second are acknowledged and read for as long
 * as it goes on, and how long each waits for its answer at an even pace. Beside it a floor: the same bodies inserted one
 * a statement by the same driver, and nothing else.
 */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createLog } from '../src/log.ts';
import { type DatabaseHandle, openDatabase, parseDatabaseTarget } from '../src/postgres/database.ts';
import { migrateToLatest } from '../src/postgres/migrate.ts';
import { quantile, sendAll } from './http-load.ts';
import { onServer } from './measuring.ts';
import { postHogRequest } from './posthog-body.ts';
import { type AppStarter, createAppStarter } from './running-app.ts';

const log = createLog('silent');
/** After so many deliveries the app's memory is looked at. */
const STRETCH = 100_000;

export interface WebhookBench {
  where: string;
  deliveries: number;
  /** Acknowledged a second, and acknowledged and read a second. */
  acknowledged: number;
  sustained: number;
  /** Bare inserts a second, one a statement. */
  floor: number;
  /** Milliseconds until the answer, at this even pace a second. */
  pace: number;
  p50: number;
  p99: number;
  worst: number;
  /** Megabytes of the app: after a first tenth, after each 100,000 deliveries, and at the end. */
  memory: readonly number[];
  /** Milliseconds of the app's processor time a delivery. */
  processor: number;
}

/** @param target URL of a server on which a database may be made and dropped, or `embedded`. */
export async function benchWebhooks(target: string, deliveries: number, pace: number): Promise<WebhookBench> {
  const folder = await mkdtemp(join(tmpdir(), 'seepass-bench-'));
  const name = `bench_${randomUUID().replaceAll('-', '')}`;
  const onOwnServer = target !== 'embedded';
  if (onOwnServer) await onServer(target, `CREATE DATABASE ${name}`);
  const database = onOwnServer ? Object.assign(new URL(target), { pathname: `/${name}` }).href : join(folder, 'db');
  const starter = await createAppStarter();
  try {
    return await measure(starter, database, { deliveries, pace });
  } finally {
    await starter.stop();
    await rm(folder, { recursive: true });
    if (onOwnServer) await onServer(target, `DROP DATABASE ${name} WITH (FORCE)`);
  }
}

async function measure(
  starter: AppStarter,
  database: string,
  { deliveries, pace }: { deliveries: number; pace: number },
): Promise<WebhookBench> {
  const handle = await openDatabase(parseDatabaseTarget(database), { log });
  await migrateToLatest(handle);
  const floor = await measureFloor(handle, Math.min(deliveries, 5_000));
  await handle.close();
  const app = await starter.start(database);
  const joined = await openDatabase(parseDatabaseTarget(database), { log });
  try {
    const warm = await sendAll(app.url, postHogRequest, { count: deliveries / 10, connections: 64 });
    await settled(joined, count202(warm.statuses));
    const [memory, processor] = [[await app.memory()], await app.processor()];
    const from = performance.now();
    let [acknowledged, sendingMs] = [0, 0];
    for (let sent = 0; sent < deliveries; sent += STRETCH) {
      const count = Math.min(STRETCH, deliveries - sent);
      const stretch = await sendAll(app.url, postHogRequest, { count, connections: 64 });
      acknowledged += count202(stretch.statuses);
      sendingMs += stretch.ms;
      if (deliveries <= STRETCH) continue;
      memory.push(await app.memory());
      const [perSecond, megabytes] = [(count202(stretch.statuses) * 1000) / stretch.ms, memory.at(-1) ?? 0];
      process.stderr.write(
        `${acknowledged} acknowledged, the last at ${Math.round(perSecond)} a second; ${Math.round(megabytes)} MB\n`,
      );
    }
    await settled(joined, acknowledged + count202(warm.statuses));
    const ms = performance.now() - from;
    const spent = (await app.processor()) - processor;
    const paced = await sendAll(app.url, postHogRequest, { count: pace * 10, connections: 64, perSecond: pace });
    await settled(joined, acknowledged + count202(warm.statuses) + count202(paced.statuses));
    return {
      where: handle.kind === 'server' ? 'PostgreSQL' : 'embedded',
      deliveries: acknowledged,
      acknowledged: (acknowledged * 1000) / sendingMs,
      sustained: (acknowledged * 1000) / ms,
      floor,
      pace,
      p50: quantile(paced.waits, 0.5),
      p99: quantile(paced.waits, 0.99),
      worst: quantile(paced.waits, 1),
      memory: [...memory, await app.memory()],
      processor: (spent * 1000) / acknowledged,
    };
  } finally {
    await joined.close();
    await app.kill('SIGTERM');
  }
}

const count202 = (statuses: ReadonlyMap<number, number>): number => statuses.get(202) ?? 0;

/** Until so many events are stored. @throws Error when they are not after a minute without progress. */
async function settled({ pool }: DatabaseHandle, events: number): Promise<void> {
  let [last, since] = [-1, performance.now()];
  while (last < events) {
    const { rows } = await pool.query<{ n: number }>(
      'SELECT coalesce(sum(events_total), 0)::integer AS n FROM source_freshness',
    );
    const now = rows[0]?.n ?? 0;
    if (now > last) [last, since] = [now, performance.now()];
    else if (performance.now() - since > 60_000) throw new Error(`${now} of ${events} events were stored.`);
    if (now < events) await delay(50);
  }
}

/** Bodies a second that the driver inserts, one a statement, on all its connections. */
async function measureFloor({ pool }: DatabaseHandle, rows: number): Promise<number> {
  await pool.query('CREATE TABLE bare (id uuid PRIMARY KEY, body bytea NOT NULL)');
  const bodies = Array.from({ length: rows }, (_, index) => Buffer.from(postHogRequest(index).body));
  const from = performance.now();
  await Promise.all(bodies.map((body) => pool.query('INSERT INTO bare VALUES ($1, $2)', [randomUUID(), body])));
  const perSecond = (rows * 1000) / (performance.now() - from);
  await pool.query('DROP TABLE bare');
  return perSecond;
}

/** The figures and their limits, one line. */
export function describeWebhooks(measured: WebhookBench, { least, most }: { least: number; most: number }): string {
  const { where, deliveries, acknowledged, sustained, floor, pace, p50, p99, worst, memory, processor } = measured;
  const n = (value: number): string => Math.round(value).toLocaleString('en');
  const [first = Number.NaN, last = Number.NaN] = [memory[0], memory.at(-1)];
  const between = memory.slice(1, -1).map(n).join(', ');
  const stretches = between === '' ? '' : `${between} MB after each ${n(STRETCH)}, `;
  return `webhooks, ${where}, ${n(deliveries)} deliveries: ${n(sustained)} a second acknowledged and read (limit ${n(least)}), ${n(acknowledged)} acknowledged; bare inserts, one a statement: ${n(floor)} a second; at ${n(pace)} a second answers after ${n(p50)} ms, p99 ${n(p99)} ms (limit ${most}), worst ${n(worst)} ms; ${processor.toFixed(2)} ms of processor a delivery; memory ${n(first)} MB after a tenth, ${stretches}${n(last)} MB at the end`;
}

if (process.argv[1] === import.meta.filename) {
  const [target = 'postgres://root@127.0.0.1:5432/postgres', deliveries = '20000', pace = '1000'] =
    process.argv.slice(2);
  const measured = await benchWebhooks(target, Number(deliveries), Number(pace));
  process.stdout.write(`${describeWebhooks(measured, { least: target === 'embedded' ? 200 : 1_000, most: 200 })}\n`);
}
