import { type Kysely, sql } from 'kysely';

const statements = [
  // Numbers and hashes come when an entry is sealed. Hashes are over milliseconds: finer parts could change unseen.
  `ALTER TABLE audit_entries
    ADD COLUMN segment integer,
    ADD COLUMN sequence bigint,
    ADD COLUMN hash text,
    ADD CONSTRAINT audit_entries_sealed_at_once
      CHECK ((segment IS NULL) = (sequence IS NULL) AND (segment IS NULL) = (hash IS NULL)),
    ADD CONSTRAINT audit_entries_at_in_milliseconds CHECK (at = date_trunc('milliseconds', at))`,
  'CREATE UNIQUE INDEX audit_entries_sequence ON audit_entries (workspace_id, sequence)',
  'CREATE INDEX audit_entries_unsealed ON audit_entries (workspace_id, at, id) WHERE sequence IS NULL',
  'CREATE INDEX audit_entries_recent ON audit_entries (workspace_id, at, id)',

  `CREATE TABLE audit_segments (
    workspace_id text NOT NULL,
    number integer NOT NULL CHECK (number > 0),
    class text NOT NULL CHECK (class IN ('questions', 'access', 'changes', 'drops')),
    first bigint NOT NULL,
    count integer NOT NULL CHECK (count > 0),
    first_at timestamptz NOT NULL,
    last_at timestamptz NOT NULL,
    sealed_at timestamptz NOT NULL CHECK (sealed_at = date_trunc('milliseconds', sealed_at)),
    previous text NOT NULL,
    head text NOT NULL,
    hash text NOT NULL,
    dropped_by uuid,
    PRIMARY KEY (workspace_id, number),
    UNIQUE (workspace_id, first)
  )`,
  'CREATE INDEX audit_segments_kept ON audit_segments (workspace_id, class, last_at) WHERE dropped_by IS NULL',

  // An entry changes once, when it is sealed, and only by what sealing adds.
  'DROP TRIGGER audit_entries_append_only ON audit_entries',
  `CREATE TRIGGER audit_entries_append_only BEFORE UPDATE ON audit_entries FOR EACH ROW
    WHEN (OLD.sequence IS NOT NULL OR NEW.sequence IS NULL
      OR (OLD.workspace_id, OLD.id, OLD.at, OLD.actor, OLD.actor_role, OLD.action, OLD.subject_type, OLD.subject_id,
        OLD.channel, OLD.outcome, OLD.details)
      IS DISTINCT FROM (NEW.workspace_id, NEW.id, NEW.at, NEW.actor, NEW.actor_role, NEW.action, NEW.subject_type,
        NEW.subject_id, NEW.channel, NEW.outcome, NEW.details))
    EXECUTE FUNCTION refuse_audit_change()`,
  `CREATE TRIGGER audit_entries_begin_unsealed BEFORE INSERT ON audit_entries FOR EACH ROW
    WHEN (NEW.sequence IS NOT NULL) EXECUTE FUNCTION refuse_audit_change()`,

  // Entries go with their whole segment, and a segment only once an entry tells that it was dropped past its time.
  `CREATE FUNCTION refuse_audit_removal() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF EXISTS (
      SELECT FROM audit_segments dropped
      WHERE dropped.workspace_id = OLD.workspace_id AND dropped.number = OLD.segment AND dropped.dropped_by IS NOT NULL
    ) THEN
      RETURN OLD;
    END IF;
    RAISE EXCEPTION 'audit entries are append-only' USING ERRCODE = 'restrict_violation';
  END
  $$`,
  `CREATE TRIGGER audit_entries_go_by_segment BEFORE DELETE ON audit_entries
    FOR EACH ROW EXECUTE FUNCTION refuse_audit_removal()`,
  `CREATE FUNCTION refuse_audit_segment_change() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF TG_OP = 'UPDATE' AND OLD.dropped_by IS NULL AND NEW.dropped_by IS NOT NULL AND OLD.class <> 'drops'
      AND to_jsonb(NEW) - 'dropped_by' = to_jsonb(OLD) - 'dropped_by'
      AND EXISTS (
        SELECT FROM audit_entries told
        WHERE told.workspace_id = OLD.workspace_id AND told.id = NEW.dropped_by AND told.action = 'audit.drop'
          AND told.details -> 'segments' @> to_jsonb(OLD.number)
          AND told.at >= OLD.last_at + interval '720 hours'
      )
    THEN
      RETURN NEW;
    END IF;
    RAISE EXCEPTION 'audit segments are append-only' USING ERRCODE = 'restrict_violation';
  END
  $$`,
  `CREATE TRIGGER audit_segments_append_only BEFORE UPDATE OR DELETE ON audit_segments
    FOR EACH ROW EXECUTE FUNCTION refuse_audit_segment_change()`,
  ...['audit_entries', 'audit_segments'].map(
    (table) => `CREATE TRIGGER ${table}_never_emptied BEFORE TRUNCATE ON ${table}
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change()`,
  ),
];

/** Seals audit entries into a chain of segments, and lets retention drop whole segments. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
