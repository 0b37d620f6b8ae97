import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { SeepassError } from '../../src/errors.ts';
import { SECRET, SECRETS, sign, startWebhookServer as start } from '../support/webhook-server.ts';

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
    const headers = { 'content-encoding': 'gzip' };
    expect((await send('sentry', { ...headers, ...sign(packed) }, packed)).status).toBe(202);
    expect((await send('sentry', { ...headers, ...sign('{"a":1}') }, packed)).status).toBe(401);
    expect(received.map(({ body }) => Buffer.from(body).toString())).toEqual(['{"a":1}']);
  });

  it('counts one that was known, and answers that it is there', async () => {
    const { send, counts } = await start({ receive: async () => 'known' });
    expect(await send('posthog', SECRET, '{}')).toMatchObject({ status: 202, json: { status: 'known' } });
    expect(counts).toEqual(['posthog duplicate ']);
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
