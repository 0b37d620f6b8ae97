/** How the arguments of a call may travel, and what Slack says where they travel wrongly. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../../src/sandbox/sandbox.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.stop());

interface Sent {
  type?: string;
  body?: string | FormData | URLSearchParams;
  token?: string;
  method?: string;
}

async function call(path: string, { type, body, token = sandbox.botToken, method = 'POST' }: Sent) {
  const headers = { authorization: `Bearer ${token}`, ...(type === undefined ? {} : { 'content-type': type }) };
  const answer = await fetch(new URL(path, sandbox.apiUrl), { method, headers, ...(body ? { body } : {}) });
  return { status: answer.status, body: await answer.json() };
}

const message = { text: 'hi', blocks: '[{"type":"divider"}]' };
function multipart(): FormData {
  const form = new FormData();
  for (const [key, value] of Object.entries(message)) form.append(key, value);
  return form;
}

describe('the arguments of a call', () => {
  it.each<[string, () => Sent]>([
    ['a form', () => ({ body: new URLSearchParams({ ...message, channel: channel() }) })],
    ['a multipart form', () => ({ body: withChannel(multipart()) })],
    ['JSON', () => ({ type: 'application/json', body: JSON.stringify({ ...message, channel: channel() }) })],
    [
      'JSON with a character set',
      () => ({ type: 'application/json; charset=utf-8', body: JSON.stringify({ ...message, channel: channel() }) }),
    ],
  ])('travel as %s', async (_how, sent) => {
    const { body } = await call('chat.postMessage', sent());
    expect(body).toMatchObject({ ok: true, message: { text: 'hi', blocks: [{ type: 'divider' }] } });
  });

  it('travel in the address of a GET', async () => {
    const { body } = await call(`conversations.info?channel=${channel()}`, { method: 'GET' });
    expect(body).toMatchObject({ ok: true, channel: { name: 'support' } });
  });

  it('never bring the token in the address', async () => {
    const answer = await fetch(new URL(`auth.test?token=${sandbox.botToken}`, sandbox.apiUrl));
    expect(await answer.json()).toMatchObject({ ok: false, error: 'not_authed' });
  });

  it.each([
    ['invalid_json', 'application/json', '{'],
    ['json_not_object', 'application/json', '[1]'],
    ['invalid_form_data', 'multipart/form-data; boundary=b', 'garbage'],
    ['invalid_post_type', 'text/xml', '<a/>'],
  ])('are refused with %s', async (error, type, body) => {
    expect(await call('auth.test', { type, body })).toMatchObject({ status: 200, body: { ok: false, error } });
  });
});

describe('a call nobody would make', () => {
  it.each(['constructor', '__proto__', 'toString', 'hasOwnProperty', ''])('has no method: "%s"', async (method) => {
    expect(await call(method === '' ? '/api/' : method, {})).toMatchObject({
      status: 200,
      body: { error: 'unknown_method' },
    });
  });

  it('has a token of the right length in other letters', async () => {
    const body = new URLSearchParams({ token: `é${sandbox.botToken.slice(1)}` });
    const answer = await fetch(new URL('auth.test', sandbox.apiUrl), { method: 'POST', body });
    expect(await answer.json()).toEqual({ ok: false, error: 'invalid_auth' });
  });

  it('nests deeper than anything Slack takes', async () => {
    const deep = `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`;
    const json = (rest: string) => ({
      type: 'application/json',
      body: `{"channel":"${channel()}","text":"x",${rest}}`,
    });
    expect((await call('chat.postMessage', json(`"attachments":[${deep}]`))).body).toMatchObject({ ok: false });
    const form = { body: new URLSearchParams({ channel: channel(), text: 'x', attachments: `[${deep}]` }) };
    expect((await call('chat.postMessage', form)).body).toMatchObject({ ok: false, error: 'invalid_attachments' });
    expect(sandbox.messages('support').some(({ attachments }) => attachments !== undefined)).toBe(false);
  });
});

const channel = () => sandbox.ids.channels.support ?? '';
function withChannel(form: FormData): FormData {
  form.set('channel', channel());
  return form;
}
