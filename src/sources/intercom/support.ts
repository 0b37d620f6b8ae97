import type { EventLimits, ParsedEvent } from '../../core/event.ts';
import { htmlText } from '../../core/text/html-text.ts';
import { type Fields, fieldsOf, listOf, textAt } from '../payload/fields.ts';
import { instantFrom } from '../payload/instant.ts';
import { eventPart } from '../payload/parts.ts';
import type { Message } from './messages.ts';
import { type Customer, customerOf } from './people.ts';

/** What the ticket and its replies share. */
export interface Ask {
  id: string;
  account: string | null;
  platform: string | null;
  /** Back to Intercom. */
  url: string | null;
  surface: string | null;
}

interface First {
  sentAt: unknown;
  body: string;
  customer: Customer;
}

interface TicketDetails {
  item: Fields;
  subject: string | null;
  category: string | null;
}

/** Intercom counts conversations and tickets with the same numbers: one that became the other is one. */
export function readTicketEvent(ask: Ask, first: First, details: TicketDetails, limits: EventLimits): ParsedEvent {
  const { item, subject, category } = details;
  const tags = tagsOf(item);
  return eventPart(
    {
      ts: instantFrom(first.sentAt),
      source: 'intercom',
      type: 'ticket',
      ...placeOf(ask),
      ...first.customer,
      severity: textAt(item, 'priority') === 'priority' ? 3 : null,
      id: `conversation_${ask.id}`,
      meta: {
        ...sharedMetaOf(ask),
        event: 'conversation.user.created',
        subject: subject === null ? null : htmlText(subject),
        text: htmlText(first.body),
        category,
        tags: tags.length === 0 ? null : tags,
      },
    },
    limits,
  );
}

/** Who answers is no customer: a teammate's reply names no user. */
export function readReply(ask: Ask, message: Message, item: Fields, limits: EventLimits): ParsedEvent {
  const { id, side, author, body, sentAt } = message;
  return eventPart(
    {
      ts: instantFrom(sentAt),
      source: 'intercom',
      type: 'reply',
      ...placeOf(ask),
      ...(side === 'customer' ? customerOf(item, author) : {}),
      id: `conversation_${ask.id}_part_${id}`,
      meta: {
        ...sharedMetaOf(ask),
        event: side === 'customer' ? 'conversation.user.replied' : 'conversation.admin.replied',
        role: side,
        text: htmlText(body),
      },
    },
    limits,
  );
}

const placeOf = ({ account, surface }: Ask) => ({ account, surface });
const sharedMetaOf = ({ id, platform, url }: Ask) => ({ conversation_id: id, platform, url });

/** The names of the tags of a conversation or a ticket. */
export function tagsOf({ tags }: Fields): string[] {
  return [...listOf(tags), ...listOf(fieldsOf(tags).tags)].flatMap((tag) => textAt(tag, 'name') ?? []).slice(0, 50);
}
