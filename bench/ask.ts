/**
 * Questions about 5 M events on PostgreSQL: those that counted days answer, those that only the events can, each beside
 * the bare SQL of the same, and twenty people at once. The counting that makes it so is timed beside the rollups.
 */
import { randomUUID } from 'node:crypto';
import { loadavg } from 'node:os';
import { sql } from 'kysely';
import type { CheckedQuery } from '../src/core/query/metric-query.ts';
import { withDefaults } from '../src/core/workspace-config.ts';
import type { Log } from '../src/pipeline/ports.ts';
import { createCountStore } from '../src/postgres/count.repository.ts';
import { type DatabaseHandle, openDatabase } from '../src/postgres/database.ts';
import { createMetricStore } from '../src/postgres/metric.repository.ts';
import { migrateToLatest } from '../src/postgres/migrate.ts';
import { createRollupStore } from '../src/postgres/rollup.repository.ts';
import { generateEvents } from './aggregate-data.ts';
import { FROM_EVENTS, FROM_ROLLUPS } from './ask-questions.ts';
import { askWhy, WHYS } from './ask-why.ts';
import { onServer, time } from './measuring.ts';

interface Spread {
  p50: number;
  p95: number;
}

export interface AskBench {
  events: number;
  aggregateMs: number;
  countMs: number;
  /** One day of it again. */
  countDayMs: number;
  rollups: Spread & { questions: number; notServed: string[] };
  live: { name: string; ms: number; bareMs: number }[];
  /** Each a why from question to answer, beside the metric's figures of both periods in SQL by hand. */
  whys: { name: string; ms: number; bareMs: number }[];
  people: number;
  atOnce: Spread;
  /** The machine's load before and after: others share it. */
  load: [number, number];
}

const ROUNDS = 5;
const PEOPLE = 20;
const AS_OF = Date.UTC(2026, 2, 31, 10);
const config = withDefaults({});

const nothing = (): void => undefined;
const log: Log = { debug: nothing, info: nothing, warn: nothing, error: nothing };

/** Makes a database of its own on that server, and drops it afterwards. */
export async function benchAsk(server: string, { events = 5_000_000 } = {}): Promise<AskBench> {
  const name = `seepass_bench_${randomUUID().replaceAll('-', '')}`;
  await onServer(server, `CREATE DATABASE ${name}`);
  try {
    const own = new URL(server);
    own.pathname = `/${name}`;
    const handle = await openDatabase({ kind: 'server', url: own.href }, { log });
    return await measure(handle, events).finally(() => handle.close());
  } finally {
    await onServer(server, `DROP DATABASE ${name} WITH (FORCE)`);
  }
}

