import { type EventLimits, statusOf } from '../../core/event.ts';
import { type Fields, numberAt, textAt } from '../payload/fields.ts';
import { instantFrom } from '../payload/instant.ts';
import { eventPart, ignoredPart, type PayloadPart } from '../payload/parts.ts';
import { accountOf, emailOf, requestOf, sharedMetaOf, surfaceOf, userOf } from './setting.ts';
import type { Tags } from './tags.ts';

/** A traced request that a server answered. Page loads and jobs are no requests, and are left to other sources. */
export function readTransaction(sent: Fields, tags: Tags, limits: EventLimits): PayloadPart {
  const operation = textAt(sent, 'contexts.trace.op') ?? 'unknown';
  if (operation !== 'http.server') return ignoredPart(`transaction ${operation}`);
  const from = instantFrom(sent.start_timestamp);
  const until = instantFrom(sent.timestamp);
  const name = textAt(sent, 'transaction');
  const method = textAt(requestOf(sent), 'method') ?? textAt(sent, 'contexts.trace.data.http.request.method');
  return eventPart(
    {
      ts: until,
      source: 'sentry',
      type: 'request',
      account: accountOf(sent, tags),
      user: userOf(sent),
      email: emailOf(sent, tags),
      surface: surfaceOf(sent, tags),
      value: exactMilliseconds(sent) ?? (typeof from === 'number' && typeof until === 'number' ? until - from : null),
      id: textAt(sent, 'event_id', 'eventID'),
      meta: {
        ...sharedMetaOf(sent, tags),
        status: statusOfTransaction(sent, tags),
        endpoint: method === null || name === null || /^[A-Z]{3,7} /.test(name) ? name : `${method} ${name}`,
      },
    },
    limits,
  );
}

/** From both ends in seconds: rounded to the microsecond, since neither end is exact as a double. */
function exactMilliseconds(sent: Fields): number | null {
  const from = numberAt(sent, 'start_timestamp');
  const until = numberAt(sent, 'timestamp');
  return from === null || until === null ? null : Math.round((until - from) * 1e6) / 1e3;
}

/** Not every SDK says the status, and some only in words. */
function statusOfTransaction(sent: Fields, tags: Tags): number | undefined {
  const said = [
    numberAt(sent, 'contexts.response.status_code'),
    numberAt(sent, 'contexts.trace.data.http.response.status_code', 'contexts.trace.data.http.status_code'),
    tags['http.status_code'],
    WORDS.get(textAt(sent, 'contexts.trace.status') ?? ''),
  ];
  return said.map(statusOf).find((status) => status !== undefined);
}

const WORDS: ReadonlyMap<string, number> = new Map([
  ['ok', 200],
  ['unauthenticated', 401],
  ['permission_denied', 403],
  ['not_found', 404],
  ['resource_exhausted', 429],
  ['internal_error', 500],
  ['unavailable', 503],
  ['deadline_exceeded', 504],
]);
