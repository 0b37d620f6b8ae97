/** Somebody responsible was told of something, and is asked to say that they saw it. */
export interface OwnerNotice {
  id: string;
  proposalId: string | null;
  incidentId: string | null;
  /** Slack id of a person or a user group. */
  owner: string;
  /** Where they were told: a channel, or the person. */
  channel: string;
  text: string;
  /** All in epoch milliseconds. */
  sentAt: number;
  acknowledgedBy: string | null;
  acknowledgedAt: number | null;
  /** Who is told next where nobody acknowledges, and when; both null where nobody is. */
  escalateTo: string | null;
  escalateAt: number | null;
  /** When somebody after the owner was told; null where nobody was, or could be. */
  escalatedAt: number | null;
  /** How far it has come: 0 the owner, 1 whoever comes next, above that those who are told in their place. */
  rung: number;
}

/** Somebody who was to be told, and could not be. */
export interface UntoldRung {
  /** Slack id of a person, a group or a channel. */
  who: string;
  /** The platform's own code, such as `not_in_channel`, or the policy's: `shared`, `not_listed`, `no_channel`. */
  reason: string;
}

/** What came of telling whoever is next. */
export interface Escalation {
  /** Who was passed over, in order. */
  untold: readonly UntoldRung[];
  /** Slack id of who was told; null where nobody could be. */
  told: string | null;
  /** The notice's from then on. */
  rung: number;
}
