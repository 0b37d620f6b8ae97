import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Database } from '../src/postgres/tables.ts';

/**
 * The floor of the days: one plain SELECT … GROUP BY a table over all events, as one would write it, into a temporary
 * table. No dirty marks, no lock, no upsert, no exposure. `scalars` is the first statement alone: no lists, no other
 * tables.
 * @returns milliseconds
 */
export async function measureFloor(db: Kysely<Database>): Promise<{ scalars: number; sameColumns: number }> {
  const days: Bucket = { of: sql`(ts AT TIME ZONE 'Europe/Berlin')::date`, since: new Date(0) };
  const [scalars = 0, ...lists] = await runAll(db, [surfaces, signatures, releases, topics], days);
  return { scalars, sameColumns: lists.reduce((sum, ms) => sum + ms, scalars) };
}

/** The same for the hours from an instant on, which have one table. */
export async function measureHoursFloor(db: Kysely<Database>, since: Date): Promise<number> {
  const hours: Bucket = { of: sql`date_trunc('hour', ts, 'Europe/Berlin')`, since };
  const times = await runAll(db, [surfaces, signatures, topics], hours);
  return times.reduce((sum, ms) => sum + ms, 0);
}

interface Bucket {
  readonly of: RawBuilder<unknown>;
  readonly since: Date;
}

type Statement = (bucket: Bucket) => RawBuilder<unknown>;

function runAll(db: Kysely<Database>, statements: readonly Statement[], bucket: Bucket): Promise<number[]> {
  return db.transaction().execute(async (trx) => {
    // The settings that the rollups give themselves.
    await sql`SET LOCAL work_mem = '128MB'`.execute(trx);
    await sql`SET LOCAL jit = off`.execute(trx);
    const times: number[] = [];
    for (const statement of statements) {
      const from = performance.now();
      await statement(bucket).execute(trx);
      times.push(performance.now() - from);
    }
    return times;
  });
}

const failed = sql`(type = 'request' AND (status >= 500 OR status = ANY('{403}')))`;
const isError = sql`(type = 'error' OR ${failed})`;
const isHit = sql`(${isError} OR type = 'dropoff' OR type = 'ticket')`;
const from = ({ since }: Bucket) =>
  sql`FROM events WHERE workspace_id = 'local' AND surface IS NOT NULL AND ts >= ${since}::timestamptz`;

const surfaces: Statement = (bucket) => sql`
  CREATE TEMP TABLE floor_surfaces ON COMMIT DROP AS
  SELECT ${bucket.of} AS bucket, surface,
    count(*) FILTER (WHERE type = 'pageview') AS pageviews, count(*) FILTER (WHERE type = 'action') AS actions,
    count(*) FILTER (WHERE type = 'dropoff') AS dropoffs, count(*) FILTER (WHERE ${isError}) AS errors,
    count(*) FILTER (WHERE type = 'ticket') AS tickets, count(*) FILTER (WHERE type = 'reply') AS replies,
    count(*) FILTER (WHERE type = 'request') AS requests, count(*) FILTER (WHERE ${failed}) AS request_failures,
    percentile_cont(0.5) WITHIN GROUP (ORDER BY value) FILTER (WHERE type = 'request') AS latency_p50,
    percentile_cont(0.95) WITHIN GROUP (ORDER BY value) FILTER (WHERE type = 'request') AS latency_p95,
    count(DISTINCT account) FILTER (WHERE ${isHit}) AS affected_accounts,
    count(DISTINCT "user") FILTER (WHERE ${isHit}) AS affected_users,
    sum(amount_minor) FILTER (WHERE type = 'revenue') AS revenue,
    mode() WITHIN GROUP (ORDER BY release) FILTER (WHERE ${isError}) AS release_top,
    mode() WITHIN GROUP (ORDER BY env) FILTER (WHERE ${isError}) AS env_top,
    max(normaliser_version) AS normaliser_version
  ${from(bucket)} GROUP BY 1, 2`;

const signatures: Statement = (bucket) => sql`
  CREATE TEMP TABLE floor_signatures ON COMMIT DROP AS
  SELECT ${bucket.of} AS bucket, surface, error_signature, count(*) AS errors,
    (array_agg(meta ->> 'message' ORDER BY ts, event_key))[1] AS example,
    (array_agg(meta ->> 'url' ORDER BY ts, event_key))[1] AS url,
    mode() WITHIN GROUP (ORDER BY release) AS release_top
  ${from(bucket)} AND ${isError} AND error_signature IS NOT NULL GROUP BY 1, 2, 3`;

const releases: Statement = (bucket) => sql`
  CREATE TEMP TABLE floor_releases ON COMMIT DROP AS
  SELECT ${bucket.of} AS bucket, surface, release, count(*) FILTER (WHERE type = 'pageview') AS pageviews,
    count(*) FILTER (WHERE type = 'request') AS requests, count(*) FILTER (WHERE ${isError}) AS errors
  ${from(bucket)} AND release IS NOT NULL GROUP BY 1, 2, 3`;

const topics: Statement = (bucket) => sql`
  CREATE TEMP TABLE floor_topics ON COMMIT DROP AS
  SELECT ${bucket.of} AS bucket, surface, ticket_topic, count(*) AS tickets,
    (array_agg(meta ->> 'text' ORDER BY ts, event_key))[1:3] AS snippets
  ${from(bucket)} AND type = 'ticket' AND ticket_topic IS NOT NULL GROUP BY 1, 2, 3`;
