/**
 * One hourly tick of 1,000 surfaces on PostgreSQL, in CPU of this process: reading states and rows, judging, saving;
 * with a week and with five weeks behind it, beside the bare floor of the same run: the same rows and states read and
 * the states written back by plain statements. Give a server's URL as the argument to use another, or `memory`.
 */
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { type Kysely, sql } from 'kysely';
import { createHourJudge } from '../src/core/detect/judge-hours.ts';
import { judgeHours } from '../src/pipeline/judge-hours.ts';
import type { Log, Stores } from '../src/pipeline/ports.ts';
import { type DatabaseHandle, openDatabase } from '../src/postgres/database.ts';
import { migrateToLatest } from '../src/postgres/migrate.ts';
import { createStores } from '../src/postgres/stores.ts';
import type { Database } from '../src/postgres/tables.ts';
import { makeServerDatabase } from '../tests/support/server.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const START = Date.UTC(2026, 0, 5);
const ZONE = 'Europe/Berlin';
const RUNS = 3;

const nothing = (): void => undefined;
const log: Log = { debug: nothing, info: nothing, warn: nothing, error: nothing };

interface Parts {
  load: number;
  judge: number;
  save: number;
}

/** Milliseconds. */
interface TickCost {
  days: number;
  /** CPU of this process, best of the runs by their sum, and that run on the clock. */
  cpu: Parts;
  wall: number;
  floorCpu: number;
  floorWall: number;
  /** CPU of judging all hours before, once. */
  warmUp: number;
}

export interface HoursBench {
  surfaces: number;
  stateBytes: number;
  ticks: TickCost[];
}

/** On a database of its own on that server, or on an embedded one in `memory`, whose CPU is this process's too. */
export async function benchHours(target: string, { surfaces = 1000, days = [7, 35] } = {}): Promise<HoursBench> {
  if (target === 'memory') {
    const handle = await openDatabase({ kind: 'memory' }, { log });
    return measure(handle, surfaces, days).finally(() => handle.close());
  }
  const own = await makeServerDatabase(target);
  try {
    const handle = await openDatabase({ kind: 'server', url: own.url }, { log });
    return await measure(handle, surfaces, days).finally(() => handle.close());
  } finally {
    await own.drop();
  }
}

async function measure(handle: DatabaseHandle, surfaces: number, histories: readonly number[]): Promise<HoursBench> {
  await migrateToLatest(handle);
  const context = { workspace: 'local', timezone: ZONE, failureStatuses: [], newId: randomUUID, log };
  const stores = createStores(handle, { ...context, clock: () => START });
  const ticks: TickCost[] = [];
  let behind = 0;
  for (const days of histories) {
    const end = START + days * DAY;
    await generateHours(handle.kysely, surfaces, START + behind * DAY, end + RUNS * HOUR);
    behind = days;
    const started = process.cpuUsage();
    await judgeHours({ stores, asOf: end, timezone: ZONE, settleMinutes: 0, clock: () => end, log });
    const warmUp = cpuSince(started);
    const judgedUntil = (await stores.hourlyFindings.judgedUntil()) ?? Number.NaN;
    if (judgedUntil !== end) throw new Error(`judged until ${judgedUntil}, not ${end}`);
    await sql`VACUUM ANALYZE hourly_surface_metrics, hourly_model_states`.execute(handle.kysely);
    const runs: { cpu: Parts; wall: number }[] = [];
    for (let run = 0; run < RUNS; run++) runs.push(await tick(stores, end + run * HOUR));
    const [best] = runs.sort((a, b) => sum(a.cpu) - sum(b.cpu));
    if (!best) throw new Error('no run');
    const floor = await measureFloor(handle, end);
    ticks.push({ days, ...best, floorCpu: floor.cpu, floorWall: floor.wall, warmUp });
    await handle.kysely.deleteFrom('hourly_surface_metrics').where('hour', '>=', new Date(end)).execute();
    await handle.kysely
      .updateTable('hourly_judged')
      .set({ judged_until: new Date(end) })
      .execute();
    await handle.kysely.deleteFrom('hourly_findings').where('hour', '>=', new Date(end)).execute();
  }
  const { rows } = await sql<{ bytes: number }>`
    SELECT avg(length(state))::float8 AS bytes FROM hourly_model_states`.execute(handle.kysely);
  return { surfaces, stateBytes: rows[0]?.bytes ?? 0, ticks };
}

