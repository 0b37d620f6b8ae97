import { type Kysely, sql } from 'kysely';
import type { Database } from '../src/postgres/tables.ts';

/**
 * The floor: one plain SELECT … GROUP BY a table over all events, as one would write it, into a temporary table. No
 * dirty marks, no lock, no upsert, no exposure. `scalars` is the first statement alone: no lists, no other tables.
 * @returns milliseconds
 */
export async function measureFloor(db: Kysely<Database>): Promise<{ scalars: number; sameColumns: number }> {
  return db.transaction().execute(async (trx) => {
    // The settings that the rollups give themselves.
    await sql`SET LOCAL work_mem = '128MB'`.execute(trx);
    await sql`SET LOCAL jit = off`.execute(trx);
    const times: number[] = [];
    for (const statement of [surfaces, signatures, releases, topics]) {
      const from = performance.now();
      await statement.execute(trx);
      times.push(performance.now() - from);
    }
    return { scalars: times[0] ?? 0, sameColumns: times.reduce((sum, time) => sum + time, 0) };
  });
}

const failed = sql`(type = 'request' AND (status >= 500 OR status = ANY('{403}')))`;
const isError = sql`(type = 'error' OR ${failed})`;
const isHit = sql`(${isError} OR type = 'dropoff' OR type = 'ticket')`;
const date = sql`(ts AT TIME ZONE 'Europe/Berlin')::date`;
const from = sql`FROM events WHERE workspace_id = 'local' AND surface IS NOT NULL`;

const surfaces = sql`
  CREATE TEMP TABLE floor_surfaces ON COMMIT DROP AS
  SELECT ${date} AS date, surface,
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
  ${from} GROUP BY 1, 2`;

const signatures = sql`
  CREATE TEMP TABLE floor_signatures ON COMMIT DROP AS
  SELECT ${date} AS date, surface, error_signature, count(*) AS errors,
    (array_agg(meta ->> 'message' ORDER BY ts, event_key))[1] AS example,
    (array_agg(meta ->> 'url' ORDER BY ts, event_key))[1] AS url,
    mode() WITHIN GROUP (ORDER BY release) AS release_top
  ${from} AND ${isError} AND error_signature IS NOT NULL GROUP BY 1, 2, 3`;

const releases = sql`
  CREATE TEMP TABLE floor_releases ON COMMIT DROP AS
  SELECT ${date} AS date, surface, release, count(*) FILTER (WHERE type = 'pageview') AS pageviews,
    count(*) FILTER (WHERE type = 'request') AS requests, count(*) FILTER (WHERE ${isError}) AS errors
  ${from} AND release IS NOT NULL GROUP BY 1, 2, 3`;

const topics = sql`
  CREATE TEMP TABLE floor_topics ON COMMIT DROP AS
  SELECT ${date} AS date, surface, ticket_topic, count(*) AS tickets,
    (array_agg(meta ->> 'text' ORDER BY ts, event_key))[1:3] AS snippets
  ${from} AND type = 'ticket' AND ticket_topic IS NOT NULL GROUP BY 1, 2, 3`;
