import type { App } from '@slack/bolt';
import { SeepassError } from '../../errors.ts';
import { answerTop } from '../commands/top.ts';
import type { ListenerDeps } from '../deps.ts';
import { ACTIONS } from '../ids.ts';
import { blockActionSchema } from '../payloads.ts';
import { respondTo } from '../respond.ts';
import { decodeShare } from '../share-value.ts';
import { buildNotice } from '../views/notice.ts';
import { guard } from './guard.ts';
import { tellPresser } from './tell.ts';

/** Share under an answer: the same answer for the whole channel, once. */
export function registerShare(app: App, deps: ListenerDeps): void {
  app.action(ACTIONS.shareTop, async ({ ack, body }) => {
    await ack();
    const pressed = blockActionSchema.parse(body);
    await guard(deps.log, {
      what: 'I could not share that',
      about: { action: ACTIONS.shareTop, user: pressed.user.id, channel: pressed.channel?.id },
      tell: (notice) => tellPresser(deps, pressed, notice),
      work: async () => {
        const share = decodeShare(pressed.actions[0]?.value ?? '');
        const url = pressed.response_url;
        if (!share || !url) throw new SeepassError('bad_arguments', 'That answer cannot be shared any more.');
        // Read before it is marked as shared, so that a failed read leaves the button working.
        const answer = await answerTop(share.request, deps, { sharedBy: pressed.user.id });
        if (!(await deps.stores.firstDelivery(`share:${share.id}`))) {
          throw new SeepassError('conflict', 'This answer was shared already.');
        }
        await respondTo(url, answer, 'in_channel');
        await respondTo(url, buildNotice('Shared with the channel.'), 'replace');
      },
    });
  });
}
