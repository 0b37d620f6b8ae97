import { type Kysely, sql } from 'kysely';

/** What tickets are about: themes found in their texts, their tickets, and how many a day. */
export async function up(db: Kysely<never>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `CREATE TABLE ticket_themes (
    workspace_id text NOT NULL,
    theme_id uuid NOT NULL,
    label text NOT NULL,
    terms jsonb NOT NULL,
    exemplars jsonb NOT NULL,
    first_seen date NOT NULL,
    last_seen date NOT NULL,
    tickets integer NOT NULL,
    normaliser_version smallint NOT NULL,
    PRIMARY KEY (workspace_id, theme_id)
  )`,
  `CREATE TABLE ticket_theme_days (
    workspace_id text NOT NULL,
    theme_id uuid NOT NULL,
    date date NOT NULL,
    tickets integer NOT NULL,
    PRIMARY KEY (workspace_id, theme_id, date)
  )`,
  // Beside the events: a ticket may change its theme for weeks, and few events are tickets.
  `CREATE TABLE ticket_theme_tickets (
    workspace_id text NOT NULL,
    event_key uuid NOT NULL,
    theme_id uuid,
    settled boolean NOT NULL,
    normaliser_version smallint NOT NULL,
    PRIMARY KEY (workspace_id, event_key)
  )`,
  `CREATE INDEX ticket_theme_tickets_theme ON ticket_theme_tickets (workspace_id, theme_id) WHERE theme_id IS NOT NULL`,
  // Only tickets pay for it: the newest are read again each day.
  `CREATE INDEX events_tickets ON events (workspace_id, ts, event_key) WHERE type = 'ticket'`,
];
