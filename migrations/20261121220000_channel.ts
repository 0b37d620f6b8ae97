import { type Kysely, sql } from 'kysely';

/** What the channel is told: incidents and their history, mutes, subscriptions, digests as told, and paced delivery. */
export async function up(db: Kysely<never>): Promise<void> {
  const statements = [
    `CREATE TABLE incidents (
    workspace_id text NOT NULL,
    id uuid NOT NULL,
    number integer NOT NULL,
    state text NOT NULL CHECK (state IN ('open', 'acknowledged', 'recovering', 'resolved', 'closed')),
    closure text CHECK (closure IN ('false', 'expected', 'duplicate')),
    duplicate_of uuid,
    severity text NOT NULL CHECK (severity IN ('high', 'medium', 'low')),
    lead_surface text NOT NULL,
    lead_metric text NOT NULL,
    lead_direction text NOT NULL CHECK (lead_direction IN ('up', 'down')),
    since timestamptz NOT NULL,
    opened_at timestamptz NOT NULL,
    normal_hours integer NOT NULL DEFAULT 0,
    owner text,
    acknowledged_at timestamptz,
    snoozed_until timestamptz,
    snoozed_by text,
    ended_at timestamptz,
    ended_by text,
    reopenings integer NOT NULL DEFAULT 0,
    revision integer NOT NULL DEFAULT 1,
    picture jsonb NOT NULL,
    PRIMARY KEY (workspace_id, id),
    UNIQUE (workspace_id, number),
    CHECK ((state IN ('resolved', 'closed')) = (ended_at IS NOT NULL)),
    CHECK ((state = 'closed') = (closure IS NOT NULL))
  )`,
    `CREATE INDEX incidents_live ON incidents (workspace_id, opened_at)
    WHERE state IN ('open', 'acknowledged', 'recovering')`,
    'CREATE INDEX incidents_ended ON incidents (workspace_id, ended_at) WHERE ended_at IS NOT NULL',
    `CREATE TABLE incident_members (
    workspace_id text NOT NULL,
    incident_id uuid NOT NULL,
    surface text NOT NULL,
    metric text NOT NULL,
    since timestamptz NOT NULL,
    recovered boolean NOT NULL DEFAULT false,
    place integer NOT NULL,
    PRIMARY KEY (workspace_id, incident_id, surface, metric)
  )`,
    `CREATE TABLE incident_entries (
    workspace_id text NOT NULL,
    incident_id uuid NOT NULL,
    sequence integer NOT NULL,
    at timestamptz NOT NULL,
    actor text NOT NULL,
    kind text NOT NULL,
    details jsonb NOT NULL DEFAULT '{}'::jsonb,
    PRIMARY KEY (workspace_id, incident_id, sequence)
  )`,
    `CREATE TABLE incidents_followed (
    workspace_id text PRIMARY KEY,
    until timestamptz NOT NULL
  )`,
    `CREATE TABLE alert_decisions (
    workspace_id text NOT NULL,
    incident_id uuid NOT NULL,
    channel text NOT NULL,
    decided_at timestamptz NOT NULL,
    revision integer NOT NULL,
    posted boolean NOT NULL,
    reason text,
    shown_revision integer NOT NULL DEFAULT 0,
    shown_entry integer NOT NULL DEFAULT 0,
    PRIMARY KEY (workspace_id, incident_id, channel),
    CHECK (posted = (reason IS NULL))
  )`,
    'CREATE INDEX alert_decisions_at ON alert_decisions (workspace_id, channel, decided_at)',
    `CREATE TABLE mutes (
    workspace_id text NOT NULL,
    id uuid NOT NULL,
    number integer NOT NULL,
    target text NOT NULL CHECK (target IN ('surface', 'error_signature')),
    pattern text NOT NULL,
    until timestamptz,
    reason text,
    created_by text NOT NULL,
    created_at timestamptz NOT NULL,
    lifted_by text,
    lifted_at timestamptz,
    PRIMARY KEY (workspace_id, id),
    UNIQUE (workspace_id, number)
  )`,
    `CREATE TABLE subscriptions (
    workspace_id text NOT NULL,
    id uuid NOT NULL,
    number integer NOT NULL,
    kind text NOT NULL CHECK (kind IN ('digest', 'alerts', 'weekly', 'question')),
    channel text NOT NULL,
    surfaces jsonb NOT NULL DEFAULT '[]'::jsonb,
    severity text NOT NULL DEFAULT 'low' CHECK (severity IN ('high', 'medium', 'low')),
    schedule jsonb,
    question text,
    quiet jsonb,
    weekly_budget integer NOT NULL,
    created_by text NOT NULL,
    created_at timestamptz NOT NULL,
    ended_by text,
    ended_at timestamptz,
    paused_reason text,
    paused_at timestamptz,
    next_due_at timestamptz,
    lease_owner text,
    lease_until timestamptz,
    tried_since timestamptz,
    PRIMARY KEY (workspace_id, id),
    UNIQUE (workspace_id, number),
    CHECK ((kind = 'question') = (question IS NOT NULL)),
    CHECK ((kind = 'alerts') = (schedule IS NULL))
  )`,
    `CREATE INDEX subscriptions_due ON subscriptions (workspace_id, next_due_at)
    WHERE ended_at IS NULL AND paused_at IS NULL AND next_due_at IS NOT NULL`,
    `CREATE TABLE digests (
    workspace_id text NOT NULL,
    id uuid NOT NULL,
    subscription_id uuid NOT NULL,
    channel text NOT NULL,
    due_at timestamptz NOT NULL,
    date date NOT NULL,
    told jsonb NOT NULL,
    corrections integer NOT NULL DEFAULT 0,
    PRIMARY KEY (workspace_id, id),
    UNIQUE (workspace_id, subscription_id, due_at)
  )`,
    'CREATE INDEX digests_date ON digests (workspace_id, date)',
    `CREATE TABLE usefulness_votes (
    workspace_id text NOT NULL,
    date date NOT NULL,
    entity_type text NOT NULL,
    entity_key text NOT NULL,
    metric text NOT NULL,
    voter text NOT NULL,
    useful boolean NOT NULL,
    at timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, date, entity_type, entity_key, voter)
  )`,
    `CREATE TABLE delivery_channels (
    workspace_id text NOT NULL,
    channel text NOT NULL,
    next_post_at timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, channel)
  )`,
    `CREATE TABLE delivery_holds (
    workspace_id text PRIMARY KEY,
    until timestamptz NOT NULL,
    since timestamptz NOT NULL,
    reason text NOT NULL
  )`,
    `ALTER TABLE outbox
    ADD COLUMN operation text NOT NULL DEFAULT 'post' CHECK (operation IN ('post', 'reply', 'update')),
    ADD COLUMN parent_kind text,
    ADD COLUMN parent_subject text,
    ADD COLUMN may_be_posted boolean NOT NULL DEFAULT false,
    DROP COLUMN thread_ts,
    ADD CONSTRAINT outbox_parent CHECK ((operation = 'post') = (parent_kind IS NULL) AND (parent_kind IS NULL) = (parent_subject IS NULL))`,
    `ALTER TABLE outbox
    ADD COLUMN topic_kind text NOT NULL GENERATED ALWAYS AS (COALESCE(parent_kind, kind)) STORED,
    ADD COLUMN topic_subject text NOT NULL GENERATED ALWAYS AS (COALESCE(parent_subject, subject)) STORED`,
    `INSERT INTO delivery_channels (workspace_id, channel, next_post_at)
    SELECT DISTINCT workspace_id, channel, 'epoch'::timestamptz FROM outbox WHERE status IN ('pending', 'leased')`,
    'UPDATE outbox SET may_be_posted = attempts > 0',
    'ALTER TABLE outbox DROP CONSTRAINT outbox_status_check',
    `ALTER TABLE outbox ADD CONSTRAINT outbox_status_check
    CHECK (status IN ('pending', 'leased', 'sent', 'failed', 'uncertain', 'superseded'))`,
    'DROP INDEX outbox_due',
    `CREATE INDEX outbox_due ON outbox (workspace_id, channel, (operation <> 'post'), id)
    WHERE status IN ('pending', 'leased')`,
    `CREATE INDEX outbox_topic ON outbox (workspace_id, channel, topic_kind, topic_subject)
    WHERE status IN ('pending', 'leased')`,
    `CREATE INDEX outbox_children ON outbox (workspace_id, next_attempt_at)
    WHERE status IN ('pending', 'leased') AND operation <> 'post'`,
    'CREATE INDEX outbox_message ON outbox (workspace_id, channel, message_ts) WHERE message_ts IS NOT NULL',
  ];
  for (const statement of statements) await sql.raw(statement).execute(db);
}
