import type { EventLimits } from '../../core/event.ts';
import { ticketSurface } from '../../core/text/ticket-surface.ts';
import { type Fields, fieldsOf, textAt } from '../payload/fields.ts';
import type { PayloadPart } from '../payload/parts.ts';
import { messagesOf } from './messages.ts';
import { companyOf, customerOf, sideOf } from './people.ts';
import { type Ask, readReply, readTicketEvent, tagsOf } from './support.ts';

export interface ConversationSetting {
  /** The workspace's id in links. */
  app: string | null;
  /** True where Intercom says so itself, whoever the first message names. */
  byCustomer: boolean;
}

/**
 * A ticket and its replies. What a teammate or a machine began is no ticket until the customer first answers: that
 * answer is its opening. Intercom says when it was, so one is the same however the conversation came.
 */
export function readConversation(item: Fields, setting: ConversationSetting, limits: EventLimits): PayloadPart[] {
  const id = textAt(item, 'id', 'conversation_id');
  if (id === null) return [{ reason: 'the conversation has no id: send it as Intercom made it' }];
  const { source } = item;
  const messages = messagesOf(item.conversation_parts, 'conversation_parts');
  const byCustomer = setting.byCustomer || sideOf(fieldsOf(source).author) === 'customer';
  const firstAnswer = textAt(item.first_contact_reply, 'created_at');
  const opening = byCustomer
    ? undefined
    : messages.find(
        ({ side, sentAt }) => side === 'customer' && firstAnswer !== null && String(sentAt) === firstAnswer,
      );
  const ask: Ask = {
    id,
    account: companyOf(item),
    platform: textAt(source, 'type'),
    url: setting.app === null ? null : `https://app.intercom.com/a/inbox/${setting.app}/inbox/conversation/${id}`,
    surface: ticketSurface({
      tags: tagsOf(item),
      // An answer may link to help pages: only what customers name is where it happened.
      texts: [
        byCustomer ? (textAt(source, 'body') ?? '') : '',
        ...messages.flatMap(({ side, body }) => (side === 'customer' ? body : [])),
      ],
      page: textAt(source, 'url'),
    }),
  };
  const details = { item, subject: textAt(item, 'title') ?? textAt(source, 'subject'), category: null };
  const parts: PayloadPart[] = [];
  if (byCustomer) {
    const first = {
      sentAt: item.created_at,
      body: textAt(source, 'body') ?? '',
      customer: customerOf(item, fieldsOf(source).author),
    };
    parts.push(readTicketEvent(ask, first, details, limits));
  } else if (opening !== undefined) {
    const first = { ...opening, customer: customerOf(item, opening.author) };
    parts.push(readTicketEvent(ask, first, details, limits));
  }
  for (const message of messages) if (message !== opening) parts.push(readReply(ask, message, item, limits));
  return parts;
}
