import { type Kysely, sql } from 'kysely';

/** What is known of every error signature: its example, its releases, when it was seen, and into what it was merged. */
export async function up(db: Kysely<never>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  // No further index: every batch updates last_seen, and only rows without one are updated in place.
  `CREATE TABLE error_signatures (
    workspace_id text NOT NULL,
    signature text NOT NULL,
    template jsonb,
    template_changed_at timestamptz NOT NULL,
    title text NOT NULL,
    example text NOT NULL DEFAULT '',
    first_url text,
    latest_url text,
    first_seen timestamptz NOT NULL,
    last_seen timestamptz NOT NULL,
    first_release text,
    releases jsonb NOT NULL DEFAULT '[]',
    merged_into text,
    normaliser_version smallint NOT NULL,
    PRIMARY KEY (workspace_id, signature),
    CHECK (merged_into <> signature)
  ) WITH (fillfactor = 70)`,
];
