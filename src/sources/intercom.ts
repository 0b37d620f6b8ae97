import type { EventLimits } from '../core/event.ts';
import type { WebhookSource } from '../core/sources.ts';
import { readConversation } from './intercom/conversation.ts';
import { readTicket } from './intercom/ticket.ts';
import { type Fields, fieldsOf, isFields, listOf, textAt } from './payload/fields.ts';
import { valuesOf } from './payload/lines.ts';
import { deliveryOf, ignoredPart, type PayloadPart } from './payload/parts.ts';

/** Intercom: notifications about conversations and tickets, and both as its API or an export gives them. */
export const intercomSource: WebhookSource = {
  kind: 'webhook',
  name: 'intercom',
  summary: 'Intercom conversations and tickets: what customers write, and who answers',
  setup: [
    'In Intercom open Settings, Integrations, Developer Hub, New app, and choose your workspace.',
    'Authentication: ask for Read conversations and Read tickets, nothing else.',
    'Webhooks: endpoint URL {url}. Keep the Client secret under Basic information as the secret of intercom here: Intercom signs with it.',
    'Topics: conversation.user.created, conversation.user.replied, conversation.admin.replied, ticket.created, ticket.contact.replied, ticket.admin.replied.',
    'Save, and send a test: a ping is answered and counted as ignored.',
  ],
  proof: { kind: 'hmac', header: 'x-hub-signature', algorithm: 'sha1', encoding: 'hex', prefix: 'sha1=' },
  keptHeaders: [],
  deliveryId: ({ body }) => (textAt(body, 'type') === 'notification_event' ? textAt(body, 'id') : null),
  parse: ({ body }, limits) => deliveryOf(valuesOf(body).flatMap((value) => readValue(value, limits))),
};

/** Topics about a conversation or a ticket in which nobody says anything. */
const SAYS_NOTHING =
  /\.(?:deleted|read|noted|assigned|snoozed|unsnoozed|redacted|merged)$|\.(?:rating|tag|note|state|attribute|priority|team|attribute_updated)\.|\.updated$|\.attached$|\.detached$/;

/** A notification, a page of the API, or one conversation or ticket. */
function readValue(value: unknown, limits: EventLimits): PayloadPart[] {
  if (!isFields(value)) return [{ reason: 'the payload is no JSON object: send what Intercom sends' }];
  const { conversations, tickets } = value;
  if (Array.isArray(conversations) || Array.isArray(tickets))
    return [...listOf(conversations), ...listOf(tickets)].flatMap((item) => readItem(item, null, limits));
  if (!isFields(value.data)) return readItem(value, null, limits);
  const topic = textAt(value, 'topic');
  if (topic !== null && (!/^(?:conversation|ticket)\./.test(topic) || SAYS_NOTHING.test(topic)))
    return [ignoredPart(topic)];
  return readItem(value.data.item, { app: textAt(value, 'app_id'), topic }, limits);
}

interface Notice {
  /** The workspace's id in links. */
  app: string | null;
  topic: string | null;
}

/** One part at least: in which nobody says anything is counted as ignored. */
function readItem(item: unknown, notice: Notice | null, limits: EventLimits): PayloadPart[] {
  const fields = fieldsOf(item);
  const kind = kindOf(fields);
  const topic = notice?.topic ?? null;
  if (kind === null && topic === null)
    return [{ reason: 'the payload is none of Intercom: it is neither a notification nor a conversation' }];
  const parts = kind === null ? [] : readKind(kind, fields, notice, limits);
  return parts.length === 0 ? [ignoredPart(topic ?? kind ?? 'other')] : parts;
}

function readKind(kind: Kind, fields: Fields, notice: Notice | null, limits: EventLimits): PayloadPart[] {
  const app = notice?.app ?? null;
  return kind === 'conversation'
    ? readConversation(fields, { app, byCustomer: notice?.topic === 'conversation.user.created' }, limits)
    : readTicket(isFields(fields.ticket) ? fields.ticket : fields, app, limits);
}

type Kind = 'conversation' | 'ticket';

function kindOf(item: Fields): Kind | null {
  if (isFields(item.source) || isFields(item.conversation_parts)) return 'conversation';
  if (isFields(item.ticket_attributes) || isFields(item.ticket_parts)) return 'ticket';
  return fieldsOf(item.ticket).type === 'ticket' ? 'ticket' : null;
}
