/** Nothing secret or private in what tools send is found in the database: every table is searched as text. */
import { randomUUID } from 'node:crypto';
import { beforeEach, expect, it } from 'vitest';
import { loadConfig } from '../../src/config.ts';
import type { WebhookSource } from '../../src/core/sources.ts';
import { createPayloadAcceptance, createPreparation } from '../../src/event-acceptance.ts';
import { ingest } from '../../src/pipeline/ingest.ts';
import type { DatabaseHandle } from '../../src/postgres/database.ts';
import { createStores } from '../../src/postgres/stores.ts';
import { apiLogSource } from '../../src/sources/api-log.ts';
import { helpscoutSource } from '../../src/sources/helpscout.ts';
import { intercomSource } from '../../src/sources/intercom.ts';
import { payloadsOf } from '../../src/sources/payload/of-webhook.ts';
import { posthogSource } from '../../src/sources/posthog.ts';
import { sentrySource } from '../../src/sources/sentry.ts';
import { describeOnEveryDatabase } from '../support/database.ts';
import { dumpTables } from '../support/dump-tables.ts';
import { limits, payloadText, payloadValues } from '../support/payloads.ts';
import { silentLog } from '../support/silent-log.ts';

const config = loadConfig({ SEEPASS_PSEUDONYM_KEY: 'a-key-of-sixteen-characters' });

// Written in parts, so that no scanner takes an example for a leaked credential.
const joined = (...parts: string[]): string => parts.join('');

/** What is planted, as it stands in a text, and the part of it that must not be stored. */
const SECRETS: readonly (readonly [planted: string, leak: string])[] = [
  ['planted.person@example.com', 'planted.person'],
  ['Authorization: Bearer planted-bearer-0123456789', 'planted-bearer'],
  [joined('sk', '_live_plantedKey0123456789ab'), 'plantedKey'],
  [joined('gh', 'p_plantedToken0123456789abcdefABCDEF01'), 'plantedToken'],
  [joined('ey', 'JwbGFudGVkand0.eyJwbGFudGVkIjoxfQ.c2lnbmF0dXJlcGxhbnRlZA'), 'JwbGFudGVkand0'],
  ['4242 4242 4242 4242', '4242 4242'],
  ['DE89 3704 0044 0532 0130 00', '0532 0130'],
  ['203.0.113.77', '203.0.113.77'],
  ['+49 151 23456789', '23456789'],
  ['https://admin:planted-password@db.example.com/x', 'planted-password'],
  ['https://x.example.com/cb?page=2&token=planted-query-2', 'planted-query'],
  ['https://x.example.com/in?code=planted-code-1', 'planted-code'],
  ['Cookie: sid=planted-cookie-1; theme=dark', 'planted-cookie'],
  ['password=planted-plain-1', 'planted-plain'],
  ['session_id=planted-session-1', 'planted-session'],
  ['psql --password planted-argument-1', 'planted-argument'],
  ['https://hooks.slack.com/services/T00000000/B00000000/plantedhook1', 'plantedhook'],
];

/** One event of each source, with the text in every place a tool could put it. */
const sentWith = (text: string): readonly (readonly [WebhookSource, unknown])[] => {
  const headers = { authorization: text, cookie: text, 'x-api-key': text, referer: text, 'x-forwarded-for': text };
  const nested = { deep: { deeper: [text, { deepest: text }] } };
  const stack = `Error: ${text}\n    at pay (/srv/${encodeURIComponent(text)}/pay.js:1:2)`;
  const query = `?q=${encodeURIComponent(text)}`;
  const frames = [{ function: 'pay', filename: 'pay.js', lineno: 1, context_line: text, vars: { text } }];
  const values = [{ type: 'PaymentError', value: text, stacktrace: { frames } }];
  const request = {
    ...{ level: 50, time: limits.now - 1, msg: text, ...nested, user: { id: text, email: text }, account: text },
    req: { id: randomUUID(), method: 'GET', url: `/pay/7${query}`, headers, query: { q: text }, body: nested },
    res: { statusCode: 500, headers: { 'set-cookie': text } },
    err: { type: 'Error', message: text, stack, cause: nested, config: { headers } },
  };
  const properties = {
    ...{ $current_url: `https://x.example.com/pay${query}`, $ip: text, $set: { note: text }, note: text, plan: text },
    ...{ email: text, $groups: { company: text }, $exception_list: values, utm_campaign: text, ...nested },
  };
  const event = {
    timestamp: new Date(limits.now - 1).toISOString(),
    uuid: randomUUID(),
    distinct_id: text,
    properties,
  };
  return [
    [apiLogSource, request],
    [apiLogSource, { ...request, req: undefined, res: undefined, request_id: text, error_code: text }],
    [apiLogSource, { ...request, req: { ...request.req, id: text, url: `/reset/${text}` } }],
    [
      apiLogSource,
      `203.0.113.77 - ${text.replaceAll(' ', '')} [21/Nov/2026:02:27:11 +0000] "GET /a${query} HTTP/1.1" 500 1 "${text}" "${text}"`,
    ],
    [posthogSource, { event: { ...event, event: 'note saved' }, person: { properties: { email: text, name: text } } }],
    [posthogSource, { batch: [{ ...event, uuid: randomUUID(), event: '$exception' }], api_key: text }],
    [posthogSource, { ...event, uuid: text, event: `said ${text}` }],
    [
      sentrySource,
      {
        ...{ event_id: randomUUID(), timestamp: (limits.now - 1) / 1000, level: 'error', exception: { values } },
        ...{ user: { id: text, email: text, ip_address: text }, tags: { account: text, note: text, request_id: text } },
        ...{
          request: { url: `https://x.example.com/pay${query}`, headers, cookies: text, data: nested },
          extra: nested,
        },
        ...{
          breadcrumbs: [{ message: text, data: nested }],
          message: text,
          release: text,
          web_url: text,
          culprit: text,
        },
        ...{ contexts: { trace: { trace_id: text } }, server_name: text, environment: text },
      },
    ],
    [intercomSource, conversationOfIntercom(text, query)],
    [helpscoutSource, conversationOfHelpScout(text, query)],
  ];
};

