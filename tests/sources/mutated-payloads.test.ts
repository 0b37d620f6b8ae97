/**
 * Recorded payloads with anything anywhere in them: every source reads them without throwing, into events the contract
 * takes, names of what it ignores, or reasons, and stores nothing broken.
 */
import '../support/property-draws.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseEvent } from '../../src/core/event.ts';
import { createPreparer } from '../../src/core/prepare-event.ts';
import type { ParsedDelivery } from '../../src/core/sources.ts';
import { readBodyValue } from '../../src/core/webhook/body.ts';
import { webhooks } from '../../src/sources/index.ts';
import { mutatedPayload, mutatedText, oddValue } from '../support/mutated-payload.ts';
import { limits, parsed, payloadText, payloadValues } from '../support/payloads.ts';

/** `SEEPASS_MUTATIONS=10000` for a long look. */
const RUNS = Number(process.env.SEEPASS_MUTATIONS ?? 100);
const timeout = 10_000 + 20 * RUNS;

const logs = payloadValues('logs/pino_http.ndjson');

/** Bodies as they arrive. */
const RECORDED: Readonly<Record<string, readonly unknown[]>> = {
  posthog: [
    ...payloadValues('posthog/posthog_node_batches.jsonl').map(bodyOfRequest),
    ...payloadValues('posthog/webhook_destination_default.json'),
  ],
  sentry: [
    ...payloadValues('sentry/sentry_node_events.jsonl').slice(0, 3),
    ...['error', 'event_alert', 'issue'].flatMap((kind) => payloadValues(`sentry/hook_${kind}_COMPOSED.json`)),
    payloadValues('sentry/envelope_COMPOSED.txt'),
  ],
  intercom: [
    ...payloadValues('intercom/notification_COMPOSED.json'),
    ...payloadValues('intercom/customer_COMPOSED.json'),
    ...payloadValues('intercom/ticket_COMPOSED.json'),
    ...payloadValues('intercom/conversation_openapi.json'),
  ],
  helpscout: [
    ...payloadValues('helpscout/conversation.json'),
    ...payloadValues('helpscout/threads_page.json'),
    fetchedConversation(),
  ],
  api_log: [
    ...[logs.slice(0, 12), ...logs.slice(0, 12), ...payloadValues('logs/access_COMPOSED.txt')],
    ...payloadValues('logs/otlp_logs.json'),
    ...payloadValues('logs/otlp_requests_COMPOSED.json'),
  ],
};

const prepare = createPreparer({
  ...{ currency: 'USD', keyId: 'test', pseudonym: (user) => `p${user.length}` },
  sha256: () => '0'.repeat(64),
});

/** The events as they would be stored, or the reasons; what PostgreSQL refuses is found here. */
function check({ events, ignored, needs }: ParsedDelivery, body: unknown): void {
  // Nothing that was sent goes without a word.
  if (!isBlank(body)) expect(events.length + ignored.length + needs.length).toBeGreaterThan(0);
  for (const { event, reason } of events) {
    if (event === undefined) {
      expect(reason).toMatch(/^\S[^\n]{4,299}$/);
      continue;
    }
    // Read again it is the same: nothing in it is against the contract, and nothing is cleaned twice.
    expect(parseEvent(event, limits)).toEqual({ event });
    const stored = prepare(event);
    expect(Number.isSafeInteger(stored.ts)).toBe(true);
    // A letter is no lone surrogate when its text is well-formed; NULs are taken out.
    expect(JSON.stringify(stored)).not.toMatch(/\\u0000|\\ud[89a-f]/i);
  }
  expect([...ignored, ...needs.map(({ kind }) => kind)].every((kind) => kind.length <= 200)).toBe(true);
  for (const { id } of needs) expect(id).toMatch(/^\d{1,20}$/);
  expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
}

describe.each(webhooks.map((source) => [source.name, source] as const))('%s reads', (name, source) => {
  const bodies = RECORDED[name] ?? [];
  const headersOf = (drawn: string) => Object.fromEntries(source.keptHeaders.map((header) => [header, drawn]));

  it('recorded payloads with anything anywhere in them', { timeout }, () => {
    const headers = fc.constantFrom({}, ...['convo.created', 'error', 'issue'].map(headersOf));
    fc.assert(
      fc.property(mutatedPayload(bodies), headers, (body, sent) => {
        const delivery = { headers: sent, body, receivedAt: limits.now };
        const id = source.deliveryId(delivery);
        expect(id === null || typeof id === 'string').toBe(true);
        const read = parsed(source, body, sent);
        check(read, body);
        // The same body gives the same events in the same order.
        expect(parsed(source, body, sent)).toEqual(read);
        const fetched = isFetched(body) ? source.parseFetched?.({ kind: 'any', id: '1' }, body, limits) : undefined;
        if (fetched) check(fetched, body);
      }),
      { numRuns: RUNS },
    );
  });

  it('recorded texts that are cut off, repeated in part or changed by characters', { timeout }, () => {
    fc.assert(
      fc.property(mutatedText(bodies), (text) => {
        const { value, reason } = readBodyValue(text, true);
        if (reason === undefined) check(parsed(source, value), value);
      }),
      { numRuns: RUNS },
    );
  });

  it('anything that is JSON', { timeout }, () => {
    fc.assert(
      fc.property(oddValue, (body) => check(parsed(source, body), body)),
      { numRuns: RUNS },
    );
  });

  it('a long body in time that is proportional to it', () => {
    const many = Array.from({ length: 300 }, (_, index) => structuredClone(bodies[index % bodies.length]));
    const started = performance.now();
    parsed(source, many.flat());
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});

function isBlank(body: unknown): boolean {
  if (Array.isArray(body)) return body.every((line) => typeof line === 'string' && isBlank(line));
  return typeof body === 'string' && body.trim() === '';
}

type Fetched = Parameters<NonNullable<(typeof webhooks)[number]['parseFetched']>>[1];
const isFetched = (value: unknown): value is Fetched =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function bodyOfRequest(request: unknown): unknown {
  return JSON.parse(String(Reflect.get(Object(request), 'body')));
}

function fetchedConversation(): unknown {
  const conversation: unknown = JSON.parse(payloadText('helpscout/conversation.json'));
  const page = JSON.parse(payloadText('helpscout/threads_page.json'));
  return { conversation, threads: page._embedded.threads, customer: { organization: 'Acme' } };
}
