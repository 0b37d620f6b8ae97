/**
 * A proposal: something to do about a priority or an incident, waiting for the right people to approve it. Deciding is
 * here; carrying it out is an execution, which begins when enough people have approved.
 */
import type { EffectCheck } from '../effect/effect-check.ts';
import type { EntityRef, SuggestedAction } from '../records.ts';
import type { Execution } from './execution.ts';
import type { Expectation } from './expectation.ts';

export const PROPOSAL_STATES = ['proposed', 'approved', 'rejected', 'expired', 'withdrawn'] as const;
/** `withdrawn`: whoever proposed it took it back, or what it was about is over. */
export type ProposalState = (typeof PROPOSAL_STATES)[number];

/** What it is about: a judged day's priority, or an incident. */
export type ProposalSubject =
  | ({ kind: 'priority'; date: string } & EntityRef)
  | { kind: 'incident'; incidentId: string; surface: string };

/** Somebody's approval, of one version of what will be done. */
export interface Approval {
  /** Slack user id. */
  user: string;
  /** Epoch milliseconds. */
  at: number;
  version: number;
}

export interface Proposal {
  id: string;
  /** What people call it by: P-12. */
  number: number;
  subject: ProposalSubject;
  /** Slack user id, or `system` for the bot. */
  proposedBy: string;
  action: SuggestedAction;
  /** Why it is proposed, in a sentence or two; figures in it came from facts. */
  why: string;
  /** What should change once it is done; null where nothing measurable is expected. */
  expectation: Expectation | null;
  state: ProposalState;
  /** Of what will be done: an edit makes another, which nobody has approved yet. From 1. */
  version: number;
  /** Grows by one with every change, an approval included. */
  revision: number;
  /** Of every version, oldest first. */
  approvals: Approval[];
  /** All in epoch milliseconds. */
  createdAt: number;
  expiresAt: number;
  remindedAt: number | null;
  /** Who decided it at last, and when; `system` for the clock and for what runs by itself. */
  decidedBy: string | null;
  decidedAt: number | null;
  /** Why it was rejected or withdrawn, as said. */
  reason: string | null;
  /** Null before it is approved. */
  execution: Execution | null;
  /** Null before it is done, and where nothing is expected of it. */
  effect: EffectCheck | null;
}

/** Still to be decided. */
export const isWaiting = ({ state }: Pick<Proposal, 'state'>): boolean => state === 'proposed';

export const proposalName = (number: number): string => `P-${number}`;
