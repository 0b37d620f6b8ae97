import type { App } from '@slack/bolt';
import { buildItems } from '../../pipeline/digest.ts';
import { DIGEST_KIND } from '../../pipeline/post.ts';
import type { ListenerDeps } from '../deps.ts';
import { messageParameters } from '../messenger.ts';
import { eventEnvelopeSchema, type MessageEvent, messageEventSchema } from '../payloads.ts';
import type { Rendered } from '../views/notice.ts';
import { buildCannotAnswerYet, buildReason } from '../views/reply.ts';
import { callSlack } from '../web-call.ts';
import { isFirstDelivery } from './first-delivery.ts';
import { guard } from './guard.ts';

/**
 * Mentions, direct messages, and "why is #2?" under a digest. Mentions and threads are answered in the
 * thread; talk among people under a digest is left alone.
 */
export function registerMessages(app: App, deps: ListenerDeps): void {
  app.event('app_mention', async ({ event, body, context }) => {
    await answer(
      deps,
      event,
      body,
      context.botUserId,
      async (message) => (await reasonFor(deps, message)) ?? buildCannotAnswerYet(),
    );
  });

  app.event('message', async ({ event, body, context }) => {
    await answer(deps, event, body, context.botUserId, async (message) => {
      if (message.subtype !== undefined || message.bot_id !== undefined) return null;
      const direct = message.channel_type === 'im';
      // A mention arrives as app_mention too, which answers it.
      if (!direct && context.botUserId && message.text.includes(`<@${context.botUserId}>`)) return null;
      return (await reasonFor(deps, message)) ?? (direct ? buildCannotAnswerYet() : null);
    });
  });
}

async function answer(
  deps: ListenerDeps,
  event: unknown,
  body: unknown,
  self: string | undefined,
  write: (message: MessageEvent) => Promise<Rendered | null>,
): Promise<void> {
  const parsed = messageEventSchema.safeParse(event);
  // Deletions and edits have another shape, and nothing to answer.
  if (!parsed.success || (self !== undefined && parsed.data.user === self)) return;
  const message = parsed.data;
  const { event_id: eventId, team_id: team } = eventEnvelopeSchema.parse(body);
  const direct = message.channel_type === 'im';
  const thread = message.thread_ts ?? (direct ? undefined : message.ts);
  const reply = (text: Rendered): Promise<void> =>
    callSlack(deps.client, 'chat.postMessage', {
      channel: message.channel,
      ...(thread ? { thread_ts: thread } : {}),
      ...messageParameters(text),
    }).then(() => undefined);
  await guard(deps.log, {
    what: 'I could not answer',
    about: { channel: message.channel, ts: message.ts, user: message.user },
    tell: reply,
    work: async () => {
      const text = await write(message);
      if (!text) return;
      if (await isFirstDelivery(deps.stores, { eventId, team, channel: message.channel, ts: message.ts }))
        await reply(text);
    },
  });
}

/** What is known of the priority that a reply under a digest names ("why is #2?"); null for any other message. */
async function reasonFor(deps: ListenerDeps, message: MessageEvent): Promise<Rendered | null> {
  const rank = Number(/#(\d{1,2})\b/.exec(message.text)?.[1]);
  if (!message.thread_ts || !Number.isInteger(rank)) return null;
  const posted = await deps.stores.outbox.findByMessage(message.channel, message.thread_ts);
  if (posted?.kind !== DIGEST_KIND) return null;
  const priorities = await deps.stores.priorities.listPriorities(posted.subject);
  const priority = priorities.find((candidate) => candidate.rank === rank);
  if (!priority) return null;
  const [item] = await buildItems(deps, [priority], deps.clock());
  return item ? buildReason(item, deps) : null;
}
