/** Whether what was approved may still be done, at the moment of doing it. */
import { countOf, formatMoment } from '../facts/render.ts';
import { type ApprovalPolicy, type Approvers, requirementOf } from '../policy/approval-policy.ts';
import type { Risk } from '../records.ts';
import { BOT, type Proposal, proposalName } from './proposal.ts';
import { standingOf } from './standing.ts';

export interface LastLook {
  /** Epoch milliseconds. */
  at: number;
  policy: ApprovalPolicy;
  approvers: Approvers;
  /** What its action type says now; undefined where there is no such type any more. */
  type: { risk: Risk; faults: readonly string[] } | undefined;
  /** Of the action, never below its type's. */
  risk: Risk;
  /** What it is about has ended meanwhile. */
  isOver: boolean;
  timezone: string;
}

/** `later`: not before an instant. `never`, with the words for people. */
export type Verdict = { kind: 'now' } | { kind: 'later'; notBefore: number } | { kind: 'never'; words: string };

/**
 * Everything that was true when it was approved has to be true now: people, policy, version, parameters, time, and that
 * there is something to mend.
 */
export function lookOnceMore(proposal: Proposal, look: LastLook): Verdict {
  const { at, policy, approvers, type, risk, isOver, timezone } = look;
  const { action, execution, state, decidedAt, expiresAt, number } = proposal;
  const name = proposalName(number);
  if (state !== 'approved' || decidedAt === null || execution === null) return never(`${name} is no longer approved.`);
  if (at >= expiresAt)
    return never(`${name} could not begin before ${formatMoment(expiresAt, timezone)}, when its approval ended.`);
  if (isOver) return never('The incident ended before it began.');
  if (type === undefined) return never(`There is no action "${action.type}" any more.`);
  if (policy.disabled.includes(action.type)) return never(`"${action.type}" was switched off since.`);
  if (type.faults.length > 0)
    return never(`Its parameters do not fit "${action.type}" any more: ${type.faults.join('; ')}.`);
  const standing = standingOf(proposal, requirementOf(proposal, risk, policy, approvers));
  if (standing.missing > 0) return never(whatIsMissing(proposal, standing.missing, standing.approvals, approvers));
  const notBefore = Math.max(execution.notBefore, decidedAt + standing.waitMs);
  return at < notBefore ? { kind: 'later', notBefore } : { kind: 'now' };
}

function whatIsMissing(proposal: Proposal, missing: number, needed: number, { people, complete }: Approvers): string {
  const { approvals, version, decidedBy } = proposal;
  const gone = approvals.filter((one) => one.version === version && !people.has(one.user)).length;
  if (gone > 0 && !complete)
    return 'I could not look up the members of a user group, so I cannot tell that its approvers still may.';
  if (gone > 0)
    return gone === 1
      ? 'Somebody who approved it may no longer approve.'
      : `${gone} people who approved it may no longer approve.`;
  if (decidedBy === BOT) return 'It was to run by itself, and now needs an approver.';
  return `It needs ${countOf(needed, 'approval')} now, ${missing} more than it has.`;
}

const never = (words: string): Verdict => ({ kind: 'never', words });
