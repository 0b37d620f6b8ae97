import { createHmac } from 'node:crypto';
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import type { WebhookSource } from '../../src/core/sources.ts';
import { SeepassError } from '../../src/errors.ts';
import { type HttpServer, startHttpServer } from '../../src/http/server.ts';
import type { WebhookDoor } from '../../src/http/webhooks.ts';
import type { ProvenDelivery } from '../../src/pipeline/deliveries/receive.ts';
import { madeUpSource } from '../support/deliveries.ts';
import { silentLog } from '../support/silent-log.ts';

const SECRETS = ['an old secret of the tool', 'a new secret of the tool'];
const shared = madeUpSource('posthog');
const signed: WebhookSource = {
  ...madeUpSource('sentry'),
  proof: { kind: 'hmac', header: 'x-sig', algorithm: 'sha256', encoding: 'hex' },
  bodyLimit: 1_000,
};
const sign = (body: string | Buffer, secret = SECRETS[0] ?? '') => ({
  'x-sig': createHmac('sha256', secret).update(body).digest('hex'),
});
const SECRET = { 'x-secret': SECRETS[1] ?? '' };

const open: HttpServer[] = [];
afterEach(async () => {
  for (const server of open.splice(0)) await server.stop();
});

async function start(change: Partial<WebhookDoor> = {}) {
  const received: ProvenDelivery[] = [];
  const counts: string[] = [];
  const sources = [shared, signed];
  const server = await startHttpServer({
    ...{ host: '127.0.0.1', port: 0, ingestToken: undefined, log: silentLog },
    readiness: async () => undefined,
    ingest: () => Promise.reject(new Error('not here')),
    webhooks: {
      find: (name) => sources.find((source) => source.name === name),
      names: ['posthog', 'sentry'],
      secretsOf: (source) => ({ secrets: SECRETS, setting: `SEEPASS_WEBHOOK_SECRET_${source.toUpperCase()}` }),
      async receive(delivery) {
        received.push(delivery);
        return 'stored';
      },
      fullFor: () => null,
      count: (source, outcome, detail) => void counts.push(`${source} ${outcome} ${detail}`),
      ...change,
    },
  });
  open.push(server);
  const send = async (path: string, headers: Record<string, string>, body: string | Buffer, method = 'POST') => {
    const init =
      method === 'POST' ? { method, headers: { 'content-type': 'application/json', ...headers }, body } : { method };
    const response = await fetch(`${server.url}/webhooks/${path}`, init);
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      text,
      json: text.startsWith('{') ? JSON.parse(text) : undefined,
    };
  };
  return { server, send, received, counts };
}

