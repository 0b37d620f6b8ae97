/** Recorded payloads with anything anywhere in them: every source reads them without throwing, and stores nothing broken. */
import '../support/property-draws.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPreparer } from '../../src/core/prepare-event.ts';
import type { ParsedDelivery, WebhookSource } from '../../src/core/sources.ts';
import { webhooks } from '../../src/sources/index.ts';
import { limits, parsed, payloadText, payloadValues } from '../support/payloads.ts';

/** `SEEPASS_MUTATIONS=10000` for a long look. */
const RUNS = Number(process.env.SEEPASS_MUTATIONS ?? 300);

const RECORDED: Readonly<Record<string, readonly string[]>> = {
  posthog: ['posthog/posthog_node_batches.jsonl', 'posthog/webhook_destination_default.json'],
  sentry: [
    'sentry/sentry_node_events.jsonl',
    'sentry/hook_error_COMPOSED.json',
    'sentry/hook_event_alert_COMPOSED.json',
    'sentry/hook_issue_COMPOSED.json',
  ],
  intercom: [
    'intercom/notification_COMPOSED.json',
    'intercom/customer_COMPOSED.json',
    'intercom/ticket_COMPOSED.json',
    'intercom/conversation_openapi.json',
  ],
  helpscout: ['helpscout/conversation.json', 'helpscout/threads_page.json'],
  api_log: ['logs/pino_http.ndjson', 'logs/otlp_logs.json', 'logs/otlp_requests_COMPOSED.json'],
};

const nested = (depth: number): unknown => (depth === 0 ? 'deep' : [nested(depth - 1)]);
const proto: unknown = JSON.parse(
  '{"__proto__": {"polluted": true}, "constructor": {"prototype": {"polluted": true}}}',
);
const ODD = [
  ...[null, true, 0, -1, 1e308, -1e308, 4.5e15, '', ' ', '\0', 'a\0b', '\ud800', 'x\udfff', '\ufeff', '2031-01-01'],
  ...['__proto__', 'constructor', 'x'.repeat(5_000), '9'.repeat(400), '<p>'.repeat(2_000), [], {}, [null], proto],
  ...[nested(90), '1e999', '-0', 'NaN', 'javascript:alert(1)', 'https://%', '\u202e', 'ann@example.com'],
];
const odd = fc.oneof(fc.constantFrom<unknown>(...ODD), fc.jsonValue({ maxDepth: 3 }));

/** Values of a recorded payload, replaced, removed, doubled or renamed at places drawn from it. */
const mutation = fc.array(
  fc.record({ at: fc.nat(), how: fc.constantFrom('replace', 'remove', 'double', 'rename'), by: odd }),
  { minLength: 1, maxLength: 6 },
);
type Mutation = typeof mutation extends fc.Arbitrary<(infer One)[]> ? One : never;

function mutate(value: unknown, { at, how, by: drawn }: Mutation): unknown {
  // A copy: what stands at two places may be changed at one.
  const by: unknown = structuredClone(drawn);
  const places = placesIn(value);
  const place = places[at % places.length];
  if (place === undefined) return by;
  const { holder, key } = place;
  const found: unknown = Reflect.get(holder, key);
  if (how === 'remove') Reflect.deleteProperty(holder, key);
  else if (how === 'double') Reflect.set(holder, key, [found, found]);
  else if (how === 'rename' && typeof by === 'string') own(holder, by.slice(0, 200), found);
  else Reflect.set(holder, key, by);
  return value;
}

/** As JSON sets it, also under `__proto__`. */
function own(holder: object, key: string, value: unknown): void {
  Object.defineProperty(holder, key, { value, writable: true, enumerable: true, configurable: true });
}

function placesIn(value: unknown): { holder: object; key: string }[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.keys(value).flatMap((key) => [{ holder: value, key }, ...placesIn(Reflect.get(value, key))]);
}

const prepare = createPreparer({
  ...{ currency: 'USD', keyId: 'test', pseudonym: (user) => `p${user.length}` },
  sha256: () => '0'.repeat(64),
});

/** The events as they would be stored, or the reasons; what PostgreSQL refuses is found here. */
function check({ events, ignored, needs }: ParsedDelivery): void {
  for (const { event, reason } of events) {
    if (event === undefined) {
      expect(reason).toMatch(/^\S/);
      continue;
    }
    const stored = prepare(event);
    expect(Number.isSafeInteger(stored.ts)).toBe(true);
    // A letter is no lone surrogate when its text is well-formed; NULs are taken out.
    const text = JSON.stringify(stored);
    expect(text).not.toMatch(/\\u0000|\\ud[89a-f]/i);
  }
  expect([...ignored, ...needs.map(({ kind }) => kind)].every((kind) => kind.length <= 200)).toBe(true);
  for (const { id } of needs) expect(id).toMatch(/^\d{1,20}$/);
  expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
}

const headersOf = (source: WebhookSource, drawn: string): Record<string, string> =>
  Object.fromEntries(source.keptHeaders.map((name) => [name, drawn]));

describe.each(webhooks.map((source) => [source.name, source] as const))('%s reads', (name, source) => {
  const recorded = (RECORDED[name] ?? []).flatMap(payloadValues);
  const bodies = name === 'helpscout' ? [...recorded, fetchedConversation()] : recorded;

  it('recorded payloads with anything anywhere in them', () => {
    const headers = fc.constantFrom({}, headersOf(source, 'convo.created'), headersOf(source, 'error'));
    fc.assert(
      fc.property(fc.nat({ max: bodies.length - 1 }), mutation, headers, (place, mutations, sent) => {
        // A list with names of its own is nothing that JSON can say.
        const body: unknown = JSON.parse(JSON.stringify(mutations.reduce(mutate, structuredClone(bodies[place]))));
        const delivery = { headers: sent, body, receivedAt: limits.now };
        const id = source.deliveryId(delivery);
        expect(id === null || typeof id === 'string').toBe(true);
        const read = parsed(source, body, sent);
        check(read);
        // The same body gives the same events in the same order.
        expect(parsed(source, body, sent)).toEqual(read);
        const fetched = isFields(body) ? source.parseFetched?.({ kind: 'any', id: '1' }, body, limits) : undefined;
        if (fetched) check(fetched);
      }),
      { numRuns: RUNS },
    );
  });

  it('anything that is JSON', () => {
    fc.assert(
      fc.property(odd, (body) => check(parsed(source, body))),
      { numRuns: RUNS },
    );
  });
});

type Fetched = Parameters<NonNullable<WebhookSource['parseFetched']>>[1];
const isFields = (value: unknown): value is Fetched =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function fetchedConversation(): unknown {
  const conversation: unknown = JSON.parse(payloadText('helpscout/conversation.json'));
  const page = JSON.parse(payloadText('helpscout/threads_page.json'));
  return { conversation, threads: page._embedded.threads, customer: { organization: 'Acme' } };
}
