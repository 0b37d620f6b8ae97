import type { ColumnType, Generated, JSONColumnType } from 'kysely';
import type { Mute } from '../core/delivery/mute.ts';
import type { QuietHours, Schedule, SubscriptionKind } from '../core/delivery/subscription.ts';
import type { HeldReason, Told } from '../core/delivery/told.ts';
import type { HourlyMetricId } from '../core/detect/hours/hourly-finding.ts';
import type { Closure, EntryDetails, EntryKind, IncidentPicture, IncidentState } from '../core/incident/incident.ts';
import type { EntityType, Severity } from '../core/records.ts';

type Timestamp = ColumnType<Date, Date | string, Date | string>;
type MaybeTimestamp = ColumnType<Date | null, Date | string | null, Date | string | null>;
type Jsonb<T extends object> = JSONColumnType<T, string, string>;
type JsonbNullable<T extends object> = ColumnType<T | null, string | null, string | null>;

/** Tables about what a channel is told. */
export interface ChannelTables {
  incidents: {
    workspace_id: string;
    id: string;
    number: number;
    state: IncidentState;
    closure: Closure | null;
    duplicate_of: string | null;
    severity: Severity;
    lead_surface: string;
    lead_metric: HourlyMetricId;
    lead_direction: 'up' | 'down';
    since: Timestamp;
    opened_at: Timestamp;
    normal_hours: number;
    owner: string | null;
    acknowledged_at: MaybeTimestamp;
    snoozed_until: MaybeTimestamp;
    snoozed_by: string | null;
    ended_at: MaybeTimestamp;
    ended_by: string | null;
    reopenings: number;
    revision: number;
    picture: Jsonb<IncidentPicture>;
  };
  incident_members: {
    workspace_id: string;
    incident_id: string;
    surface: string;
    metric: HourlyMetricId;
    since: Timestamp;
    recovered: boolean;
    /** From 0, the leader's. */
    place: number;
  };
  incident_entries: {
    workspace_id: string;
    incident_id: string;
    sequence: number;
    at: Timestamp;
    actor: string;
    kind: EntryKind;
    details: Jsonb<EntryDetails>;
  };
  /** Until when hourly findings have become incidents. */
  incidents_followed: { workspace_id: string; until: Timestamp };
  alert_decisions: {
    workspace_id: string;
    incident_id: string;
    channel: string;
    decided_at: Timestamp;
    revision: number;
    posted: boolean;
    reason: HeldReason | null;
    /** The last revision, and the last entry, of which messages are in the outbox. */
    shown_revision: Generated<number>;
    shown_entry: Generated<number>;
  };
  mutes: {
    workspace_id: string;
    id: string;
    number: number;
    target: Mute['target'];
    pattern: string;
    until: MaybeTimestamp;
    reason: string | null;
    created_by: string;
    created_at: Timestamp;
    lifted_by: string | null;
    lifted_at: MaybeTimestamp;
  };
  subscriptions: {
    workspace_id: string;
    id: string;
    number: number;
    kind: SubscriptionKind;
    channel: string;
    surfaces: Jsonb<string[]>;
    severity: Severity;
    schedule: JsonbNullable<Schedule>;
    question: string | null;
    quiet: JsonbNullable<QuietHours>;
    weekly_budget: number;
    created_by: string;
    created_at: Timestamp;
    ended_by: string | null;
    ended_at: MaybeTimestamp;
    paused_reason: string | null;
    paused_at: MaybeTimestamp;
    next_due_at: MaybeTimestamp;
    lease_owner: string | null;
    lease_until: MaybeTimestamp;
    /** When the post that is due was tried first. */
    tried_since: MaybeTimestamp;
  };
  digests: {
    workspace_id: string;
    id: string;
    subscription_id: string;
    channel: string;
    due_at: Timestamp;
    date: string;
    told: Jsonb<Told>;
    corrections: number;
  };
  usefulness_votes: {
    workspace_id: string;
    date: string;
    entity_type: EntityType;
    entity_key: string;
    metric: string;
    voter: string;
    useful: boolean;
    at: Timestamp;
  };
  delivery_channels: { workspace_id: string; channel: string; next_post_at: Timestamp };
  /** There while Slack refuses the app as a whole. */
  delivery_holds: { workspace_id: string; until: Timestamp; since: Timestamp; reason: string };
}
