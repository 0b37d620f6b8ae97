import type { ColumnType, Generated, GeneratedAlways, JSONColumnType } from 'kysely';
import type { DrillReport } from '../core/backtest/drill.ts';
import type { LabelKind } from '../core/backtest/label.ts';
import type { ToldFinding } from '../core/detect/hours/hourly-finding.ts';
import type {
  Driver,
  EntityType,
  Explanation,
  JsonObject,
  PatternRecord,
  Priority,
  Role,
  TopSignature,
  TopTopic,
} from '../core/records.ts';
import type { JudgedDaySummary, OutboxItem, OutgoingMessage } from '../pipeline/ports.ts';
import type { ActingTables } from './acting-tables.ts';
import type { AnswerTables } from './answer-tables.ts';
import type { AuditTables } from './audit-tables.ts';
import type { BackfillTables } from './backfill-tables.ts';
import type { ChannelTables } from './channel-tables.ts';
import type { RunbookTables } from './runbook-tables.ts';
import type { WebhookTables } from './webhook-tables.ts';

/** Read as a Date; written as a Date, an ISO string or epoch seconds through SQL. */
type Timestamp = ColumnType<Date, Date | string, Date | string>;
/** A calendar day, `YYYY-MM-DD` both ways (see the type parser in database.ts). */
type CalendarDate = ColumnType<string, string, string>;
/** bigint read as a JavaScript number: money in minor units stays far below 2^53 (see database.ts). */
type BigIntNumber = ColumnType<number, number, number>;
/** Read and written as a Buffer. */
type Bytes = Buffer;
type Jsonb<T extends object> = JSONColumnType<T, string, string>;
type JsonbNullable<T extends object> = ColumnType<T | null, string | null, string | null>;

/** What is counted of a surface in a bucket of any grain. */
interface SurfaceMetrics {
  workspace_id: string;
  surface: string;
  pageviews: number;
  actions: number;
  dropoffs: number;
  errors: number;
  tickets: number;
  replies: number;
  requests: number;
  request_failures: number;
  latency_p50: number | null;
  latency_p95: number | null;
  affected_accounts: number;
  affected_users: number;
  revenue: BigIntNumber;
  revenue_at_risk: BigIntNumber;
  release_top: string | null;
  release_share: number | null;
  env_top: string | null;
  top_error_signatures: Jsonb<TopSignature[]>;
  top_ticket_topics: Jsonb<TopTopic[]>;
  normaliser_version: number;
}

