/**
 * An incident: people and messages about one or several statistical episodes. It has one message in a channel for its
 * whole life; every change of it is a revision, and that message shows the last one.
 */
import type { HourlyMetricId } from '../detect/hours/hourly-finding.ts';
import type { Severity } from '../records.ts';

export const INCIDENT_STATES = ['open', 'acknowledged', 'recovering', 'resolved', 'closed'] as const;
/** `resolved` is back to normal, or said to be; `closed` was none, was expected, or is told elsewhere. */
export type IncidentState = (typeof INCIDENT_STATES)[number];

/** Why an incident was closed without being resolved. */
export const CLOSURES = ['false', 'expected', 'duplicate'] as const;
export type Closure = (typeof CLOSURES)[number];

/** A page's metric that is outside normal. */
export interface IncidentMember {
  surface: string;
  metric: HourlyMetricId;
  /** Its episode's first hour, epoch milliseconds. */
  since: number;
  /** Its episode has ended. */
  recovered: boolean;
}

/** What the members were found to share, so that they are one incident. */
export interface IncidentCause {
  by: 'error_signature' | 'release' | 'storm';
  /** The signature or the release; empty for a storm, whose members share nothing but the hour. */
  value: string;
  /** Members that share it, the leader included. */
  members: number;
}

/** The leader's figures of one hour against what is expected of it. */
export interface HourFigures {
  /** Start of the hour, epoch milliseconds. */
  hour: number;
  /** A rate per view or request; for traffic, views or requests. */
  current: number;
  expected: number;
  lower: number;
  upper: number;
}

/** What was last known of an incident, as its message tells it. Null is "not known", never zero. */
export interface IncidentPicture {
  /** The last hour that was outside normal. */
  latest: HourFigures;
  /** The hour farthest from what is expected of it. */
  peak: HourFigures;
  trend: 'rising' | 'steady' | 'falling';
  /** What the rate counts in the latest hour, and of how many; null for traffic. */
  count: {
    of: 'errors' | 'request_failures' | 'dropoffs';
    hits: number;
    exposure: number;
    per: 'views' | 'requests';
  } | null;
  /** Distinct accounts and users with a fault on the members' pages since the incident began. */
  accounts: number | null;
  users: number | null;
  /** The error most faults of the leader are, and its share of them (0-1). */
  signature: { name: string; share: number } | null;
  /** The release most faults of the leader ran under, when it was first seen there, and its share of them (0-1). */
  release: { name: string; firstSeen: number; share: number } | null;
  cause: IncidentCause | null;
}

export interface Incident {
  id: string;
  /** What people call it by: #12. */
  number: number;
  state: IncidentState;
  closure: Closure | null;
  /** The other incident's id, where it is a duplicate. */
  duplicateOf: string | null;
  severity: Severity;
  /** The page and metric it is named after. */
  lead: { surface: string; metric: HourlyMetricId; direction: 'up' | 'down' };
  /** The leader first. */
  members: IncidentMember[];
  /** All in epoch milliseconds. */
  since: number;
  openedAt: number;
  /** Judged hours in line since the last one that was outside normal; so many resolve it. */
  normalHours: number;
  /** Slack user id. */
  owner: string | null;
  acknowledgedAt: number | null;
  /** Until then nothing of it pings anybody; its message still changes. */
  snoozedUntil: number | null;
  snoozedBy: string | null;
  endedAt: number | null;
  /** Slack user id, or `system` for the clock. */
  endedBy: string | null;
  reopenings: number;
  /** Grows by one with every change. */
  revision: number;
  picture: IncidentPicture;
}

/** What happened to an incident, for its thread and its audit. */
export const ENTRY_KINDS = [
  'opened',
  'joined',
  'escalated',
  'eased',
  'acknowledged',
  'released',
  'snoozed',
  'woken',
  'recovering',
  'worsened',
  'resolved',
  'reopened',
  'closed',
] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];

export interface IncidentEntry {
  incidentId: string;
  /** From 1. */
  sequence: number;
  at: number;
  /** Slack user id, or `system` for the clock. */
  actor: string;
  kind: EntryKind;
  /** What it was before and is now, as far as the kind has such: severity, surfaces, until, closure, note. */
  details: EntryDetails;
}

export interface EntryDetails {
  severity?: Severity;
  severityBefore?: Severity;
  surfaces?: string[];
  until?: number;
  closure?: Closure;
  duplicateOf?: number;
  note?: string;
  owner?: string;
}

/** States in which it is about something that goes on. */
export const isLive = ({ state }: Pick<Incident, 'state'>): boolean =>
  state === 'open' || state === 'acknowledged' || state === 'recovering';
