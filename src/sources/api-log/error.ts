import { type Fields, textAt } from '../payload/fields.ts';

const HOLDERS = ['err', 'error', 'exception', 'cause', 'context.error'];

/** What went wrong, as far as the record says; the line's own message where it names no error. */
export function errorOf(record: Fields, isRequest: boolean): Record<string, unknown> {
  const inHolder = (member: string) => HOLDERS.map((holder) => `${holder}.${member}`);
  const type = textAt(record, ...inHolder('type'), ...inHolder('name'), 'error.kind');
  const said = textAt(record, ...inHolder('message'), ...HOLDERS, 'error_message');
  const stack = textAt(record, ...inHolder('stack'), ...inHolder('stacktrace'), 'stack', 'stacktrace', 'stack_trace');
  // "request errored" is what pino-http says of every request that failed.
  const line = isRequest ? null : textAt(record, 'msg', 'message', 'body', 'event');
  return {
    message: type === null || said === null || said.startsWith(type) ? (said ?? line) : `${type}: ${said}`,
    stack,
    error_code: textAt(record, ...inHolder('code'), 'error_code', 'errorCode'),
  };
}