async function measure(handle: DatabaseHandle, events: number): Promise<AskBench> {
  const db = handle.kysely;
  await migrateToLatest(handle);
  await generateEvents(db, { events, days: 90, surfaces: 40 });
  await sql`INSERT INTO event_spans (workspace_id, source, type, first_at, last_at)
    SELECT workspace_id, source, type, min(ts), max(ts) FROM events GROUP BY 1, 2, 3`.execute(db);
  await sql`VACUUM ANALYZE events`.execute(db);
  const context = {
    ...{ workspace: 'local', timezone: 'Europe/Berlin', failureStatuses: [403], log },
    clock: () => AS_OF,
    newId: randomUUID,
  };
  const load = loadavg()[0] ?? 0;
  const rollups = createRollupStore(handle, context);
  const counts = createCountStore(db, context);
  await rollups.markAllDirty();
  const aggregateMs = await time(() => rollups.aggregateDirty());
  const countMs = await time(() => counts.aggregateDirty());
  await sql`INSERT INTO dirty_days (workspace_id, date) VALUES ('local', '2026-02-14')`.execute(db);
  const countDayMs = await time(() => counts.aggregateDirty());
  await sql`VACUUM ANALYZE daily_event_counts, monthly_actors`.execute(db);

  // Past the limit a question would be stopped, and not measured.
  const metrics = createMetricStore(handle, context, { timeoutMs: 60_000 });
  const notServed: string[] = [];
  const answer = async (query: CheckedQuery) => {
    const { served_by } = await metrics.answer(query, { asOf: AS_OF, config });
    if (served_by !== 'rollups' && FROM_ROLLUPS.includes(query)) notServed.push(JSON.stringify(query));
  };
  for (const query of FROM_ROLLUPS) await answer(query);
  const alone: number[] = [];
  for (let round = 0; round < ROUNDS; round++)
    for (const query of FROM_ROLLUPS) alone.push(await time(() => answer(query)));

  const live: AskBench['live'] = [];
  for (const { name, query, bare } of FROM_EVENTS) {
    // Turn by turn, so that what else the machine does hits both.
    const [ours, theirs]: [number[], number[]] = [[], []];
    for (let round = 0; round <= ROUNDS; round++) {
      ours.push(await time(() => answer(query)));
      theirs.push(await time(() => sql.raw(bare).execute(db)));
    }
    live.push({ name, ms: Math.min(...ours), bareMs: Math.min(...theirs) });
  }

  const whys: AskBench['whys'] = [];
  for (const { name, query, bare } of WHYS) {
    const [ours, theirs]: [number[], number[]] = [[], []];
    for (let round = 0; round <= ROUNDS; round++) {
      ours.push(await time(() => askWhy(handle, context, query)));
      theirs.push(await time(() => sql.raw(bare).execute(db)));
    }
    whys.push({ name, ms: Math.max(...ours.slice(1)), bareMs: Math.min(...theirs) });
  }

  const together: number[] = [];
  const person = async (_: unknown, number: number) => {
    for (let asked = 0; asked < ROUNDS; asked++) {
      const query = FROM_ROLLUPS[(number * ROUNDS + asked) % FROM_ROLLUPS.length];
      if (query) together.push(await time(() => answer(query)));
    }
  };
  await Promise.all(Array.from({ length: PEOPLE }, person));
  return {
    ...{ events, aggregateMs, countMs, countDayMs, live, whys, people: PEOPLE },
    rollups: { questions: FROM_ROLLUPS.length, ...spread(alone), notServed: [...new Set(notServed)] },
    atOnce: spread(together),
    load: [load, loadavg()[0] ?? 0],
  };
}

function spread(times: readonly number[]): Spread {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.ceil(sorted.length * share) - 1] ?? 0;
  return { p50: at(0.5), p95: at(0.95) };
}

/** The figures and their floors. */
export function describeAsk({
  events,
  aggregateMs,
  countMs,
  countDayMs,
  rollups,
  live,
  whys,
  people,
  atOnce,
  load,
}: AskBench): string {
  const ms = (value: number) => `${value.toFixed(0)} ms`;
  const seconds = (value: number) => `${(value / 1000).toFixed(1)} s`;
  return [
    `ask, ${events} events on PostgreSQL, machine load ${load.map((one) => one.toFixed(1)).join(' before, ')} after`,
    `counting all days: ${seconds(countMs)}, beside ${seconds(aggregateMs)} for the daily rollups; one day of it: ${ms(countDayMs)}`,
    `${rollups.questions} questions from counted days: p50 ${ms(rollups.p50)}, p95 ${ms(rollups.p95)} (limit 150 ms)`,
    ...rollups.notServed.map((query) => `NOT from counted days: ${query}`),
    ...live.map(
      (one) =>
        `from events, ${one.name}: ${ms(one.ms)}, bare SQL ${ms(one.bareMs)}, ratio ${(one.ms / one.bareMs).toFixed(2)} (limit 1.50, 3000 ms)`,
    ),
    ...whys.map(
      (one) => `why ${one.name}: slowest ${ms(one.ms)}, bare SQL of its figure alone ${ms(one.bareMs)} (limit 3000 ms)`,
    ),
    `${people} people at once, from counted days: p50 ${ms(atOnce.p50)}, p95 ${ms(atOnce.p95)} (limit 500 ms)`,
  ].join('\n  ');
}
