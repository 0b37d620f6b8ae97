import { parseEvent } from '../core/event.ts';
import type { EventSource } from '../core/sources.ts';
import { eventsSource } from './events.ts';
import { type Fields, isFields, numberAt, textAt } from './payload/fields.ts';
import { instantFrom } from './payload/instant.ts';

/**
 * An application's own conversations: Seepass events, of which `source` may be left out, or rows of a table
 * `conversation_events` (id, conversation_id, user_id, timestamp, event_type, content, tool_name, success,
 * credits_consumed).
 */
export const appSource: EventSource = {
  kind: 'events',
  name: 'app',
  summary: "An application's own messages, tool calls and credits: Seepass events, or rows of conversation_events",
  parse: (record, limits, fromCsv) => {
    if (!isFields(record)) return eventsSource.parse(record, limits, fromCsv);
    if (textAt(record, 'event_type') === null || textAt(record, 'type') !== null)
      return eventsSource.parse({ ...record, source: record.source ?? 'app' }, limits, fromCsv);
    return parseEvent(eventOf(record), limits);
  },
};

/** A row as an event. What was asked of a tool and what it gave back stays where it is: it says nothing that is counted. */
function eventOf(row: Fields): object {
  const content = contentOf(row.content);
  const type = textAt(row, 'event_type');
  const error = textAt(content, 'error', 'error.message');
  return {
    ts: instantFrom(row.timestamp),
    source: 'app',
    type,
    account: textAt(row, 'account', 'account_id'),
    user: textAt(row, 'user_id'),
    email: textAt(row, 'email', 'user_email'),
    surface: textAt(row, 'surface'),
    value: numberAt(row, 'credits_consumed'),
    id: textAt(row, 'id'),
    meta: {
      event: `conversation.${type}`,
      conversation_id: textAt(row, 'conversation_id'),
      role: textAt(content, 'role'),
      text: type === 'error' ? null : textAt(content, 'message'),
      tool: textAt(row, 'tool_name') ?? textAt(content, 'tool'),
      success: typeof row.success === 'boolean' ? row.success : null,
      message: type === 'error' ? (error ?? textAt(content, 'message')) : error,
      completion_status: textAt(row, 'completion_status') ?? textAt(content, 'completion_status', 'status'),
      use_case: textAt(row, 'use_case') ?? textAt(content, 'use_case'),
    },
  };
}

/** JSON, or its text where a column was exported as that. */
function contentOf(content: unknown): unknown {
  if (typeof content !== 'string') return content;
  try {
    return JSON.parse(content);
  } catch {
    return { message: content };
  }
}
