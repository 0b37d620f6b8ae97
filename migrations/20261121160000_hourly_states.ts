import { type Kysely, sql } from 'kysely';

/**
 * The hourly judge: until when a workspace is judged and what its product as a whole is like, what each surface's
 * models have learned, and what was found. States are numbers that hardly compress: they are stored as they are.
 */
export async function up(db: Kysely<never>): Promise<void> {
  const statements = [
    `CREATE TABLE hourly_judged (
      workspace_id text PRIMARY KEY,
      judged_until timestamptz NOT NULL,
      product_state bytea NOT NULL
    )`,
    `CREATE TABLE hourly_model_states (
      workspace_id text NOT NULL,
      surface text NOT NULL,
      state bytea NOT NULL,
      PRIMARY KEY (workspace_id, surface)
    )`,
    'ALTER TABLE hourly_model_states ALTER COLUMN state SET STORAGE EXTERNAL',
    `CREATE TABLE hourly_findings (
      workspace_id text NOT NULL,
      hour timestamptz NOT NULL,
      surface text NOT NULL,
      metric text NOT NULL,
      direction text NOT NULL,
      current double precision NOT NULL,
      expected double precision NOT NULL,
      lower double precision NOT NULL,
      upper double precision NOT NULL,
      score double precision NOT NULL,
      state text NOT NULL,
      since timestamptz NOT NULL,
      reason text NOT NULL,
      PRIMARY KEY (workspace_id, hour, surface, metric)
    )`,
  ];
  for (const statement of statements) await sql.raw(statement).execute(db);
}
