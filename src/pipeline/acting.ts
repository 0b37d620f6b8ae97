/** Ports of proposals, their approval, their execution, the check of what they did, and of assessments. */
import type { Assessment } from '../core/assess/assessment.ts';
import type { EffectCheck, EffectResult, TrackRecord } from '../core/effect/effect-check.ts';
import type { Execution, ExecutionState } from '../core/proposal/execution.ts';
import type { Expectation } from '../core/proposal/expectation.ts';
import type { Proposal, ProposalState, ProposalSubject } from '../core/proposal/proposal.ts';
import type { JsonObject, SuggestedAction } from '../core/records.ts';
import type { Declarer } from './declarer.ts';

export interface NewProposal {
  /** Two with the same key are one: the subject, the action type and what it would do. */
  key: string;
  subject: ProposalSubject;
  /** Slack user id, or `system`. */
  proposedBy: string;
  action: SuggestedAction;
  why: string;
  expectation: Expectation | null;
  /** Epoch milliseconds. */
  expiresAt: number;
}

export interface ProposalStore {
  /** The proposal of that key; made where there is none, with its audit row. */
  ensure(proposal: NewProposal): Promise<Proposal>;
  find(id: string): Promise<Proposal | undefined>;
  findByNumber(number: number): Promise<Proposal | undefined>;
  /** Of those subjects, oldest first. */
  listOf(subjects: readonly ProposalSubject[]): Promise<Proposal[]>;
  /** In that state, oldest first. */
  list(state: ProposalState, limit: number): Promise<Proposal[]>;
  /** Carried out within the half-open range of epoch milliseconds, oldest first. */
  listDone(range: { start: number; end: number }): Promise<Proposal[]>;
  /**
   * Stores a change with its audit row, and queues the execution of what is approved by it, in one transaction.
   * @returns undefined, with nothing stored, where the proposal's revision is no longer `from`'s.
   */
  save(change: ProposalChange, by: Declarer | 'system'): Promise<Proposal | undefined>;
}

/** What a command or the clock made of a proposal. */
export interface ProposalChange {
  from: Proposal;
  to: Proposal;
  /** What it is in the audit: `proposal.approve`, `proposal.edit`, … */
  action: string;
  details: JsonObject;
}

/** A queued or crashed execution that this process holds for a while. */
export interface ClaimedExecution {
  execution: Execution;
  proposal: Proposal;
  /** An earlier process began to act and never said what came of it. */
  mayHaveRun: boolean;
}

export interface ExecutionStore {
  /** Leases the next one whose time has come; none at all while everything is stopped, but for one that may have run. */
  claim(owner: string, leaseMs: number): Promise<ClaimedExecution | undefined>;
  /**
   * Marks that acting begins, in one statement with the last look: false, with nothing marked, where the proposal is no
   * longer approved at that version, everything is stopped, or the lease is somebody else's.
   */
  begin(id: string, owner: string, version: number): Promise<boolean>;
  extend(id: string, owner: string, leaseMs: number): Promise<boolean>;
  /** Ends it, once, with its audit row and, where it is done and something is expected of it, the check of its effect. */
  finish(id: string, owner: string, end: ExecutionEnd): Promise<Proposal>;
  /** Nothing happened and it may be tried again. */
  retry(id: string, owner: string, notBefore: number, summary: string): Promise<void>;
  /** Gives it back untouched, to be claimed no sooner than `notBefore`. */
  release(id: string, owner: string, notBefore: number): Promise<void>;
}

export interface ExecutionEnd {
  state: Exclude<ExecutionState, 'queued' | 'running'>;
  summary: string;
  link: string | null;
  details: JsonObject;
}

/** Everything is held: who said so, when and why. */
export interface GlobalStop {
  stoppedBy: string;
  /** Epoch milliseconds. */
  stoppedAt: number;
  reason: string | null;
}

export interface StopStore {
  get(): Promise<GlobalStop | undefined>;
  /** @returns false where everything was stopped already. */
  stop(reason: string | null, by: Declarer): Promise<boolean>;
  /** @returns false where nothing was stopped. */
  resume(by: Declarer): Promise<boolean>;
}

export interface EffectStore {
  listDue(at: number, limit: number): Promise<EffectCheck[]>;
  find(proposalId: string): Promise<EffectCheck | undefined>;
  /** @returns false where it was checked already. */
  save(proposalId: string, result: EffectResult): Promise<boolean>;
  /** Looked at within the half-open range of epoch milliseconds. */
  listChecked(range: { start: number; end: number }): Promise<EffectCheck[]>;
  /** Per action type. */
  trackRecords(): Promise<TrackRecord[]>;
}

/** What an assessment is of. */
export type AssessmentSubject = ProposalSubject;

export interface StoredAssessment {
  subject: AssessmentSubject;
  /** Hash of the facts it was written from: it is written anew only when they change. */
  factsHash: string;
  assessment: Assessment;
  /** Epoch milliseconds. */
  writtenAt: number;
}

export interface AssessmentStore {
  find(subject: AssessmentSubject): Promise<StoredAssessment | undefined>;
  put(assessed: Omit<StoredAssessment, 'writtenAt'>): Promise<void>;
}

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

export interface OwnerNoticeStore {
  /** Once per key, with its audit row; the notice that is there already is returned as it is. */
  add(
    key: string,
    notice: Omit<OwnerNotice, 'id' | 'acknowledgedBy' | 'acknowledgedAt' | 'escalatedAt'>,
  ): Promise<OwnerNotice>;
  find(id: string): Promise<OwnerNotice | undefined>;
  /** With its audit row. @returns undefined where somebody has already. */
  acknowledge(id: string, by: Declarer): Promise<OwnerNotice | undefined>;
  /** Neither acknowledged nor escalated, whose time has come, oldest first. */
  listOverdue(at: number, limit: number): Promise<OwnerNotice[]>;
  /** With its audit row. @returns false where it was escalated or acknowledged meanwhile. */
  markEscalated(id: string): Promise<boolean>;
}
