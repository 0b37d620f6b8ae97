/**
 * The records that travel through the pipeline. Public records (events, findings, pattern records,
 * priorities) keep the snake_case names of the contract, so they need no mapping on the way out.
 */

export const SOURCES = ['posthog', 'intercom', 'helpscout', 'api_log', 'sentry', 'app'] as const;
export type Source = (typeof SOURCES)[number];

export const EVENT_TYPES = [
  'pageview',
  'action',
  'dropoff',
  'ticket',
  'reply',
  'error',
  'request',
  'revenue',
  'signup',
  'session',
  'message',
  'tool_call',
  'completion',
] as const;
export type EventType = (typeof EVENT_TYPES)[number];

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

/** An event as it enters (seed 000's shape), already validated; not yet normalised, redacted or keyed. */
export interface Event {
  /** Epoch milliseconds. */
  ts: number;
  source: Source;
  type: EventType;
  account: string | null;
  /** The person's id as sent; never stored, see `StorableEvent.user`. */
  user: string | null;
  /** The person's address where it was sent, lower-case: a key to know them by in several tools. Dropped before storing. */
  email?: string | undefined;
  surface: string | null;
  /** 0-4, 4 worst. */
  severity: number | null;
  /** Major units of money for revenue, milliseconds for request, minutes for session, credits otherwise. */
  value: number | null;
  id: string | null;
  meta: JsonObject;
}

/** An event ready to store: normalised, redacted, pseudonymised and keyed. */
export interface StorableEvent {
  /** 128 bits of SHA-256 as a UUID string: over (source, id), or over the content where there is no id. */
  event_key: string;
  /** `content`: identical events are told apart by their occurrence number within one file or delivery. */
  keyed_by: 'id' | 'content';
  source_id: string | null;
  ts: number;
  source: Source;
  type: EventType;
  account: string | null;
  /** Keyed pseudonym of the user; never the id that was sent. */
  user: string | null;
  /** Which pseudonym key made `user`. */
  key_id: string | null;
  /** Route template, or null where the event has none. */
  surface: string | null;
  severity: number | null;
  /** Non-money measurement; null for revenue. */
  value: number | null;
  /** Money in integer minor units; null unless revenue. */
  amount_minor: number | null;
  error_signature: string | null;
  /** The masked message, where the signature is made of it: what grouping reads at ingest. Not stored. */
  masked_message?: string;
  ticket_topic: string | null;
  release: string | null;
  env: string | null;
  status: number | null;
  endpoint: string | null;
  order_id: string | null;
  normaliser_version: number;
  /** What is left of meta, redacted. */
  meta: JsonObject;
}

export interface TopSignature {
  sig: string;
  count: number;
  example: string;
}

export interface TopTopic {
  topic: string;
  count: number;
  snippets: string[];
}

/** One row of `daily_surface_metrics`: a surface on a calendar day of the workspace's zone. */
export interface SurfaceDay {
  /** YYYY-MM-DD. */
  date: string;
  surface: string;
  pageviews: number;
  actions: number;
  dropoffs: number;
  errors: number;
  tickets: number;
  requests: number;
  request_failures: number;
  /** Milliseconds; null without requests. */
  latency_p50: number | null;
  latency_p95: number | null;
  affected_accounts: number;
  affected_users: number;
  /** Exposure: latest known monthly revenue of the accounts affected that day, in minor units. Never a loss. */
  revenue_at_risk: number;
  /** Minor units. */
  revenue: number;
  /** The release most errors of that day ran under, and its share of them (0-1). */
  release_top: string | null;
  release_share: number | null;
}

/** The lists of a row of `daily_surface_metrics`, read only for the days that are shown. */
export interface SurfaceDetail {
  date: string;
  surface: string;
  env_top: string | null;
  top_error_signatures: TopSignature[];
  top_ticket_topics: TopTopic[];
}

/** A day of a surface that a team counted already. Money in minor units; what was not sent is null or zero. */
export interface AggregateRow
  extends Omit<SurfaceDay, 'requests' | 'request_failures' | 'latency_p50' | 'latency_p95' | 'revenue'> {
  top_error_signatures: TopSignature[];
  top_ticket_topics: TopTopic[];
}