const messageWith = (text: string, query: string): string =>
  `<p>${text}</p><a href="https://x.example.com/pay/${encodeURIComponent(text)}${query}">${text}</a>`;

function conversationOfIntercom(text: string, query: string): object {
  const author = { type: 'user', id: text, email: text, name: text };
  const body = messageWith(text, query);
  return {
    ...{ type: 'conversation', id: randomUUID(), created_at: limits.now / 1_000 - 1, title: text },
    source: { type: text, subject: text, body, author, url: `https://x.example.com/pay${query}` },
    contacts: { contacts: [{ id: text, external_id: text, email: text }] },
    ...{ company: { name: text }, tags: { tags: [{ name: text }] }, custom_attributes: { note: text } },
  };
}

function conversationOfHelpScout(text: string, query: string): object {
  const createdBy = { id: 7, type: 'customer', email: text, first: text };
  const createdAt = new Date(limits.now - 1_000).toISOString();
  return {
    conversation: {
      ...{ id: randomUUID(), number: text, type: text, subject: text, preview: text, createdBy, createdAt, cc: [text] },
      ...{ tags: [{ tag: text }], customFields: [{ name: 'Company', value: text }] },
    },
    threads: [{ id: 1, type: 'customer', body: messageWith(text, query), createdBy, createdAt, to: [text] }],
    customer: { organization: text },
  };
}

describeOnEveryDatabase('what tools send', (open) => {
  let handle: DatabaseHandle;
  beforeEach(async () => {
    handle = await open();
  });

  async function store(source: WebhookSource, bodies: readonly unknown[]) {
    const context = { workspace: 'local', timezone: 'UTC', clock: () => limits.now, newId: randomUUID };
    const stores = createStores(handle, { ...context, failureStatuses: [], log: silentLog });
    const preparation = createPreparation(config, { kind: 'memory' }, () => limits.now);
    const records = bodies.map((value, index) => ({ line: index + 1, value }));
    const accept = createPayloadAcceptance(preparation)(payloadsOf(source));
    return ingest([records], { store: stores.events, accept, clock: () => limits.now });
  }

  it('is stored without the tokens, addresses and people of the recorded payloads', async () => {
    const stored = [
      await store(apiLogSource, payloadValues('logs/pino_http.ndjson')),
      await store(apiLogSource, payloadValues('logs/access_COMPOSED.txt')),
      await store(posthogSource, payloadValues('posthog/posthog_node_batches.jsonl')),
      await store(sentrySource, [payloadText('sentry/envelope_COMPOSED.txt')]),
      await store(sentrySource, payloadValues('sentry/sentry_node_events.jsonl')),
    ];
    expect(stored.map((report) => report.stored)).toEqual([54, 5, 21, 2, 11]);
    const text = await dumpTables(handle);
    expect(text).toContain('PaymentError in server.cjs');
    for (const leak of [/secret-token/, /jane/, /ann\.smith/i, /user\d+@/, /@example\.com/, /phc_/, /abc\d+f3/])
      expect(text).not.toMatch(leak);
    for (const leak of [/203\.0\.113/, /10\.0\.\d+\.\d+/, /"user_\d"/, /"u_\d+"/, /Mozilla/])
      expect(text).not.toMatch(leak);
  });

  it('is stored without secrets, wherever a tool could put them', async () => {
    const sent = SECRETS.flatMap(([planted]) => sentWith(planted));
    for (const source of [apiLogSource, posthogSource, sentrySource]) {
      const bodies = sent.flatMap(([by, body]) => (by === source ? [body] : []));
      expect(await store(source, bodies)).toMatchObject({ stored: bodies.length, rejected: 0 });
    }
    const rows = (await dumpTables(handle)).split('\n');
    const leaks = SECRETS.flatMap(([, leak]) => [leak, encodeURIComponent(leak)]);
    expect(rows.filter((row) => leaks.some((leak) => row.includes(leak)))).toEqual([]);
  });
});
