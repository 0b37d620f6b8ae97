import type { App } from '@slack/bolt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StoredMessage } from '../../src/sandbox/state/message-store.ts';
import { type Running, startBolt } from './bolt-app.ts';
import { at } from './clients.ts';

const plain = (text: string) => ({ type: 'plain_text', text }) as const;
const button = (id: string) => ({ type: 'button', action_id: id, text: plain(id) });

let running: Running;
/** What the next press of a button is answered with at its response_url. */
let answer: Record<string, unknown> = {};
let answered: unknown;

function register(app: App): void {
  app.action('answer', async ({ ack, body }) => {
    await ack();
    const url = String(at(body, 'response_url'));
    answered = await (await fetch(url, { method: 'POST', body: JSON.stringify(answer) })).json();
  });
  app.action('silent', async () => {});
  app.command('/seepass', async ({ ack, client, command }) => {
    await ack();
    const view = { type: 'modal', callback_id: 'silent', title: plain('Silent'), blocks: [] } as const;
    await client.views.open({ trigger_id: command.trigger_id, view: { ...view, blocks: [] } });
  });
  app.view('silent', async () => {});
}

beforeAll(async () => {
  running = await startBolt('socket', register, { ackTimeoutMs: 100 });
});
afterAll(() => running.stop());

const blocks = [{ type: 'actions', block_id: 'row', elements: [button('answer'), button('silent')] }];

/** A message of the app's own, seen by all or by Maya alone. */
async function post(method: 'chat.postMessage' | 'chat.postEphemeral', over: object = {}): Promise<StoredMessage> {
  const { app, sandbox } = running;
  const user = sandbox.ids.people.maya;
  const channel = sandbox.ids.channels.support ?? '';
  await app.client.apiCall(method, { channel, user, text: 'choose', blocks, ...over });
  const latest = sandbox.messages('#support', { as: 'maya' }).at(-1);
  if (latest === undefined) throw new Error('nothing was posted');
  return latest;
}

async function press(message: StoredMessage, wanted: Record<string, unknown>): Promise<void> {
  answer = wanted;
  answered = undefined;
  await running.sandbox.as('maya').click(message, 'answer');
  await running.sandbox.until(() => answered);
}
const seenBy = (person: string) => running.sandbox.messages('#support', { as: person });

describe('an answer at the response_url of a button', () => {
  it('is a new message for the presser alone, unless it says otherwise', async () => {
    const message = await post('chat.postMessage');
    await press(message, { text: 'for you' });
    expect(seenBy('maya').at(-1)).toMatchObject({ text: 'for you', visible_to: running.sandbox.ids.people.maya });
    expect(seenBy('sam').map((one) => one.text)).not.toContain('for you');
    await press(message, { text: 'for all', response_type: 'in_channel' });
    expect(seenBy('sam').at(-1)?.text).toBe('for all');
    expect(message.text).toBe('choose');
  });

  it.each(['chat.postMessage', 'chat.postEphemeral'] as const)('replaces or deletes what %s posted', async (method) => {
    const replaced = await post(method);
    await press(replaced, { replace_original: true, text: 'chosen' });
    expect(seenBy('maya').at(-1)).toMatchObject({ ts: replaced.ts, text: 'chosen', blocks: [] });
    const deleted = await post(method);
    await press(deleted, { delete_original: true });
    expect(seenBy('maya').map((one) => one.ts)).not.toContain(deleted.ts);
  });

  it('goes to a thread where it names one', async () => {
    const parent = await post('chat.postMessage');
    await press(parent, { text: 'below', thread_ts: parent.ts, response_type: 'in_channel' });
    expect(running.sandbox.thread(parent).map((one) => one.text)).toEqual(['choose', 'below']);
  });

  it('is refused where it says nothing, or something Slack does not take', async () => {
    const message = await post('chat.postMessage');
    await press(message, {});
    expect(answered).toEqual({ ok: false, error: 'no_text' });
    await press(message, { text: 'x', blocks: [{ type: 'header', text: plain('x'.repeat(151)) }] });
    expect(answered).toMatchObject({ ok: false, error: 'invalid_blocks' });
  });
});

describe('what the app leaves unanswered', () => {
  const trouble = 'We had some trouble connecting. Try again?';

  it('is told to whoever pressed a button', async () => {
    const outcome = await running.sandbox.as('maya').click(await post('chat.postMessage'), 'silent');
    expect(outcome).toEqual({ failure: trouble });
  });

  it('is told to whoever submitted a form, which stays open', async () => {
    await running.sandbox.as('maya').slash('#support', '/seepass');
    const view = await running.sandbox.until(() => running.sandbox.views('maya').at(-1));
    expect(await running.sandbox.as('maya').submit(view)).toEqual({ isClosed: false, failure: trouble });
    expect(running.sandbox.views('maya')).toHaveLength(1);
  });
});
