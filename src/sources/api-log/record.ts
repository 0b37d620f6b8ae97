import { type EventLimits, statusOf } from '../../core/event.ts';
import { type Fields, firstEmail, textAt, textOf, valueAt } from '../payload/fields.ts';
import { instantFrom } from '../payload/instant.ts';
import { eventPart, ignoredPart, type PayloadPart } from '../payload/parts.ts';
import { durationOf } from './duration.ts';
import { errorOf } from './error.ts';
import { levelOf } from './level.ts';
import { NAMES } from './names.ts';
import { releaseOf } from './trace-headers.ts';

/**
 * A record of a structured log. What has a status is a request; without one only errors are told, once each. Headers,
 * bodies and addresses are never read, other than for the release and the ids that tracing puts there.
 */
export function readRecord(record: Fields, limits: EventLimits): PayloadPart {
  const level = levelOf(record);
  const status = firstOf(record, NAMES.status, statusOf);
  const path = textAt(record, ...NAMES.path);
  const isRequest = status !== undefined && path !== null;
  const isError = level.name === 'error' || level.name === 'fatal';
  if (!isRequest && !isError) return ignoredPart(`log ${level.name}`);
  const method = textAt(record, ...NAMES.method)?.toUpperCase();
  const endpoint = path === null || method === undefined || /^[A-Z]{3,7} /.test(path) ? path : `${method} ${path}`;
  const at = instantFrom(NAMES.time.map((name) => valueAt(record, name)).find((time) => time != null));
  const duration = isRequest ? durationOf(record) : null;
  return eventPart(
    {
      ts: at,
      source: 'api_log',
      type: isRequest ? 'request' : 'error',
      account: textAt(record, ...NAMES.account),
      user: textAt(record, ...NAMES.user),
      email: firstEmail(...WITH_ADDRESS.map((name) => valueAt(record, name))),
      surface: textAt(record, ...NAMES.surface) ?? path,
      severity: isError ? level.severity : (status ?? 0) >= 500 ? 3 : null,
      value: duration,
      id: idOf(record, [isRequest ? 'request' : 'error', textOf(at), textOf(status), textOf(duration)]),
      meta: {
        ...(isError || (status ?? 0) >= 400 ? errorOf(record, isRequest) : {}),
        status: isRequest ? status : null,
        endpoint,
        request_id: textAt(record, ...NAMES.requestId),
        trace_id: textAt(record, ...NAMES.traceId),
        service: textAt(record, ...NAMES.service),
        plan: textAt(record, 'plan'),
        ...releaseOf(record),
      },
    },
    limits,
  );
}

/** Many know people by their address. */
const WITH_ADDRESS = [...NAMES.email, ...NAMES.user];

/** A line that is shipped twice, in two deliveries, is one event: where its request can be told from any other. */
function idOf(record: Fields, particulars: readonly (string | null)[]): string | null {
  const request = textAt(record, ...NAMES.requestId, ...NAMES.traceId);
  if (request === null) return null;
  const process = [textAt(record, 'hostname', 'host.name', 'host'), textAt(record, 'pid', 'span_id')];
  return [...particulars, ...process, request].map((part) => (part ?? '').slice(0, 60)).join(':');
}

function firstOf<T>(record: Fields, names: readonly string[], read: (value: unknown) => T | undefined): T | undefined {
  for (const name of names) {
    const found = read(valueAt(record, name));
    if (found !== undefined) return found;
  }
  return undefined;
}
