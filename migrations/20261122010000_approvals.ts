import { type Kysely, sql } from 'kysely';

/**
 * Approving and acting: proposals about priorities and incidents with every approval of theirs, a durable queue of
 * executions, the global stop, checks of what actions did, notices to owners, and assessments.
 */
export async function up(db: Kysely<never>): Promise<void> {
  const statements = [
    'ALTER TABLE proposals RENAME TO proposals_of_digests',
    'ALTER TABLE proposals_of_digests RENAME CONSTRAINT proposals_pkey TO proposals_of_digests_pkey',
    `CREATE TABLE proposals (
    workspace_id text NOT NULL,
    id uuid NOT NULL,
    number integer NOT NULL,
    key text NOT NULL,
    subject jsonb NOT NULL,
    subject_key text NOT NULL,
    proposed_by text NOT NULL,
    edited_by text,
    action_type text NOT NULL,
    title text NOT NULL,
    risk text NOT NULL CHECK (risk IN ('low', 'medium', 'high')),
    parameters jsonb NOT NULL,
    why text NOT NULL,
    expectation jsonb,
    state text NOT NULL CHECK (state IN ('proposed', 'approved', 'rejected', 'expired', 'withdrawn')),
    version integer NOT NULL DEFAULT 1,
    revision integer NOT NULL DEFAULT 1,
    shown_revision integer NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    reminded_at timestamptz,
    decided_by text,
    decided_at timestamptz,
    reason text,
    PRIMARY KEY (workspace_id, id),
    UNIQUE (workspace_id, number),
    UNIQUE (workspace_id, key),
    CHECK ((state = 'proposed') = (decided_at IS NULL))
  )`,
    'CREATE INDEX proposals_of_subject ON proposals (workspace_id, subject_key)',
    "CREATE INDEX proposals_waiting ON proposals (workspace_id, expires_at) WHERE state = 'proposed'",
    'CREATE INDEX proposals_behind ON proposals (workspace_id, created_at) WHERE shown_revision < revision',
    `CREATE TABLE approvals (
    workspace_id text NOT NULL,
    proposal_id uuid NOT NULL,
    version integer NOT NULL,
    user_id text NOT NULL,
    at timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, proposal_id, version, user_id)
  )`,
    `CREATE TABLE executions (
    workspace_id text NOT NULL,
    id uuid NOT NULL,
    proposal_id uuid NOT NULL,
    state text NOT NULL CHECK (state IN ('queued', 'running', 'done', 'failed', 'cancelled', 'uncertain')),
    queued_at timestamptz NOT NULL,
    not_before timestamptz NOT NULL,
    started_at timestamptz,
    finished_at timestamptz,
    attempts integer NOT NULL DEFAULT 0,
    lease_owner text,
    lease_until timestamptz,
    summary text,
    link text,
    details jsonb NOT NULL DEFAULT '{}'::jsonb,
    PRIMARY KEY (workspace_id, id),
    UNIQUE (workspace_id, proposal_id),
    CHECK ((state IN ('queued', 'running')) = (finished_at IS NULL))
  )`,
    "CREATE INDEX executions_open ON executions (workspace_id, not_before) WHERE state IN ('queued', 'running')",
    'CREATE INDEX executions_finished ON executions (workspace_id, finished_at) WHERE finished_at IS NOT NULL',
    `CREATE TABLE execution_stops (
    workspace_id text PRIMARY KEY,
    stopped_by text NOT NULL,
    stopped_at timestamptz NOT NULL,
    reason text
  )`,
    `CREATE TABLE effect_checks (
    workspace_id text NOT NULL,
    proposal_id uuid NOT NULL,
    action_type text NOT NULL,
    expectation jsonb NOT NULL,
    done_at timestamptz NOT NULL,
    due_at timestamptz NOT NULL,
    checked_at timestamptz,
    verdict text CHECK (verdict IN ('helped', 'did_not_help', 'worse', 'cannot_tell')),
    result jsonb,
    PRIMARY KEY (workspace_id, proposal_id),
    CHECK ((checked_at IS NULL) = (verdict IS NULL))
  )`,
    'CREATE INDEX effect_checks_due ON effect_checks (workspace_id, due_at) WHERE checked_at IS NULL',
    `CREATE TABLE owner_notices (
    workspace_id text NOT NULL,
    id uuid NOT NULL,
    key text NOT NULL,
    proposal_id uuid,
    incident_id uuid,
    owner text NOT NULL,
    channel text NOT NULL,
    text text NOT NULL,
    sent_at timestamptz NOT NULL,
    acknowledged_by text,
    acknowledged_at timestamptz,
    escalate_to text,
    escalate_at timestamptz,
    escalated_at timestamptz,
    PRIMARY KEY (workspace_id, id),
    UNIQUE (workspace_id, key),
    CHECK ((escalate_to IS NULL) = (escalate_at IS NULL))
  )`,
    `CREATE INDEX owner_notices_waiting ON owner_notices (workspace_id, escalate_at)
    WHERE acknowledged_at IS NULL AND escalated_at IS NULL`,
    `CREATE TABLE assessments (
    workspace_id text NOT NULL,
    subject_key text NOT NULL,
    subject jsonb NOT NULL,
    facts_hash text NOT NULL,
    assessment jsonb NOT NULL,
    written_at timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, subject_key)
  )`,
    `INSERT INTO proposals (workspace_id, id, number, key, subject, subject_key, proposed_by, action_type, title, risk,
      parameters, why, state, shown_revision, created_at, expires_at, decided_by, decided_at)
    SELECT workspace_id, id, row_number() OVER (PARTITION BY workspace_id ORDER BY created_at, id),
      'priority:' || date || ':' || entity_type || ':' || entity_key || ':' || action_type,
      jsonb_build_object('kind', 'priority', 'date', date, 'entity_type', entity_type, 'entity_key', entity_key),
      'priority:' || date || ':' || entity_type || ':' || entity_key, 'system', action_type, title, risk, parameters, '',
      CASE state WHEN 'dismissed' THEN 'rejected' WHEN 'done' THEN 'approved' WHEN 'failed' THEN 'approved' ELSE state END, 1,
      created_at, coalesce(expires_at, created_at + interval '1 day'), decided_by,
      CASE WHEN state = 'proposed' THEN NULL ELSE coalesce(decided_at, expires_at, created_at) END
    FROM proposals_of_digests`,
    `INSERT INTO approvals (workspace_id, proposal_id, version, user_id, at)
    SELECT workspace_id, id, 1, decided_by, decided_at FROM proposals_of_digests
    WHERE state IN ('approved', 'done', 'failed') AND decided_by IS NOT NULL AND decided_at IS NOT NULL`,
    `INSERT INTO executions (workspace_id, id, proposal_id, state, queued_at, not_before, started_at, finished_at, attempts,
      summary, details)
    SELECT workspace_id, id, id, CASE state WHEN 'done' THEN 'done' WHEN 'failed' THEN 'failed' ELSE 'cancelled' END,
      coalesce(decided_at, created_at), coalesce(decided_at, created_at), executed_at,
      coalesce(executed_at, decided_at, created_at), 1, outcome ->> 'summary', coalesce(outcome, '{}'::jsonb)
    FROM proposals_of_digests WHERE state IN ('approved', 'done', 'failed')`,
    'DROP TABLE proposals_of_digests',
  ];
  for (const statement of statements) await sql.raw(statement).execute(db);
}