export interface Database
  extends ActingTables,
    AnswerTables,
    AuditTables,
    BackfillTables,
    ChannelTables,
    RunbookTables,
    WebhookTables {
  events: {
    workspace_id: string;
    event_key: string;
    source_id: string | null;
    ts: Timestamp;
    source: string;
    type: string;
    account: string | null;
    user: string | null;
    key_id: string | null;
    surface: string | null;
    severity: number | null;
    value: number | null;
    amount_minor: BigIntNumber | null;
    error_signature: string | null;
    ticket_topic: string | null;
    release: string | null;
    env: string | null;
    status: number | null;
    endpoint: string | null;
    order_id: string | null;
    normaliser_version: number;
    meta: Jsonb<JsonObject>;
  };
  dirty_buckets: { workspace_id: string; mark_id: Generated<number>; date: CalendarDate; surface: string };
  /** Bit n of `hours`: the local clock's hour n of that date. */
  dirty_hours: {
    workspace_id: string;
    mark_id: Generated<number>;
    date: CalendarDate;
    surface: string;
    hours: number;
  };
  dirty_accounts: { workspace_id: string; mark_id: Generated<number>; account: string; since: CalendarDate };
  daily_surface_metrics: SurfaceMetrics & { date: CalendarDate; origin: 'events' | 'aggregates' };
  hourly_surface_metrics: SurfaceMetrics & { hour: Timestamp };
  daily_release_metrics: {
    workspace_id: string;
    date: CalendarDate;
    surface: string;
    release: string;
    pageviews: number;
    requests: number;
    errors: number;
  };
  daily_signature_metrics: {
    workspace_id: string;
    date: CalendarDate;
    surface: string;
    signature: string;
    errors: number;
    example: string;
    url: string | null;
    release_top: string | null;
  };
  findings: {
    workspace_id: string;
    date: CalendarDate;
    entity_type: EntityType;
    entity_key: string;
    rule: string;
    metric: string;
    direction: 'up' | 'down' | null;
    current: number | null;
    expected: number | null;
    p_value: number | null;
    q_value: number | null;
    z: number | null;
    delta_pct: number | null;
    evidence: Jsonb<JsonObject>;
  };
  priorities: {
    workspace_id: string;
    date: CalendarDate;
    entity_type: EntityType;
    entity_key: string;
    rank: number;
    score: number;
    drivers: Jsonb<Driver[]>;
    pattern_record: Jsonb<PatternRecord>;
    explanation: JsonbNullable<Explanation>;
    incident_id: string | null;
    members: Jsonb<Priority['members']>;
  };
  judged_days: {
    workspace_id: string;
    date: CalendarDate;
    as_of: Timestamp;
    surfaces: number;
    findings: number;
    priorities: number;
    summary: Jsonb<JudgedDaySummary>;
  };
  job_runs: {
    workspace_id: string;
    job: string;
    scheduled_for: Timestamp;
    status: 'running' | 'done' | 'failed';
    owner: string;
    lease_until: Timestamp;
    attempts: Generated<number>;
    started_at: Timestamp;
    finished_at: Timestamp | null;
    error: string | null;
  };
  outbox: {
    workspace_id: string;
    id: string;
    kind: string;
    channel: string;
    subject: string;
    sequence: number;
    payload: Jsonb<OutgoingMessage>;
    operation: Generated<OutboxItem['operation']>;
    parent_kind: string | null;
    parent_subject: string | null;
    /** By a try before, or by one that is under way. */
    may_be_posted: Generated<boolean>;
    /** What it is about: its parent, or for a message of its own itself. */
    topic_kind: GeneratedAlways<string>;
    topic_subject: GeneratedAlways<string>;
    status: 'pending' | 'leased' | 'sent' | 'failed' | 'uncertain' | 'superseded';
    attempts: Generated<number>;
    lease_owner: string | null;
    lease_until: Timestamp | null;
    next_attempt_at: Timestamp;
    message_ts: string | null;
    last_error: string | null;
    created_at: Timestamp;
    sent_at: Timestamp | null;
  };
  slack_deliveries: { workspace_id: string; delivery_key: string; received_at: Timestamp };
  roles: { workspace_id: string; user_id: string; role: Role; granted_by: string; granted_at: Timestamp };
  settings: {
    workspace_id: string;
    key: string;
    value: ColumnType<unknown, string, string>;
    updated_by: string;
    updated_at: Timestamp;
  };
  ticket_themes: {
    workspace_id: string;
    theme_id: string;
    label: string;
    terms: Jsonb<string[]>;
    exemplars: Jsonb<string[]>;
    first_seen: CalendarDate;
    last_seen: CalendarDate;
    tickets: number;
    normaliser_version: number;
  };
  ticket_theme_days: { workspace_id: string; theme_id: string; date: CalendarDate; tickets: number };
  ticket_theme_tickets: {
    workspace_id: string;
    event_key: string;
    theme_id: string | null;
    settled: boolean;
    normaliser_version: number;
  };
  error_signatures: {
    workspace_id: string;
    signature: string;
    template: JsonbNullable<string[]>;
    template_changed_at: Timestamp;
    title: string;
    example: string;
    first_url: string | null;
    latest_url: string | null;
    first_seen: Timestamp;
    last_seen: Timestamp;
    first_release: string | null;
    releases: Jsonb<string[]>;
    merged_into: string | null;
    normaliser_version: number;
  };
  detection_labels: {
    workspace_id: string;
    id: string;
    kind: LabelKind;
    entity_type: EntityType;
    entity_key: string;
    date: string;
    note: string | null;
    created_by: string;
    created_at: Timestamp;
  };
  drills: {
    workspace_id: string;
    id: string;
    ran_at: Timestamp;
    first: CalendarDate;
    last: CalendarDate;
    report: Jsonb<DrillReport>;
  };
  hourly_judged: { workspace_id: string; judged_until: Timestamp; product_state: Bytes };
  hourly_model_states: { workspace_id: string; surface: string; state: Bytes };
  hourly_findings: Omit<ToldFinding, 'hour' | 'since'> & {
    workspace_id: string;
    hour: Timestamp;
    since: Timestamp;
  };
  annotations: {
    workspace_id: string;
    id: string;
    kind: string;
    at: Timestamp;
    surface_pattern: string | null;
    text: string;
    created_by: string;
    created_at: Timestamp;
  };
  maintenance_windows: {
    workspace_id: string;
    id: string;
    starts_at: Timestamp;
    ends_at: Timestamp;
    surface_pattern: string | null;
    reason: string;
    created_by: string;
    created_at: Timestamp;
  };
  dirty_days: { workspace_id: string; mark_id: Generated<number>; date: CalendarDate };
  daily_event_counts: {
    workspace_id: string;
    date: CalendarDate;
    cell: number;
    type: string;
    source: string;
    surface: string | null;
    release: string | null;
    env: string | null;
    plan: string | null;
    platform: string | null;
    severity: number | null;
    status: number | null;
    endpoint: string | null;
    error_signature: string | null;
    category: string | null;
    stage: string | null;
    tool: string | null;
    use_case: string | null;
    completion_status: string | null;
    success: string | null;
    has_order: boolean;
    events: number;
    amount_minor: BigIntNumber | null;
    /** A numeric, which is read as text. */
    value: string | null;
  };
  /** Bit n of a column of days: seen on day n + 1 of the month. */
  monthly_actors: {
    workspace_id: string;
    month: CalendarDate;
    kind: 'user' | 'account' | 'conversation';
    actor: string;
    active: number;
    affected: number;
    assisted: number;
    exhausted: number;
    conversed: number;
  };
  event_spans: { workspace_id: string; source: string; type: string; first_at: Timestamp; last_at: Timestamp };
  source_freshness: {
    workspace_id: string;
    source: string;
    first_event_at: Timestamp;
    last_event_at: Timestamp;
    last_received_at: Timestamp;
    events_total: BigIntNumber;
  };
  source_hours: { workspace_id: string; source: string; hour: Timestamp; first_received_at: Timestamp };
}
