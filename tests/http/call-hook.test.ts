import { createHmac } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { createHookCaller } from '../../src/http/call-hook.ts';
import { actionContext } from '../support/action-context.ts';
import { json, type ScriptedServer, startScriptedServer } from '../support/scripted-server.ts';

const SECRET = 'a-hook-secret-of-32-characters--';
const caller = createHookCaller({ secretOf: (hook) => (hook === 'rollback' ? SECRET : undefined) });

const open: ScriptedServer[] = [];
afterEach(async () => {
  for (const server of open.splice(0)) await server.stop();
});
const start: typeof startScriptedServer = async (answer) => {
  const server = await startScriptedServer(answer);
  open.push(server);
  return server;
};
const call = (url: string, signal?: AbortSignal) =>
  caller.call({ hook: 'rollback', url, body: { to: '1.41.3' } }, actionContext(signal ? { signal } : {}));

describe('calling a declared webhook', () => {
  it('signs the body and sends the key, so that the other side can trust it and do it once', async () => {
    const server = await start((_, response) =>
      json(response, 202, { summary: 'Run 4812 began', link: 'https://deploy.example/runs/4812', id: 4812 }),
    );
    const context = actionContext();
    const result = await caller.call(
      { hook: 'rollback', url: `${server.url}/rollback`, body: { to: '1.41.3' } },
      context,
    );
    expect(result).toEqual({
      kind: 'done',
      summary: 'Run 4812 began',
      link: 'https://deploy.example/runs/4812',
      details: { status: 202, id: 4812 },
    });
    const [{ headers, body, method, path }] = server.asked as [ScriptedServer['asked'][0]];
    expect([method, path, body]).toEqual(['POST', '/rollback', '{"to":"1.41.3"}']);
    const seconds = context.at / 1_000;
    const mark = createHmac('sha256', SECRET).update(`${seconds}.${body}`).digest('hex');
    expect(headers['x-seepass-signature']).toBe(`t=${seconds},v1=${mark}`);
    expect(headers['idempotency-key']).toBe(context.idempotencyKey);
  });

  it.each([
    ['no words of its own', 200, '', /accepted it \(HTTP 200\)/],
    ['words that are no JSON', 200, '<html>ok</html>', /accepted it/],
    ['a link that is none', 200, '{"summary":"Done","link":"javascript:alert(1)"}', /^Done$/],
    ['an answer beyond all bounds', 200, `{"summary":"${'x'.repeat(100_000)}"}`, /accepted it/],
    [
      'a secret in its words',
      200,
      '{"summary":"Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl"}',
      /^(?!.*eyJ)/,
    ],
  ])('takes a success with %s as done', async (_, status, text, summary) => {
    const server = await start((__, response) => response.writeHead(status).end(text));
    expect(await call(server.url)).toMatchObject({
      kind: 'done',
      summary: expect.stringMatching(summary),
      link: null,
    });
  });

  it.each([
    [400, {}, null],
    [401, {}, null],
    [409, {}, null],
    [307, { location: 'http://169.254.169.254/' }, null],
    [308, { location: 'https://deploy.example/moved' }, null],
    [429, { 'retry-after': '7' }, 7_000],
    [503, {}, 30_000],
    [429, { 'retry-after': '999999999' }, 3_600_000],
  ])('takes HTTP %i as not done', async (status, headers, retryAfterMs) => {
    const server = await start((_, response) => json(response, status, { summary: 'No such release' }, headers));
    expect(await call(server.url)).toMatchObject({
      kind: 'not_done',
      words: expect.stringContaining(`HTTP ${status}: No such release`),
      retryAfterMs,
    });
    expect(server.asked).toHaveLength(1);
  });

  it.each([301, 302, 303])(
    'does not know after HTTP %i: who acted says so with it too, and is not followed',
    async (status) => {
      const elsewhere = await start((_, response) => json(response, 200, {}));
      const server = await start((_, response) => json(response, status, {}, { location: elsewhere.url }));
      await expect(call(server.url)).rejects.toThrow(`HTTP ${status}`);
      expect(elsewhere.asked).toEqual([]);
    },
  );

  it('signs a question with the key it is about, so that nobody can ask about another with it', async () => {
    const server = await start((_, response) => json(response, 200, { state: 'absent' }));
    const marks = [];
    for (const idempotencyKey of ['call-webhook:rollback:one', 'call-webhook:rollback:two']) {
      const context = actionContext({ idempotencyKey });
      await caller.ask({ hook: 'rollback', url: server.url }, context);
      const { headers, body, method } = server.asked.at(-1) as ScriptedServer['asked'][0];
      expect([method, body, headers['idempotency-key']]).toEqual(['GET', '', idempotencyKey]);
      const seconds = context.at / 1_000;
      const mark = createHmac('sha256', SECRET).update(`${seconds}.${idempotencyKey}`).digest('hex');
      expect(headers['x-seepass-signature']).toBe(`t=${seconds},v1=${mark}`);
      marks.push(mark);
    }
    expect(new Set(marks).size).toBe(2);
  });

  it('does not know after a fault of the other side, a broken line or a time-out', async () => {
    const broken = await start((_, response) => json(response, 500, {}));
    await expect(call(broken.url)).rejects.toThrow('HTTP 500');
    const cut = await start((_, response) => response.destroy());
    await expect(call(cut.url)).rejects.toThrow();
    const slow = await start(() => undefined);
    await expect(call(slow.url, AbortSignal.timeout(50))).rejects.toThrow();
  });

  it('knows that nothing happened where nobody listens', async () => {
    const server = await start(() => undefined);
    await server.stop();
    expect(await call(server.url)).toMatchObject({ kind: 'not_done', retryAfterMs: 30_000 });
  });

  it.each([
    ['{"state":"done","summary":"Rolled back"}', 200, { kind: 'done', summary: 'Rolled back' }],
    ['{"state":"absent"}', 200, { kind: 'absent' }],
    ['', 404, { kind: 'absent' }],
    ['{"state":"maybe"}', 200, { kind: 'unknown' }],
    ['{"state":"done"}', 500, { kind: 'unknown' }],
    ['nonsense', 200, { kind: 'unknown' }],
  ])('reads the status %s with HTTP %i', async (text, status, expected) => {
    const server = await start((_, response) => response.writeHead(status).end(text));
    expect(await caller.ask({ hook: 'rollback', url: `${server.url}/status?of=web` }, actionContext())).toMatchObject(
      expected,
    );
    expect(server.asked[0]?.path).toBe(`/status?of=web&key=${encodeURIComponent(actionContext().idempotencyKey)}`);
  });
});
