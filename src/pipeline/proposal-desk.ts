/** Ports through which people act on proposals, and stop everything, from wherever they do it. */
import type { Expectation } from '../core/proposal/expectation.ts';
import type { Proposal, ProposalSubject } from '../core/proposal/proposal.ts';
import type { GlobalStop, ProposalView } from '../core/proposal/proposal-view.ts';
import type { JsonObject, SuggestedAction } from '../core/records.ts';

/** Who acts, and where. */
export interface Actor {
  /** Slack user id. */
  actor: string;
  channel: string | null;
}

export interface ProposalWish {
  subject: ProposalSubject;
  action: SuggestedAction;
  /** In a sentence or two. */
  why: string;
  expectation: Expectation | null;
  /** The same again is another proposal on another occasion, such as an incident that came back. */
  occasion?: string;
}

/** What people may do; an edit names only the parameters that it changes. */
export type DeskCommand =
  | { kind: 'approve'; version: number }
  | { kind: 'edit'; version: number; parameters: JsonObject }
  | { kind: 'reject' | 'withdraw' | 'object'; reason: string | null };

export interface ProposalDesk {
  /**
   * Proposes it once: the same about the same again is the one there is, whatever became of it.
   * @throws SeepassError `bad_arguments` where its parameters do not fit or nobody may run its type.
   */
  propose(wish: ProposalWish, by: Actor | 'system'): Promise<Proposal>;
  /**
   * Does it and stores it with its audit row; what is approved by it is carried out soon after.
   * @throws ConflictError that says who was first and when, `forbidden` that says who may, `bad_arguments`, `not_found`.
   */
  act(id: string, command: DeskCommand, by: Actor): Promise<Proposal>;
  /** @throws SeepassError `not_found`. */
  view(id: string): Promise<ProposalView>;
}

/** Holds all execution at once: approvers and admins may. */
export interface StopDesk {
  get(): Promise<GlobalStop | undefined>;
  /** @throws ConflictError where everything is stopped already, `forbidden`. */
  stop(reason: string | null, by: Actor): Promise<GlobalStop>;
  /** @throws ConflictError where nothing is stopped, `forbidden`. */
  resume(by: Actor): Promise<void>;
}
