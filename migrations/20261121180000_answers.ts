import { type Kysely, sql } from 'kysely';

/** What answers rest on, what threads have settled, and what people asked for that nothing measures. */
export async function up(db: Kysely<never>): Promise<void> {
  await sql
    .raw(`CREATE TABLE answer_receipts (
    workspace_id text NOT NULL,
    id text NOT NULL,
    asked_at timestamptz NOT NULL,
    as_of timestamptz NOT NULL,
    asker text,
    channel text,
    audience text NOT NULL CHECK (audience IN ('asker', 'private_channel', 'public_channel')),
    question text NOT NULL,
    reading jsonb NOT NULL,
    query jsonb,
    metric_version integer,
    watermark timestamptz,
    result_hash text,
    total jsonb,
    served_by text CHECK (served_by IN ('rollups', 'events')),
    written_by text NOT NULL CHECK (written_by IN ('template', 'model')),
    prompt text,
    prompt_version text,
    model text,
    input_tokens integer,
    output_tokens integer,
    cost_microdollars bigint,
    latency_ms integer,
    PRIMARY KEY (workspace_id, id)
  )`)
    .execute(db);
  await sql.raw('CREATE INDEX answer_receipts_asked ON answer_receipts (workspace_id, asked_at)').execute(db);
  await sql
    .raw(`CREATE TABLE answer_threads (
    workspace_id text NOT NULL,
    channel text NOT NULL,
    thread text NOT NULL,
    turn integer NOT NULL,
    context jsonb NOT NULL,
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, channel, thread)
  )`)
    .execute(db);
  await sql
    .raw(`CREATE TABLE metric_gaps (
    workspace_id text NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL,
    asker text,
    asked_at timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, id)
  )`)
    .execute(db);
  await sql.raw('CREATE INDEX metric_gaps_name ON metric_gaps (workspace_id, name, asked_at)').execute(db);
}