/** A release seen on a surface that day: the exposure and the errors under it. */
export interface ReleaseDay {
  date: string;
  surface: string;
  release: string;
  pageviews: number;
  requests: number;
  errors: number;
}

/** An error signature on a surface that day. */
export interface SignatureDay {
  date: string;
  surface: string;
  signature: string;
  errors: number;
  example: string;
  /** Deep link back to the tool for the earliest example, where one was sent. */
  url: string | null;
  release_top: string | null;
}

export const ENTITY_TYPES = ['surface', 'error_signature'] as const;
export type EntityType = (typeof ENTITY_TYPES)[number];

/** Names what findings and priorities are about. */
export interface EntityRef {
  entity_type: EntityType;
  entity_key: string;
}

export const PROFILES = ['seed', 'default'] as const;
export type Profile = (typeof PROFILES)[number];

/** How readily people are told, quietest first. */
export type Sensitivity = 'quiet' | 'normal' | 'eager';

/** Dates are YYYY-MM-DD; half-open `[start, end)`. */
export interface DateRange {
  start: string;
  end: string;
}

/** What one rule says of one entity and metric on one judged day, with its evidence. */
export interface Finding {
  date: string;
  entity_type: EntityType;
  entity_key: string;
  /** The rule's id: spike, co-occurrence, lag, concentration, release, insufficient-history, … */
  rule: string;
  metric: string;
  direction: 'up' | 'down' | null;
  current: number | null;
  expected: number | null;
  p_value: number | null;
  q_value: number | null;
  z: number | null;
  delta_pct: number | null;
  /** Of what a measuring rule flagged, `evidence.sensitivity` is the quietest setting at which it is told. */
  evidence: JsonObject;
}

/** What a finding cost beyond normal days, with the range the baseline allows; the judged day's unless it says so. */
export interface Impact {
  /** What was counted: errors, dropoffs, tickets, request_failures, actions, pageviews, requests. */
  counts: string;
  /** More than expected; fewer for what is bad when it falls. */
  excess: number;
  low: number;
  high: number;
  /** The same over the days since the episode began, as far as they have data. */
  episode: { days: number; excess: number; low: number; high: number };
}

/** Estimated revenue lost over the episode, in major units: missing × unit value, with the range of what is missing. */
export interface Loss {
  of: 'actions' | 'pageviews';
  missing: number;
  /** Average revenue of one of them over the 28 days before, from `sample` of them. */
  unit_value: number;
  sample: number;
  amount: number;
  low: number;
  high: number;
  per_day: number;
  per_hour: number;
}

/**
 * Whom an episode hit, as bounds: the fewest are those of the source that saw most, the most are all different ids,
 * because one person may have another id in each tool.
 */
export interface EpisodeReach {
  accounts: [number, number];
  users: [number, number];
}

/** What several flagged entities have in common, so that they are told as one. */
export interface SharedCause {
  by: 'error_signature' | 'release' | 'account' | 'funnel';
  value: string;
  /** In a funnel: the page of the earliest flagged step, before which nothing is flagged. */
  upstream?: string | undefined;
  /** Under a release: since when they are outside normal. */
  since?: string | undefined;
  /** Flagged entities that share it, the leader included. */
  members: number;
}

/** A value of a dimension and its part of a ratio's change, in the ratio's own unit. */
export interface Contributor {
  dimension: string;
  value: string;
  /** `rate` + `mix`. */
  change: number;
  /** Because the segment's own ratio changed. */
  rate: number;
  /** Because it became a larger or smaller part of the whole. */
  mix: number;
  /** Of the whole change; over 1 where others moved against it. */
  share: number;
  /** Of the events before: a segment that explains as much as it always held explains nothing. */
  usual_share: number;
  count: number;
}

export interface Contributors {
  before: number;
  now: number;
  change: number;
  /** Most telling first; empty where no dimension explains the change. */
  explained: Contributor[];
  /** Dimensions that were looked at and had more than one value. */
  searched: string[];
  /** None of the dimensions explains it. */
  outside: boolean;
}

/** A rate or level on the judged day against what its baseline expects. */
export interface Signal {
  current: number;
  baseline: number | null;
  delta_pct: number | null;
  z: number | null;
  p_value: number | null;
  /** Where a normal day would fall, low and high. */
  interval: [number, number] | null;
}