describe('POST /webhooks/:source', () => {
  it.each([
    ['signed with one secret', 'sentry', '{"a":1}', sign('{"a":1}')],
    ['signed with the other', 'sentry', '{"a":1}', sign('{"a":1}', SECRETS[1])],
    ['with the secret itself', 'posthog', '{"a":1}', SECRET],
    ['at a path that ends in a slash', 'posthog/', '{"a":1}', SECRET],
    ['of lines', 'posthog', '{"a":1}\n{"b":2}', { ...SECRET, 'content-type': 'application/x-ndjson' }],
    ['of plain text', 'posthog', 'GET / 200', { ...SECRET, 'content-type': 'text/plain; charset=utf-8' }],
  ])('takes a delivery %s, as it was sent', async (_what, path, body, headers) => {
    const { send, received } = await start();
    expect(await send(path, headers, body)).toMatchObject({ status: 202, json: { status: 'stored' } });
    expect(received.map((delivery) => Buffer.from(delivery.body).toString())).toEqual([body]);
  });

  it('keeps the headers that the source keeps, and the id that it finds', async () => {
    const { send, received } = await start();
    await send('posthog', { ...SECRET, 'x-kind': 'k', 'x-other': 'o' }, '{"id":"d1"}');
    await send('posthog', SECRET, '{}');
    expect(received.map(({ headers, deliveryId }) => ({ headers, deliveryId }))).toEqual([
      { headers: { 'x-kind': 'k' }, deliveryId: 'd1' },
      { headers: {}, deliveryId: null },
    ]);
  });

  it('unpacks gzip, whose bytes as sent are what is signed', async () => {
    const { send, received } = await start();
    const packed = gzipSync('{"a":1}');
    const headers = { 'content-encoding': 'gzip', 'content-length': String(packed.length) };
    expect((await send('sentry', { ...headers, ...sign(packed) }, packed)).status).toBe(202);
    expect((await send('sentry', { ...headers, ...sign('{"a":1}') }, packed)).status).toBe(401);
    expect(received.map(({ body }) => Buffer.from(body).toString())).toEqual(['{"a":1}']);
  });

  it('counts one that was known, and answers that it is there', async () => {
    const { send, counts } = await start({ receive: async () => 'known' });
    expect(await send('posthog', SECRET, '{}')).toMatchObject({ status: 202, json: { status: 'known' } });
    expect(counts).toEqual(['posthog duplicate ']);
  });

  const bomb = gzipSync(Buffer.alloc(50_000_000, ' '));
  it.each<[string, string, Record<string, string>, string | Buffer, number, RegExp]>([
    ['an unknown source', 'fax', SECRET, '{}', 404, /There are: posthog, sentry/],
    ['a path below', 'posthog/more', SECRET, '{}', 404, /nothing here/],
    ['no signature', 'sentry', {}, '{}', 401, /signature \(x-sig\) is missing/],
    ['no secret', 'posthog', {}, '{}', 401, /secret \(x-secret\) is missing/],
    ['a wrong secret', 'posthog', { 'x-secret': 'nope' }, '{}', 401, /secret is wrong/],
    ['a signature of another body', 'sentry', sign('{"a":1}'), '{"a":2}', 401, /signature is wrong/],
    ['a signature of a secret long gone', 'sentry', sign('{}', 'a secret before the old one'), '{}', 401, /wrong/],
    ["another source's proof", 'sentry', SECRET, '{}', 401, /missing/],
    ['XML', 'posthog', { ...SECRET, 'content-type': 'text/xml' }, '<a/>', 415, /application\/json/],
    [
      'a type that only begins alike',
      'posthog',
      { ...SECRET, 'content-type': 'application/jsonsomething' },
      '{}',
      415,
      /Send/,
    ],
    [
      'another charset',
      'posthog',
      { ...SECRET, 'content-type': 'application/json; charset=utf-16' },
      '{}',
      415,
      /UTF-8/,
    ],
    ['another packing', 'posthog', { ...SECRET, 'content-encoding': 'br' }, '{}', 415, /gzip/],
    ['what is no gzip', 'posthog', { ...SECRET, 'content-encoding': 'gzip' }, '{}', 422, /not gzip/],
    ['gzip that is cut', 'posthog', { ...SECRET, 'content-encoding': 'gzip' }, bomb.subarray(0, 100), 422, /not gzip/],
    ['a zip bomb', 'posthog', { ...SECRET, 'content-encoding': 'gzip' }, bomb, 413, /unpacks to more than 5 MB/],
    ['more than the source sends', 'sentry', sign('x'.repeat(1_001)), 'x'.repeat(1_001), 413, /larger than/],
    ['nothing', 'posthog', SECRET, '', 422, /empty/],
    ['no JSON', 'posthog', SECRET, 'hello', 422, /not valid JSON/],
    ['UTF-16', 'posthog', SECRET, Buffer.from('{"a":1}', 'utf16le'), 422, /NUL/],
    ['UTF-16 with its mark', 'posthog', SECRET, Buffer.from('\uFEFF{"a":1}', 'utf16le'), 422, /UTF-8/],
    ['bytes that are no text', 'posthog', SECRET, Buffer.from([0x22, 0xff, 0x22]), 422, /UTF-8/],
    ['what nests without end', 'posthog', SECRET, '['.repeat(200_000) + ']'.repeat(200_000), 422, /100 levels/],
  ])('refuses %s, and stores nothing', async (_what, path, headers, body, status, reason) => {
    const { send, received, counts } = await start();
    const answer = await send(path, headers, body);
    expect([answer.status, answer.json?.reason]).toEqual([status, expect.stringMatching(reason)]);
    expect(received).toEqual([]);
    expect(counts).toHaveLength(status === 404 ? 0 : 1);
    expect(answer.text).not.toMatch(/\n\s+at |secret of the tool/);
  });

  it('names the setting where a source has no secret', async () => {
    const { send } = await start({ secretsOf: () => ({ secrets: [], setting: 'SEEPASS_WEBHOOK_SECRET_SENTRY' }) });
    expect(await send('sentry', sign('{}', ''), '{}')).toMatchObject({
      status: 403,
      json: { reason: expect.stringContaining('SEEPASS_WEBHOOK_SECRET_SENTRY') },
    });
  });

  it('asks to come again when too much waits, or the database is away', async () => {
    const full = await (await start({ fullFor: () => 30 })).send('posthog', SECRET, '{}');
    expect([full.status, full.headers.get('retry-after')]).toEqual([429, '30']);
    const away = () => Promise.reject(new SeepassError('database_unavailable', 'The database is away.'));
    const answer = await (await start({ receive: away })).send('posthog', SECRET, '{}');
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '10']);
  });

  it('takes no more than so many at once', async () => {
    let release = (): void => undefined;
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    const { send } = await start({ receive: () => released.then(() => 'stored' as const) });
    const statuses: number[] = [];
    const sent = Array.from({ length: 520 }, async () => {
      statuses.push((await send('posthog', SECRET, '{}')).status);
    });
    await expect.poll(() => statuses.length, { timeout: 30_000 }).toBe(20);
    expect(new Set(statuses)).toEqual(new Set([429]));
    release();
    await Promise.all(sent);
    expect(statuses.filter((status) => status === 202)).toHaveLength(500);
  });

  it('tells tools that look whether it is there, and other methods what to send', async () => {
    const { send } = await start();
    expect((await send('posthog', {}, '', 'HEAD')).status).toBe(200);
    expect((await send('fax', {}, '', 'HEAD')).status).toBe(404);
    expect(await send('posthog', {}, '', 'GET')).toMatchObject({
      status: 405,
      json: { reason: expect.stringContaining('POST') },
    });
  });

  it('does not wait for 200 MB that it would not take', async () => {
    const { server, received } = await start();
    const said = await raw(
      server.url,
      `POST /webhooks/posthog HTTP/1.1\r\nhost: x\r\nx-secret: ${SECRETS[0]}\r\ncontent-length: 200000000\r\n\r\n`,
    );
    expect(said).toMatch(/^HTTP\/1.1 413 [\s\S]*connection: close/i);
    expect(received).toEqual([]);
  });

  it('goes on when a sender is gone before its body is', async () => {
    const { server, send, counts } = await start();
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
    socket.write(
      `POST /webhooks/posthog HTTP/1.1\r\nhost: x\r\nx-secret: ${SECRETS[0]}\r\ncontent-length: 100\r\n\r\n{"a"`,
    );
    await delay(50);
    socket.destroy();
    await expect.poll(() => counts).toEqual(['posthog refused bad_input']);
    expect((await send('posthog', SECRET, '{}')).status).toBe(202);
  });
});

/** What the server says to these bytes, until it closes the connection. */
async function raw(url: string, bytes: string): Promise<string> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.write(bytes);
  let said = '';
  for await (const chunk of socket.setEncoding('utf8')) said += chunk;
  return said;
}
