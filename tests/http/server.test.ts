import { createServer } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { SeepassError } from '../../src/errors.ts';
import { type HttpServer, type HttpServerOptions, startHttpServer } from '../../src/http/server.ts';
import type { InputRecord } from '../../src/pipeline/ingest.ts';
import { silentLog } from '../support/silent-log.ts';
import { closedWebhooks } from '../support/webhook-door.ts';

const TOKEN = 'a-token-of-sixteen-characters';
const open: HttpServer[] = [];
afterEach(async () => {
  for (const server of open.splice(0)) await server.stop();
});

async function start(change: Partial<HttpServerOptions> = {}) {
  const deliveries: (readonly InputRecord[])[] = [];
  const server = await startHttpServer({
    host: '127.0.0.1',
    port: 0,
    ingestToken: TOKEN,
    log: silentLog,
    readiness: async () => undefined,
    webhooks: closedWebhooks,
    ingest: async (records) => {
      deliveries.push(records);
      const bad = records.filter((record) => record.reason !== undefined || record.value === 'bad');
      return {
        read: records.length,
        stored: records.length - bad.length,
        duplicates: 0,
        rejected: bad.length,
        rejections: [],
        ignored: 0,
        without_surface: 0,
        other_surface: 0,
        seconds: 0,
      };
    },
    ...change,
  });
  open.push(server);
  const send = async (
    body: string | undefined,
    headers: Record<string, string> = {},
    path = '/v1/events',
    method = 'POST',
  ) => {
    const response = await fetch(server.url + path, {
      method,
      headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body }),
    });
    const text = await response.text();
    return { status: response.status, text, json: text.startsWith('{') ? JSON.parse(text) : undefined };
  };
  return { server, send, deliveries };
}

describe('POST /v1/events', () => {
  it.each([
    ['an object', '{"a":1}', [{ line: 1, value: { a: 1 } }]],
    [
      'a list',
      '[{"a":1},{"b":2}]',
      [
        { line: 1, value: { a: 1 } },
        { line: 2, value: { b: 2 } },
      ],
    ],
    [
      'lines, empty ones counted',
      '{"a":1}\r\n\n{"b":2}\n',
      [
        { line: 1, value: { a: 1 } },
        { line: 3, value: { b: 2 } },
      ],
    ],
  ])('takes %s and answers with the report', async (_what, body, records) => {
    const { send, deliveries } = await start();
    const { status, json } = await send(body);
    expect(status).toBe(200);
    expect(json).toMatchObject({ read: records.length, stored: records.length, rejected: 0 });
    expect(deliveries).toEqual([records]);
  });

  it('stores good lines beside bad ones, and refuses a delivery without a good one', async () => {
    const { send } = await start();
    expect(await send('{"a":1}\nnope')).toMatchObject({ status: 200, json: { stored: 1, rejected: 1 } });
    expect(await send('["bad"]')).toMatchObject({ status: 422, json: { stored: 0, rejected: 1 } });
    expect(await send('[]')).toMatchObject({ status: 200, json: { read: 0 } });
  });

  it.each([
    ['no token', '{}', { authorization: '' }, 401, /token is missing/],
    [
      'a wrong token',
      '{}',
      { authorization: 'Bearer wrong' },
      401,
      /token is wrong. It must be the value of SEEPASS_INGEST_TOKEN/,
    ],
    ['an empty body', ' ', {}, 400, /body is empty/],
    ['no JSON', 'hello {', {}, 400, /not valid JSON/],
    ['XML', '<a/>', { 'content-type': 'text/xml' }, 415, /Send application\/json/],
    ['a packed body', 'x', { 'content-encoding': 'gzip' }, 415, /unpacked/],
    ['more than 10 MB', `"${'x'.repeat(10_000_001)}"`, {}, 413, /larger than 10 MB/],
  ])('refuses %s', async (_what, body, headers, expected, reason) => {
    const { send, deliveries } = await start();
    const { status, json } = await send(body, headers);
    expect(status).toBe(expected);
    expect(json.reason).toMatch(reason);
    expect(deliveries).toEqual([]);
  });

  it('is closed without a configured token, and to other methods', async () => {
    const closed = await start({ ingestToken: undefined });
    expect(await closed.send('{}')).toMatchObject({
      status: 403,
      json: { reason: expect.stringContaining('SEEPASS_INGEST_TOKEN') },
    });
    const { send } = await start();
    expect((await send(undefined, {}, '/v1/events', 'GET')).status).toBe(405);
  });

  it('says that the database is down, and never shows a stack', async () => {
    const down = await start({
      ingest: () => Promise.reject(new SeepassError('database_unavailable', 'The database is down.')),
    });
    expect(await down.send('{}')).toMatchObject({ status: 503, json: { error: 'database_unavailable' } });
    const faulty = await start({ ingest: () => Promise.reject(new Error('secret detail')) });
    const { status, text } = await faulty.send('{}');
    expect(status).toBe(500);
    expect(text).not.toMatch(/secret detail|\bat /);
  });
});

describe('the HTTP server', () => {
  it('tells its health', async () => {
    expect(await (await start()).send(undefined, {}, '/healthz', 'GET')).toMatchObject({
      status: 200,
      json: { status: 'ok' },
    });
    const sick = await start({
      readiness: () => Promise.reject(new SeepassError('database_unavailable', 'The database is down.')),
    });
    expect((await sick.send(undefined, {}, '/healthz', 'GET')).status).toBe(503);
  });

  it('hands everything else to Slack where it listens, else answers 404', async () => {
    expect((await (await start()).send('{}', {}, '/slack/events')).status).toBe(404);
    const withSlack = await start({ slackListener: (_request, response) => response.writeHead(202).end('slack') });
    expect(await withSlack.send('{}', {}, '/slack/events')).toMatchObject({ status: 202, text: 'slack' });
  });

  it('names the setting when its port is in use', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const address = other.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    await expect(start({ port })).rejects.toMatchObject({
      code: 'port_in_use',
      fix: expect.stringContaining('SEEPASS_HTTP_PORT'),
    });
    await new Promise((resolve) => other.close(resolve));
  });
});
