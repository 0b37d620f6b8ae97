import { type Kysely, sql } from 'kysely';

/**
 * The hours in which a source sent, and when the first event of each arrived: how often it sends is learned from them.
 * What is there already is taken for having come in time.
 */
export async function up(db: Kysely<never>): Promise<void> {
  await sql`CREATE TABLE source_hours (
    workspace_id text NOT NULL,
    source text NOT NULL,
    hour timestamptz NOT NULL,
    first_received_at timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, source, hour)
  )`.execute(db);
  await sql`
    INSERT INTO source_hours (workspace_id, source, hour, first_received_at)
    SELECT DISTINCT events.workspace_id, source, date_trunc('hour', ts, 'UTC'), date_trunc('hour', ts, 'UTC') + interval '1 hour'
    FROM events JOIN (
      SELECT workspace_id, max(last_event_at) AS latest FROM source_freshness GROUP BY workspace_id
    ) AS ends USING (workspace_id)
    WHERE ts >= latest - interval '70 days'`.execute(db);
}
