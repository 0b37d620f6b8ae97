/** Recorded payloads, see tests/fixtures/ORIGIN.md. */
import { readFileSync } from 'node:fs';
import type { ParsedDelivery, WebhookSource } from '../../src/core/sources.ts';

/** After the last of the recorded events. */
export const limits = { now: Date.UTC(2026, 10, 21, 12), currency: 'USD' };

export function payloadText(path: string): string {
  return readFileSync(new URL(`../fixtures/payloads/${path}`, import.meta.url), 'utf8');
}

/** One JSON value, or one a line. */
export function payloadValues(path: string): unknown[] {
  const text = payloadText(path);
  return path.endsWith('.json') ? [JSON.parse(text)] : text.trim().split('\n').map(valueOfLine);
}

function valueOfLine(line: string): unknown {
  return line.startsWith('{') ? JSON.parse(line) : line;
}

/** What the source makes of a body. */
export function parsed(source: WebhookSource, body: unknown, headers: Record<string, string> = {}): ParsedDelivery {
  return source.parse({ headers, body, receivedAt: limits.now }, limits);
}

/** The one event of a body, and nothing else. */
export function onlyEvent(source: WebhookSource, body: unknown, headers: Record<string, string> = {}) {
  const { events, ignored, needs } = parsed(source, body, headers);
  const [first] = events;
  if (events.length !== 1 || ignored.length > 0 || needs.length > 0 || first?.event === undefined)
    throw new Error(`not one event: ${JSON.stringify({ events, ignored, needs })}`);
  return first.event;
}
