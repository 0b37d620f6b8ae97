import { type Kysely, sql } from 'kysely';

/** Hourly rollups beside the daily ones, and the marks of the hours that changed. */
export async function up(db: Kysely<never>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `CREATE TABLE hourly_surface_metrics (
    workspace_id text NOT NULL,
    hour timestamptz NOT NULL,
    surface text NOT NULL,
    pageviews integer NOT NULL DEFAULT 0,
    actions integer NOT NULL DEFAULT 0,
    dropoffs integer NOT NULL DEFAULT 0,
    errors integer NOT NULL DEFAULT 0,
    tickets integer NOT NULL DEFAULT 0,
    replies integer NOT NULL DEFAULT 0,
    requests integer NOT NULL DEFAULT 0,
    request_failures integer NOT NULL DEFAULT 0,
    latency_p50 double precision,
    latency_p95 double precision,
    affected_accounts integer NOT NULL DEFAULT 0,
    affected_users integer NOT NULL DEFAULT 0,
    revenue bigint NOT NULL DEFAULT 0,
    revenue_at_risk bigint NOT NULL DEFAULT 0,
    release_top text,
    release_share double precision,
    env_top text,
    top_error_signatures jsonb NOT NULL DEFAULT '[]',
    top_ticket_topics jsonb NOT NULL DEFAULT '[]',
    normaliser_version smallint NOT NULL,
    PRIMARY KEY (workspace_id, hour, surface)
  )`,
  // Apart from dirty_buckets, as hours are taken every hour and days once a day; a bit for each hour of the local day, so
  // that an import writes as many of these marks as of those.
  `CREATE TABLE dirty_hours (
    workspace_id text NOT NULL,
    mark_id bigint GENERATED ALWAYS AS IDENTITY,
    date date NOT NULL,
    surface text NOT NULL,
    hours integer NOT NULL,
    PRIMARY KEY (workspace_id, mark_id)
  )`,
  // Of what was stored before, every hour is dirty; those too old to be kept are passed over when they are taken.
  `INSERT INTO dirty_hours (workspace_id, date, surface, hours)
    SELECT workspace_id, date, surface, (1 << 24) - 1
    FROM (
      SELECT workspace_id, date, surface FROM dirty_buckets
      UNION SELECT workspace_id, date, surface FROM daily_surface_metrics WHERE origin = 'events'
    ) known`,
];
