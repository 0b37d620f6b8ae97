import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { parseJson, recordOf } from '../../src/sandbox/json.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';

const SECRET = 'a-signing-secret';

interface Received {
  headers: IncomingHttpHeaders;
  body: string;
}

/** An app that is a bare HTTP server: it keeps what came and answers what the test says. */
const received: Received[] = [];
let answer: (one: Received) => { status?: number; body?: string; headers?: Record<string, string> } = () => ({});
let app: Server;
let sandbox: Sandbox;

beforeAll(async () => {
  app = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const one = { headers: request.headers, body };
    received.push(one);
    const { status = 200, body: text = '', headers = {} } = answer(one);
    response.writeHead(status, headers).end(text);
  });
  await new Promise<void>((resolve) => app.listen(0, '127.0.0.1', resolve));
  const address = app.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  sandbox = await startSandbox({
    transport: { http: `http://127.0.0.1:${port}/slack/events`, signingSecret: SECRET },
    ackTimeoutMs: 500,
  });
});
afterAll(async () => {
  await sandbox.stop();
  app.close();
});
beforeEach(() => {
  received.length = 0;
  answer = () => ({});
});

const first = () => sandbox.until(() => received[0]);

describe('what Slack sends over HTTP', () => {
  it('is signed, over the body and the moment it was sent', async () => {
    sandbox.as('maya').say('#support', 'hello');
    const { headers, body } = await first();
    const timestamp = String(headers['x-slack-request-timestamp']);
    const signature = `v0=${createHmac('sha256', SECRET).update(`v0:${timestamp}:${body}`).digest('hex')}`;
    expect(headers['x-slack-signature']).toBe(signature);
    expect(Math.abs(Date.now() / 1000 - Number(timestamp))).toBeLessThan(60);
    expect(headers['user-agent']).toContain('Slackbot');
  });

  it('is JSON for an event, and a form for a command', async () => {
    sandbox.as('maya').say('#support', 'hello');
    expect((await first()).headers['content-type']).toBe('application/json');
    expect(recordOf(parseJson((await first()).body)).type).toBe('event_callback');
    received.length = 0;
    await sandbox.as('maya').slash('#support', '/seepass top 3');
    expect(received[0]?.headers['content-type']).toBe('application/x-www-form-urlencoded');
    expect(Object.fromEntries(new URLSearchParams(received[0]?.body))).toMatchObject({
      command: '/seepass',
      text: 'top 3',
    });
  });

  it('is tried again with its number and reason when it fails', async () => {
    answer = ({ headers }) => ({ status: headers['x-slack-retry-num'] === undefined ? 500 : 200 });
    sandbox.as('maya').say('#support', 'hello');
    const again = await sandbox.until(() => received[1]);
    expect(again.headers).toMatchObject({ 'x-slack-retry-num': '1', 'x-slack-retry-reason': 'http_error' });
    expect(again.body).toBe(received[0]?.body);
  });

  it('is not tried again where the app asks for that', async () => {
    answer = () => ({ status: 500, headers: { 'x-slack-no-retry': '1' } });
    sandbox.as('maya').say('#support', 'once');
    sandbox.as('maya').say('#support', 'twice');
    await sandbox.until(() => received.length === 2);
    await sandbox.as('maya').slash('#support', '/seepass');
    expect(received).toHaveLength(3);
  });

  it.each([
    [404, 'http_client_error'],
    [503, 'http_service_error'],
  ])('and was answered with %i is told to the asker as %s', async (status, error) => {
    answer = () => ({ status });
    const outcome = await sandbox.as('maya').slash('#support', '/seepass top');
    expect(outcome.failure).toBe(`/seepass failed with the error "${error}"`);
  });

  it('may be answered in plain text, as a command', async () => {
    answer = () => ({ body: 'as you wish' });
    await sandbox.as('maya').slash('#support', '/seepass top');
    expect(sandbox.messages('#support', { as: 'maya' }).at(-1)?.text).toBe('as you wish');
  });
});

describe('url_verification', () => {
  it.each([
    ['the challenge', ({ body }: Received) => ({ body: String(recordOf(parseJson(body)).challenge) }), true],
    ['something else', () => ({ body: 'ok' }), false],
    ['an error', () => ({ status: 401 }), false],
  ])('asks for a challenge; %s as its answer', async (_name, answering, isVerified) => {
    answer = answering;
    expect(await sandbox.control.verifyUrl()).toBe(isVerified);
    expect(recordOf(parseJson(received[0]?.body ?? ''))).toMatchObject({ type: 'url_verification' });
  });
});
