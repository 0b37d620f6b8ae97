import type { IncomingMessage } from 'node:http';
import { SeepassError } from '../errors.ts';
import type { InputRecord } from '../pipeline/ingest.ts';
import { Refusal } from './refusal.ts';

export interface BodyBounds {
  /** Bytes. */
  readonly limit: number;
  /** Until when the last byte has to be here; the server's own limit unless said. */
  readonly withinMs?: number;
  /** Asked for each piece whether there is room for it. */
  readonly hasRoom?: (bytes: number) => boolean;
}

/** The whole body as text, at most `limit` bytes. @throws SeepassError `too_large` or `bad_input`. */
export async function readBody(request: IncomingMessage, limit: number): Promise<string> {
  return (await readBytes(request, { limit })).toString('utf8').replace(/^\uFEFF/, '');
}

/**
 * The whole body as it was sent. What breaks a bound is not read on.
 * @throws SeepassError `too_large` or `bad_input`; Refusal 408 when it came too slowly, 429 when there was no room.
 */
export function readBytes(request: IncomingMessage, { limit, withinMs, hasRoom }: BodyBounds): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const timer = withinMs === undefined ? undefined : setTimeout(() => fail(tooSlow()), withinMs);
    const fail = (error: Error): void => {
      clearTimeout(timer);
      request.pause().removeListener('data', take);
      reject(error);
    };
    const take = (chunk: Buffer): void => {
      bytes += chunk.length;
      if (bytes > limit) fail(tooLarge(limit));
      else if (hasRoom !== undefined && !hasRoom(chunk.length)) fail(noRoom());
      else chunks.push(chunk);
    };
    const brokeOff = (cause?: Error): void => {
      const fix = 'Send it again: events already stored are skipped.';
      fail(new SeepassError('bad_input', 'The body broke off.', { fix, cause }));
    };
    if (Number(request.headers['content-length'] ?? 0) > limit) {
      fail(tooLarge(limit));
      return;
    }
    request.on('error', brokeOff);
    request.on('close', () => request.complete || brokeOff());
    request.on('end', () => {
      clearTimeout(timer);
      resolve(chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks));
    });
    request.on('data', take);
  });
}

function tooLarge(limit: number): SeepassError {
  return new SeepassError('too_large', `The body is larger than ${Math.floor(limit / 1_000_000)} MB.`, {
    fix: 'Send it in parts, or use seepass import.',
  });
}

const tooSlow = () => new Refusal(408, 'too_slow', 'The body came too slowly. Send it again.');
/** For one that is to be sent again at once: others hold the memory for now. */
export const noRoom = (): Refusal =>
  new Refusal(429, 'overloaded', 'Too much is being sent at the moment. Send it again.', 1);

/**
 * One JSON value (an object, or an array of them), else one a line.
 * @throws SeepassError `bad_input` for an empty body, or one that is no JSON at all.
 */
export function recordsOf(body: string): InputRecord[] {
  if (body.trim() === '')
    throw new SeepassError('bad_input', 'The body is empty.', {
      fix: 'Send an event as a JSON object, a list of them, or one a line.',
    });
  const whole = parseJson(body);
  if (whole !== undefined) {
    const values: unknown[] = Array.isArray(whole.value) ? whole.value : [whole.value];
    return values.map((value, index) => ({ line: index + 1, value }));
  }
  const records = body.split('\n').flatMap((text, index): InputRecord[] => {
    if (text.trim() === '') return [];
    const parsed = parseJson(text);
    return [
      parsed === undefined
        ? { line: index + 1, reason: 'not valid JSON: write one object a line' }
        : { line: index + 1, value: parsed.value },
    ];
  });
  if (records.every((record) => record.reason !== undefined))
    throw new SeepassError('bad_input', 'The body is not valid JSON.', {
      fix: 'Send an event as a JSON object, a list of them, or one a line.',
    });
  return records;
}

function parseJson(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}
