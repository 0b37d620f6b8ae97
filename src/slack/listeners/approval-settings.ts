import type { App } from '@slack/bolt';
import type { ApprovalPolicy, ChosenPolicy } from '../../core/policy/approval-policy.ts';
import type { ListenerDeps } from '../deps.ts';
import { APPROVALS_CALLBACK, APPROVALS_INPUTS, HOME_ACTIONS } from '../home-ids.ts';
import { blockActionSchema, type Submission, submissionSchema } from '../payloads.ts';
import { publishHome } from '../publish-home.ts';
import { APPROVALS_TITLE, buildApprovalsModal } from '../views/home/approvals-modal.ts';
import { buildNotice } from '../views/notice.ts';
import { guard } from './guard.ts';
import { openModal } from './modal.ts';

const GROUP = /^S[A-Z0-9]{5,}$/;
const MOST_GROUPS = 10;
const LONGEST_WAIT = 720;

/** Who approves what, out of the Home. Whether somebody is an admin is asked when it opens, and again when it is saved. */
export function registerApprovalSettings(app: App, deps: ListenerDeps): void {
  app.action(HOME_ACTIONS.approvals, async ({ ack, body }) => {
    await ack();
    const pressed = blockActionSchema.parse(body);
    await openModal(deps, pressed, {
      callbackId: APPROVALS_CALLBACK,
      title: APPROVALS_TITLE,
      what: 'I could not read who approves',
      fill: async (show) => {
        const { policy, types } = await deps.home.approvals.open(pressed.user.id);
        await show(buildApprovalsModal(policy, types));
      },
    });
  });

  app.view(APPROVALS_CALLBACK, async ({ ack, body }) => {
    const sent = submissionSchema.parse(body);
    const user = sent.user.id;
    const form = readApprovalsForm(sent);
    if ('errors' in form) {
      await ack({ response_action: 'errors', errors: form.errors });
      return;
    }
    await ack();
    await guard(deps.log, {
      what: 'I could not save who approves',
      about: { form: APPROVALS_CALLBACK, user },
      tell: (notice) => publishHome(deps, user, { notice: notice.blocks }),
      work: async () => {
        await deps.home.approvals.save(form.policy, user);
        await publishHome(deps, user, { notice: buildNotice('Who approves what is saved.').blocks });
      },
    });
  });
}

/** What the form says, or by input what is wrong with it. */
export function readApprovalsForm({ view }: Submission): { policy: ChosenPolicy } | { errors: Record<string, string> } {
  const fieldOf = (name: string) => view.state.values[name]?.[name];
  const groups = (fieldOf(APPROVALS_INPUTS.groups)?.value ?? '').split(/[\s,]+/).filter(Boolean);
  const wait = readWait(fieldOf(APPROVALS_INPUTS.wait)?.value ?? '');
  const areGroups = groups.length <= MOST_GROUPS && groups.every((group) => GROUP.test(group));
  if (!areGroups || wait === null)
    return {
      errors: {
        ...(areGroups ? {} : { [APPROVALS_INPUTS.groups]: 'Ids of user groups, such as S0614TZR7, at most ten.' }),
        ...(wait === null ? { [APPROVALS_INPUTS.wait]: `Whole minutes from 1 to ${LONGEST_WAIT}, or "never".` } : {}),
      },
    };
  const level = fieldOf(APPROVALS_INPUTS.lowRisk)?.selected_option?.value;
  return {
    policy: {
      low_risk: level === 'runs_by_itself' ? level : 'one_approver',
      groups: [...new Set(groups)],
      sole_approver_wait: wait,
      disabled: (fieldOf(APPROVALS_INPUTS.disabled)?.selected_options ?? []).map(({ value }) => value),
    },
  };
}

function readWait(text: string): ApprovalPolicy['sole_approver_wait'] | null {
  const words = text.trim().toLowerCase();
  if (words === 'never' || words === '') return 'never';
  const minutes = /^\d{1,4}$/.test(words) ? Number(words) : 0;
  return minutes >= 1 && minutes <= LONGEST_WAIT ? minutes : null;
}
