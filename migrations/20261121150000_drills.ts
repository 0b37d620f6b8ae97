import { type Kysely, sql } from 'kysely';

/** Fire drills: how detection did on incidents planted in a shadow copy of recent days. */
export async function up(db: Kysely<never>): Promise<void> {
  await sql
    .raw(`CREATE TABLE drills (
    workspace_id text NOT NULL,
    id uuid NOT NULL,
    ran_at timestamptz NOT NULL,
    first date NOT NULL,
    last date NOT NULL,
    report jsonb NOT NULL,
    PRIMARY KEY (workspace_id, id)
  )`)
    .execute(db);
}
