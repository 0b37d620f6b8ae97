import type { ListenerDeps } from '../deps.ts';
import { messageParameters } from '../messenger.ts';
import type { BlockAction } from '../payloads.ts';
import { respondTo } from '../respond.ts';
import type { Rendered } from '../views/notice.ts';
import { callSlack } from '../web-call.ts';

/** Words for the person who pressed a button, seen by nobody else. */
export async function tellPresser(deps: ListenerDeps, pressed: BlockAction, notice: Rendered): Promise<void> {
  if (pressed.response_url) return respondTo(pressed.response_url, notice, 'ephemeral');
  if (!pressed.channel) return;
  await callSlack(deps.client, 'chat.postEphemeral', {
    channel: pressed.channel.id,
    user: pressed.user.id,
    ...messageParameters(notice),
  });
}
