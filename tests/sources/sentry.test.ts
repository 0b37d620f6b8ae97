import { describe, expect, it } from 'vitest';
import { sentrySource } from '../../src/sources/sentry.ts';
import { limits, onlyEvent, parsed, payloadText, payloadValues } from '../support/payloads.ts';

const hook = (name: string): unknown => payloadValues(`sentry/hook_${name}_COMPOSED.json`)[0];
const resource = (name: string) => ({ 'sentry-hook-resource': name });
const id = 'c0ffee00000000000000000000000001';
const bare = { event_id: id, timestamp: 1_795_228_030.343, platform: 'javascript' };
const thrown = { exception: { values: [{ type: 'TypeError', value: 'x is null' }] } };

describe('a Sentry hook', () => {
  it.each(['error', 'event_alert'])('of kind %s is the error behind it', (name) => {
    expect(onlyEvent(sentrySource, hook(name), resource(name))).toMatchObject({
      ...{ source: 'sentry', type: 'error', account: 'acme_1', user: 'u_10', surface: '/cart', severity: 3 },
      meta: {
        ...{ event: 'AxiosError', release: 'web@1.42.0', env: 'production', platform: 'node' },
        message:
          'AxiosError: Request failed with status code 503: GET https://api.example.com/v1/users/310?token=abc310f3',
        url: expect.stringMatching(/^https:\/\/sentry\.io\/organizations\/shop\/issues\/1170820242\/events\//),
        stack: expect.stringMatching(/^AxiosError: .*\n {4}at fetchUser \(\/srv\/app\/server\.cjs:17:\d+\)/),
      },
    });
  });

  it('of both kinds about one event is that event, and so are the SDK and the API', () => {
    const ids = [
      onlyEvent(sentrySource, hook('error'), resource('error')).id,
      onlyEvent(sentrySource, hook('event_alert'), resource('event_alert')).id,
      parsed(sentrySource, payloadText('sentry/envelope_COMPOSED.txt')).events[0]?.event?.id,
    ];
    expect(new Set(ids).size).toBe(1);
  });

  it('is a delivery of its own kind, so that neither hides the other', () => {
    const key = (name: string) =>
      sentrySource.deliveryId({ headers: resource(name), body: hook(name), receivedAt: limits.now });
    expect(key('error')).toMatch(/^error:[\da-f]{32}$/);
    expect(key('event_alert')).toMatch(/^event_alert:[\da-f]{32}$/);
    expect(key('issue')).toBeNull();
  });

  it('about a new issue asks for the event behind it', () => {
    expect(parsed(sentrySource, hook('issue'), resource('issue'))).toEqual({
      ...{ events: [], ignored: [], needs: [{ kind: 'issue', id: '1170820242' }] },
    });
  });

  it.each([
    ['issue', { action: 'resolved', data: { issue: { id: '1' } } }, 'issue resolved'],
    ['comment', { action: 'created', data: { comment: 'hi' } }, 'comment created'],
    ['metric_alert', { action: 'critical', data: { metric_alert: {} } }, 'metric_alert critical'],
    ['installation', { action: 'created', data: { installation: {} } }, 'installation created'],
  ])('of kind %s that says nothing for us is ignored by name', (name, body, kind) => {
    expect(parsed(sentrySource, body, resource(name))).toEqual({ events: [], ignored: [kind], needs: [] });
  });
});

describe('what a Sentry SDK sends', () => {
  it('in an envelope is its events and its traced requests', () => {
    const { events, ignored } = parsed(sentrySource, payloadText('sentry/envelope_COMPOSED.txt'));
    expect(events.map(({ event }) => event?.type)).toEqual(['error', 'request']);
    expect(ignored).toEqual(['envelope session', 'envelope client_report']);
    expect(events[1]?.event).toMatchObject({
      ...{ account: 'acme_1', user: 'u_7', surface: 'GET /checkout/:id', value: 312.5 },
      meta: { status: 503, endpoint: 'GET /checkout/:id', release: 'web@1.42.0', env: 'production' },
    });
  });

  it('is read the same as lines and as one text', () => {
    const text = payloadText('sentry/envelope_COMPOSED.txt');
    expect(parsed(sentrySource, text.split('\n'))).toEqual(parsed(sentrySource, text));
  });

  it('about real faults has the frame that threw on top', () => {
    const { events } = parsed(sentrySource, payloadValues('sentry/sentry_node_events.jsonl'));
    expect(events).toHaveLength(12);
    expect(events[0]?.event?.meta.stack).toMatch(/^RangeError: Invalid time value\n {4}at parseDate \(/);
  });

  it('with an attachment of several lines loses no event after it', () => {
    const lines = [
      { event_id: id },
      { type: 'attachment', length: 9 },
      'one',
      'two',
      { type: 'event' },
      { ...bare, ...thrown },
    ];
    expect(parsed(sentrySource, lines)).toMatchObject({
      events: [{ event: { id } }],
      ignored: ['envelope attachment'],
    });
  });
});

describe('a Sentry event', () => {
  it.each([
    ['a tag', { tags: { surface: '/tag' }, transaction: '/transaction', request: { url: '/request' } }, '/tag'],
    [
      'a transaction that is a route',
      { transaction: 'GET /orders/:id', request: { url: '/request' } },
      'GET /orders/:id',
    ],
    [
      'the request before a function',
      { transaction: 'app.tasks.sync', request: { url: 'https://x.io/a' } },
      'https://x.io/a',
    ],
    ["a screen's name", { transaction: 'CheckoutActivity' }, 'CheckoutActivity'],
    ["a browser's address", { tags: [['url', 'https://x.io/b']] }, 'https://x.io/b'],
    ['a culprit that is a route', { culprit: '/checkout' }, '/checkout'],
    ['nothing where a culprit is a function', { culprit: 'fetchUser(server)' }, null],
  ])('names its page by %s', (_what, change, surface) => {
    expect(onlyEvent(sentrySource, { ...bare, ...thrown, ...change }).surface).toBe(surface);
  });

  it.each([
    [{ tags: { account: 'acme' } }, 'acme'],
    [{ tags: [['tenant', 'acme']] }, 'acme'],
    [{ tags: [{ key: 'org_id', value: 7 }] }, '7'],
    [{ user: { data: { account: 'acme' } } }, 'acme'],
    [{ tags: 'account' }, null],
  ])('with %j is of account %s', (change, account) => {
    expect(onlyEvent(sentrySource, { ...bare, ...thrown, ...change }).account).toBe(account);
  });

  it.each([
    [{ id: 7, email: 'ann@example.com' }, '7'],
    [{ email: 'ann@example.com', ip_address: '203.0.113.9' }, 'ann@example.com'],
    [{ ip_address: '203.0.113.9' }, null],
  ])('with %j as user is of %s', (user, expected) => {
    expect(onlyEvent(sentrySource, { ...bare, ...thrown, user }).user).toBe(expected);
  });

  it.each([
    [{ level: 'fatal', ...thrown }, 4],
    [{ level: 'warning', ...thrown }, 2],
    [{ tags: { level: 'info' }, ...thrown }, 1],
    [{ level: 'error', logentry: { formatted: 'queue is full' } }, 3],
    [{ ...thrown }, 3],
  ])('with %j has its severity', (change, severity) => {
    expect(onlyEvent(sentrySource, { ...bare, ...change }).severity).toBe(severity);
  });

  it('that somebody only logged is no error', () => {
    expect(parsed(sentrySource, { ...bare, level: 'info', message: 'started' }).ignored).toEqual(['message info']);
  });

  it('names the exception that was caught, not its cause', () => {
    const values = [
      { type: 'CauseError', value: 'a' },
      { type: 'OuterError', value: 'b' },
    ];
    expect(onlyEvent(sentrySource, { ...bare, exception: { values } }).meta.message).toBe('OuterError: b');
  });

  it('as the API gives it back is read like the others', () => {
    const frames = [{ function: 'pay', filename: 'pay.ts', lineNo: 3, colNo: 5, inApp: true }];
    const fetched = {
      ...{ eventID: id, dateCreated: '2026-11-20T10:00:00Z', release: { version: 'web@1' }, culprit: 'pay' },
      tags: [{ key: 'environment', value: 'production' }],
      entries: [{ type: 'exception', data: { values: [{ type: 'E', value: 'v', stacktrace: { frames } }] } }],
    };
    const need = { kind: 'issue', id: '1' };
    expect(sentrySource.parseFetched?.(need, fetched, limits).events[0]?.event).toMatchObject({
      ...{ id, ts: Date.UTC(2026, 10, 20, 10) },
      meta: { release: 'web@1', env: 'production', stack: 'E: v\n    at pay (pay.ts:3:5)' },
    });
  });

  it.each([
    ['pageload', 'transaction pageload'],
    ['queue.task', 'transaction queue.task'],
  ])('that traces a %s is no request', (op, kind) => {
    const transaction = { ...bare, type: 'transaction', start_timestamp: 1, contexts: { trace: { op } } };
    expect(parsed(sentrySource, transaction).ignored).toEqual([kind]);
  });

  it.each([
    [{ contexts: { trace: { op: 'http.server', status: 'not_found' } } }, 404],
    [{ contexts: { trace: { op: 'http.server' }, response: { status_code: 201 } } }, 201],
    [{ contexts: { trace: { op: 'http.server' } }, tags: { 'http.status_code': '502' } }, 502],
    [{ contexts: { trace: { op: 'http.server', status: 'unknown' } } }, undefined],
  ])('that traces %j has status %s', (change, status) => {
    const transaction = { ...bare, type: 'transaction', start_timestamp: bare.timestamp - 0.5, ...change };
    expect(onlyEvent(sentrySource, transaction).meta.status).toBe(status);
    expect(onlyEvent(sentrySource, transaction).value).toBe(500);
  });

  it.each([
    ['text', 'hello', /no JSON object/],
    ['what is none', { hello: 1 }, /none of Sentry/],
    ['one without a time', { event_id: id, ...thrown }, /^ts is missing/],
    ['an issue without an id', { action: 'created', data: { issue: {} } }, /no id/],
  ])('is not %s', (_what, body, reason) => {
    expect(parsed(sentrySource, body).events[0]?.reason).toMatch(reason);
  });
});
