/** Ports of what channels asked for, and of what they were told. */
import type { Subscription } from '../core/delivery/subscription.ts';
import type { Told } from '../core/delivery/told.ts';
import type { JudgedAlerts } from '../core/incident/rule-precision.ts';
import type { Feedback } from '../core/rank/feedback.ts';
import type { DateRange, EntityRef } from '../core/records.ts';
import type { Declarer } from './declarer.ts';

export type NewSubscription = Omit<Subscription, 'id' | 'number' | 'createdAt' | 'createdBy' | 'paused'>;

/** One whose next post is due, leased to whoever claimed it. */
export interface DueSubscription extends Subscription {
  nextDueAt: number;
  /** When this post was tried first, epoch milliseconds. */
  triedSince: number;
}

/** From a post (epoch ms) of a subscription to its next; null for none. */
export interface Step {
  id: string;
  dueAt: number;
  nextDueAt: number | null;
}

export interface SubscriptionStore {
  /** With its audit row. The same kind, channel, pages and question again changes the one there is, and runs it again. */
  add(subscription: NewSubscription, by: Declarer | 'system'): Promise<Subscription>;
  find(number: number): Promise<Subscription | undefined>;
  /** Ended ones too. */
  get(id: string): Promise<Subscription | undefined>;
  /** That are not ended, by number; paused ones too. */
  list(channel?: string): Promise<Subscription[]>;
  /** @throws SeepassError `not_found` when it is not there, or ended already. */
  end(number: number, by: Declarer): Promise<Subscription>;
  /** Whether any was ever made for the channel, ended ones included. */
  everIn(channel: string): Promise<boolean>;
  /** Leases what is due at an instant to this owner, the longest due first. */
  claimDue(owner: string, leaseMs: number, limit: number): Promise<DueSubscription[]>;
  /** Keeps a leased one back until an instant; nothing happens where it is no longer at `dueAt`, or somebody else's. */
  defer(id: string, owner: string, dueAt: number, until: number): Promise<void>;
  /** Moves leased ones on to their next posts; nothing happens to one that is no longer at `dueAt`. */
  advance(steps: readonly Step[]): Promise<void>;
  /** Every one of the channel, once. @returns those that were running. */
  pause(channel: string, reason: string): Promise<Subscription[]>;
  /** Every paused one of the channel; posts missed meanwhile are not made up for. */
  resume(channel: string, by: Declarer | 'system'): Promise<Subscription[]>;
}

/** A digest as it was posted. */
export interface PostedDigest {
  id: string;
  subscriptionId: string;
  channel: string;
  /** Epoch milliseconds. */
  dueAt: number;
  /** The judged day, or the last one of a weekly digest's seven. */
  date: string;
  told: Told;
  corrections: number;
}

export type NewDigest = Omit<PostedDigest, 'id' | 'corrections'>;

export interface DigestStore {
  /** Once per subscription and due time; what is there already stays. @returns the one there is. */
  put(digest: NewDigest): Promise<PostedDigest>;
  /** The same for many at once, each of another subscription or due time. */
  putAll<Digest extends NewDigest>(digests: readonly Digest[]): Promise<ReadonlyMap<Digest, PostedDigest>>;
  find(subscriptionId: string, dueAt: number): Promise<PostedDigest | undefined>;
  /** The subscription's latest before an instant. */
  latestBefore(subscriptionId: string, dueAt: number): Promise<PostedDigest | undefined>;
  /** Whether any was ever written. */
  hasAny(): Promise<boolean>;
  /** Of the judged days in the half-open range. */
  listForDates(range: { start: string; end: string }): Promise<PostedDigest[]>;
  /** Notes a correction and what is told now; false where somebody corrected it since `corrections`. */
  correct(id: string, corrections: number, told: Told): Promise<boolean>;
}

export interface Vote extends EntityRef {
  date: string;
  metric: string;
  /** Slack user id. */
  voter: string;
  useful: boolean;
}

export interface VoteStore {
  /** The last word of a person on an entity's day counts. With its audit row. @param by as whom and where they said it. */
  put(vote: Vote, by: Pick<Declarer, 'role' | 'channel'>): Promise<void>;
  /** Of the judged days in the half-open range. */
  count(range: DateRange): Promise<Feedback[]>;
  /**
   * How the items of digests that each alert rule's metric leads did in the eyes of whoever voted since an instant
   * (epoch ms): one item of one day is one, useful or not by what most of its voters said last; a tie judges nothing. An
   * item whose incident was judged since is left out: that counts already.
   */
  countJudged(since: number): Promise<(JudgedAlerts & { metric: string })[]>;
}
