import type { IncomingMessage } from 'node:http';
import { SeepassError } from '../errors.ts';
import type { InputRecord } from '../pipeline/ingest.ts';

/** The whole body, at most `limit` bytes. @throws SeepassError `too_large` or `bad_input`. */
export async function readBody(request: IncomingMessage, limit: number): Promise<string> {
  const tooLarge = (): SeepassError =>
    new SeepassError('too_large', `The body is larger than ${Math.floor(limit / 1_000_000)} MB.`, {
      fix: 'Send it in parts, or use seepass import.',
    });
  if (Number(request.headers['content-length'] ?? 0) > limit) throw tooLarge();
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of request) {
      bytes += chunk.length;
      if (bytes > limit) throw tooLarge();
      chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof SeepassError) throw error;
    throw new SeepassError('bad_input', 'The body broke off.', {
      fix: 'Send it again: events already stored are skipped.',
      cause: error,
    });
  }
  return Buffer.concat(chunks)
    .toString('utf8')
    .replace(/^\uFEFF/, '');
}

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
