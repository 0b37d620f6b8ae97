import { checkMessage } from '../../block-kit/message.ts';
import type { BlockFault } from '../../block-kit/validate.ts';
import { type JsonRecord, recordOf, recordsOf } from '../json.ts';
import { refuseFaults, SlackRefusal } from '../refusal.ts';
import type { StoredMessage } from '../state/message-store.ts';
import type { Channel } from '../state/roster.ts';
import { APP, type Workspace } from '../state/workspace.ts';
import type { ApiCall, Args, MethodTable } from './call.ts';

export interface MessageContent {
  text: string;
  blocks?: JsonRecord[];
  attachments?: JsonRecord[];
  metadata?: JsonRecord;
}

/** Reads and checks what a message says. @throws SlackRefusal as Slack would */
export function readContent(args: Args, workspace: Workspace): MessageContent {
  const blocks = args.json('blocks', 'invalid_blocks_format');
  const attachments = args.json('attachments', 'invalid_attachments');
  const metadata = args.json('metadata', 'invalid_metadata_format');
  const markdown = args.text('markdown_text');
  if (markdown !== undefined && (args.has('text') || args.has('blocks'))) {
    throw new SlackRefusal('markdown_text_conflict');
  }
  const text = args.text('text') ?? markdown ?? '';
  const fault = checkMessage({ text, blocks, attachments, metadata });
  if (fault?.error === 'invalid_blocks') throw refuseFaults('invalid_blocks', fault.faults);
  if (fault !== null) throw new SlackRefusal(fault.error);
  const records = recordsOf(blocks);
  refuseUnknownFiles(records, workspace);
  return {
    text,
    ...(records.length === 0 ? {} : { blocks: records }),
    ...(attachments === undefined ? {} : { attachments: recordsOf(attachments) }),
    ...(metadata === undefined ? {} : { metadata: recordOf(metadata) }),
  };
}

/** An image block may only name a file that has finished uploading. */
export function refuseUnknownFiles(blocks: readonly JsonRecord[], workspace: Workspace): void {
  const faults: BlockFault[] = [];
  for (const [index, block] of blocks.entries()) {
    const id = recordOf(block.slack_file).id;
    if (typeof id === 'string' && workspace.fileObject(id) === undefined) {
      faults.push({ pointer: `/blocks/${index}/slack_file`, message: 'invalid slack file' });
    }
  }
  if (faults.length > 0) throw refuseFaults('invalid_blocks', faults);
}

/** A channel the app may write to; a person's id stands for their direct message. */
export function writableChannel({ workspace, args }: ApiCall): Channel {
  const wanted = args.need('channel');
  const channel = workspace.people.has(wanted)
    ? workspace.openDirectMessage(wanted)
    : (workspace.findChannel(wanted) ?? workspace.channel(wanted));
  if (channel.isArchived) throw new SlackRefusal('is_archived');
  if (!channel.members.has(APP.userId)) {
    throw new SlackRefusal(channel.kind === 'group' ? 'channel_not_found' : 'not_in_channel');
  }
  return channel;
}

export function threadOf(
  { workspace, args }: ApiCall,
  channel: Channel,
): Pick<StoredMessage, 'thread_ts' | 'reply_broadcast' | 'subtype'> {
  const threadTs = args.text('thread_ts');
  if (threadTs === undefined) return {};
  const parent = workspace.messages.find(channel.id, threadTs);
  if (parent === undefined || parent.visible_to !== undefined) throw new SlackRefusal('thread_not_found');
  const root = parent.thread_ts ?? parent.ts;
  const isBroadcast = args.flag('reply_broadcast');
  return { thread_ts: root, ...(isBroadcast ? { reply_broadcast: true, subtype: 'thread_broadcast' } : {}) };
}

/** A message of the app's own. Ephemeral messages cannot be changed this way. */
function ownMessage({ workspace, args }: ApiCall, refusal: string): StoredMessage {
  const channel = workspace.channel(args.need('channel'));
  const message = workspace.messages.find(channel.id, args.need('ts'));
  const isGone = message === undefined || message.subtype === 'tombstone';
  if (isGone || message.visible_to !== undefined) throw new SlackRefusal('message_not_found');
  if (message.bot_id !== APP.botId) throw new SlackRefusal(refusal);
  return message;
}

/** `chat.update` keeps the blocks, attachments and metadata it is not given; an empty list removes them. */
function update(call: ApiCall): JsonRecord {
  const message = ownMessage(call, 'cant_update_message');
  const { text, blocks, attachments, metadata } = readContent(call.args, call.workspace);
  call.workspace.edit(message, {
    text,
    ...(call.args.has('blocks') ? { blocks: blocks ?? [] } : {}),
    ...(call.args.has('attachments') ? { attachments: attachments ?? [] } : {}),
    ...(metadata === undefined ? {} : { metadata }),
    edited: { user: APP.userId, ts: call.workspace.ids.timestamp() },
  });
  const shown = call.workspace.toSlack(message, { metadata: true });
  return { channel: message.channel, ts: message.ts, text: message.text, message: shown };
}

export const chatMethods: MethodTable = {
  'chat.postMessage': {
    scopes: ['chat:write'],
    handle(call) {
      const channel = writableChannel(call);
      call.pace(channel.id);
      const content = readContent(call.args, call.workspace);
      const message = call.workspace.postAsApp({ channel: channel.id, ...content, ...threadOf(call, channel) });
      return { channel: channel.id, ts: message.ts, message: call.workspace.toSlack(message, { metadata: true }) };
    },
  },
  'chat.update': { scopes: ['chat:write'], handle: update },
  'chat.delete': {
    scopes: ['chat:write'],
    handle(call) {
      const message = ownMessage(call, 'cant_delete_message');
      call.workspace.remove(message);
      return { channel: message.channel, ts: message.ts };
    },
  },
  'chat.postEphemeral': {
    scopes: ['chat:write'],
    handle(call) {
      const channel = writableChannel(call);
      const user = call.args.need('user');
      if (!channel.members.has(user)) throw new SlackRefusal('user_not_in_channel');
      const content = readContent(call.args, call.workspace);
      const message = call.workspace.postAsApp({
        channel: channel.id,
        ...content,
        ...threadOf(call, channel),
        visible_to: user,
      });
      return { message_ts: message.ts };
    },
  },
  'chat.getPermalink': {
    handle({ workspace, args }) {
      const channel = workspace.channel(args.need('channel'));
      const message = workspace.messages.find(channel.id, args.need('message_ts'));
      if (message === undefined) throw new SlackRefusal('message_not_found');
      return { channel: channel.id, permalink: workspace.permalink(channel.id, message.ts, message.thread_ts) };
    },
  },
};
