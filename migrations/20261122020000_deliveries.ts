import { type Kysely, sql } from 'kysely';

/**
 * What tools send, as a queue: stored sealed before it is answered, its body dropped in the transaction that stores its
 * events. Beside it what was refused, ignored or known already, by day.
 */
export async function up(db: Kysely<never>): Promise<void> {
  const statements = [
    `CREATE TABLE webhook_deliveries (
    workspace_id text NOT NULL,
    id uuid NOT NULL,
    source text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('sent', 'fetch')),
    key uuid NOT NULL,
    state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'parsed', 'dead')),
    received_at timestamptz NOT NULL,
    bytes integer NOT NULL,
    sealed_with text NOT NULL,
    body bytea,
    attempts integer NOT NULL DEFAULT 0,
    next_attempt_at timestamptz NOT NULL,
    last_error text,
    events integer,
    settled_at timestamptz,
    PRIMARY KEY (workspace_id, id),
    UNIQUE (workspace_id, source, key),
    CHECK ((state = 'parsed') = (body IS NULL)),
    CHECK ((state = 'waiting') = (settled_at IS NULL))
  ) WITH (autovacuum_vacuum_scale_factor = 0.01)`,
    // Sealed bytes cannot be made smaller.
    'ALTER TABLE webhook_deliveries ALTER COLUMN body SET STORAGE EXTERNAL',
    `CREATE INDEX webhook_deliveries_waiting ON webhook_deliveries (workspace_id, kind, next_attempt_at, id)
    WHERE state = 'waiting'`,
    `CREATE INDEX webhook_deliveries_settled ON webhook_deliveries (workspace_id, state, settled_at)
    WHERE state <> 'waiting'`,
    `CREATE TABLE delivery_counts (
    workspace_id text NOT NULL,
    date date NOT NULL,
    source text NOT NULL,
    outcome text NOT NULL CHECK (outcome IN ('duplicate', 'ignored', 'rejected', 'refused')),
    detail text NOT NULL,
    n bigint NOT NULL,
    PRIMARY KEY (workspace_id, date, source, outcome, detail)
  )`,
  ];
  for (const statement of statements) await sql.raw(statement).execute(db);
}
