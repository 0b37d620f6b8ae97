import type { App } from '@slack/bolt';
import type { Decision } from '../../pipeline/act.ts';
import type { ListenerDeps } from '../deps.ts';
import { createDigestRefresher, type RefreshDigest } from '../digest-refresher.ts';
import { ACTIONS } from '../ids.ts';
import { escapeEntities } from '../mrkdwn.ts';
import { type BlockAction, blockActionSchema } from '../payloads.ts';
import { buildNotice } from '../views/notice.ts';
import { buildNotAllowed, buildTooLate } from '../views/outcome.ts';
import { guard } from './guard.ts';
import { tellPresser } from './tell.ts';

const BUTTONS = [
  { actionId: ACTIONS.approve, decision: 'approved', what: 'I could not approve that' },
  { actionId: ACTIONS.dismiss, decision: 'dismissed', what: 'I could not dismiss that' },
] as const;

/** Approve and Dismiss: decided once, by an approver; the message then shows what the stores say. */
export function registerDecisions(app: App, deps: ListenerDeps): void {
  const refresh = createDigestRefresher(deps);
  for (const { actionId, decision, what } of BUTTONS) {
    app.action(actionId, async ({ ack, body }) => {
      await ack();
      const pressed = blockActionSchema.parse(body);
      const proposalId = pressed.actions[0]?.value ?? '';
      await guard(deps.log, {
        what,
        about: { action: actionId, user: pressed.user.id, proposal: proposalId },
        tell: (notice) => tellPresser(deps, pressed, notice),
        work: async () => {
          const channel = pressed.channel?.id ?? null;
          const made = await deps.decide({ proposalId, decision, actor: pressed.user.id, channel });
          await showDecision(deps, pressed, made, refresh);
        },
      });
    });
  }
}

async function showDecision(
  deps: ListenerDeps,
  pressed: BlockAction,
  made: Decision,
  refresh: RefreshDigest,
): Promise<void> {
  if (made.kind === 'forbidden') return tellPresser(deps, pressed, buildNotAllowed(made.approvers));
  const ts = pressed.message?.ts;
  // Whoever pressed too late was looking at an old card, so that one is brought up to date as well.
  const shown = pressed.channel && ts ? await refresh(pressed.channel.id, ts) : false;
  if (made.kind === 'too_late') return tellPresser(deps, pressed, buildTooLate(made.proposal, deps.timezone));
  if (!shown) await tellPresser(deps, pressed, buildNotice(escapeEntities(made.words)));
}
