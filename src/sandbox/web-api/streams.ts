import { z } from 'zod';
import { LIMITS } from '../../block-kit/limits.ts';
import { validateBlocks } from '../../block-kit/validate.ts';
import { refuseFaults, SlackRefusal } from '../refusal.ts';
import type { StoredMessage } from '../state/message-store.ts';
import { Stream, type StreamChunk } from '../state/stream-store.ts';
import { APP } from '../state/workspace.ts';
import type { ApiCall, MethodTable } from './call.ts';
import { readContent, threadOf, writableChannel } from './chat.ts';

const record = z.record(z.string(), z.unknown());
const chunksSchema = z.array(
  z.discriminatedUnion('type', [
    z.strictObject({ type: z.literal('markdown_text'), text: z.string() }),
    z.strictObject({ type: z.literal('plan_update'), title: z.string().min(1) }),
    z.strictObject({ type: z.literal('blocks'), blocks: z.array(record).max(LIMITS.blocksPer.message) }),
    z.strictObject({
      type: z.literal('task_update'),
      id: z.string().min(1),
      title: z.string().min(1),
      status: z.enum(['pending', 'in_progress', 'complete', 'error']),
      details: z.string().optional(),
      output: z.string().optional(),
      sources: z.array(record).optional(),
    }),
  ]),
);

/** What a call adds: its `markdown_text`, then its chunks. @throws SlackRefusal `invalid_chunks` */
function addedBy({ args }: ApiCall): StreamChunk[] {
  const text = args.text('markdown_text') ?? '';
  if (text.length > LIMITS.markdown) throw new SlackRefusal('msg_too_long');
  const parsed = chunksSchema.safeParse(args.json('chunks', 'invalid_chunks') ?? []);
  if (!parsed.success) throw new SlackRefusal('invalid_chunks');
  for (const chunk of parsed.data) {
    const faults = chunk.type === 'blocks' ? validateBlocks(chunk.blocks, 'message') : [];
    if (faults.length > 0) throw refuseFaults('invalid_blocks', faults);
  }
  return text === '' ? parsed.data : [{ type: 'markdown_text', text }, ...parsed.data];
}

function streamed({ workspace, args }: ApiCall): { message: StoredMessage; stream: Stream } {
  const message = workspace.messages.find(workspace.channel(args.need('channel')).id, args.need('ts'));
  if (message === undefined) throw new SlackRefusal('message_not_found');
  if (message.bot_id !== APP.botId) throw new SlackRefusal('message_not_owned_by_app');
  const stream = workspace.streams.find(message);
  if (stream === undefined) throw new SlackRefusal('message_not_in_streaming_state');
  return { message, stream };
}

export const streamMethods: MethodTable = {
  'chat.startStream': {
    scopes: ['chat:write'],
    handle(call) {
      const { workspace, args } = call;
      const channel = writableChannel(call);
      const thread = threadOf(call, channel);
      if (channel.kind === 'im' && thread.thread_ts === undefined) args.need('thread_ts');
      if (channel.kind !== 'im') {
        for (const key of ['recipient_team_id', 'recipient_user_id']) {
          if (!args.has(key)) throw new SlackRefusal(`missing_${key}`);
        }
      }
      const stream = new Stream(args.text('task_display_mode') === 'plan' ? 'plan' : 'timeline');
      for (const chunk of addedBy(call)) stream.append(chunk);
      const message = workspace.postAsApp(
        { channel: channel.id, text: stream.text(), blocks: stream.blocks(), ...thread },
        (posted) => workspace.streams.open(posted, stream),
      );
      return { channel: channel.id, ts: message.ts };
    },
  },
  'chat.appendStream': {
    scopes: ['chat:write'],
    handle(call) {
      const { message, stream } = streamed(call);
      const chunks = addedBy(call);
      if (chunks.length === 0) call.args.need('markdown_text');
      for (const chunk of chunks) stream.append(chunk);
      call.workspace.edit(message, { text: stream.text(), blocks: stream.blocks() }, { isQuiet: true });
      return { channel: message.channel, ts: message.ts };
    },
  },
  'chat.stopStream': {
    scopes: ['chat:write'],
    handle(call) {
      const { message, stream } = streamed(call);
      const { blocks: last = [], metadata } = call.args.has('blocks')
        ? readContent(call.args, call.workspace)
        : { metadata: undefined };
      for (const chunk of addedBy(call)) stream.append(chunk);
      call.workspace.streams.close(message);
      const blocks = [...stream.blocks(), ...last];
      call.workspace.edit(message, { text: stream.text(), blocks, ...(metadata === undefined ? {} : { metadata }) });
      return { channel: message.channel, ts: message.ts, message: call.workspace.toSlack(message) };
    },
  },
};
