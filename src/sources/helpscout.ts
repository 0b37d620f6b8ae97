import type { EventLimits } from '../core/event.ts';
import type { DeliveryEnvelope, WebhookSource } from '../core/sources.ts';
import { readConversation } from './helpscout/conversation.ts';
import { fieldsOf, isFields, textAt } from './payload/fields.ts';
import { valuesOf } from './payload/lines.ts';
import { deliveryOf, ignoredPart, type PayloadPart } from './payload/parts.ts';

const EVENT = 'x-helpscout-event';

/**
 * Help Scout: a notification names a conversation, which is then fetched with its threads. Without a notification, as
 * in an import, the conversation is read as it is: `{conversation, threads, customer}`, or with its threads embedded.
 */
export const helpscoutSource: WebhookSource = {
  kind: 'webhook',
  name: 'helpscout',
  summary: 'Help Scout conversations: what customers write, and who answers',
  setup: [
    'In Help Scout open your profile, My Apps, Create My App. Keep its App ID and App Secret as SEEPASS_HELPSCOUT_APP_ID and SEEPASS_HELPSCOUT_APP_SECRET: notifications name a conversation, which is read with them.',
    'Open Manage, Apps, Webhooks, Install App.',
    'Callback URL: {url}. Secret Key: {secret}. Payload version: V2.',
    'Events: Conversation Created, Customer Reply Created, Agent Reply Created. Save.',
  ],
  proof: { kind: 'hmac', header: 'x-helpscout-signature', algorithm: 'sha1', encoding: 'base64' },
  keptHeaders: [EVENT],
  deliveryId,
  parse: ({ headers, body }, limits) => {
    const event = headers[EVENT];
    if (event !== undefined) return deliveryOf([readNotice(event, body)]);
    return deliveryOf(valuesOf(body).flatMap((value) => readFetched(value, limits)));
  },
  parseFetched: (_need, fetched, limits) => deliveryOf(readFetched(fetched, limits)),
};

/** Somebody said something; the others move conversations about, or are about people. */
const SAYS_SOMETHING = new Set([
  'convo.created',
  'convo.ai-answers.created',
  'convo.customer.reply.created',
  'convo.agent.reply.created',
]);

function readNotice(event: string, body: unknown): PayloadPart {
  if (!SAYS_SOMETHING.has(event)) return ignoredPart(event);
  const id = conversationIn(body);
  if (id === null || !/^\d{1,20}$/.test(id))
    return { reason: 'the notification names no conversation: set its payload version to V2' };
  return { need: { kind: 'conversation', id } };
}

const conversationIn = (body: unknown): string | null => textAt(body, 'conversationId', 'object.conversationId', 'id');

/**
 * Help Scout gives a delivery no id, and the same body may come for two replies: what tells them apart is when the
 * conversation last changed. A body without that is never a repetition; fetching twice stores nothing twice.
 */
function deliveryId({ headers, body, receivedAt }: DeliveryEnvelope): string | null {
  const event = headers[EVENT];
  const id = conversationIn(body);
  if (event === undefined || id === null) return null;
  const changed = textAt(body, 'modifiedAt', 'updatedAt', 'userUpdatedAt', 'createdAt');
  const threads = textAt(body, 'threads', 'threadCount') ?? '';
  return `${event}:${id}:${changed === null ? `received ${receivedAt}` : `${changed}:${threads}`}`;
}

function readFetched(value: unknown, limits: EventLimits): PayloadPart[] {
  if (!isFields(value)) return [{ reason: 'the payload is no JSON object: send what Help Scout sends' }];
  if (value.gone === true) return [ignoredPart('conversation gone')];
  const conversation = isFields(value.conversation) ? value.conversation : value;
  const threads = value.threads ?? fieldsOf(conversation._embedded).threads;
  if (!Array.isArray(threads))
    return [
      { reason: 'the conversation has no threads: fetch it with them, or send the notification with its header' },
    ];
  return readConversation(conversation, threads, fieldsOf(value.customer), limits);
}
