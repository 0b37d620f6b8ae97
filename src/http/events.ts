import type { IncomingMessage, ServerResponse } from 'node:http';
import { SeepassError } from '../errors.ts';
import type { IngestReport, InputRecord } from '../pipeline/ingest.ts';
import { answer } from './answer.ts';
import { readBody, recordsOf } from './read-body.ts';
import { isOneOf } from './signature.ts';

export interface EventsDoor {
  /** Bearer token of POST /v1/events; undefined closes that door. */
  readonly ingestToken: string | undefined;
  /** Stores the records of one delivery. */
  readonly ingest: (records: readonly InputRecord[]) => Promise<IngestReport>;
}

const BODY_LIMIT = 10_000_000;
const READABLE =
  /^(?:application\/(?:x-ndjson|ndjson|jsonl|json|[\w.-]+\+json)|text\/plain|application\/x-www-form-urlencoded)\b/i;

/** `POST /v1/events`: our own contract, stored before it is answered. */
export async function handleEvents(
  request: IncomingMessage,
  response: ServerResponse,
  door: EventsDoor,
): Promise<void> {
  if (request.method !== 'POST') {
    response.setHeader('allow', 'POST');
    return answer(response, 405, { error: 'method_not_allowed', reason: 'Send events with POST.' });
  }
  authorize(request, door.ingestToken);
  const type = request.headers['content-type'] ?? 'application/json';
  if (!READABLE.test(type))
    return answer(response, 415, {
      error: 'unsupported_type',
      reason: 'Send application/json or application/x-ndjson.',
    });
  if (request.headers['content-encoding'] !== undefined && request.headers['content-encoding'] !== 'identity')
    return answer(response, 415, { error: 'unsupported_encoding', reason: 'Send the body unpacked.' });
  const records = recordsOf(await readBody(request, BODY_LIMIT));
  const report = await door.ingest(records);
  // Good records beside bad ones are stored; only a delivery without a good one is an error.
  const useless = report.read > 0 && report.stored + report.duplicates === 0;
  answer(response, useless ? 422 : 200, report);
}

function authorize(request: IncomingMessage, expected: string | undefined): void {
  if (expected === undefined)
    throw new SeepassError('forbidden', 'This server takes no events.', {
      fix: 'Set SEEPASS_INGEST_TOKEN and restart it.',
    });
  const sent = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (sent === undefined)
    throw new SeepassError('unauthorized', 'The token is missing.', {
      fix: 'Send "Authorization: Bearer <SEEPASS_INGEST_TOKEN>".',
    });
  if (!isOneOf(sent, [expected]))
    throw new SeepassError('unauthorized', 'The token is wrong.', {
      fix: 'It must be the value of SEEPASS_INGEST_TOKEN.',
    });
}
