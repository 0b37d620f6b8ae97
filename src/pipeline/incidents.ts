/** Ports of what incidents need from outside, and the desk through which people act on them. */
import type { Mute } from '../core/delivery/mute.ts';
import type { HeldReason } from '../core/delivery/told.ts';
import type { HourlyMetricId } from '../core/detect/hours/hourly-finding.ts';
import type { IncidentChange } from '../core/incident/change.ts';
import type { IncidentCommand } from '../core/incident/command.ts';
import type { Incident, IncidentEntry } from '../core/incident/incident.ts';
import type { Declarer } from './declarer.ts';

export interface IncidentStore {
  /**
   * Stores changes in one transaction, with their entries, and an audit row for each that has any: all of them, or none
   * where somebody has changed one of these incidents since its `from`, or another live incident tells of one of their
   * pages' metrics by now.
   * @returns the incidents as stored, in their order; undefined where nothing was.
   */
  save(changes: readonly IncidentChange[], by: Declarer | 'system'): Promise<Incident[] | undefined>;
  /**
   * The same by the clock, moving on until when (epoch milliseconds, excluded) hourly findings are followed.
   * @param tick.before what `followedUntil` was when the tick began: nothing is stored where it has moved since.
   */
  follow(tick: {
    before: number | undefined;
    until: number;
    changes: readonly IncidentChange[];
  }): Promise<Incident[] | undefined>;
  followedUntil(): Promise<number | undefined>;
  find(id: string): Promise<Incident | undefined>;
  findByNumber(number: number): Promise<Incident | undefined>;
  /** Open, acknowledged and recovering, oldest first. */
  listLive(): Promise<Incident[]>;
  /** That ended within the half-open range of epoch milliseconds, latest first. */
  listEnded(range: { start: number; end: number }): Promise<Incident[]>;
  /** By sequence. */
  listEntries(id: string): Promise<IncidentEntry[]>;
  /** How the incidents a metric opened that ended since an instant did in people's eyes: judged useful, and judged none. */
  countJudged(since: number): Promise<{ metric: HourlyMetricId; useful: number; false: number }[]>;
}

/** Whether an incident was told in a channel, and why not. */
export interface AlertDecision {
  incidentId: string;
  channel: string;
  /** Epoch milliseconds. */
  at: number;
  /** The incident's revision it was decided on. */
  revision: number;
  /** Null where it was posted. */
  held: HeldReason | null;
}

/** A channel that has not been shown the last of an incident that was posted there. */
export interface BehindChannel {
  incidentId: string;
  channel: string;
  /** That was posted, or a later one. */
  decidedRevision: number;
  /** The last revision whose message is in the outbox; 0 before the first. */
  shownRevision: number;
  /** The last entry that is told; those before the post are told by it. */
  shownEntry: number;
}

export interface AlertStore {
  /** The last decision on an incident in a channel replaces the one before; one to post stays. */
  put(decision: AlertDecision): Promise<void>;
  list(incidentId: string): Promise<AlertDecision[]>;
  /** On incidents that are live. */
  listOnLive(): Promise<AlertDecision[]>;
  /** Incidents that were posted to any channel since an instant. */
  countPosted(since: number): Promise<number>;
  /** Decisions in a channel since an instant, oldest first. */
  listInChannel(channel: string, since: number): Promise<AlertDecision[]>;
  /** Of one incident, or of any. A paused channel is left as it is until it goes on. */
  listBehind(limit: number, incidentId?: string): Promise<BehindChannel[]>;
  /** Notes what is in the outbox; what is noted already is never taken back. */
  markShown(shown: Omit<BehindChannel, 'decidedRevision'>): Promise<void>;
}

export interface MuteStore {
  /** With its audit row in the same transaction. One that is as quiet already is returned as it is: saying it twice adds nothing. */
  add(mute: Pick<Mute, 'target' | 'pattern' | 'until' | 'reason'>, by: Declarer): Promise<Mute>;
  /** In force at an instant (epoch milliseconds), oldest first. */
  list(at: number): Promise<Mute[]>;
  /** @throws SeepassError `not_found` when there is none of that number in force. */
  lift(number: number, by: Declarer): Promise<Mute>;
}

/** What people may do to incidents, from wherever they do it. */
export interface IncidentDesk {
  /**
   * Does it, stores it with its entry and audit row, and puts the message's update and its thread's line into the outbox.
   * @throws ConflictError that says who was first and when, `forbidden` by role, `not_found`, `bad_arguments`.
   */
  act(incidentId: string, command: IncidentCommand, by: { actor: string; channel: string | null }): Promise<Incident>;
}
