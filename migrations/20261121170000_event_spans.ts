import { type Kysely, sql } from 'kysely';

/** When each source sent which kind of event, first and last, so that no question has to look for it. */
export async function up(db: Kysely<never>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `CREATE TABLE event_spans (
    workspace_id text NOT NULL,
    source text NOT NULL,
    type text NOT NULL,
    first_at timestamptz NOT NULL,
    last_at timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, source, type)
  )`,
  `INSERT INTO event_spans (workspace_id, source, type, first_at, last_at)
    SELECT workspace_id, source, type, min(ts), max(ts) FROM events GROUP BY 1, 2, 3`,
  // Finds what was answered to a ticket; replies are few among events.
  `CREATE INDEX events_replies ON events (workspace_id, source, (meta ->> 'conversation_id'), ts) WHERE type = 'reply'`,
  // Days that a team counted itself are looked for with every question.
  `CREATE INDEX daily_surface_metrics_imported ON daily_surface_metrics (workspace_id, date) WHERE origin = 'aggregates'`,
];
