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
  escalatedAt: number | null;
}
