import { describe, expect, it } from 'vitest';
import { apiLogSource } from '../../src/sources/api-log.ts';
import { onlyEvent, parsed, payloadText, payloadValues } from '../support/payloads.ts';

const request = { time: '2026-11-20T09:00:00Z', method: 'get', path: '/orders/7', status: 200 };
const oneOf = (change: object) => onlyEvent(apiLogSource, { ...request, ...change });

describe('lines of pino-http', () => {
  const delivery = parsed(apiLogSource, payloadValues('logs/pino_http.ndjson'));
  const events = delivery.events.flatMap(({ event }) => event ?? []);

  it('are requests with latency, status, endpoint and release; other lines are ignored by level', () => {
    expect(events).toHaveLength(54);
    expect(new Set(events.map(({ type }) => type))).toEqual(new Set(['request']));
    expect(delivery.ignored).toEqual(Array(6).fill('log warn'));
    expect(events[0]).toMatchObject({
      ...{ ts: 1_795_228_031_647, source: 'api_log', value: 7, severity: null },
      meta: { status: 200, request_id: 'req-1', release: 'web@1.42.0', env: 'production' },
    });
  });

  it('about a request that failed hold what went wrong, in one event', () => {
    const failed = events.filter(({ meta }) => meta.status === 500);
    expect(failed).toHaveLength(7);
    expect(failed[0]).toMatchObject({
      ...{ type: 'request', severity: 3 },
      meta: {
        message: 'PaymentError: Upstream timeout during confirmPayment pi_7 after 9007ms',
        stack: expect.stringContaining('at /srv/app/server.cjs:26:63'),
      },
    });
  });

  it('are the same events however their lines are bundled', () => {
    const alone = payloadValues('logs/pino_http.ndjson').flatMap((line) => parsed(apiLogSource, line).events);
    expect(alone).toEqual(delivery.events);
    expect(parsed(apiLogSource, payloadText('logs/pino_http.ndjson'))).toEqual(delivery);
    expect(new Set(events.map(({ id }) => id)).size).toBe(54);
  });
});

describe('lines of an access log', () => {
  const { events } = parsed(apiLogSource, payloadText('logs/access_COMPOSED.txt'));

  it('are requests, with their latency where a team logs it', () => {
    expect(events.map(({ event }) => [event?.ts, event?.meta.status, event?.value, event?.meta.endpoint])).toEqual([
      [Date.UTC(2026, 10, 21, 2, 27, 11), 200, null, 'GET /checkout/1?utm_source=mail&email=jane%40example.com'],
      [Date.UTC(2026, 10, 21, 2, 27, 12), 401, null, 'POST /login'],
      [Date.UTC(2026, 10, 21, 2, 27, 13), 503, 12.345, 'GET /checkout/7'],
      [Date.UTC(2026, 10, 21, 2, 27, 14), 200, 250, 'GET /search'],
      [Date.UTC(2026, 10, 21, 2, 27, 15), 304, null, 'GET /favicon.ico'],
    ]);
  });

  it('hold neither address, referrer nor agent', () => {
    expect(JSON.stringify(events)).not.toMatch(/203\.0\.113|secret-token|Mozilla|curl/);
  });

  it.each([
    '',
    'Server listening on 3000',
    '1 2 3 [x] "GET / HTTP/1.1" 200 1',
    '1 - - [31/Foo/2026:02:27:15 +0000] "GET / HTTP/1.1" 200 1',
  ])('are not %j', (line) => {
    expect(parsed(apiLogSource, [line, '']).events.every(({ event }) => event === undefined)).toBe(true);
  });
});

describe('OTLP/JSON', () => {
  it('is requests and errors, with what their resource says', () => {
    const { events } = parsed(apiLogSource, payloadValues('logs/otlp_requests_COMPOSED.json'));
    expect(events.map(({ event }) => event)).toMatchObject([
      {
        ...{ type: 'request', value: 125, user: 'u_7', surface: '/orders/{id}', ts: 1_795_228_031_798 },
        meta: { status: 200, endpoint: 'GET /orders/{id}', service: 'orders', release: 'api@2.3.0', env: 'production' },
      },
      {
        ...{ type: 'error', severity: 3, value: null },
        meta: {
          message: 'java.lang.IllegalStateException: no stock for sku 17',
          stack: expect.stringContaining('com.shop.Stock.take'),
          trace_id: '5B8EFFF798038103D269B633813FC60D',
        },
      },
    ]);
  });

  it('with keys that are no texts is read without them', () => {
    const values = [
      { key: { toString: 1 }, value: { stringValue: 'x' } },
      { key: 'time', value: { stringValue: 'y' } },
    ];
    const logRecords = [{ timeUnixNano: '1795228031900000000', severityNumber: 17, body: { kvlistValue: { values } } }];
    const body = { resourceLogs: [{ scopeLogs: [{ logRecords }] }] };
    expect(onlyEvent(apiLogSource, body)).toMatchObject({ type: 'error', ts: 1_795_228_031_900 });
  });

  it('of level info is ignored', () => {
    expect(parsed(apiLogSource, payloadValues('logs/otlp_logs.json'))).toEqual({
      ...{ events: [], ignored: ['log info'], needs: [] },
    });
  });
});

