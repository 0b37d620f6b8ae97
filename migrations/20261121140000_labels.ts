import { type Kysely, sql } from 'kysely';

/** What people say detection got wrong: a day it missed, or a flag that was nothing. */
export async function up(db: Kysely<never>): Promise<void> {
  await sql
    .raw(`CREATE TABLE detection_labels (
    workspace_id text NOT NULL,
    id uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN ('missed', 'false')),
    entity_type text NOT NULL CHECK (entity_type IN ('surface', 'error_signature')),
    entity_key text NOT NULL,
    date date NOT NULL,
    note text,
    created_by text NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, id),
    UNIQUE (workspace_id, entity_type, entity_key, date)
  )`)
    .execute(db);
}
