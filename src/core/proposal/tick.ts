/** What time alone does to a proposal. */
import { changeOf, type ProposalChange } from './change.ts';
import { BOT, isWaiting, type Proposal } from './proposal.ts';

/** How long before it expires people are reminded. */
const REMIND_BEFORE_MS = 4 * 3_600_000;

/**
 * Withdraws it with what it was about, expires it, or reminds once of what somebody may be waiting for; undefined where
 * nothing is due.
 * @param isOver what it was about has ended.
 */
export function tick(proposal: Proposal, at: number, isOver: boolean): ProposalChange | undefined {
  if (!isWaiting(proposal)) return undefined;
  if (isOver && at < proposal.expiresAt)
    return changeOf(proposal, { state: 'withdrawn', decidedBy: BOT, decidedAt: at }, 'proposal.withdraw');
  if (at >= proposal.expiresAt)
    return changeOf(proposal, { state: 'expired', decidedBy: BOT, decidedAt: at }, 'proposal.expire');
  if (proposal.remindedAt !== null || at < proposal.expiresAt - REMIND_BEFORE_MS || !isAwaited(proposal))
    return undefined;
  return changeOf(proposal, { remindedAt: at }, 'proposal.remind');
}

/** A digest suggests something every day: it is worth a reminder once a person took it up. */
const isAwaited = ({ subject, proposedBy, editedBy, approvals }: Proposal): boolean =>
  subject.kind === 'incident' || proposedBy !== BOT || editedBy !== null || approvals.length > 0;
