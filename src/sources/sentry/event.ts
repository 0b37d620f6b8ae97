import type { EventLimits } from '../../core/event.ts';
import { type Fields, fieldsOf, listOf, textAt } from '../payload/fields.ts';
import { instantFrom } from '../payload/instant.ts';
import { eventPart, ignoredPart, type PayloadPart } from '../payload/parts.ts';
import { describeError } from '../payload/stack.ts';
import { accountOf, emailOf, sharedMetaOf, surfaceOf, userOf } from './setting.ts';
import { type Tags, tagsOf } from './tags.ts';
import { readTransaction } from './transaction.ts';

const SEVERITIES: ReadonlyMap<string | null, number> = new Map([
  ['fatal', 4],
  ['error', 3],
  ['warning', 2],
  ['info', 1],
  ['debug', 0],
]);

/** One event, as an SDK sends it, a hook passes it on or Sentry's API gives it back: all three have the same id. */
export function readSentryEvent(sent: Fields, limits: EventLimits): PayloadPart {
  const tags = tagsOf(sent);
  if (sent.type === 'transaction') return readTransaction(sent, tags, limits);
  const exception = outermost(sent);
  const level = textAt(sent, 'level') ?? tags.level ?? 'error';
  // A message that somebody logged is no error unless its level says so.
  if (exception === undefined && level !== 'error' && level !== 'fatal') return ignoredPart(`message ${level}`);
  return eventPart(
    {
      ts: instantFrom(sent.timestamp ?? sent.dateCreated ?? sent.datetime),
      source: 'sentry',
      type: 'error',
      account: accountOf(sent, tags),
      user: userOf(sent),
      email: emailOf(sent, tags),
      surface: surfaceOf(sent, tags),
      severity: SEVERITIES.get(level) ?? 3,
      id: textAt(sent, 'event_id', 'eventID'),
      meta: { ...sharedMetaOf(sent, tags), ...errorMetaOf(sent, exception, tags) },
    },
    limits,
  );
}

/** Sentry lists causes first and what was caught last. */
function outermost(sent: Fields): unknown {
  const entries = listOf(sent.entries).find((entry) => fieldsOf(entry).type === 'exception');
  const lists = [fieldsOf(sent.exception).values, sent.exception, fieldsOf(fieldsOf(entries).data).values];
  return lists
    .map(listOf)
    .find((list) => list.length > 0)
    ?.at(-1);
}

function errorMetaOf(sent: Fields, exception: unknown, tags: Tags): Record<string, unknown> {
  const { message, stack } = describeError(exception);
  return {
    event: textAt(exception, 'type') ?? textAt(sent, 'metadata.type'),
    message: message ?? textAt(sent, 'logentry.formatted', 'logentry.message', 'message', 'title'),
    stack,
    error_code: tags.error_code ?? tags.code,
    culprit: textAt(sent, 'culprit'),
  };
}
