/** A failed call in an API's log is one event: a request with latency that counts as an error too, once, under its signature. */
import { expect, it } from 'vitest';
import { loadConfig } from '../../src/config.ts';
import { checkQuery } from '../../src/core/query/metric-query.ts';
import { withDefaults } from '../../src/core/workspace-config.ts';
import { createPayloadAcceptance, createPreparation } from '../../src/event-acceptance.ts';
import { ingest } from '../../src/pipeline/ingest.ts';
import type { DatabaseHandle } from '../../src/postgres/database.ts';
import { createStores } from '../../src/postgres/stores.ts';
import { apiLogSource } from '../../src/sources/api-log.ts';
import { payloadsOf } from '../../src/sources/payload/of-webhook.ts';
import { describeOnOneDatabase } from '../support/database.ts';
import { createStoreContext } from '../support/store-context.ts';
import { startWebhookApp } from '../support/webhook-app.ts';

const NOW = Date.UTC(2026, 10, 21, 12);
const TIME = '2026-11-20T09:00:00Z';
const RANGE = { start: '2026-11-20', end: '2026-11-21' };
const THROTTLED = 429;

const text = (key: string, stringValue: string) => ({ key, value: { stringValue } });
const otlp = (attributes: readonly object[], more: object = {}) => ({
  resourceLogs: [{ scopeLogs: [{ logRecords: [{ timeUnixNano: `${Date.parse(TIME)}000000`, ...more, attributes }] }] }],
});

/** What is sent, the page it is about, and what its failure is grouped under; null where it did not fail. */
const SENT: readonly (readonly [format: string, sent: unknown, surface: string, signature: string | null])[] = [
  [
    'pino-http without an error',
    { level: 30, time: TIME, req: { id: 1, method: 'POST', url: '/a' }, res: { statusCode: 503 }, responseTime: 7 },
    '/a',
    'HTTP_503 POST /a',
  ],
  [
    'pino-http with an error',
    {
      ...{
        level: 50,
        time: TIME,
        req: { id: 2, method: 'POST', url: '/b' },
        res: { statusCode: 500 },
        responseTime: 7,
      },
      ...{ err: { type: 'PaymentError', message: 'timed out', code: 'PAY_TIMEOUT' }, msg: 'request errored' },
    },
    '/b',
    'PAY_TIMEOUT',
  ],
  [
    "morgan's combined",
    '203.0.113.7 - - [20/Nov/2026:09:00:00 +0000] "GET /c HTTP/1.1" 502 10 "-" "curl/8" - 7 ms',
    '/c',
    'HTTP_502 GET /c',
  ],
  ['JSON', { timestamp: TIME, method: 'GET', path: '/d', status: 504, duration_ms: 7 }, '/d', 'HTTP_504 GET /d'],
  [
    'OTLP without an exception',
    otlp([
      ...[text('http.request.method', 'PUT'), text('http.route', '/e')],
      { key: 'http.response.status_code', value: { intValue: '500' } },
      { key: 'http.server.request.duration', value: { doubleValue: 0.007 } },
    ]),
    '/e',
    'HTTP_500 PUT /e',
  ],
  [
    'OTLP with an exception',
    otlp(
      [
        ...[text('http.request.method', 'PUT'), text('http.route', '/f'), text('exception.type', 'StockError')],
        ...[text('exception.message', 'none left'), { key: 'duration_ms', value: { intValue: '7' } }],
        { key: 'http.response.status_code', value: { intValue: '500' } },
      ],
      { severityNumber: 17 },
    ),
    '/f',
    'HTTP_500 PUT /f',
  ],
  [
    'a status the workspace lists',
    { timestamp: TIME, method: 'GET', path: '/g', status: THROTTLED, duration_ms: 7 },
    '/g',
    'HTTP_429 GET /g',
  ],
  [
    'a status it does not list',
    { timestamp: TIME, method: 'GET', path: '/h', status: 404, duration_ms: 7 },
    '/h',
    null,
  ],
];

interface DayRow {
  surface: string;
  requests: number;
  request_failures: number;
  errors: number;
  latency_p50: number;
  top_error_signatures: unknown;
}

async function push(handle: DatabaseHandle): Promise<void> {
  const app = await startWebhookApp(handle, { now: NOW });
  for (const [, sent] of SENT) {
    const [type, body] = typeof sent === 'string' ? ['text/plain', sent] : ['application/json', JSON.stringify(sent)];
    expect((await app.send(apiLogSource, body, { 'content-type': type })).status).toBe(202);
  }
  await app.work.now();
  await app.stop();
}

async function importThem(handle: DatabaseHandle): Promise<void> {
  const { events } = createStores(handle, createStoreContext());
  const clock = () => NOW;
  const config = loadConfig({ SEEPASS_PSEUDONYM_KEY: 'a-key-of-sixteen-characters' });
  const accept = createPayloadAcceptance(createPreparation(config, { kind: 'memory' }, clock))(
    payloadsOf(apiLogSource),
  );
  const records = SENT.map(([, value], index) => ({ line: index + 1, value }));
  expect(await ingest([records], { store: events, accept, clock })).toMatchObject({ stored: SENT.length });
}

describeOnOneDatabase('failed calls in the log of an API', (open) => {
  it.each([
    ['pushed', push],
    ['imported', importThem],
  ])('count once as request, failure and error when %s, and are told by their signature', async (_, bring) => {
    const handle = await open();
    await bring(handle);
    const context = createStoreContext({ timezone: 'UTC', failureStatuses: [THROTTLED] });
    context.advance(NOW - context.clock());
    const { rollups, metrics, why } = createStores(handle, context);
    await rollups.aggregateDirty();

    const { rows: days } = await handle.pool.query<DayRow>(
      'SELECT surface, requests, request_failures, errors, latency_p50, top_error_signatures FROM daily_surface_metrics',
    );
    const counted = SENT.map(([format, , surface]) => {
      const day = days.find((row) => row.surface === surface);
      return [format, day?.requests, day?.request_failures, day?.errors, day?.latency_p50, day?.top_error_signatures];
    });
    expect(counted).toEqual(
      SENT.map(([format, , , sig]) =>
        sig === null
          ? [format, 1, 0, 0, 7, []]
          : [format, 1, 1, 1, 7, [{ sig, count: 1, example: expect.any(String) }]],
      ),
    );

    const { query } = checkQuery({
      ...{ metric: 'errors', surface: null, filters: {}, window: RANGE, compare: null },
      ...{ group_by: ['error_signature'], grain: null, order: 'desc', limit: 10 },
    });
    if (query === undefined) throw new Error('not a sound query');
    const { rows, total } = await metrics.answer(query, { asOf: NOW, config: withDefaults({}) });
    const signatures = SENT.flatMap(([, , , signature]) => signature ?? []);
    expect(rows.map(({ key }) => key.error_signature).sort()).toEqual(signatures.toSorted());
    expect(total.figure.value).toBe(signatures.length);

    const slice = { surface: null, filters: {}, numeratorOnly: [] };
    const shown = await why.readTexts({ of: 'error', range: RANGE, slice, limit: 20, distinct: false }, NOW);
    expect(shown.texts.map(({ group }) => group).sort()).toEqual(signatures.sort());
  });
});
