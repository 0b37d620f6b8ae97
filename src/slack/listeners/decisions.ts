import type { App } from '@slack/bolt';
import { SeepassError } from '../../errors.ts';
import type { DeskCommand } from '../../pipeline/proposal-desk.ts';
import type { ListenerDeps } from '../deps.ts';
import { createDigestRefresher, type RefreshDigest } from '../digest-refresher.ts';
import { ACTIONS } from '../ids.ts';
import { isRefusal } from '../incident-command.ts';
import { type BlockAction, blockActionSchema } from '../payloads.ts';
import { decodeProposal, type PressedProposal } from '../proposal-ids.ts';
import { buildDecided, buildRefusal } from '../views/outcome.ts';
import { guard } from './guard.ts';
import { tellPresser } from './tell.ts';

interface Button {
  actionId: string;
  commandFor(pressed: PressedProposal): DeskCommand;
  what: string;
}

const BUTTONS: readonly Button[] = [
  {
    actionId: ACTIONS.approve,
    commandFor: ({ version }) => ({ kind: 'approve', version }),
    what: 'I could not approve that',
  },
  {
    actionId: ACTIONS.dismiss,
    commandFor: () => ({ kind: 'reject', reason: null }),
    what: 'I could not dismiss that',
  },
];

/** Approve and Dismiss under a digest's suggestion: decided once; the message then shows what the stores say. */
export function registerDecisions(app: App, deps: ListenerDeps): void {
  const refresh = createDigestRefresher(deps);
  for (const { actionId, commandFor, what } of BUTTONS) {
    app.action(actionId, async ({ ack, body }) => {
      await ack();
      const pressed = blockActionSchema.parse(body);
      const value = pressed.actions[0]?.value ?? '';
      await guard(deps.log, {
        what,
        about: { action: actionId, user: pressed.user.id, proposal: value },
        tell: (notice) => tellPresser(deps, pressed, notice),
        work: async () => {
          const proposal = decodeProposal(value);
          if (proposal === undefined)
            throw new SeepassError('bad_arguments', 'That button is not one of mine any more.');
          await decide(deps, pressed, proposal.id, commandFor(proposal), refresh);
        },
      });
    });
  }
}

async function decide(
  deps: ListenerDeps,
  pressed: BlockAction,
  id: string,
  command: DeskCommand,
  refresh: RefreshDigest,
): Promise<void> {
  const channel = pressed.channel?.id ?? null;
  const ts = pressed.message?.ts;
  const show = async (): Promise<boolean> => (channel !== null && ts ? refresh(channel, ts) : false);
  try {
    const decided = await deps.proposals.act(id, command, { actor: pressed.user.id, channel });
    if (!(await show()))
      await tellPresser(deps, pressed, buildDecided(decided, { timezone: deps.timezone, stop: await deps.stop.get() }));
  } catch (error) {
    if (!isRefusal(error)) throw error;
    // Whoever pressed too late was looking at an old card, so that one is brought up to date as well.
    if (error.code === 'conflict') await show();
    await tellPresser(deps, pressed, buildRefusal(error.line, await deps.proposals.view(id)));
  }
}
