import type { EventLimits } from '../../core/event.ts';
import { ticketSurface } from '../../core/text/ticket-surface.ts';
import { type Fields, fieldsOf, listOf, textAt } from '../payload/fields.ts';
import { ignoredPart, type PayloadPart } from '../payload/parts.ts';
import { messagesOf } from './messages.ts';
import { companyOf, customerOf } from './people.ts';
import { type Ask, readReply, readTicketEvent, tagsOf } from './support.ts';

/** A ticket of a customer and its replies; what the team opens for itself, or out of a conversation, is no new one. */
export function readTicket(item: Fields, app: string | null, limits: EventLimits): PayloadPart[] {
  const id = textAt(item, 'id');
  if (id === null) return [{ reason: 'the ticket has no id: send it as Intercom made it' }];
  const category = textAt(item, 'category', 'ticket_type.category') ?? 'Customer';
  if (!/^customer/i.test(category)) return [ignoredPart(`ticket ${category}`)];
  const linked = listOf(fieldsOf(item.linked_objects).data);
  if (linked.some((object) => textAt(object, 'type') === 'conversation'))
    return [ignoredPart('ticket of a conversation')];
  const messages = messagesOf(item.ticket_parts, 'ticket_parts');
  const description = textAt(item.ticket_attributes, '_default_description_') ?? '';
  const ask: Ask = {
    id,
    account: companyOf(item),
    platform: 'ticket',
    url: app === null ? null : `https://app.intercom.com/a/inbox/${app}/inbox/conversation/${id}`,
    surface: ticketSurface({
      tags: tagsOf(item),
      texts: [description, ...messages.flatMap(({ side, body }) => (side === 'customer' ? body : []))],
      page: null,
    }),
  };
  const details = {
    item,
    subject: textAt(item.ticket_attributes, '_default_title_'),
    category: textAt(item, 'ticket_type.name'),
  };
  const first = { sentAt: item.created_at, body: description, customer: customerOf(item, null) };
  return [
    readTicketEvent(ask, first, details, limits),
    ...messages.map((message) => readReply(ask, message, item, limits)),
  ];
}
