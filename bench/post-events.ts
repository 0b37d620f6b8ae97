/**
 * `POST /v1/events` in batches of 100 to the running app: events a second, beside a bare insert of as many rows a
 * statement by the same driver on as many connections, into a table of the same columns with the same key.
 */
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { createLog } from '../src/log.ts';
import { openDatabase } from '../src/postgres/database.ts';
import { migrateToLatest } from '../src/postgres/migrate.ts';
import { type LoadRequest, sendAll } from './http-load.ts';
import { onServer, time } from './measuring.ts';
import { createAppStarter, TOKEN } from './running-app.ts';

const BATCH = 100;
const CONNECTIONS = 8;
const ROUNDS = 3;

export interface PostEventsBench {
  events: number;
  /** Events a second; the best of three rounds each, taken in turn. */
  ours: number;
  floor: number;
  ratio: number;
}

/** @param server URL of a server on which a database may be made and dropped. */
export async function benchPostEvents(server: string, batches = 400): Promise<PostEventsBench> {
  const name = `bench_${randomUUID().replaceAll('-', '')}`;
  await onServer(server, `CREATE DATABASE ${name}`);
  const url = Object.assign(new URL(server), { pathname: `/${name}` }).href;
  const starter = await createAppStarter();
  try {
    const handle = await openDatabase({ kind: 'server', url }, { log: createLog('silent') });
    await migrateToLatest(handle);
    await handle.close();
    const app = await starter.start(url);
    const floor = new pg.Pool({ connectionString: url, max: CONNECTIONS });
    await floor.query('CREATE TABLE bare (LIKE events INCLUDING ALL)');
    const [ours, bare]: [number[], number[]] = [[], []];
    for (let round = 0; round < ROUNDS; round += 1) {
      bare.push(await time(() => insertBare(floor, batches)));
      ours.push((await send(app.url, batches)).ms);
    }
    await floor.end();
    await app.kill('SIGTERM');
    const events = batches * BATCH;
    const perSecond = (times: readonly number[]): number => (events * 1000) / Math.min(...times);
    return { events, ours: perSecond(ours), floor: perSecond(bare), ratio: perSecond(ours) / perSecond(bare) };
  } finally {
    await starter.stop();
    await onServer(server, `DROP DATABASE ${name} WITH (FORCE)`);
  }
}

async function send(url: string, count: number) {
  const result = await sendAll(url, batchRequest, { count, connections: CONNECTIONS });
  if (result.statuses.get(200) !== count) throw new Error(`Answers: ${JSON.stringify([...result.statuses])}`);
  return result;
}

const eventOf = (index: number) => ({
  ...{ id: randomUUID(), ts: Date.now() - index * 1000, source: 'app', type: 'pageview' },
  ...{ account: `company-${index % 200}`, user: `person-${index % 5_000}`, surface: `/products/${index % 300}` },
  meta: { release: 'web@1.42.0', platform: 'web', plan: 'team' },
});

function batchRequest(index: number): LoadRequest {
  const events = Array.from({ length: BATCH }, (_, place) => eventOf(index * BATCH + place));
  return { path: '/v1/events', headers: { authorization: `Bearer ${TOKEN}` }, body: JSON.stringify(events) };
}

const COLUMNS =
  'workspace_id, event_key, source_id, ts, source, type, account, "user", key_id, surface, normaliser_version, meta';
const WIDTH = 12;
const VALUES = Array.from(
  { length: BATCH },
  (_, row) => `(${Array.from({ length: WIDTH }, (_, column) => `$${row * WIDTH + column + 1}`).join(', ')})`,
).join(', ');

/** Multi-row inserts of what the app stores of the same events. */
async function insertBare(pool: pg.Pool, batches: number): Promise<void> {
  let next = 0;
  const run = async (): Promise<void> => {
    while (next < batches) {
      const batch = next++;
      const values = Array.from({ length: BATCH }, (_, place) => rowOf(batch * BATCH + place)).flat();
      await pool.query(`INSERT INTO bare (${COLUMNS}) VALUES ${VALUES}`, values);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, run));
}

function rowOf(index: number): unknown[] {
  const { id, ts, source, type, account, user, surface, meta } = eventOf(index);
  return ['local', randomUUID(), id, new Date(ts), source, type, account, user, 'k', surface, 1, JSON.stringify(meta)];
}

/** The figures and their limit, one line. */
export function describePostEvents({ events, ours, floor, ratio }: PostEventsBench): string {
  const n = (value: number): string => Math.round(value).toLocaleString('en');
  return `POST /v1/events, ${n(events)} events in batches of ${BATCH}: ${n(ours)} a second, bare inserts of ${BATCH} rows ${n(floor)} a second, ratio ${ratio.toFixed(2)} (limit 0.5)`;
}

if (process.argv[1] === import.meta.filename)
  process.stdout.write(
    `${describePostEvents(await benchPostEvents(process.argv[2] ?? 'postgres://root@127.0.0.1:5432/postgres'))}\n`,
  );
