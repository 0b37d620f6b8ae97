/** Who is on the other side of a request: the app, the page, or another web site open in the same browser. */
import { once } from 'node:events';
import { type OutgoingHttpHeaders, request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.stop());

interface Sent {
  method?: string;
  headers?: OutgoingHttpHeaders;
  body?: string;
}

/** Sends exactly these headers: `fetch` writes Host and Origin itself. Resolves with the status, 101 for a socket. */
async function send(path: string, { method = 'GET', headers = {}, body = '' }: Sent = {}): Promise<number> {
  const { hostname, port } = new URL(sandbox.url);
  const sent = request({ hostname, port, path, method, headers, agent: false });
  sent.end(body);
  const answered = once(sent, 'response').then(([response]) => response.resume().statusCode);
  const opened = once(sent, 'upgrade').then(([, socket]) => socket.destroy() && 101);
  return Promise.race([answered, opened]);
}

const form = { 'content-type': 'application/x-www-form-urlencoded' };
const opening = {
  connection: 'Upgrade',
  upgrade: 'websocket',
  'sec-websocket-version': '13',
  'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
};
const here = () => new URL(sandbox.url).host;

describe('another web site', () => {
  const doors: [door: string, path: string, sent: Sent][] = [
    ['the Web API, whose tokens everybody knows', '/api/chat.postMessage', { method: 'POST', headers: form }],
    ['a response_url', '/response/R000000001', { method: 'POST' }],
    ['an upload', '/upload/F000000001', { method: 'POST' }],
    ["the page's deeds", '/sandbox/do', { method: 'POST' }],
    ['the faults on demand', '/sandbox/control', { method: 'POST', body: '{"do":"revoke_token"}' }],
    ['the live socket', '/sandbox/live', { headers: opening }],
    ["the app's socket", '/link/?ticket=x', { headers: opening }],
  ];

  it.each(doors)('may not use %s', async (_door, path, sent) => {
    for (const origin of ['http://evil.test', 'http://127.0.0.1:1', 'null', 'nonsense']) {
      expect(await send(path, { ...sent, headers: { ...sent.headers, origin } })).toBe(403);
    }
  });

  it.each(doors)('may not use %s by pointing its own name at this machine', async (_door, path, sent) => {
    const host = `evil.test:${new URL(sandbox.url).port}`;
    const headers = { ...sent.headers, host, origin: `http://${host}` };
    expect(await send(path, { ...sent, headers })).toBe(403);
  });

  it('may not read under a name of its own', async () => {
    expect(await send('/sandbox/workspace', { headers: { host: 'evil.test' } })).toBe(403);
    expect(await send('/', { headers: { host: 'evil.test' } })).toBe(403);
  });

  it('cannot put the page into a frame, and the page runs only its own code', async () => {
    const { headers } = await fetch(sandbox.url);
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(headers.get('content-security-policy')).toContain("script-src 'self'");
  });
});

describe('the machine itself', () => {
  it.each(['localhost', '127.0.0.1', '[::1]', 'sandbox', '192.168.1.7', 'slack.localhost'])(
    'may call the workspace %s',
    async (name) => {
      const host = `${name}:${new URL(sandbox.url).port}`;
      expect(await send('/sandbox/workspace', { headers: { host, origin: `http://${host}` } })).toBe(200);
    },
  );

  it('may open the live socket', async () => {
    expect(await send('/sandbox/live', { headers: { ...opening, origin: `http://${here()}` } })).toBe(101);
  });
});

describe('a request that makes no sense', () => {
  it.each(['//', '///api', '*'])('is answered, not died of: %s', async (path) => {
    expect(await send(path)).toBeLessThan(500);
    expect(await send(path, { headers: opening })).toBe(404);
  });

  it.each(['/assets/../../../package.json', '/assets/..%2f..%2f..%2fpackage.json', '/assets/%2e%2e/package.json'])(
    'reaches no file outside the page: %s',
    async (path) => {
      const answer = await fetch(new URL(path, sandbox.url));
      expect(await answer.text()).not.toContain('"seepass"');
    },
  );

  it.each([
    ['no form at all', 'garbage'],
    ['a form without an end', '--b\r\ncontent-disposition: form-data; name="as"\r\n\r\nmaya'],
  ])('is refused where a form is wanted: %s', async (_what, body) => {
    const headers = { 'content-type': 'multipart/form-data; boundary=b' };
    expect(await send('/sandbox/upload', { method: 'POST', headers, body })).toBe(400);
  });

  it('is refused where nobody acts', async () => {
    const body = '{"as":"U0NOBODY00","do":"say","channel":"C0SUPPORT","text":"x"}';
    expect(await send('/sandbox/do', { method: 'POST', body })).toBe(400);
  });
});
