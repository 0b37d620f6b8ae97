import { fieldsOf, listOf, textAt } from '../payload/fields.ts';
import { type Side, sideOf } from './people.ts';

/** What somebody said in a conversation. */
export interface Message {
  id: string;
  side: Side;
  author: unknown;
  /** As Intercom keeps it: HTML; empty where only a file was sent, or somebody took it back. */
  body: string;
  sentAt: unknown;
}

/** Parts that are said to the other side; notes, assignments and workflow steps stay within the team. */
const SAID = new Set(['comment', 'quick_reply', 'open', 'close']);

/** @param parts the list as Intercom nests it: under its own name. */
export function messagesOf(parts: unknown, name: 'conversation_parts' | 'ticket_parts'): Message[] {
  const listed = [...listOf(parts), ...listOf(fieldsOf(parts)[name])];
  return listed.flatMap((part): Message[] => {
    const { author, redacted, attachments, created_at } = fieldsOf(part);
    const id = textAt(part, 'id');
    const side = sideOf(author);
    const said = SAID.has(textAt(part, 'part_type') ?? '');
    const body = redacted === true ? '' : (textAt(part, 'body') ?? '');
    const empty = body === '' && redacted !== true && listOf(attachments).length === 0;
    return id === null || side === null || !said || empty ? [] : [{ id, side, author, body, sentAt: created_at }];
  });
}
