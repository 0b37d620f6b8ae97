/** Ports of proposals, their approval, their execution, the check of what they did, and of assessments. */
import type { Assessment } from '../core/assess/assessment.ts';
import type { EffectCheck, EffectResult, TrackRecord } from '../core/effect/effect-check.ts';
import type { ProposalChange } from '../core/proposal/change.ts';
import type { Execution, ExecutionEnd } from '../core/proposal/execution.ts';
import type { Expectation } from '../core/proposal/expectation.ts';
import type { Escalation, OwnerNotice } from '../core/proposal/owner-notice.ts';
import type { Proposal, ProposalState, ProposalSubject } from '../core/proposal/proposal.ts';
import type { GlobalStop } from '../core/proposal/proposal-view.ts';
import type { SuggestedAction } from '../core/records.ts';
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
  ensure(proposal: NewProposal, by: Declarer | 'system'): Promise<Proposal>;
  find(id: string): Promise<Proposal | undefined>;
  findByNumber(number: number): Promise<Proposal | undefined>;
  /** Of those subjects, oldest first. */
  listOf(subjects: readonly ProposalSubject[]): Promise<Proposal[]>;
  /** In that state, oldest first. */
  list(state: ProposalState, limit: number): Promise<Proposal[]>;
  /** Carried out within the half-open range of epoch milliseconds, oldest first. */
  listDone(range: { start: number; end: number }): Promise<Proposal[]>;
  /** Changed since people were last shown them, longest ago first. */
  listBehind(limit: number): Promise<Proposal[]>;
  /** Notes that what people are shown is in place for that revision; what is noted already is never taken back. */
  markShown(id: string, revision: number): Promise<void>;
  /**
   * Stores a change with its audit row, and queues or cancels the execution that it queues or cancels, in one transaction.
   * @returns undefined, with nothing stored, where the proposal's revision is no longer `from`'s, or what it would
   *   cancel has begun.
   */
  save(change: ProposalChange, by: Declarer | 'system'): Promise<Proposal | undefined>;
}

/** A queued or crashed execution that this process holds for a while. */
export interface ClaimedExecution {
  execution: Execution;
  proposal: Proposal;
  /** It was begun before, and nobody has said what came of it. */
  mayHaveRun: boolean;
}

/** On what a last look stands: acting begins only where nothing of it has changed. */
export interface Looked {
  /** Of what will be done. */
  version: number;
  /** What `authority` was before anything was looked at. */
  authority: string;
  /** How often it had been begun when it was claimed. */
  attempts: number;
}

export interface ExecutionStore {
  /** A mark of who holds which role and what the workspace's policy says: another one where any of it changed. */
  authority(): Promise<string>;
  /** Leases the next one whose time has come; none at all while everything is stopped, but for one that may have run. */
  claim(owner: string, leaseMs: number): Promise<ClaimedExecution | undefined>;
  /**
   * Marks that acting begins, in one statement with the last look, and audits it: false, with nothing marked, where the
   * proposal is no longer approved at that version, its approval is over, roles or policy changed, everything is
   * stopped, somebody has begun it since, or the lease is not this owner's any more.
   */
  begin(id: string, owner: string, looked: Looked, leaseMs: number): Promise<boolean>;
  /** @returns false where the lease is somebody else's by now. */
  extend(id: string, owner: string, leaseMs: number): Promise<boolean>;
  /**
   * Ends it, once, with its audit row and, where it is done and something is expected of it, the check of its effect.
   * @throws ConflictError where the lease is somebody else's by now.
   */
  finish(id: string, owner: string, end: ExecutionEnd): Promise<void>;
  /** Nothing happened and it may be tried again. Nothing is noted where the lease is somebody else's. */
  retry(id: string, owner: string, notBefore: number, summary: string): Promise<void>;
  /** Gives it back as it is, to be claimed no sooner than `notBefore`. */
  release(id: string, owner: string, notBefore: number): Promise<void>;
}

export interface StopStore {
  get(): Promise<GlobalStop | undefined>;
  /** Once this resolves nothing begins any more. @returns false where everything was stopped already. */
  stop(reason: string | null, by: Declarer): Promise<boolean>;
  /** @returns false where nothing was stopped. */
  resume(by: Declarer): Promise<boolean>;
}

/** The members of a Slack user group: Slack user ids; null where they cannot be looked up. */
export type ReadGroupMembers = (groupId: string) => Promise<readonly string[] | null>;

export interface EffectStore {
  /** Neither looked at yet nor of a proposal that was deleted, the longest due first. */
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
  /** @returns false, with nothing stored, where a later edition is there already. */
  put(assessed: Omit<StoredAssessment, 'writtenAt'>): Promise<boolean>;
}

export interface OwnerNoticeStore {
  /** Once per key, with its audit row; the notice that is there already is returned as it is. */
  add(
    key: string,
    notice: Omit<OwnerNotice, 'id' | 'acknowledgedBy' | 'acknowledgedAt' | 'escalatedAt' | 'rung'>,
  ): Promise<OwnerNotice>;
  find(id: string): Promise<OwnerNotice | undefined>;
  /** With its audit row. @returns undefined where somebody has already. */
  acknowledge(id: string, by: Declarer): Promise<OwnerNotice | undefined>;
  /** Not acknowledged, with nobody but the owner told yet, whose time has come, oldest first. */
  listOverdue(at: number, limit: number): Promise<OwnerNotice[]>;
  /** Not acknowledged, whose latest message the platform took from nobody; sent since then, epoch milliseconds. */
  listUndelivered(since: number, limit: number): Promise<{ notice: OwnerNotice; reason: string }[]>;
  /**
   * Notes who was told next and who could not be, each with an audit row.
   * @returns false, with nothing noted, where it was acknowledged meanwhile or is no longer at `from`.
   */
  escalate(id: string, from: number, escalation: Escalation): Promise<boolean>;
}
