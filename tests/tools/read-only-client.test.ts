import type { ServerResponse } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ToolTrouble } from '../../src/pipeline/backfill/tool-trouble.ts';
import { createClientCredentials } from '../../src/tools/client-credentials.ts';
import { createReadOnlyClient } from '../../src/tools/read-only-client.ts';
import { waitAsked } from '../../src/tools/retry-after.ts';
import { type Asked, json, startScriptedServer } from '../support/scripted-server.ts';

const NOW = Date.parse('2026-11-21T12:00:00Z');

async function serve(answer: (asked: Asked, response: ServerResponse, before: readonly Asked[]) => void) {
  const server = await startScriptedServer(answer);
  onTestFinished(() => server.stop());
  return server;
}

const clientOf = (baseUrl: string, change: Partial<Parameters<typeof createReadOnlyClient>[0]> = {}) =>
  createReadOnlyClient({
    ...{ tool: 'Tool', baseUrl, credentials: 'SEEPASS_TOOL_TOKEN', renewable: false, clock: () => NOW },
    authorise: async () => 'Bearer the-token',
    ...change,
  });
const troubleOf = async (asking: Promise<unknown>): Promise<ToolTrouble> => {
  const error = await asking.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof ToolTrouble) return error;
  throw new Error('there was no trouble', { cause: error });
};

describe('a tool', () => {
  it.each([
    [401, null, /refused the credential/],
    [403, null, /does not let/],
    [404, null, /HTTP 404/],
    [422, null, /HTTP 422/],
    [429, 5_000, /takes no more questions for 5 s/],
    [500, 5_000, /HTTP 500/],
    [503, 5_000, /takes no more questions/],
  ])('that answers %i says when to ask again: %s', async (status, retryAfterMs, words) => {
    const { url } = await serve((_asked, response) => json(response, status, { secret: 'said by a stranger' }));
    const trouble = await troubleOf(clientOf(url)({ path: '/x' }));
    expect(trouble).toMatchObject({ code: 'tool_unavailable', status, retryAfterMs });
    expect(trouble.line).toMatch(words);
    expect(trouble.line).not.toMatch(/stranger|the-token/);
  });

  it.each([
    ['no JSON', (response: ServerResponse) => response.end('<html>')],
    [
      'half of it',
      (response: ServerResponse) => {
        response.writeHead(200, { 'content-length': '99' }).write('{', () => response.destroy());
      },
    ],
    ['nothing', (response: ServerResponse) => response.destroy()],
  ])('that answers with %s is asked again', async (_what, answer) => {
    const { url } = await serve((_asked, response) => void answer(response));
    expect((await troubleOf(clientOf(url)({ path: '/x' }))).retryAfterMs).toBe(5_000);
  });

  it('that sends elsewhere is not followed: the credential stays here', async () => {
    const other = await serve((_asked, response) => json(response, 200, {}));
    const { url } = await serve((_asked, response) => response.writeHead(302, { location: other.url }).end());
    await troubleOf(clientOf(url)({ path: '/x' }));
    expect(other.asked).toEqual([]);
  });

  it('that asks for a pause is left alone until then', async () => {
    let now = NOW;
    const { url, asked } = await serve((_asked, response, before) =>
      before.length === 0 ? json(response, 429, {}, { 'retry-after': '30' }) : json(response, 200, { ok: true }),
    );
    const read = clientOf(url, { clock: () => now });
    expect((await troubleOf(read({ path: '/x' }))).retryAfterMs).toBe(30_000);
    now += 10_000;
    expect((await troubleOf(read({ path: '/x' }))).retryAfterMs).toBe(20_000);
    expect(asked).toHaveLength(1);
    now += 20_000;
    expect((await read({ path: '/x' })).body).toEqual({ ok: true });
  });
});

describe('how long a tool asks to wait', () => {
  it.each([
    [{ 'retry-after': '17' }, 17_000],
    [{ 'retry-after': 'Sat, 21 Nov 2026 12:01:00 GMT' }, 60_000],
    [{ 'x-ratelimit-retry-after': '9' }, 9_000],
    [{ 'x-ratelimit-reset': String(NOW / 1_000 + 40) }, 40_000],
    [{ 'x-sentry-rate-limit-reset': String(NOW / 1_000 + 3) }, 3_000],
    [{ 'retry-after': '99999999' }, 86_400_000],
    [{ 'retry-after': 'Sat, 21 Nov 2020 12:01:00 GMT' }, 0],
    [{ 'retry-after': 'soon' }, null],
    [{}, null],
  ])('by %j is %s ms', (headers, wait) => {
    expect(waitAsked(new Headers(headers as Record<string, string>), NOW)).toBe(wait);
  });
});

describe('client credentials', () => {
  async function start(expiresIn: number) {
    let tokens = 0;
    const server = await serve((asked, response) => {
      if (asked.path === '/token') {
        tokens += 1;
        return json(response, 200, { access_token: `t${tokens}`, expires_in: expiresIn });
      }
      json(response, asked.headers.authorization === 'Bearer t1' ? 401 : 200, { as: asked.headers.authorization });
    });
    let now = NOW;
    const shared = { tool: 'Tool', credentials: 'SEEPASS_TOOL_ID', clock: () => now };
    const authorise = createClientCredentials({
      ...{ ...shared, tokenUrl: `${server.url}/token`, clientId: 'id', clientSecret: 'secret' },
    });
    const read = clientOf(server.url, { ...shared, authorise, renewable: true });
    const pass = (ms: number) => {
      now += ms;
    };
    return { ...server, read, pass, tokens: () => tokens };
  }

  it('get one token for many questions, and a new one when it is refused', async () => {
    const { read, asked, tokens } = await start(3_600);
    expect((await read({ path: '/a' })).body).toEqual({ as: 'Bearer t2' });
    expect((await read({ path: '/b' })).body).toEqual({ as: 'Bearer t2' });
    expect(tokens()).toBe(2);
    expect(asked.map(({ method, path }) => `${method} ${path}`)).toEqual([
      ...['POST /token', 'GET /a', 'POST /token', 'GET /a', 'GET /b'],
    ]);
    expect(asked[0]?.body).toBe('grant_type=client_credentials&client_id=id&client_secret=secret');
  });

  it('get a new one a minute before it ends', async () => {
    const { read, pass, tokens } = await start(600);
    await read({ path: '/a' });
    pass(530_000);
    await read({ path: '/a' });
    expect(tokens()).toBe(2);
    pass(11_000);
    await read({ path: '/a' });
    expect(tokens()).toBe(3);
  });

  it('that are refused say what to check, and nothing of themselves', async () => {
    const { url } = await serve((_asked, response) => json(response, 400, { error: 'invalid_client' }));
    const authorise = createClientCredentials({
      ...{ tool: 'Tool', credentials: 'SEEPASS_TOOL_ID', clock: () => NOW },
      ...{ tokenUrl: `${url}/token`, clientId: 'id', clientSecret: 'the-secret' },
    });
    const trouble = await troubleOf(authorise(false));
    expect(trouble).toMatchObject({ retryAfterMs: null, fix: 'Check SEEPASS_TOOL_ID.' });
    expect(trouble.line).not.toMatch(/the-secret/);
  });
});
