/** Ports of what incidents need from outside, and the desk through which people act on them. */
import type { Mute } from '../core/delivery/mute.ts';
import type { HeldReason } from '../core/delivery/told.ts';
import type { IncidentCommand } from '../core/incident/command.ts';
import type { Incident, IncidentEntry } from '../core/incident/incident.ts';
import type { Declarer } from './ports.ts';

/** A change of an incident: the whole of it afterwards, and what happened. */
export interface IncidentChange {
  /** The revision it was made from; null where the incident is new. */
  from: number | null;
  /** Its number is given by the store where it is new. */
  incident: Incident;
  entries: Omit<IncidentEntry, 'sequence' | 'incidentId'>[];
}

export interface IncidentStore {
  /**
   * Stores changes in one transaction, with their entries and an audit row each: all of them, or none where somebody
   * has changed one of these incidents since its `from`.
   * @returns the incidents as stored; undefined where nothing was.
   */
  save(changes: readonly IncidentChange[], by: Declarer | 'system'): Promise<Incident[] | undefined>;
  find(id: string): Promise<Incident | undefined>;
  findByNumber(number: number): Promise<Incident | undefined>;
  /** Open, acknowledged and recovering, oldest first. */
  listLive(): Promise<Incident[]>;
  /** That ended within the half-open range of epoch milliseconds, latest first. */
  listEnded(range: { start: number; end: number }): Promise<Incident[]>;
  /** By sequence. */
  listEntries(id: string): Promise<IncidentEntry[]>;
  /** How the incidents a metric opened ended in people's eyes, since an instant: judged useful, and judged none. */
  countJudged(since: number): Promise<{ metric: string; useful: number; false: number }[]>;
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

export interface AlertStore {
  /** The last decision on an incident in a channel replaces the one before. */
  put(decision: AlertDecision): Promise<void>;
  list(incidentId: string): Promise<AlertDecision[]>;
  /** Decisions in a channel since an instant, oldest first. */
  listInChannel(channel: string, since: number): Promise<AlertDecision[]>;
}

export interface MuteStore {
  /** With its audit row in the same transaction. */
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
