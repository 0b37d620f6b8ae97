import type { App } from '@slack/bolt';
import { readItems } from '../../pipeline/digest.ts';
import { DIGEST_KIND } from '../../pipeline/post.ts';
import { commands } from '../commands/index.ts';
import type { ListenerDeps } from '../deps.ts';
import { findCommand } from '../find-command.ts';
import { messageParameters } from '../messenger.ts';
import { eventEnvelopeSchema, type MessageEvent, messageEventSchema } from '../payloads.ts';
import type { Rendered } from '../views/notice.ts';
import { buildCannotAnswerYet, buildReason } from '../views/reply.ts';
import { callSlack } from '../web-call.ts';
import { isFirstDelivery } from './first-delivery.ts';
import { guard } from './guard.ts';

/** "#2", as in "why is #2?". */
const RANK = /#(\d{1,2})\b/;

/**
 * Mentions, direct messages, and "why is #2?" under a digest. Mentions and threads are answered in the
 * thread; talk among people under a digest is left alone.
 */
export function registerMessages(app: App, deps: ListenerDeps): void {
  app.event('app_mention', async ({ event, body, context }) => {
    await answer(deps, { event, body, self: context.botUserId, concerns: () => true });
  });
  app.event('message', async ({ event, body, context }) => {
    const self = context.botUserId;
    await answer(deps, { event, body, self, concerns: (message) => isForUs(message, self) });
  });
}

/** A direct message, or a reply that names a rank; a mention comes as `app_mention` too, which answers it. */
function isForUs(message: MessageEvent, self: string | undefined): boolean {
  if (message.subtype !== undefined || message.bot_id !== undefined) return false;
  if (message.channel_type === 'im') return true;
  const mentioned = self !== undefined && message.text.includes(`<@${self}>`);
  return !mentioned && message.thread_ts !== undefined && RANK.test(message.text);
}

interface Incoming {
  event: unknown;
  body: unknown;
  /** Our own user id. */
  self: string | undefined;
  concerns: (message: MessageEvent) => boolean;
}

async function answer(deps: ListenerDeps, { event, body, self, concerns }: Incoming): Promise<void> {
  const parsed = messageEventSchema.safeParse(event);
  // Deletions and edits have another shape, and nothing to answer.
  if (!parsed.success || (self !== undefined && parsed.data.user === self) || !concerns(parsed.data)) return;
  const message = parsed.data;
  const { channel, ts } = message;
  const direct = message.channel_type === 'im';
  const thread = message.thread_ts ?? (direct ? undefined : ts);
  const reply = async (text: Rendered): Promise<void> => {
    const place = { channel, ...(thread ? { thread_ts: thread } : {}) };
    await callSlack(deps.client, 'chat.postMessage', { ...place, ...messageParameters(text) });
  };
  await guard(deps.log, {
    what: 'I could not answer',
    about: { channel, ts, user: message.user },
    tell: reply,
    work: async () => {
      const { event_id: eventId, team_id: team } = eventEnvelopeSchema.parse(body);
      if (!(await isFirstDelivery(deps.stores, { eventId, team, channel, ts }))) return;
      const words = message.text.replace(/<@[A-Z0-9]+>/g, ' ').trim();
      const text = (await reasonFor(deps, message)) ?? (await runCommand(deps, message, words));
      // A rank in a thread that is not under a digest is somebody else's business.
      if (text) await reply(text);
      else if (direct || message.text.includes(`<@${self}>`)) await reply(buildCannotAnswerYet());
    },
  });
}

/** "top 3" works in a mention and in a direct message as it does after the slash. */
async function runCommand(deps: ListenerDeps, message: MessageEvent, words: string): Promise<Rendered | null> {
  const found = findCommand(words, commands);
  const named = found.command && words !== '' && message.user !== undefined;
  if (!named || !(message.channel_type === 'im' || /<@[A-Z0-9]+>/.test(message.text))) return null;
  return found.command.run(
    { user: message.user ?? '', channel: message.channel, text: found.text, audience: 'thread' },
    deps,
  );
}

/** What is known of the priority that a reply under a digest names; null for any other message. */
async function reasonFor(deps: ListenerDeps, message: MessageEvent): Promise<Rendered | null> {
  const rank = Number(RANK.exec(message.text)?.[1]);
  if (!message.thread_ts || !Number.isInteger(rank)) return null;
  const posted = await deps.stores.outbox.findByMessage(message.channel, message.thread_ts);
  if (posted?.kind !== DIGEST_KIND) return null;
  const priorities = await deps.stores.priorities.listPriorities(posted.subject);
  const priority = priorities.find((candidate) => candidate.rank === rank);
  const [item] = priority ? await readItems(deps, [priority]) : [];
  return item ? buildReason(item, deps) : null;
}
