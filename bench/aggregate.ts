/**
 * Aggregating 90 days x 40 surfaces from 5 M events on PostgreSQL, and the hours of the last five weeks of them, beside
 * the bare GROUP BY of the same columns from the same run; one day and one hour of it again. Give a server's URL as the argument to use another, or `memory`.
 */
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import type { Log } from '../src/pipeline/ports.ts';
import { type DatabaseHandle, openDatabase } from '../src/postgres/database.ts';
import { createHourStore } from '../src/postgres/hour.repository.ts';
import { FIRST_DAYS } from '../src/postgres/hourly-dirty.ts';
import { migrateToLatest } from '../src/postgres/migrate.ts';
import { createRollupStore } from '../src/postgres/rollup.repository.ts';
import { type DataSize, FIRST_DAY, generateEvents } from './aggregate-data.ts';
import { measureFloor, measureHoursFloor } from './aggregate-floor.ts';
import { onServer, time } from './measuring.ts';

export interface AggregateBench extends DataSize {
  /** Best of the runs, milliseconds. */
  allMs: number;
  oneDayMs: number;
  /** One GROUP BY a table with the columns and lists of all three. */
  floorMs: number;
  /** The hours that a first aggregation makes, one of them again, and one GROUP BY a list for the same hours. */
  hoursMs: number;
  oneHourMs: number;
  hoursFloorMs: number;
  /** The scalar columns of daily_surface_metrics alone. */
  scalarFloorMs: number;
}

const DAY_MS = 24 * 60 * 60 * 1000;

const nothing = (): void => undefined;
const log: Log = { debug: nothing, info: nothing, warn: nothing, error: nothing };

/** Makes a database of its own on that server, or in memory, and drops it afterwards. */
export async function benchAggregate(
  target: string,
  { events = 5_000_000, days = 90, surfaces = 40, runs = 2 } = {},
): Promise<AggregateBench> {
  if (target === 'memory') {
    const handle = await openDatabase({ kind: 'memory' }, { log });
    return measure(handle, { events, days, surfaces }, runs).finally(() => handle.close());
  }
  const name = `seepass_bench_${randomUUID().replaceAll('-', '')}`;
  await onServer(target, `CREATE DATABASE ${name}`);
  try {
    const own = new URL(target);
    own.pathname = `/${name}`;
    const handle = await openDatabase({ kind: 'server', url: own.href }, { log });
    return await measure(handle, { events, days, surfaces }, runs).finally(() => handle.close());
  } finally {
    await onServer(target, `DROP DATABASE ${name} WITH (FORCE)`);
  }
}

async function measure(handle: DatabaseHandle, size: DataSize, runs: number): Promise<AggregateBench> {
  const db = handle.kysely;
  await migrateToLatest(handle);
  await generateEvents(db, size);
  // What autovacuum does on a server after an import: without it the first reader pays for everybody's hint bits.
  await sql`VACUUM ANALYZE events`.execute(db);
  const lastDay = new Date(Date.parse(FIRST_DAY) + size.days * DAY_MS);
  const firstHour = new Date(lastDay.getTime() - FIRST_DAYS * DAY_MS);
  const context = {
    workspace: 'local',
    timezone: 'Europe/Berlin',
    failureStatuses: [403],
    log,
    clock: () => lastDay.getTime(),
    newId: randomUUID,
  };
  const rollups = createRollupStore(handle, context);
  const hours = createHourStore(handle, context);
  const best = {
    allMs: Number.POSITIVE_INFINITY,
    floorMs: Number.POSITIVE_INFINITY,
    hoursMs: Number.POSITIVE_INFINITY,
    oneHourMs: Number.POSITIVE_INFINITY,
    hoursFloorMs: Number.POSITIVE_INFINITY,
    scalarFloorMs: Number.POSITIVE_INFINITY,
  };
  for (let run = 0; run < runs; run++) {
    await rollups.markAllDirty();
    best.allMs = Math.min(best.allMs, await time(() => rollups.aggregateDirty()));
    const floor = await measureFloor(db);
    best.floorMs = Math.min(best.floorMs, floor.sameColumns);
    best.scalarFloorMs = Math.min(best.scalarFloorMs, floor.scalars);
    await sql`TRUNCATE hourly_surface_metrics`.execute(db);
    best.hoursMs = Math.min(best.hoursMs, await time(() => hours.aggregateDirty()));
    best.hoursFloorMs = Math.min(best.hoursFloorMs, await measureHoursFloor(db, firstHour));
  }
  let oneDayMs = Number.POSITIVE_INFINITY;
  for (let run = 0; run < 5; run++) {
    await sql`
      INSERT INTO dirty_buckets (workspace_id, date, surface)
      SELECT workspace_id, date, surface FROM daily_surface_metrics
      WHERE date = ${FIRST_DAY}::date + ${Math.floor(size.days / 2)}::int`.execute(db);
    oneDayMs = Math.min(oneDayMs, await time(() => rollups.aggregateDirty()));
    await sql`
      INSERT INTO dirty_hours (workspace_id, date, surface, hours)
      SELECT DISTINCT workspace_id, ${lastDay}::date - 2, surface, 1 << 12 FROM daily_surface_metrics`.execute(db);
    best.oneHourMs = Math.min(best.oneHourMs, await time(() => hours.aggregateDirty()));
  }
  return { ...size, ...best, oneDayMs };
}

/** The figures and their floors. */
export function describeAggregate(bench: AggregateBench): string {
  const { events, days, surfaces, allMs, oneDayMs, floorMs, scalarFloorMs, hoursMs, oneHourMs, hoursFloorMs } = bench;
  const seconds = (ms: number) => `${(ms / 1000).toFixed(2)} s`;
  return [
    `aggregate, ${events} events, ${days} days x ${surfaces} surfaces: ${seconds(allMs)}`,
    `bare GROUP BY of the same columns and lists, one statement a table: ${seconds(floorMs)}, ratio ${(allMs / floorMs).toFixed(2)} (limit 1.30)`,
    `bare GROUP BY of the scalar columns of daily_surface_metrics alone: ${seconds(scalarFloorMs)}, ratio ${(allMs / scalarFloorMs).toFixed(2)}`,
    `one dirty day of it: ${seconds(oneDayMs)}, 1/${(allMs / oneDayMs).toFixed(0)} of all (limit 1/30)`,
    `hours of the last ${Math.min(days, FIRST_DAYS)} days: ${seconds(hoursMs)}; bare GROUP BY of the same: ${seconds(hoursFloorMs)}, ratio ${(hoursMs / hoursFloorMs).toFixed(2)}`,
    `days and hours: ${seconds(allMs + hoursMs)}, ${((allMs + hoursMs) / allMs).toFixed(2)} of the days alone (limit 2)`,
    `one dirty hour of it: ${oneHourMs.toFixed(0)} ms`,
  ].join('\n  ');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const target = process.argv[2] ?? 'postgres://root@127.0.0.1:5432/postgres';
  const bench = await benchAggregate(target, target === 'memory' ? { events: 300_000 } : {});
  process.stdout.write(`${describeAggregate(bench)}\n`);
}