/** Seed 000's LLM-ready record; further keys are additions. */
export interface PatternRecord {
  entity_type: EntityType;
  entity_key: string;
  /** Half-open, the 7 days that end after the judged day. */
  window: DateRange;
  signals: {
    /** Of the judged day. */
    pageviews: number;
    error_rate: Signal;
    dropoff_rate: Signal;
    ticket_rate: Signal;
    affected_accounts: number;
    affected_users: number;
    /** Exposure in major units. */
    revenue_at_risk: number;
    /** Additions, judged-day counts: errors, dropoffs, tickets, requests, request_failures. */
    errors: number;
    dropoffs: number;
    tickets: number;
    requests: number;
    request_failures: number;
    /** Share of requests that failed; null without requests. */
    failure_rate: Signal | null;
    /** Milliseconds; null without requests. */
    latency_p95: Signal | null;
    /** Pageviews against what is expected: a drop is an outage or a tracking gap. */
    traffic: Signal;
    /** Actions per view, where it was judged. */
    conversion_rate?: Signal;
  };
  /** Σ(observed − expected) over the judged day, where the lead metric counts something; never exposure. */
  impact?: Impact;
  /** Where a conversion drop or missing traffic cost revenue that can be told. */
  loss?: Loss;
  /** Over the episode, where its events are known. */
  reach?: EpisodeReach;
  /** Set on the leader of several that share one root. */
  shared_cause?: SharedCause;
  /** What the lead metric's change is made of, where events are there to tell. */
  contributors?: Contributors;
  top_error_signatures: TopSignature[];
  top_ticket_topics: TopTopic[];
  context: { release_top: string | null; release_share: number | null; env: string | null };
  hints: string[];
  /** The findings this record stands on, main one first. */
  findings: Finding[];
  /** The 30 days up to and including the judged day, oldest first, of the metric that leads; older records have 28. */
  series: {
    metric: string;
    points: {
      date: string;
      value: number | null;
      expected: number | null;
      /** The normal range; records of days judged before it was kept have none. */
      interval?: [number, number] | null;
    }[];
  };
  /** Since when the lead metric has been flagged, single normal days in between included. */
  since: string;
  /** Days from then to the judged one, both included. */
  days: number;
  /** Links back to the source tools, latest first. */
  links: { label: string; url: string }[];
}

/** A named part of a priority's score; the points of all drivers add up to the score. Only feedback may be negative. */
export interface Driver {
  name: 'reach' | 'money' | 'severity' | 'corroboration' | 'novelty' | 'trend' | 'feedback';
  value: number;
  unit: string;
  points: number;
}

export interface Priority {
  date: string;
  /** 1 is first. */
  rank: number;
  entity_type: EntityType;
  entity_key: string;
  score: number;
  drivers: Driver[];
  pattern_record: PatternRecord;
  /** Set once incidents group surfaces. */
  incident_id: string | null;
  members: { entity_type: EntityType; entity_key: string }[];
}

/** How bad, by one word and shape: high ●, medium ◐, low ○. */
export type Severity = 'high' | 'medium' | 'low';

/** A figure that may be shown: computed by code, named so that a text can point at it. */
export interface Fact {
  id: string;
  label: string;
  value: number | string;
  unit: string;
  /** The figure as people read it, e.g. "8.3%" or "$12.8k". */
  text: string;
}

/** What a person reads of a priority. Every figure in it came from a fact. */
export interface Explanation {
  summary: string;
  likely_reason: string;
  action: SuggestedAction;
  written_by: 'template' | 'model';
}

export type Risk = 'low' | 'medium' | 'high';

export interface SuggestedAction {
  /** Registered action type, see `src/actions`. */
  type: string;
  title: string;
  risk: Risk;
  parameters: JsonObject;
}

export const ROLES = ['viewer', 'analyst', 'approver', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** Append-only: who did what to what, with which outcome. Never row data, never secrets. */
export interface AuditEntry {
  id: string;
  /** Epoch milliseconds. */
  at: number;
  /** A Slack user id, or `system`. */
  actor: string;
  actor_role: Role | 'system';
  action: string;
  subject_type: string;
  subject_id: string;
  channel: string | null;
  outcome: string;
  details: JsonObject;
}
