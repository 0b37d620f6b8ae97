/** Whose approval an action needs: what a workspace declares, and what that means for one proposal. */
import { z } from 'zod';
import { configObject, configText, oneOf } from '../event-selector.ts';
import { BOT, type Proposal } from '../proposal/proposal.ts';
import type { Risk } from '../records.ts';

const MINUTE = 60_000;
const LONGEST_WAIT_MINUTES = 720;
const WAIT_FAULT = `must be minutes from 1 to ${LONGEST_WAIT_MINUTES}, or never`;

export interface ApprovalPolicy {
  /** What the bot proposes at low risk either runs at once, or needs an approver as all else does. */
  low_risk: 'runs_by_itself' | 'one_approver';
  /** Slack user groups whose members may approve, besides everybody who holds the role. */
  groups: readonly string[];
  /**
   * Where one person alone may approve: after how many minutes in which anybody may object it runs on their word,
   * where two would be asked for.
   */
  sole_approver_wait: number | 'never';
  /**
   * Whether that person's own proposals run on their own word after that wait. Stated by whoever runs the server, in the
   * workspace's file alone: nobody gives it to themselves.
   */
  sole_approver_own: boolean;
  /** Action types that nobody may propose or run. */
  disabled: readonly string[];
}

export const DEFAULT_APPROVAL_POLICY: ApprovalPolicy = {
  low_risk: 'one_approver',
  groups: [],
  sole_approver_wait: 30,
  sole_approver_own: false,
  disabled: [],
};

/** What admins choose in the App Home. */
export type ChosenPolicy = Omit<ApprovalPolicy, 'sole_approver_own'>;

const groupId = configText(30).regex(/^S[A-Z0-9]{5,}$/, {
  error: 'must be the id of a Slack user group, such as S0614TZR7',
});

export const approvalsSchema = configObject({
  low_risk: oneOf(['runs_by_itself', 'one_approver']).optional(),
  groups: z.array(groupId, { error: 'must be a list of ids of Slack user groups' }).max(10).optional(),
  sole_approver_wait: z
    .union([z.int(), z.literal('never')], { error: WAIT_FAULT })
    .refine((wait) => wait === 'never' || (wait >= 1 && wait <= LONGEST_WAIT_MINUTES), { error: WAIT_FAULT })
    .optional(),
  sole_approver_own: z.boolean({ error: 'must be true or false' }).optional(),
  disabled: z.array(configText(60), { error: 'must be a list of action types' }).max(50).optional(),
});

/** What holds: what was declared, and the default for the rest. */
export function approvalPolicyOf(declared: z.infer<typeof approvalsSchema> = {}): ApprovalPolicy {
  const { low_risk, groups, sole_approver_wait, sole_approver_own, disabled } = declared;
  const usual = DEFAULT_APPROVAL_POLICY;
  return {
    low_risk: low_risk ?? usual.low_risk,
    groups: groups ?? usual.groups,
    sole_approver_wait: sole_approver_wait ?? usual.sole_approver_wait,
    sole_approver_own: sole_approver_own ?? usual.sole_approver_own,
    disabled: disabled ?? usual.disabled,
  };
}

/** Who may approve just now. */
export interface Approvers {
  /** Slack user ids. */
  people: ReadonlySet<string>;
  /** False where a group could not be looked up: its members may not approve, and nobody counts as the only one. */
  complete: boolean;
}

export interface Requirement {
  /**
   * `nobody`: it runs by itself. `one` or `two` approvers. `another` than the person whose idea it is. `sole`: the only
   * person who may approve, after a wait. `own`: the same of their own idea, where the workspace's file says so.
   */
  rule: 'nobody' | 'one' | 'two' | 'another' | 'sole' | 'own';
  /** How many different people of `from`. */
  approvals: number;
  from: ReadonlySet<string>;
  /** In which anybody may object once it is approved, milliseconds. */
  waitMs: number;
}

/**
 * What this version of a proposal needs. Whoever proposed or edited it never counts for it, but where only one person may
 * approve: for what the bot proposed and they edited, and for their own where the workspace's file says so.
 * @param risk of the action, never below its type's.
 */
export function requirementOf(
  { proposedBy, editedBy }: Pick<Proposal, 'proposedBy' | 'editedBy'>,
  risk: Risk,
  policy: ApprovalPolicy,
  approvers: Approvers,
): Requirement {
  const author = editedBy ?? proposedBy;
  if (author === BOT && risk === 'low' && policy.low_risk === 'runs_by_itself')
    return { rule: 'nobody', approvals: 0, from: new Set(), waitMs: 0 };
  const from = new Set([...approvers.people].filter((user) => user !== proposedBy && user !== editedBy));
  const usual: Requirement =
    author !== BOT
      ? { rule: 'another', approvals: 1, from, waitMs: 0 }
      : risk === 'high'
        ? { rule: 'two', approvals: 2, from, waitMs: 0 }
        : { rule: 'one', approvals: 1, from, waitMs: 0 };
  if (from.size >= usual.approvals || (proposedBy !== BOT && !policy.sole_approver_own)) return usual;
  if (policy.sole_approver_wait === 'never' || !approvers.complete || approvers.people.size !== 1) return usual;
  const rule = proposedBy === BOT ? 'sole' : 'own';
  return { rule, approvals: 1, from: approvers.people, waitMs: policy.sole_approver_wait * MINUTE };
}
