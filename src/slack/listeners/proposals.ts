import type { App } from '@slack/bolt';
import { SeepassError } from '../../errors.ts';
import type { DeskCommand } from '../../pipeline/proposal-desk.ts';
import type { ListenerDeps } from '../deps.ts';
import { isRefusal } from '../incident-command.ts';
import { type BlockAction, blockActionSchema } from '../payloads.ts';
import { decodeProposal, PROPOSAL_ACTIONS, PROPOSAL_CALLBACKS, type ProposalForm } from '../proposal-ids.ts';
import type { Rendered } from '../views/notice.ts';
import { buildDecided, buildRefusal } from '../views/outcome.ts';
import { buildProposalModal } from '../views/proposal-card.ts';
import { buildAskForm, buildEditForm, buildRejectForm } from '../views/proposal-forms.ts';
import { callSlack } from '../web-call.ts';
import { guard } from './guard.ts';
import { openModal } from './modal.ts';
import { tellPresser } from './tell.ts';

const FORMS = [
  { actionId: PROPOSAL_ACTIONS.edit, build: buildEditForm },
  { actionId: PROPOSAL_ACTIONS.reject, build: buildRejectForm },
  { actionId: PROPOSAL_ACTIONS.ask, build: buildAskForm },
] as const;

/** The buttons of a proposal's card beside Approve: three open a form, one objects, one shows it in a dialog. */
export function registerProposals(app: App, deps: ListenerDeps): void {
  for (const { actionId, build } of FORMS)
    listen(app, deps, { actionId, what: 'I could not open that' }, async (pressed) => {
      const view = await deps.proposals.view(readPressed(pressed).id);
      await callSlack(deps.client, 'views.open', {
        trigger_id: pressed.trigger_id,
        view: build(view, JSON.stringify(formOf(pressed))),
      });
    });
  app.action(PROPOSAL_ACTIONS.open, async ({ ack, body }) => {
    await ack();
    const pressed = blockActionSchema.parse(body);
    await openModal(deps, pressed, {
      callbackId: PROPOSAL_CALLBACKS.open,
      title: 'Proposal',
      what: 'I could not read that proposal',
      fill: async (show) => show(buildProposalModal(await deps.proposals.view(readPressed(pressed).id), deps.timezone)),
    });
  });
  listen(app, deps, { actionId: PROPOSAL_ACTIONS.object, what: 'I could not stop that' }, async (pressed) => {
    const { id } = readPressed(pressed);
    const hand = { user: pressed.user.id, channel: pressed.channel?.id ?? null };
    await actOn(
      deps,
      id,
      { kind: 'object', reason: null },
      { ...hand, tell: (told) => tellPresser(deps, pressed, told) },
    );
  });
}

function listen(
  app: App,
  deps: ListenerDeps,
  { actionId, what }: { actionId: string; what: string },
  work: (pressed: BlockAction) => Promise<void>,
): void {
  app.action(actionId, async ({ ack, body }) => {
    await ack();
    const pressed = blockActionSchema.parse(body);
    await guard(deps.log, {
      what,
      about: { action: actionId, user: pressed.user.id },
      tell: (notice) => tellPresser(deps, pressed, notice),
      work: () => work(pressed),
    });
  });
}

/** Does it; who may not, or was too late, is told why. What was done is shown by the card itself. */
export async function actOn(
  deps: ListenerDeps,
  id: string,
  command: DeskCommand,
  { user, channel, tell }: { user: string; channel: string | null; tell(notice: Rendered): Promise<void> },
): Promise<void> {
  try {
    const done = await deps.proposals.act(id, command, { actor: user, channel });
    await tell(buildDecided(done, { timezone: deps.timezone, stop: await deps.stop.get() }));
  } catch (error) {
    if (!isRefusal(error)) throw error;
    await tell(buildRefusal(error.line, await deps.proposals.view(id)));
  }
}

function readPressed(pressed: BlockAction) {
  const found = decodeProposal(pressed.actions[0]?.value ?? '');
  if (found) return found;
  throw new SeepassError('bad_arguments', 'That button is not one of mine any more.');
}

function formOf({ actions: [action], message, channel, container }: BlockAction): ProposalForm {
  const thread = container?.is_ephemeral ? null : (message?.thread_ts ?? message?.ts ?? null);
  return { proposal: action?.value ?? '', channel: channel?.id ?? '', thread };
}
