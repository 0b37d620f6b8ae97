import type { App } from '@slack/bolt';
import { createInOrder } from '../../pipeline/ask/in-order.ts';
import { DeliveryError } from '../../pipeline/delivery-error.ts';
import { commands } from '../commands/index.ts';
import { type Converse, createConverse } from '../conversation.ts';
import type { ListenerDeps } from '../deps.ts';
import { takeDroppedFiles } from '../dropped-files.ts';
import { findMeantCommand } from '../find-command.ts';
import { readsAsQuestion } from '../for-us.ts';
import { unescapeEntities } from '../mrkdwn.ts';
import { eventEnvelopeSchema, type MessageEvent, messageEventSchema } from '../payloads.ts';
import { runCommand } from '../run-command.ts';
import { isDirect, postMessage } from '../send.ts';
import { beginThread, settledIn } from '../thread-start.ts';
import { mentionsIn, typedText } from '../typed-text.ts';
import type { Rendered } from '../views/notice.ts';
import { isFirstDelivery } from './first-delivery.ts';
import { guard } from './guard.ts';

/** How a message is for us: it names us, it is private, or it is a reply that may be. */
type Kind = 'mention' | 'direct' | 'reply';

/** Slack's words for a thread that is gone. */
const DELETED = new Set(['thread_not_found', 'message_not_found']);
/** A message's own words, sent as such or shared beyond its thread or with a file; all else is Slack talking. */
const SUBTYPES = new Set([undefined, 'thread_broadcast', 'file_share']);

/**
 * Mentions, direct messages and questions in threads we are in. Mentions and threads are answered in the thread;
 * what people say to each other there is left alone, see for-us.ts.
 */
export function registerMessages(app: App, deps: ListenerDeps): void {
  const converse = createConverse(deps);
  const inOrder = createInOrder();
  const hearInOrder = (incoming: Incoming): Promise<void> => hear(deps, { converse, inOrder }, incoming);
  app.event('app_mention', async ({ event, body, context }) => {
    await hearInOrder({ event, body, self: context.botUserId, kindOf: () => 'mention' });
  });
  app.event('message', async ({ event, body, context }) => {
    const self = context.botUserId;
    await hearInOrder({ event, body, self, kindOf: (message) => kindOfMessage(message, self) });
  });
}

/** A mention comes as `app_mention` too, which answers it. */
function kindOfMessage(message: MessageEvent, self: string | undefined): Kind | null {
  if (message.channel_type === 'im' || isDirect(message.channel)) return 'direct';
  if (self !== undefined && mentionsIn(message.text).includes(self)) return null;
  return message.thread_ts === undefined ? null : 'reply';
}

interface Incoming {
  event: unknown;
  body: unknown;
  /** Our own user id. */
  self: string | undefined;
  kindOf: (message: MessageEvent) => Kind | null;
}

interface Means {
  converse: Converse;
  /** What is said in one conversation is answered in its order. */
  inOrder: ReturnType<typeof createInOrder>;
}

async function hear(deps: ListenerDeps, means: Means, { event, body, self, kindOf }: Incoming): Promise<void> {
  const parsed = messageEventSchema.safeParse(event);
  // Deletions and edits have another shape, and nothing to answer.
  if (!parsed.success || !isFromSomebody(parsed.data, self)) return;
  const message = parsed.data;
  const kind = kindOf(message);
  if (kind === null) return;
  const { channel, ts } = message;
  const thread = message.thread_ts ?? (kind === 'direct' ? undefined : ts);
  await means.inOrder(`${channel} ${thread}`, async () => {
    if (kind === 'reply' && !(await isForUs(deps, message, self))) return;
    await reply(deps, means.converse, { message, kind, thread, body });
  });
}

interface Heard {
  message: MessageEvent;
  kind: Kind;
  thread: string | undefined;
  body: unknown;
}

async function reply(deps: ListenerDeps, converse: Converse, { message, kind, thread, body }: Heard): Promise<void> {
  const { channel, ts, user = '' } = message;
  const post = async (text: Rendered): Promise<void> => {
    await postMessage(deps.client, { channel, thread_ts: thread }, text);
  };
  await guard(deps.log, {
    what: 'I could not answer',
    about: { channel, ts, user },
    tell: (notice) => post(notice).catch(ignoreDeleted),
    work: async () => {
      const { event_id: eventId, team_id: team } = eventEnvelopeSchema.parse(body);
      if (!(await isFirstDelivery(deps.stores, { eventId, team, channel, ts }))) return;
      if (thread !== undefined) await beginThread(deps, { channel, thread });
      if (kind === 'direct' && message.files.length > 0) {
        await post(await takeDroppedFiles(deps, message));
        return;
      }
      const command = kind === 'reply' ? null : commandIn(message.text);
      if (command && command.command.name !== 'ask') {
        const request = { user, channel, text: command.text, audience: 'thread' } as const;
        await post(await runCommand(command.command, request, deps));
        return;
      }
      const question = typedText(command?.text ?? message.text);
      await converse({ user, team, channel, thread, question }).catch(ignoreDeleted);
    },
  });
}

/** Whoever deleted the question does not wait for an answer. */
function ignoreDeleted(error: unknown): void {
  if (!(error instanceof DeliveryError) || !DELETED.has(error.reason ?? '')) throw error;
}

/** People only, and what they wrote first: an edit was answered before it, and bots do not ask. */
const isFromSomebody = (message: MessageEvent, self: string | undefined): boolean =>
  SUBTYPES.has(message.subtype) &&
  message.bot_id === undefined &&
  message.user !== undefined &&
  message.user !== self &&
  message.edited == null;

/** "top 3" works in a mention and in a direct message as it does after the slash. */
function commandIn(text: string): ReturnType<typeof findMeantCommand> {
  const words = unescapeEntities(text.replace(/<@[A-Z0-9]+(?:\|[^>]*)?>/g, ' ')).trim();
  return findMeantCommand(words, commands);
}

/** Whether a reply that does not name us is a question to us. Never fails: nobody waits for an answer to it. */
async function isForUs(deps: ListenerDeps, message: MessageEvent, self: string | undefined): Promise<boolean> {
  const { channel, thread_ts: thread, parent_user_id: parent, text } = message;
  if (thread === undefined || mentionsIn(text).length > 0) return false;
  const { stores, clock, timezone, log } = deps;
  try {
    const context = await settledIn(deps, { channel, thread });
    if (context === undefined && (parent === undefined || parent !== self)) return false;
    const vocabulary = await stores.metrics.vocabulary();
    const setting = { asOf: clock(), zone: timezone, vocabulary, thread: context ?? null };
    return readsAsQuestion(typedText(text), setting, context === null);
  } catch (err) {
    log.warn({ err, channel, thread }, 'a reply was left alone: it could not be told whether it was for us');
    return false;
  }
}
