/** What admins decide about approvals in the App Home; it holds over what the workspace's file says. */
import type { ActionRegistry } from '../core/actions.ts';
import {
  type ApprovalPolicy,
  approvalPolicyOf,
  approvalsSchema,
  type ChosenPolicy,
} from '../core/policy/approval-policy.ts';
import { APPROVAL_POLICY_KEY } from '../core/policy/approval-settings.ts';
import { SeepassError } from '../errors.ts';
import { readApprovalPolicy } from './acting/rules.ts';
import { type AdminGateContext, createAdminGate } from './admin-gate.ts';
import type { Stores } from './ports.ts';
import { readWorkspaceConfig } from './workspace-config.ts';

export interface ApprovalForm {
  /** What holds now. */
  policy: ApprovalPolicy;
  /** Every type that may be disabled; those that are and are not declared any more too. */
  types: { id: string; title: string }[];
}

export interface ApprovalDesk {
  /** @throws SeepassError `forbidden` for everybody but admins. */
  open(actor: string): Promise<ApprovalForm>;
  /**
   * With its audit row, where it is different; what is the file's policy again follows the file from then on.
   * @throws SeepassError `forbidden` as above, `bad_arguments` for what is no policy.
   */
  save(policy: ChosenPolicy, actor: string): Promise<void>;
}

export interface ApprovalDeskContext extends AdminGateContext {
  stores: AdminGateContext['stores'] & Pick<Stores, 'settings'>;
  /** What may be done as things are declared now. */
  actions: () => Promise<ActionRegistry>;
}

export function createApprovalDesk(context: ApprovalDeskContext): ApprovalDesk {
  const { settings } = context.stores;
  const refuseOthers = createAdminGate(context);
  return {
    async open(actor) {
      await refuseOthers(actor, 'setting.open');
      const [policy, { types }] = await Promise.all([readApprovalPolicy(settings), context.actions()]);
      const known = types.map(({ id, title }) => ({ id, title }));
      const gone = policy.disabled.filter((id) => known.every((type) => type.id !== id));
      return { policy, types: [...known, ...gone.map((id) => ({ id, title: id }))] };
    },

    async save(wanted, actor) {
      await refuseOthers(actor, 'setting.change');
      const parsed = approvalsSchema.safeParse(wanted);
      if (!parsed.success)
        throw new SeepassError('bad_arguments', parsed.error.issues[0]?.message ?? 'No such policy.');
      const { sole_approver_own: _, ...policy } = approvalPolicyOf(parsed.data);
      if (isSame(policy, await readApprovalPolicy(settings))) return;
      const declared = (await readWorkspaceConfig(settings)).approvals;
      await settings.set(APPROVAL_POLICY_KEY, isSame(policy, declared) ? null : policy, actor);
    },
  };
}

const isSame = (one: ChosenPolicy, other: ChosenPolicy): boolean => textOf(one) === textOf(other);

const textOf = ({ low_risk, groups, sole_approver_wait, disabled }: ChosenPolicy): string =>
  JSON.stringify([low_risk, [...groups].sort(), sole_approver_wait, [...disabled].sort()]);
