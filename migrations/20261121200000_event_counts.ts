import { type Kysely, sql } from 'kysely';

/** Days of events counted in cells, and whom they were from by month: what most questions are answered from. */
export async function up(db: Kysely<never>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  // One row for all events of a day that no dimension tells apart. No account: that would be as many rows as events.
  `CREATE TABLE daily_event_counts (
    workspace_id text NOT NULL,
    date date NOT NULL,
    cell integer NOT NULL,
    type text NOT NULL,
    source text NOT NULL,
    surface text,
    release text,
    env text,
    plan text,
    platform text,
    severity smallint,
    status smallint,
    endpoint text,
    error_signature text,
    category text,
    stage text,
    tool text,
    use_case text,
    completion_status text,
    success text,
    has_order boolean NOT NULL,
    events integer NOT NULL,
    amount_minor bigint,
    value numeric,
    PRIMARY KEY (workspace_id, date, cell)
  )`,
  // Bit n of a measure's column: seen on day n + 1 of the month. A month of anybody is one row, so that those of any
  // window are counted once each without looking at what they did.
  `CREATE TABLE monthly_actors (
    workspace_id text NOT NULL,
    month date NOT NULL,
    kind text NOT NULL CHECK (kind IN ('user', 'account', 'conversation')),
    actor text NOT NULL,
    active integer NOT NULL DEFAULT 0,
    affected integer NOT NULL DEFAULT 0,
    assisted integer NOT NULL DEFAULT 0,
    exhausted integer NOT NULL DEFAULT 0,
    conversed integer NOT NULL DEFAULT 0,
    PRIMARY KEY (workspace_id, month, kind, actor)
  )`,
  // Apart from dirty_buckets: these marks are of whole days, events without a page included.
  `CREATE TABLE dirty_days (
    workspace_id text NOT NULL,
    mark_id bigint GENERATED ALWAYS AS IDENTITY,
    date date NOT NULL,
    PRIMARY KEY (workspace_id, mark_id)
  )`,
];
