/** Whatever stands in a payload, a source gives events that the contract takes, names of what it ignores, or reasons. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseEvent } from '../../src/core/event.ts';
import type { ParsedDelivery } from '../../src/core/sources.ts';
import { readBodyValue } from '../../src/core/webhook/body.ts';
import { apiLogSource } from '../../src/sources/api-log.ts';
import { posthogSource } from '../../src/sources/posthog.ts';
import { sentrySource } from '../../src/sources/sentry.ts';
import { mutatedPayload, mutatedText } from '../support/mutated-payload.ts';
import { limits, parsed, payloadText, payloadValues } from '../support/payloads.ts';
import '../support/property-draws.ts';

/** SEEPASS_MUTATIONS draws as many for each source; a few hundred find what is plainly wrong. */
const RUNS = Number(process.env.SEEPASS_MUTATIONS ?? 400);
const timeout = 5_000 + 20 * RUNS;

const posthog = payloadValues('posthog/posthog_node_batches.jsonl').map((request) =>
  JSON.parse(String(Reflect.get(Object(request), 'body'))),
);
const sentry = ['error', 'event_alert', 'issue'].flatMap((kind) => payloadValues(`sentry/hook_${kind}_COMPOSED.json`));
const envelope = payloadText('sentry/envelope_COMPOSED.txt')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line));
const logs = payloadValues('logs/pino_http.ndjson');

/** Nothing was sent that could be told of. */
function isBlank(body: unknown): boolean {
  return typeof body === 'string'
    ? body.trim() === ''
    : Array.isArray(body) && body.every((line) => typeof line === 'string' && isBlank(line));
}

describe.each([
  ['posthog', posthogSource, [...posthog, ...payloadValues('posthog/webhook_destination_default.json')]],
  ['sentry', sentrySource, [...sentry, envelope, ...payloadValues('sentry/sentry_node_events.jsonl').slice(0, 3)]],
  [
    'api_log',
    apiLogSource,
    [
      ...[logs.slice(0, 5), ...logs.slice(0, 12), ...payloadValues('logs/otlp_logs.json')],
      ...[...payloadValues('logs/otlp_requests_COMPOSED.json'), ...payloadValues('logs/access_COMPOSED.txt')],
    ],
  ],
] as const)('%s', (name, source, payloads) => {
  const header = fc.constantFrom('error', 'event_alert', 'issue', 'installation', '', undefined);

  function check(delivery: ParsedDelivery, body: unknown): void {
    for (const { event, reason } of delivery.events) {
      if (event === undefined) expect(reason).toMatch(/^[^\n]{5,300}$/);
      else {
        expect(event.source).toBe(name);
        // Read again it is the same: nothing in it is against the contract, and nothing is cleaned twice.
        expect(parseEvent(event, limits)).toEqual({ event });
      }
    }
    for (const kind of delivery.ignored) expect(kind).toMatch(/^[\w$ .:/-]{1,120}$/);
    for (const need of delivery.needs) expect(need).toEqual({ kind: 'issue', id: expect.stringMatching(/^\d{1,20}$/) });
    const parts = delivery.events.length + delivery.ignored.length + delivery.needs.length;
    if (!isBlank(body)) expect(parts).toBeGreaterThan(0);
  }

  it('reads any part of a payload gone wrong', { timeout }, () => {
    fc.assert(
      fc.property(mutatedPayload(payloads), header, (body, resource) => {
        const headers = resource === undefined ? {} : { 'sentry-hook-resource': resource };
        const delivery = parsed(source, body, headers);
        check(delivery, body);
        source.deliveryId({ headers, body, receivedAt: limits.now });
      }),
      { numRuns: RUNS },
    );
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });

  it('reads any text that is taken as a body', { timeout }, () => {
    fc.assert(
      fc.property(mutatedText(payloads), (text) => {
        const { value, reason } = readBodyValue(text, true);
        if (reason === undefined) check(parsed(source, value), value);
        else expect(reason).toMatch(/^The body/);
      }),
      { numRuns: RUNS },
    );
  });

  it('takes time in proportion to what is sent', () => {
    const [longest = ''] = payloads.map((payload) => JSON.stringify(payload)).sort((a, b) => b.length - a.length);
    const many = Array.from({ length: 200 }, () => JSON.parse(longest));
    const started = performance.now();
    parsed(source, many);
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});
