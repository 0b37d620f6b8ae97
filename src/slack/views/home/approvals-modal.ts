import type { ApprovalPolicy } from '../../../core/policy/approval-policy.ts';
import type { JsonObject } from '../../../core/records.ts';
import { APPROVALS_CALLBACK, APPROVALS_INPUTS } from '../../home-ids.ts';
import { context } from '../elements.ts';
import { formModal, input, lineInput, menu, multiMenu, option } from '../form.ts';

export const APPROVALS_TITLE = 'Approvals';

const LOW_RISK: Readonly<Record<ApprovalPolicy['low_risk'], string>> = {
  one_approver: 'Needs one approver, as all else does',
  runs_by_itself: 'Runs by itself, and says so',
};
/** What a menu holds. */
const MOST_TYPES = 100;

/** The form for admins. @param types action types that may be disabled. */
export function buildApprovalsModal(
  policy: ApprovalPolicy,
  types: readonly { id: string; title: string }[],
): JsonObject {
  const { lowRisk, groups, wait, disabled } = APPROVALS_INPUTS;
  const levels = Object.entries(LOW_RISK).map(([level, words]) => option(words, level));
  const options = types.slice(0, MOST_TYPES).map(({ id, title }) => option(title, id));
  const chosen = types
    .slice(0, MOST_TYPES)
    .filter(({ id }) => policy.disabled.includes(id))
    .map(({ id, title }) => option(title, id));
  return formModal(APPROVALS_CALLBACK, { title: APPROVALS_TITLE, submit: 'Save', metadata: '' }, [
    input(
      lowRisk,
      'What I propose at low risk',
      menu(lowRisk, 'Choose', levels, option(LOW_RISK[policy.low_risk], policy.low_risk)),
      {
        hint: 'Medium risk needs one approver, high risk two different people. What a person proposes needs one other.',
      },
    ),
    input(
      groups,
      'User groups whose members may approve',
      lineInput(groups, {
        longest: 200,
        ...(policy.groups.length === 0 ? {} : { initial: policy.groups.join(', ') }),
        placeholder: 'S0614TZR7, S0614TZR8',
      }),
      { isOptional: true, hint: 'By their ids, which the menu of a group in Slack copies. Besides the approvers.' },
    ),
    input(
      wait,
      'Minutes in which anybody may object, where only one person may approve',
      lineInput(wait, { longest: 10, initial: String(policy.sole_approver_wait), placeholder: '30' }),
      { hint: 'From 1 to 720, or "never": then what needs two people waits for a second one.' },
    ),
    input(disabled, 'Never proposed and never done', multiMenu(disabled, 'Nothing is ruled out', options, chosen), {
      isOptional: true,
      hint: 'What is approved already and has not begun is not done either.',
    }),
    context('This holds over `approvals` in the workspace config. Every change is kept in the audit with who made it.'),
  ]);
}
