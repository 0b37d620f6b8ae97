import { type Kysely, sql } from 'kysely';
import type { Database } from '../src/postgres/tables.ts';

export interface DataSize {
  events: number;
  days: number;
  surfaces: number;
}

export const FIRST_DAY = '2026-01-01';

/** A spread-out number for the row `n`; another one for another salt. */
const hash = (salt: number) => sql`abs(hashint8extended(n, ${sql.lit(salt)}) % 1000000000)`;

/**
 * Fills `events` inside the database, in time order give or take ten minutes: 56% pageviews, 18% requests, 16%
 * actions, 4% drop-offs, 3% errors, some of everything else; 2,000 accounts, 40,000 users, 2% without a surface.
 */
export async function generateEvents(db: Kysely<Database>, { events, days, surfaces }: DataSize): Promise<void> {
  await sql`
    INSERT INTO events (workspace_id, event_key, ts, source, type, account, "user", key_id, surface, value, amount_minor,
      error_signature, ticket_topic, release, env, status, endpoint, order_id, normaliser_version, meta)
    SELECT 'local', md5(n::text)::uuid,
      greatest(start, start + (n - 1) * (${days}::int * interval '1 day' / ${events}::int) - (b % 600) * interval '1 second'),
      CASE type WHEN 'ticket' THEN 'intercom' WHEN 'reply' THEN 'intercom' WHEN 'request' THEN 'api_log' WHEN 'error' THEN 'sentry' ELSE 'posthog' END,
      type, 'account ' || c % 2000, 'user ' || md5((d % 40000)::text), 'k1',
      CASE WHEN b % 50 > 0 THEN '/area-' || s / 8 || '/page-' || s END,
      CASE WHEN type = 'request' THEN round((30 + exp((d % 1000) / 160.0))::numeric, 1) END,
      CASE WHEN type = 'revenue' THEN 900 + c % 90000 END,
      CASE WHEN type = 'error' THEN 'TypeError in part ' || floor(power((b % 1000) / 1000.0, 3) * 12) || ' of page ' || s END,
      CASE WHEN type = 'ticket' THEN 'topic ' || d % 7 END,
      'web@1.' || n * 12 / ${events}::int || '.' || d % 2,
      CASE WHEN d % 20 = 0 THEN 'staging' ELSE 'production' END,
      CASE WHEN type = 'request' THEN CASE WHEN c % 50 = 0 THEN 503 WHEN c % 30 = 0 THEN 403 ELSE 200 END END,
      CASE WHEN type = 'request' THEN '/api/things/:id' END,
      CASE WHEN type = 'revenue' AND b % 5 > 0 THEN 'order ' || n END, 1,
      CASE type
        WHEN 'error' THEN jsonb_build_object('message', 'Cannot read properties of undefined (reading ''field ' || c % 50 || ''')', 'url', 'https://sentry.example/issues/' || n)
        WHEN 'ticket' THEN jsonb_build_object('text', 'I tried to save my settings ' || c % 90 || ' times and it never works', 'url', 'https://intercom.example/' || n)
        ELSE jsonb_build_object('event', type, 'platform', 'web') END
    FROM (
      SELECT n, ${FIRST_DAY}::date::timestamp AT TIME ZONE 'UTC' AS start, ${hash(2)} AS b, ${hash(3)} AS c, ${hash(4)} AS d, ${hash(5)} % ${surfaces}::int AS s, CASE
        WHEN h < 560 THEN 'pageview' WHEN h < 720 THEN 'action' WHEN h < 900 THEN 'request' WHEN h < 940 THEN 'dropoff'
        WHEN h < 968 THEN 'error' WHEN h < 972 THEN 'ticket' WHEN h < 976 THEN 'reply' WHEN h < 981 THEN 'revenue'
        WHEN h < 991 THEN 'message' ELSE 'session' END AS type
      FROM (SELECT n, ${hash(1)} % 1000 AS h FROM generate_series(1, ${events}::int) n) numbered
    ) kinds`.execute(db);
}
