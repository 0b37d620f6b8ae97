import { type Kysely, sql } from 'kysely';

/** The spine: events, rollups, findings, priorities, and the tables every later feature needs from the start. */
export async function up(db: Kysely<never>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  // One unique index only: event_key is the dedupe key, so import pays for it once.
  `CREATE TABLE events (
    workspace_id text NOT NULL,
    event_key uuid NOT NULL,
    source_id text,
    ts timestamptz NOT NULL,
    source text NOT NULL,
    type text NOT NULL,
    account text,
    "user" text,
    key_id text,
    surface text,
    severity smallint,
    value double precision,
    amount_minor bigint,
    error_signature text,
    ticket_topic text,
    release text,
    env text,
    status smallint,
    endpoint text,
    order_id text,
    normaliser_version smallint NOT NULL,
    meta jsonb NOT NULL DEFAULT '{}',
    PRIMARY KEY (workspace_id, event_key)
  )`,
  // Small pages per range: one judged day reads its own pages only.
  `CREATE INDEX events_ts_brin ON events USING brin (ts) WITH (pages_per_range = 32, autosummarize = on)`,
  `CREATE INDEX events_revenue ON events (workspace_id, account, ts) WHERE type = 'revenue' AND order_id IS NULL`,

  `CREATE TABLE dirty_buckets (
    workspace_id text NOT NULL,
    mark_id bigint GENERATED ALWAYS AS IDENTITY,
    date date NOT NULL,
    surface text NOT NULL,
    PRIMARY KEY (workspace_id, mark_id)
  )`,
  `CREATE TABLE dirty_accounts (
    workspace_id text NOT NULL,
    mark_id bigint GENERATED ALWAYS AS IDENTITY,
    account text NOT NULL,
    since date NOT NULL,
    PRIMARY KEY (workspace_id, mark_id)
  )`,

  `CREATE TABLE daily_surface_metrics (
    workspace_id text NOT NULL,
    date date NOT NULL,
    surface text NOT NULL,
    pageviews integer NOT NULL DEFAULT 0,
    actions integer NOT NULL DEFAULT 0,
    dropoffs integer NOT NULL DEFAULT 0,
    errors integer NOT NULL DEFAULT 0,
    tickets integer NOT NULL DEFAULT 0,
    replies integer NOT NULL DEFAULT 0,
    requests integer NOT NULL DEFAULT 0,
    request_failures integer NOT NULL DEFAULT 0,
    latency_p50 double precision,
    latency_p95 double precision,
    affected_accounts integer NOT NULL DEFAULT 0,
    affected_users integer NOT NULL DEFAULT 0,
    revenue bigint NOT NULL DEFAULT 0,
    revenue_at_risk bigint NOT NULL DEFAULT 0,
    release_top text,
    release_share double precision,
    env_top text,
    top_error_signatures jsonb NOT NULL DEFAULT '[]',
    top_ticket_topics jsonb NOT NULL DEFAULT '[]',
    origin text NOT NULL DEFAULT 'events' CHECK (origin IN ('events', 'aggregates')),
    normaliser_version smallint NOT NULL,
    PRIMARY KEY (workspace_id, date, surface)
  )`,
  `CREATE TABLE daily_release_metrics (
    workspace_id text NOT NULL,
    date date NOT NULL,
    surface text NOT NULL,
    release text NOT NULL,
    pageviews integer NOT NULL DEFAULT 0,
    requests integer NOT NULL DEFAULT 0,
    errors integer NOT NULL DEFAULT 0,
    PRIMARY KEY (workspace_id, date, surface, release)
  )`,
  `CREATE TABLE daily_signature_metrics (
    workspace_id text NOT NULL,
    date date NOT NULL,
    surface text NOT NULL,
    signature text NOT NULL,
    errors integer NOT NULL DEFAULT 0,
    example text NOT NULL DEFAULT '',
    url text,
    release_top text,
    PRIMARY KEY (workspace_id, date, surface, signature)
  )`,

  `CREATE TABLE findings (
    workspace_id text NOT NULL,
    date date NOT NULL,
    entity_type text NOT NULL,
    entity_key text NOT NULL,
    rule text NOT NULL,
    metric text NOT NULL,
    direction text,
    current double precision,
    expected double precision,
    p_value double precision,
    q_value double precision,
    z double precision,
    delta_pct double precision,
    evidence jsonb NOT NULL DEFAULT '{}',
    PRIMARY KEY (workspace_id, date, entity_type, entity_key, rule, metric)
  )`,
  `CREATE TABLE priorities (
    workspace_id text NOT NULL,
    date date NOT NULL,
    entity_type text NOT NULL CHECK (entity_type IN ('surface', 'error_signature')),
    entity_key text NOT NULL,
    rank integer NOT NULL,
    score double precision NOT NULL,
    drivers jsonb NOT NULL,
    pattern_record jsonb NOT NULL,
    explanation jsonb,
    incident_id uuid,
    members jsonb NOT NULL DEFAULT '[]',
    PRIMARY KEY (workspace_id, date, entity_type, entity_key)
  )`,
  // A day that was judged, even when it had nothing to say.
  `CREATE TABLE judged_days (
    workspace_id text NOT NULL,
    date date NOT NULL,
    as_of timestamptz NOT NULL,
    surfaces integer NOT NULL,
    findings integer NOT NULL,
    priorities integer NOT NULL,
    summary jsonb NOT NULL DEFAULT '{}',
    PRIMARY KEY (workspace_id, date)
  )`,

  `CREATE TABLE job_runs (
    workspace_id text NOT NULL,
    job text NOT NULL,
    scheduled_for timestamptz NOT NULL,
    status text NOT NULL CHECK (status IN ('running', 'done', 'failed')),
    owner text NOT NULL,
    lease_until timestamptz NOT NULL,
    attempts integer NOT NULL DEFAULT 1,
    started_at timestamptz NOT NULL,
    finished_at timestamptz,
    error text,
    PRIMARY KEY (workspace_id, job, scheduled_for)
  )`,
  `CREATE TABLE outbox (
    workspace_id text NOT NULL,
    id uuid NOT NULL,
    kind text NOT NULL,
    channel text NOT NULL,
    subject text NOT NULL,
    sequence integer NOT NULL DEFAULT 0,
    payload jsonb NOT NULL,
    status text NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'leased', 'sent', 'failed', 'uncertain')),
    attempts integer NOT NULL DEFAULT 0,
    lease_owner text,
    lease_until timestamptz,
    next_attempt_at timestamptz NOT NULL,
    message_ts text,
    thread_ts text,
    last_error text,
    created_at timestamptz NOT NULL,
    sent_at timestamptz,
    PRIMARY KEY (workspace_id, id),
    UNIQUE (workspace_id, kind, channel, subject, sequence)
  )`,
  `CREATE INDEX outbox_due ON outbox (workspace_id, next_attempt_at) WHERE status IN ('pending', 'leased')`,
  `CREATE TABLE slack_deliveries (
    workspace_id text NOT NULL,
    delivery_key text NOT NULL,
    received_at timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, delivery_key)
  )`,

  `CREATE TABLE proposals (
    workspace_id text NOT NULL,
    id uuid NOT NULL,
    date date NOT NULL,
    entity_type text NOT NULL,
    entity_key text NOT NULL,
    action_type text NOT NULL,
    title text NOT NULL,
    risk text NOT NULL CHECK (risk IN ('low', 'medium', 'high')),
    parameters jsonb NOT NULL DEFAULT '{}',
    state text NOT NULL CHECK (state IN ('proposed', 'approved', 'done', 'failed', 'dismissed', 'expired')),
    created_at timestamptz NOT NULL,
    expires_at timestamptz,
    decided_by text,
    decided_at timestamptz,
    executed_at timestamptz,
    outcome jsonb,
    PRIMARY KEY (workspace_id, id),
    UNIQUE (workspace_id, date, entity_type, entity_key, action_type)
  )`,

  `CREATE TABLE audit_entries (
    workspace_id text NOT NULL,
    id uuid NOT NULL,
    at timestamptz NOT NULL,
    actor text NOT NULL,
    actor_role text NOT NULL,
    action text NOT NULL,
    subject_type text NOT NULL,
    subject_id text NOT NULL,
    channel text,
    outcome text NOT NULL,
    details jsonb NOT NULL DEFAULT '{}',
    PRIMARY KEY (workspace_id, id)
  )`,
  // History is written once. Retention drops whole segments with the trigger off, in a migration of its own.
  `CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    RAISE EXCEPTION 'audit entries are append-only' USING ERRCODE = 'restrict_violation';
  END
  $$`,
  `CREATE TRIGGER audit_entries_append_only BEFORE UPDATE OR DELETE ON audit_entries
    FOR EACH ROW EXECUTE FUNCTION refuse_audit_change()`,
  `CREATE TABLE roles (
    workspace_id text NOT NULL,
    user_id text NOT NULL,
    role text NOT NULL CHECK (role IN ('viewer', 'analyst', 'approver', 'admin')),
    granted_by text NOT NULL,
    granted_at timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, user_id, role)
  )`,
  `CREATE TABLE settings (
    workspace_id text NOT NULL,
    key text NOT NULL,
    value jsonb NOT NULL,
    updated_by text NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, key)
  )`,
  `CREATE TABLE annotations (
    workspace_id text NOT NULL,
    id uuid NOT NULL,
    kind text NOT NULL,
    at timestamptz NOT NULL,
    surface_pattern text,
    text text NOT NULL,
    created_by text NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, id)
  )`,
  `CREATE TABLE maintenance_windows (
    workspace_id text NOT NULL,
    id uuid NOT NULL,
    starts_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL,
    surface_pattern text,
    reason text NOT NULL,
    created_by text NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, id),
    CHECK (starts_at < ends_at)
  )`,
  `CREATE TABLE source_freshness (
    workspace_id text NOT NULL,
    source text NOT NULL,
    first_event_at timestamptz NOT NULL,
    last_event_at timestamptz NOT NULL,
    last_received_at timestamptz NOT NULL,
    events_total bigint NOT NULL,
    PRIMARY KEY (workspace_id, source)
  )`,
];