describe('a JSON log record', () => {
  it.each([
    [
      'winston',
      { timestamp: '2026-11-20T09:00:00Z', http_method: 'GET', url: '/a', status_code: 200, duration_ms: 5 },
      5,
    ],
    [
      'nginx',
      {
        time_local: '20/Nov/2026:09:00:00 +0000',
        request_method: 'GET',
        uri: '/a',
        status: '200',
        request_time: '0.005',
      },
      5,
    ],
    ['Go', { ts: 1_795_165_200.5, method: 'GET', path: '/a', status: 200, latency: '5ms' }, 5],
    [
      'ECS',
      {
        '@timestamp': '2026-11-20T09:00:00Z',
        http: { request: { method: 'GET' }, response: { status_code: 200 } },
        url: { path: '/a' },
        event: { duration: 5_000_000 },
      },
      5,
    ],
    [
      'Google Cloud',
      {
        timestamp: '2026-11-20T09:00:00Z',
        httpRequest: { requestMethod: 'GET', requestUrl: 'https://x.io/a', status: 200, latency: '0.005s' },
      },
      5,
    ],
  ])('as %s writes it is a request', (_who, record, value) => {
    const event = onlyEvent(apiLogSource, record);
    expect(event).toMatchObject({ type: 'request', value, meta: { status: 200 } });
    expect(event.meta.endpoint).toMatch(/^GET (?:https:\/\/x\.io)?\/a$/);
  });

  it.each([
    [200, null],
    [404, null],
    [500, 3],
    [503, 3],
  ])('with status %i has severity %s unless its level says more', (status, severity) => {
    expect(oneOf({ status }).severity).toBe(severity);
    expect(oneOf({ status, level: 'fatal' }).severity).toBe(4);
  });

  it.each([
    [{ level: 50, msg: 'queue is full' }, 'error', 3],
    [{ level: 'FATAL', message: 'out of memory' }, 'error', 4],
    [{ severity: 'CRITICAL', message: 'x' }, 'error', 4],
    [{ level: 30, msg: 'started' }, 'log info', undefined],
    [{ level: 'warn', msg: 'slow', req: { method: 'GET', url: '/a' } }, 'log warn', undefined],
    [{ msg: 'no level' }, 'log info', undefined],
  ])('without a request, %j is %s', (record, expected, severity) => {
    const { events, ignored } = parsed(apiLogSource, { time: request.time, ...record });
    expect(events[0]?.event?.type ?? ignored[0]).toBe(expected);
    expect(events[0]?.event?.severity).toBe(severity);
  });

  it.each([
    [{ err: { type: 'E', message: 'bad', code: 'ECONNRESET', stack: 'E: bad\n at x' } }, 'E: bad', 'ECONNRESET'],
    [{ error: 'bad' }, 'bad', undefined],
    [{ exception: { name: 'E', message: 'E: bad' } }, 'E: bad', undefined],
    [{ msg: 'it broke', error_code: 'PAYMENT_TIMEOUT' }, 'it broke', 'PAYMENT_TIMEOUT'],
  ])('of an error holds %j as message and code', (record, message, code) => {
    const { meta } = onlyEvent(apiLogSource, { time: request.time, level: 'error', ...record });
    expect([meta.message, meta.error_code]).toEqual([message, code]);
  });

  it('names the person and the customer where it can, and a page of its own before the path', () => {
    expect(oneOf({ userId: 'u-1', tenant_id: 'acme', surface: '/orders' })).toMatchObject({
      ...{ user: 'u-1', account: 'acme', surface: '/orders' },
    });
  });

  it.each([
    [{ duration_ms: -1 }, /^value is negative/],
    [{ duration_ms: 1e308 }, /^value must be a finite number/],
    [{ time: '2031-01-01T00:00:00Z' }, /^ts is in the future/],
    [{ time: '2026-11-20 09:00:00' }, /^ts has no offset/],
    [{ time: undefined }, /^ts is missing/],
    [{ time: { toString: 1, valueOf: 1 } }, /^ts must be/],
  ])('with %j is refused with the reason', (change, reason) => {
    expect(parsed(apiLogSource, { ...request, ...change }).events[0]?.reason).toMatch(reason);
  });

  it.each([0, 99, 600, 'ok', null])('with status %j is no request', (status) => {
    expect(parsed(apiLogSource, { ...request, status }).ignored).toEqual(['log info']);
  });
});
