/** What holds just now for approving and running: the policy, the people, and the action type. */
import type { ActionRegistry, PreparedAction } from '../../core/actions.ts';
import {
  type ApprovalPolicy,
  type Approvers,
  approvalPolicyOf,
  approvalsSchema,
} from '../../core/policy/approval-policy.ts';
import { APPROVAL_POLICY_KEY } from '../../core/policy/approval-settings.ts';
import { effectiveRoles, type RolePolicy } from '../../core/policy/roles.ts';
import type { Proposal } from '../../core/proposal/proposal.ts';
import { higherRisk } from '../../core/proposal/standing.ts';
import type { Risk } from '../../core/records.ts';
import { SeepassError } from '../../errors.ts';
import type { ReadGroupMembers } from '../acting.ts';
import type { Stores } from '../ports.ts';
import { readWorkspaceConfig } from '../workspace-config.ts';

export interface RulesContext {
  stores: Pick<Stores, 'roles' | 'settings'>;
  /** What the environment says. */
  policy: RolePolicy;
  groupMembers: ReadGroupMembers;
  /** What may be done as things are declared now. */
  actions: () => Promise<ActionRegistry>;
}

export interface Rules {
  policy: ApprovalPolicy;
  approvers: Approvers;
  /** Of the action, never below its type's. */
  risk: Risk;
  /** Undefined where there is no such type any more. */
  type: { risk: Risk; faults: readonly string[]; idempotent: boolean; timeoutMs: number } | undefined;
  /** Undefined where its parameters do not fit any more. */
  prepared: PreparedAction | undefined;
}

/** Read anew each time: whoever approves or carries out goes by what holds at that moment. @throws SeepassError `bad_config`. */
export async function readRules(context: RulesContext, { action }: Pick<Proposal, 'action'>): Promise<Rules> {
  const policy = await readApprovalPolicy(context.stores.settings);
  const [approvers, registry] = await Promise.all([readApprovers(context, policy), context.actions()]);
  const type = registry.find(action.type);
  if (type === undefined) return { policy, approvers, risk: action.risk, type, prepared: undefined };
  const { risk, idempotent, timeoutMs } = type;
  const parsed = type.prepare(action.parameters);
  return {
    policy,
    approvers,
    risk: higherRisk(risk, action.risk),
    type: { risk, idempotent, timeoutMs, faults: parsed.ok ? [] : parsed.faults },
    prepared: parsed.ok ? parsed.action : undefined,
  };
}

/** What admins set holds over the workspace's file, but for what only that may state. @throws SeepassError `bad_config` where neither is understood. */
export async function readApprovalPolicy(settings: Stores['settings']): Promise<ApprovalPolicy> {
  const stored = await settings.get(APPROVAL_POLICY_KEY);
  if (stored === undefined || stored === null) return (await readWorkspaceConfig(settings)).approvals;
  const parsed = approvalsSchema.safeParse(stored);
  if (parsed.success) {
    const { sole_approver_own } = (await readWorkspaceConfig(settings)).approvals;
    return { ...approvalPolicyOf(parsed.data), sole_approver_own };
  }
  throw new SeepassError('bad_config', 'The stored policy of approvals is not understood.', {
    fix: 'Save it again in the App Home.',
  });
}

/** Whoever holds the role, by configuration or by grant, and the members of the policy's groups. */
export async function readApprovers(
  { stores: { roles }, policy: configured, groupMembers }: RulesContext,
  { groups }: Pick<ApprovalPolicy, 'groups'>,
): Promise<Approvers> {
  const [granted, admins, members] = await Promise.all([
    roles.list('approver'),
    roles.list('admin'),
    Promise.all(groups.map(groupMembers)),
  ]);
  const holders = [...new Set([...configured.admins, ...configured.approvers, ...granted, ...admins])].filter(
    (user) => {
      const held = [
        ...(granted.includes(user) ? ['approver' as const] : []),
        ...(admins.includes(user) ? ['admin' as const] : []),
      ];
      return effectiveRoles(user, held, configured).includes('approver');
    },
  );
  return {
    people: new Set([...holders, ...members.flatMap((one) => one ?? [])]),
    complete: members.every((one) => one !== null),
  };
}
