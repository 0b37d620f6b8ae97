/** When an action may begin, as people would say it, from what they did: written apart from the code that decides it. */
import type { Risk } from '../../../src/core/records.ts';
import type { Policy } from './interleaving.ts';

const MINUTE = 60_000;
export const DAY = 1_440 * MINUTE;
/** Holds the role whatever is granted or taken back. */
export const CONFIGURED = 'U_ANN';

/** What the story's teller knows of a proposal, from what the desk answered. */
export interface Known {
  id: string;
  /** Null for the bot. */
  proposedBy: string | null;
  /** Of the version that holds. */
  author: string | null;
  to: string;
  version: number;
  approvals: { by: string; version: number }[];
  approvedAt: number | null;
  madeAt: number;
  isOver: boolean;
  /** Its execution's id, once it is approved. */
  execution: string | null;
}

export interface Facts {
  now: number;
  policy: Policy;
  granted: Set<string>;
  /** Null where Slack does not say. */
  members: string[] | null;
  /** As they were when they were looked up last: nothing outside can be read in one statement with ours. */
  seenMembers: string[] | null;
  isStopped: boolean;
}

/** Why a proposal must not begin; null where it may. */
export function whyNotBegin(one: Known, facts: Facts, { risk, type }: { risk: Risk; type: string }): string | null {
  const { now, policy, isStopped } = facts;
  if (isStopped) return 'everything was stopped';
  if (one.isOver) return 'it was over';
  if (policy.disabled.includes(type)) return 'its type was switched off';
  if (one.approvedAt === null) return 'it was never approved';
  const group = policy.groups.length === 0 ? [] : facts.seenMembers;
  const may = new Set([CONFIGURED, ...facts.granted, ...(group ?? [])]);
  if (one.author === null && risk === 'low' && policy.low_risk === 'runs_by_itself')
    return now < one.approvedAt + DAY ? null : 'too late';
  const said = new Set(
    one.approvals.filter((each) => each.version === one.version && may.has(each.by)).map(({ by }) => by),
  );
  const others = [...said].filter((by) => by !== one.author && by !== one.proposedBy).length;
  if (others >= (one.author === null && risk === 'high' ? 2 : 1))
    return now < one.approvedAt + 2 * DAY ? null : 'too late';
  const wait = policy.sole_approver_wait;
  const isOwn = one.proposedBy !== null;
  if ((isOwn && !policy.sole_approver_own) || group === null || may.size !== 1 || wait === 'never')
    return 'approvers were missing';
  if (said.size !== 1) return 'the only approver had not approved';
  return now >= one.approvedAt + wait * MINUTE ? null : 'people could still object';
}