/** What `judgeHours` does for the hour from `start` on, part by part. */
async function tick({ hours, hourlyFindings }: Stores, start: number): Promise<{ cpu: Parts; wall: number }> {
  const began = performance.now();
  const before = process.cpuUsage();
  const stored = await hourlyFindings.load();
  const history = await hours.readSurfaceHours({ start, end: start + HOUR });
  const load = cpuSince(before);
  const loaded = process.cpuUsage();
  const judge = createHourJudge(ZONE, stored);
  const { findings } = judge.judge(history);
  const states = judge.save();
  const judged = cpuSince(loaded);
  const saving = process.cpuUsage();
  const saved = await hourlyFindings.save({ ...states, before: start, judgedUntil: start + HOUR, findings });
  if (!saved || !judge.warm) throw new Error('the tick was not stored');
  return { cpu: { load, judge: judged, save: cpuSince(saving) }, wall: performance.now() - began };
}

/** Reads an hour's rows and all states and writes the states back, with nothing in between. */
async function measureFloor({ pool }: DatabaseHandle, hour: number): Promise<{ cpu: number; wall: number }> {
  const costs: { cpu: number; wall: number }[] = [];
  for (let run = 0; run < RUNS; run++) {
    const began = performance.now();
    const before = process.cpuUsage();
    await pool.query('SELECT * FROM hourly_surface_metrics WHERE hour = $1', [new Date(hour)]);
    const { rows } = await pool.query<{ surface: string; state: Buffer }>(
      'SELECT surface, state FROM hourly_model_states',
    );
    const values = rows.map((_, index) => `($${2 * index + 1}, $${2 * index + 2}::bytea)`).join(',');
    await pool.query(
      `UPDATE hourly_model_states SET state = v.state FROM (VALUES ${values}) AS v (surface, state)
       WHERE hourly_model_states.surface = v.surface`,
      rows.flatMap(({ surface, state }) => [surface, state]),
    );
    costs.push({ cpu: cpuSince(before), wall: performance.now() - began });
  }
  return {
    cpu: Math.min(...costs.map(({ cpu }) => cpu)),
    wall: Math.min(...costs.map(({ wall }) => wall)),
  };
}

/** Views from few to thousands a day by surface, a day and a night, errors in 1%, drop-offs in 30%. */
export async function generateHours(
  db: Kysely<Database>,
  surfaces: number,
  from: number,
  until: number,
): Promise<void> {
  await sql`SELECT setseed(0.5)`.execute(db);
  await sql`
    INSERT INTO hourly_surface_metrics
      (workspace_id, hour, surface, pageviews, dropoffs, errors, requests, request_failures, normaliser_version)
    SELECT 'local', hour, '/page-' || page, views, round(views * 0.3 * (0.8 + 0.4 * random())),
      floor(views * 0.02 * random()), 3 * views, floor(views * 0.02 * random()), 1
    FROM generate_series(${new Date(from)}::timestamptz, ${new Date(until - HOUR)}::timestamptz, interval '1 hour') AS hour,
      generate_series(1, ${surfaces}::int) AS page,
      LATERAL (SELECT round((5 + 20000.0 / (page + 20))
        * (1.1 - cos(date_part('hour', hour AT TIME ZONE ${ZONE}) * pi() / 12)) * (0.8 + 0.4 * random()))::int AS views) AS drawn
    ON CONFLICT DO NOTHING`.execute(db);
  const last = new Date(until);
  await db
    .insertInto('source_freshness')
    .values({
      workspace_id: 'local',
      source: 'posthog',
      first_event_at: last,
      last_event_at: last,
      last_received_at: last,
      events_total: 1,
    })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'source']).doUpdateSet({ last_event_at: last }))
    .execute();
}

export function cpuSince(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

const sum = ({ load, judge, save }: Parts): number => load + judge + save;

/** A line a history. */
export function describeHours({ surfaces, stateBytes, ticks }: HoursBench): string {
  const ms = (value: number): string => `${Math.round(value)} ms`;
  return ticks
    .map(
      ({ days, cpu, wall, floorCpu, floorWall, warmUp }) =>
        `hourly tick, ${surfaces} surfaces, ${days} days behind it: ${ms(sum(cpu))} of CPU (load ${ms(cpu.load)}, judge ${ms(cpu.judge)}, save ${ms(cpu.save)}; target under 1,000 ms), ${ms(wall)} on the clock; floor, read and write back: ${ms(floorCpu)} of CPU, ${ms(floorWall)}; ${(stateBytes / 1000).toFixed(1)} kB a surface; learning them once took ${(warmUp / 1000).toFixed(1)} s of CPU`,
    )
    .join('\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  process.stdout.write(
    `${describeHours(await benchHours(process.argv[2] ?? 'postgres://root@127.0.0.1:5432/postgres'))}\n`,
  );
