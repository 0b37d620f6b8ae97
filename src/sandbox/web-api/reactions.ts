import type { JsonRecord } from '../json.ts';
import { SlackRefusal } from '../refusal.ts';
import type { StoredMessage } from '../state/message-store.ts';
import { APP } from '../state/workspace.ts';
import type { ApiCall, MethodTable } from './call.ts';

function reactedTo({ workspace, args }: ApiCall): StoredMessage {
  const channel = workspace.channel(args.need('channel'));
  const message = workspace.messages.find(channel.id, args.need('timestamp'));
  if (message === undefined || message.visible_to !== undefined) throw new SlackRefusal('message_not_found');
  return message;
}

/** Puts the app's reaction on or takes it away. */
function react(call: ApiCall, isAdded: boolean): JsonRecord {
  const message = reactedTo(call);
  if (isAdded && call.workspace.channel(message.channel).isArchived) throw new SlackRefusal('is_archived');
  const name = call.args.need('name').replaceAll(':', '');
  if (!/^[a-z0-9_+'-]+$/.test(name)) throw new SlackRefusal('invalid_name');
  const has = message.reactions?.some((one) => one.name === name && one.users.includes(APP.userId)) === true;
  if (has === isAdded) throw new SlackRefusal(isAdded ? 'already_reacted' : 'no_reaction');
  call.workspace.react(message, name, APP.userId, isAdded);
  return {};
}

export const reactionMethods: MethodTable = {
  'reactions.add': { scopes: ['reactions:write'], handle: (call) => react(call, true) },
  'reactions.remove': { scopes: ['reactions:write'], handle: (call) => react(call, false) },
  'reactions.get': {
    scopes: ['reactions:read'],
    handle(call) {
      const message = reactedTo(call);
      const permalink = call.workspace.permalink(message.channel, message.ts, message.thread_ts);
      return {
        type: 'message',
        channel: message.channel,
        message: { ...call.workspace.toSlack(message), permalink },
      };
    },
  },
};
