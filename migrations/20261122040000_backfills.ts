import { type Kysely, sql } from 'kysely';

/** How far the reading of what a tool holds has come: `step` rises with every page, so that one of two readers loses. */
export async function up(db: Kysely<never>): Promise<void> {
  await sql
    .raw(`CREATE TABLE backfills (
    workspace_id text NOT NULL,
    source text NOT NULL,
    since timestamptz NOT NULL,
    until timestamptz NOT NULL,
    state text NOT NULL CHECK (state IN ('running', 'done')),
    cursor jsonb,
    step integer NOT NULL,
    stored bigint NOT NULL,
    begun_at timestamptz NOT NULL,
    moved_at timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, source, since),
    CHECK (state = 'running' OR cursor IS NULL)
  )`)
    .execute(db);
}
