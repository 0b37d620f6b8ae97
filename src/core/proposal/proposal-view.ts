/** A proposal with all that is known of it just now: what a card says. */
import type { ActionField, PreviewLine } from '../actions.ts';
import type { Risk } from '../records.ts';
import type { Proposal } from './proposal.ts';
import type { Standing } from './standing.ts';

/** Everything is held: who said so, when and why. */
export interface GlobalStop {
  stoppedBy: string;
  /** Epoch milliseconds. */
  stoppedAt: number;
  reason: string | null;
}

/** Everything a card says of a proposal. */
export interface ProposalView {
  proposal: Proposal;
  /** Never below its type's. */
  risk: Risk;
  /** What approving will do, one line each; empty where it cannot run. */
  preview: readonly PreviewLine[];
  /** Why it cannot run as it is, in words; null where it can. */
  unusable: string | null;
  /** What of its parameters may be edited. */
  fields: readonly ActionField[];
  /** Who may approve it, who has, how many more it needs, and how long it waits for objections afterwards. */
  standing: Standing;
  /** Slack user groups whose members may approve as well. */
  groups: readonly string[];
  stop: GlobalStop | undefined;
}

/** What waits for a decision, as one person sees it. */
export interface Waiting {
  /** What this person may approve and has not yet; soonest to expire first. */
  yours: ProposalView[];
  /** What waits for somebody else. */
  others: ProposalView[];
  /** All that waits, looked at or not. */
  total: number;
}
