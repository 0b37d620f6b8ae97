/** What a channel asked to be told, when, and how much of it. */
import type { Severity } from '../records.ts';

export const SUBSCRIPTION_KINDS = ['digest', 'alerts', 'weekly', 'question'] as const;
export type SubscriptionKind = (typeof SUBSCRIPTION_KINDS)[number];

/** A time of day on days of the week, in an IANA zone. */
export interface Schedule {
  /** Minutes after midnight on the local clock, 0-1439. */
  minute: number;
  /** 1 Monday … 7 Sunday, ascending, at least one. */
  weekdays: readonly number[];
  zone: string;
}

/** Local times between which only high severity pings; it may pass midnight. Minutes after midnight. */
export interface QuietHours {
  from: number;
  until: number;
  zone: string;
}

export interface Subscription {
  id: string;
  /** What people call it by. */
  number: number;
  kind: SubscriptionKind;
  /** Slack channel id; a person's own messages where it is a D… or U… id. */
  channel: string;
  /** Patterns with `*`; empty for every page. */
  surfaces: readonly string[];
  /** At least this bad. */
  severity: Severity;
  /** Null for alerts, which come when they come. */
  schedule: Schedule | null;
  /** The saved question; null for other kinds. */
  question: string | null;
  /** Of alerts. */
  quiet: QuietHours | null;
  /** Alerts a week before the least valuable wait for the digest. */
  weeklyBudget: number;
  /** Slack user id, or `system`. */
  createdBy: string;
  createdAt: number;
  /** Why Slack did not take its messages, and since when nothing is sent; null while it runs. */
  paused: { reason: string; at: number } | null;
  /** Epoch milliseconds of the next post; null for alerts. */
  nextDueAt: number | null;
}

/** Alerts a week and channel, unless a subscription says otherwise. */
export const WEEKLY_BUDGET = 10;
