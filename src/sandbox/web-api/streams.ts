import { recordsOf } from '../json.ts';
import { SlackRefusal } from '../refusal.ts';
import type { StoredMessage } from '../state/message-store.ts';
import { APP } from '../state/workspace.ts';
import type { ApiCall, MethodTable } from './call.ts';
import { readContent, refuseUnknownFiles } from './chat.ts';

/** Messages that are still being written; an ended one takes no more. */
const streaming = new WeakSet<StoredMessage>();

function streamed({ workspace, args }: ApiCall): StoredMessage {
  const message = workspace.messages.find(workspace.channel(args.need('channel')).id, args.need('ts'));
  if (message === undefined) throw new SlackRefusal('message_not_found');
  if (!streaming.has(message)) throw new SlackRefusal('message_not_in_streaming_state');
  return message;
}

/** Text of `markdown_text` and of markdown chunks. */
function added({ args }: ApiCall): string {
  const chunks = recordsOf(args.json('chunks', 'invalid_arguments'));
  return (args.text('markdown_text') ?? '') + chunks.map((chunk) => String(chunk.text ?? '')).join('');
}

export const streamMethods: MethodTable = {
  'chat.startStream': {
    scopes: ['chat:write'],
    handle(call) {
      const { workspace, args } = call;
      const channel = workspace.channel(args.need('channel'));
      if (!channel.members.has(APP.userId)) throw new SlackRefusal('not_in_channel');
      const threadTs = args.need('thread_ts');
      if (channel.kind !== 'im' && (!args.has('recipient_user_id') || !args.has('recipient_team_id'))) {
        throw new SlackRefusal('missing_recipient');
      }
      const message = workspace.postAsApp({ channel: channel.id, text: added(call), thread_ts: threadTs });
      streaming.add(message);
      return { channel: channel.id, ts: message.ts };
    },
  },
  'chat.appendStream': {
    scopes: ['chat:write'],
    handle(call) {
      const message = streamed(call);
      call.workspace.edit(message, { text: message.text + added(call) });
      return { channel: message.channel, ts: message.ts };
    },
  },
  'chat.stopStream': {
    scopes: ['chat:write'],
    handle(call) {
      const message = streamed(call);
      const content = call.args.has('blocks') ? readContent(call.args, call.workspace) : undefined;
      refuseUnknownFiles(content?.blocks ?? [], call.workspace);
      streaming.delete(message);
      const blocks = content?.blocks === undefined ? {} : { blocks: content.blocks };
      call.workspace.edit(message, { text: message.text + added(call), ...blocks });
      return { channel: message.channel, ts: message.ts, message: call.workspace.toSlack(message) };
    },
  },
};
