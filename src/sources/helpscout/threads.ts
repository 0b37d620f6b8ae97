import { parseInstant } from '../../core/instant.ts';
import { fieldsOf, firstEmail, textAt, valueAt } from '../payload/fields.ts';

/** What somebody said in a conversation. */
export interface Thread {
  id: string;
  side: 'agent' | 'bot' | 'customer';
  /** Customers open tickets, also where a teammate writes down a call. */
  opens: boolean;
  /** Who of the customers wrote; null for the team. */
  person: string | null;
  /** That customer's address. */
  email?: string | undefined;
  /** As Help Scout keeps it: HTML, or plain text of a chat. */
  body: string;
  sentAt: unknown;
}

/** Said to the other side; notes, line items and forwarded copies stay within the team. */
const SAID = new Set(['customer', 'message', 'reply', 'chat', 'beaconchat', 'phone', 'aiAnswer', 'ai-answers']);

/** What was said, the first first: Help Scout lists the last first. Drafts and what was taken back are left out. */
export function threadsOf(sent: readonly unknown[]): Thread[] {
  return sent
    .flatMap(threadOf)
    .toSorted((one, other) => momentOf(one) - momentOf(other) || Number(one.id) - Number(other.id) || 0);
}

function threadOf(sent: unknown): Thread[] {
  const { createdBy, customer, createdAt } = fieldsOf(sent);
  const [id, type, state] = [textAt(sent, 'id'), textAt(sent, 'type'), textAt(sent, 'state')];
  if (id === null || type === null || !SAID.has(type) || (state ?? 'published') !== 'published') return [];
  const by = textAt(createdBy, 'type') ?? (type === 'customer' ? 'customer' : 'user');
  const called = type === 'phone';
  const fromCustomer = by === 'customer' || called;
  const writer = by === 'customer' ? createdBy : customer;
  return [
    {
      id,
      side: fromCustomer ? 'customer' : /^ai/i.test(type) || by === 'ai' || by === 'system' ? 'bot' : 'agent',
      opens: fromCustomer,
      person: fromCustomer ? personOf(writer, customer) : null,
      email: fromCustomer ? firstEmail(valueAt(writer, 'email'), valueAt(customer, 'email')) : undefined,
      body: textAt(sent, 'body', 'text') ?? '',
      sentAt: createdAt,
    },
  ];
}

/** The address, as other tools know people by it; else Help Scout's own id. */
function personOf(writer: unknown, customer: unknown): string | null {
  const address = textAt(writer, 'email') ?? textAt(customer, 'email');
  const id = textAt(writer, 'id') ?? textAt(customer, 'id');
  return address?.toLowerCase() ?? (id === null ? null : `customer ${id}`);
}

function momentOf({ sentAt }: Thread): number {
  return typeof sentAt === 'string' ? (parseInstant(sentAt) ?? 0) : 0;
}
