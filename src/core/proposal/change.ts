/** Changes of a proposal: each makes one revision, with one line in the audit. */
import type { JsonObject } from '../records.ts';
import type { Proposal } from './proposal.ts';

/** What a command or the clock made of a proposal. */
export interface ProposalChange {
  from: Proposal;
  to: Proposal;
  /** What it is in the audit: `proposal.approve`, `proposal.edit`, … */
  action: string;
  details: JsonObject;
}

/** The next revision of a proposal, with what it is called in the audit. */
export function changeOf(
  from: Proposal,
  what: Partial<Proposal>,
  action: ProposalChange['action'],
  details: JsonObject = {},
): ProposalChange {
  return { from, to: { ...from, ...what, revision: from.revision + 1 }, action, details };
}
