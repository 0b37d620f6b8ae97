import type { EventLimits, ParsedEvent } from '../../core/event.ts';
import { htmlText } from '../../core/text/html-text.ts';
import { ticketSurface } from '../../core/text/ticket-surface.ts';
import { type Fields, fieldsOf, listOf, textAt, textOf } from '../payload/fields.ts';
import { eventPart, ignoredPart, type PayloadPart } from '../payload/parts.ts';
import { type Thread, threadsOf } from './threads.ts';

/**
 * A ticket and its replies. The ticket is what the customer first wrote: a conversation that a teammate began is none
 * until it is answered.
 * @param customer as Help Scout gives it; empty where nobody asked.
 */
export function readConversation(
  conversation: Fields,
  sent: readonly unknown[],
  customer: Fields,
  limits: EventLimits,
): PayloadPart[] {
  const id = textAt(conversation, 'id');
  if (id === null) return [{ reason: 'the conversation has no id: send it as Help Scout made it' }];
  const [status, state] = [textAt(conversation, 'status'), textAt(conversation, 'state')];
  if (status === 'spam' || state === 'deleted' || state === 'draft')
    return [ignoredPart(`conversation ${status === 'spam' ? status : state}`)];
  const threads = threadsOf(sent);
  const opening = threads.find(({ opens }) => opens);
  const read = { conversation, id, threads, account: accountOf(conversation, customer) };
  const parts: PayloadPart[] = opening === undefined ? [] : [readOpening(read, opening, limits)];
  for (const thread of threads) if (thread !== opening) parts.push(readReply(read, thread, limits));
  return parts.length === 0 ? [ignoredPart('conversation without a message')] : parts;
}

interface ReadConversation {
  conversation: Fields;
  id: string;
  threads: readonly Thread[];
  account: string | null;
}

function readOpening(
  read: ReadConversation,
  { sentAt, body, person, email }: Thread,
  limits: EventLimits,
): ParsedEvent {
  const { conversation, id } = read;
  const tags = tagsOf(conversation);
  return eventPart(
    {
      ts: sentAt,
      source: 'helpscout',
      type: 'ticket',
      ...placeOf(read),
      user: person,
      email,
      id: `conversation_${id}`,
      meta: {
        ...sharedMetaOf(read),
        event: 'convo.created',
        subject: htmlText(textAt(conversation, 'subject') ?? ''),
        text: htmlText(body),
        tags: tags.length === 0 ? null : tags,
      },
    },
    limits,
  );
}

/** Who answers is no customer: a teammate's reply names no user. */
function readReply(read: ReadConversation, thread: Thread, limits: EventLimits): ParsedEvent {
  const { id: threadId, side, sentAt, body, person, email } = thread;
  return eventPart(
    {
      ts: sentAt,
      source: 'helpscout',
      type: 'reply',
      ...placeOf(read),
      user: person,
      email,
      id: `conversation_${read.id}_thread_${threadId}`,
      meta: {
        ...sharedMetaOf(read),
        event: side === 'customer' ? 'convo.customer.reply.created' : 'convo.agent.reply.created',
        role: side,
        text: htmlText(body),
      },
    },
    limits,
  );
}

/** An answer may link to help pages: only what customers name is where it happened. */
function placeOf({ conversation, threads, account }: ReadConversation) {
  const texts = threads.flatMap(({ side, body }) => (side === 'customer' ? body : []));
  return { account, surface: ticketSurface({ tags: tagsOf(conversation), texts, page: null }) };
}

function sharedMetaOf({ conversation, id }: ReadConversation) {
  const number = textAt(conversation, 'number');
  return {
    conversation_id: id,
    platform: textAt(conversation, 'type'),
    url: `https://secure.helpscout.net/conversation/${id}${number === null ? '' : `/${number}`}`,
  };
}

function tagsOf({ tags }: Fields): string[] {
  return listOf(tags)
    .flatMap((tag) => textAt(tag, 'tag', 'name') ?? textOf(tag) ?? [])
    .slice(0, 50);
}

const COMPANY_FIELD = /^(?:company|account|organi[sz]ation|workspace|customer)(?: name)?$/i;

/** The customer's organisation, else a custom field that is called so. */
function accountOf({ customFields }: Fields, customer: Fields): string | null {
  const { organization } = customer;
  const field = listOf(customFields).find((one) => COMPANY_FIELD.test(textAt(one, 'name') ?? ''));
  return textOf(organization) ?? textAt(fieldsOf(organization), 'name') ?? textAt(field, 'text', 'value');
}
