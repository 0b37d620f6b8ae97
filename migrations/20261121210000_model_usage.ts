import { type Kysely, sql } from 'kysely';

/** An answer may take several calls of a model, each with its prompt; and what a day of them costs is counted. */
export async function up(db: Kysely<never>): Promise<void> {
  await sql.raw("ALTER TABLE answer_receipts ADD COLUMN usage jsonb NOT NULL DEFAULT '[]'").execute(db);
  // Nothing ever filled these.
  const single = [
    'prompt',
    'prompt_version',
    'model',
    'input_tokens',
    'output_tokens',
    'cost_microdollars',
    'latency_ms',
  ];
  await sql.raw(`ALTER TABLE answer_receipts ${single.map((name) => `DROP COLUMN ${name}`).join(', ')}`).execute(db);
  await sql
    .raw(`CREATE TABLE model_days (
    workspace_id text NOT NULL,
    date date NOT NULL,
    microdollars bigint NOT NULL CHECK (microdollars >= 0),
    PRIMARY KEY (workspace_id, date)
  )`)
    .execute(db);
}
