/**
 * A proposal: something to do about a priority or an incident, waiting for the right people to approve it. Deciding is
 * here; carrying it out is an execution, which begins when enough people have approved.
 */
import type { EffectCheck } from '../effect/effect-check.ts';
import type { EntityRef, SuggestedAction } from '../records.ts';
import type { Execution } from './execution.ts';
import type { Expectation } from './expectation.ts';

export const PROPOSAL_STATES = ['proposed', 'approved', 'rejected', 'expired', 'withdrawn'] as const;
/** `withdrawn`: whoever proposed it took it back, somebody objected in time, or what it was about is over. */
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
  /** Who made this version; null for the first. */
  editedBy: string | null;
  action: SuggestedAction;
  /** Why it is proposed, in a sentence or two; figures in it came from facts. */
  why: string;
  /** What should change once it is done; null where nothing measurable is expected. */
  expectation: Expectation | null;
  state: ProposalState;
  /** Of what will be done: an edit makes another, which nobody has approved yet. From 1. */
  version: number;
  /**
   * Grows by one with every change, an approval and every step of its execution included, and when everything is
   * stopped or goes on.
   */
  revision: number;
  /** Of every version, oldest first. */
  approvals: Approval[];
  /** All in epoch milliseconds. */
  createdAt: number;
  /** Until when it may be approved; once it is, until when it may begin. */
  expiresAt: number;
  remindedAt: number | null;
  /** Who decided it at last, and when; `system` for the clock and for what runs by itself. */
  decidedBy: string | null;
  decidedAt: number | null;
  /** Why it was rejected, withdrawn or objected to, as said. */
  reason: string | null;
  /** Null before it is approved. */
  execution: Execution | null;
  /** Null before it is done, and where nothing is expected of it. */
  effect: EffectCheck | null;
}

/** Where the bot proposes, or the clock decides. */
export const BOT = 'system';

/** Still to be decided. */
export const isWaiting = ({ state }: Pick<Proposal, 'state'>): boolean => state === 'proposed';

/** Approved, and nothing of it was ever begun: it can still be taken back. */
export const isHeldBack = ({ state, execution }: Pick<Proposal, 'state' | 'execution'>): boolean =>
  state === 'approved' && execution?.state === 'queued' && execution.attempts === 0;

/** "P-12" */
export const proposalName = (number: number): string => `P-${number}`;

/** The same for everything that is about one thing. */
export const subjectKey = (subject: ProposalSubject): string =>
  subject.kind === 'incident'
    ? `incident:${subject.incidentId}`
    : `priority:${subject.date}:${subject.entity_type}:${subject.entity_key}`;

/** The page it is about; null where it is about an error everywhere. */
export function surfaceOf(subject: ProposalSubject): string | null {
  if (subject.kind === 'incident') return subject.surface;
  return subject.entity_type === 'surface' ? subject.entity_key : null;
}
