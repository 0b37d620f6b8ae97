import type { App } from '@slack/bolt';
import type { ListenerDeps } from '../deps.ts';
import { ACTIONS } from '../ids.ts';
import { blockActionSchema } from '../payloads.ts';
import { buildNotice } from '../views/notice.ts';
import { guard } from './guard.ts';
import { tellPresser } from './tell.ts';

/** "I've seen it" under a notice to an owner: it then says who saw it, and nobody else is told. */
export function registerOwnerNotices(app: App, deps: ListenerDeps): void {
  app.action(ACTIONS.sawNotice, async ({ ack, body }) => {
    await ack();
    const pressed = blockActionSchema.parse(body);
    await guard(deps.log, {
      what: 'I could not note that',
      about: { action: ACTIONS.sawNotice, user: pressed.user.id },
      tell: (notice) => tellPresser(deps, pressed, notice),
      work: async () => {
        const by = { actor: pressed.user.id, channel: pressed.channel?.id ?? null };
        await deps.ownerNotices.acknowledge(pressed.actions[0]?.value ?? '', by);
        await tellPresser(deps, pressed, buildNotice('Thanks. Nobody else is told.'));
      },
    });
  });
}
