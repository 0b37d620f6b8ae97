import type { App } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { type Running, startBolt, type TransportName } from './bolt-app.ts';

const plain = (text: string) => ({ type: 'plain_text', text }) as const;

const form: ModalView = {
  type: 'modal',
  callback_id: 'form',
  title: plain('Dismiss'),
  submit: plain('Dismiss'),
  close: plain('Cancel'),
  notify_on_close: true,
  private_metadata: 'p-1',
  blocks: [
    {
      type: 'input',
      block_id: 'why',
      label: plain('Reason'),
      element: { type: 'plain_text_input', action_id: 'text', min_length: 3 },
    },
    {
      type: 'input',
      block_id: 'until',
      optional: true,
      label: plain('Until'),
      element: {
        type: 'static_select',
        action_id: 'pick',
        options: [
          { text: plain('Tomorrow'), value: 'tomorrow' },
          { text: plain('Next week'), value: 'week' },
        ],
      },
    },
  ],
};

function register(app: App): void {
  app.command('/seepass', async ({ command, ack, respond, client }) => {
    if (command.text === 'modal') {
      await ack();
      await client.views.open({ trigger_id: command.trigger_id, view: form });
    } else if (command.text === 'late') {
      await ack();
      await respond({ text: 'first' });
      await respond({ text: 'for all', response_type: 'in_channel' });
    } else if (command.text !== 'silent') await ack(`you said ${command.text}`);
  });
  app.action('approve', async ({ ack, respond, action }) => {
    await ack();
    await respond({ replace_original: true, text: `approved ${'value' in action ? action.value : ''}` });
  });
  app.action('open', async ({ ack, client, body }) => {
    await ack();
    if ('trigger_id' in body) await client.views.open({ trigger_id: body.trigger_id, view: form });
  });
  app.action('pick', async ({ ack }) => ack());
  app.action('delete', async ({ ack, respond }) => {
    await ack();
    await respond({ delete_original: true });
  });
  app.view('form', async ({ ack, view, client, body }) => {
    const reason = view.state.values.why?.text?.value ?? '';
    if (reason === 'nope') return ack({ response_action: 'errors', errors: { why: 'Say more.' } });
    if (reason === 'clear') return ack({ response_action: 'clear' });
    const next = { ...form, callback_id: 'next', notify_on_close: false };
    if (reason === 'push') return ack({ response_action: 'push', view: next });
    if (reason === 'update') return ack({ response_action: 'update', view: next });
    await ack();
    await client.chat.postMessage({ channel: body.user.id, text: `${reason}, ${view.private_metadata}` });
  });
  app.view({ callback_id: 'form', type: 'view_closed' }, async ({ ack }) => ack());
  app.event('app_mention', async ({ event, say }) => {
    await say({ text: `hello <@${event.user}>`, thread_ts: event.thread_ts ?? event.ts });
  });
  app.message('question', async ({ message, say }) => {
    const thread = 'thread_ts' in message && message.thread_ts ? { thread_ts: message.thread_ts } : {};
    await say({ text: 'answer', ...thread });
  });
  app.event('app_home_opened', async ({ event, client }) => {
    await client.views.publish({
      user_id: event.user,
      view: { type: 'home', blocks: [{ type: 'header', text: plain('Home') }] },
    });
  });
}

const card = (elements: object[]) => [{ type: 'actions', block_id: 'row', elements }];
const button = (id: string, over: object = {}) => ({ type: 'button', action_id: id, text: plain(id), ...over });

describe.each<TransportName>(['socket', 'http'])('a Bolt app over %s', (transport) => {
  let running: Running;
  beforeAll(async () => {
    running = await startBolt(transport, register, { ackTimeoutMs: 300 });
  });
  afterAll(() => running.stop());

  const post = async (over: object = {}) => {
    const { app, sandbox } = running;
    const channel = sandbox.ids.channels['product-health'] ?? '';
    const posted = await app.client.chat.postMessage({ channel, text: 'digest', ...over });
    const found = sandbox.messages('#product-health').find((message) => message.ts === posted.ts);
    if (found === undefined) throw new Error('not posted');
    return found;
  };
  const last = (kind: string) => {
    const found = running.heard.filter((one) => one.kind === kind).at(-1);
    if (found === undefined) throw new Error(`never heard ${kind}`);
    return found.body;
  };
  const modalOf = (person: string) => running.sandbox.until(() => running.sandbox.views(person).at(-1));

  it('shows what a command acknowledges with to the asker alone', async () => {
    const { sandbox } = running;
    expect(await sandbox.as('maya').slash('#product-health', '/seepass top 3 & more')).toEqual({});
    expect(sandbox.messages('#product-health', { as: 'maya' }).at(-1)?.text).toBe('you said top 3 &amp; more');
    expect(sandbox.messages('#product-health', { as: 'sam' }).map((message) => message.text)).not.toContain(
      'you said top 3 &amp; more',
    );
    expect(last('command')).toMatchObject({ command: '/seepass', user_name: 'maya', channel_name: 'product-health' });
  });

  it('says so when a command is not acknowledged in time', async () => {
    const { sandbox } = running;
    const outcome = await sandbox.as('sam').slash('#support', '/seepass silent');
    expect(outcome.failure).toBe('/seepass failed with the error "operation_timeout"');
    expect(sandbox.messages('#support', { as: 'sam' }).at(-1)).toMatchObject({
      text: outcome.failure,
      visible_to: sandbox.ids.people.sam,
    });
  });

  it('takes answers at the response_url, to the asker first and to all where asked', async () => {
    const { sandbox } = running;
    await sandbox.as('jonas').slash('#eng-oncall', '/seepass late');
    await sandbox.until(() => sandbox.messages('#eng-oncall').find((message) => message.text === 'for all'));
    expect(sandbox.messages('#eng-oncall').map((message) => message.text)).not.toContain('first');
    expect(sandbox.messages('#eng-oncall', { as: 'jonas' }).map((message) => message.text)).toContain('first');
  });

  it('sends a pressed button with everything Slack sends, and replaces the message where asked', async () => {
    const { sandbox } = running;
    const message = await post({
      blocks: card([button('approve', { value: '7', style: 'primary' }), button('delete')]),
    });
    await sandbox.as('jonas').click(message, 'approve');
    await sandbox.until(() => message.text === 'approved 7');
    const body = last('block_actions');
    expect(body).toMatchObject({
      type: 'block_actions',
      user: { id: sandbox.ids.people.jonas, username: 'jonas' },
      container: { type: 'message', message_ts: message.ts, is_ephemeral: false },
      channel: { name: 'product-health' },
      message: { ts: message.ts, bot_id: 'B0SEEPASS0' },
      state: { values: {} },
      actions: [{ action_id: 'approve', block_id: 'row', value: '7', style: 'primary', type: 'button' }],
    });
    expect(message.blocks).toEqual([]);
  });

  it('deletes the original where asked', async () => {
    const message = await post({ blocks: card([button('delete')]) });
    await running.sandbox.as('maya').click(message, 'delete');
    await running.sandbox.until(() => !running.sandbox.messages('#product-health').includes(message));
  });

  it('sends a menu with its selected option and the state of the message', async () => {
    const options = [
      { text: plain('1 hour'), value: '1h' },
      { text: plain('1 day'), value: '1d' },
    ];
    const message = await post({ blocks: card([{ type: 'static_select', action_id: 'pick', options }]) });
    await running.sandbox.as('maya').select(message, 'pick', '1 day');
    expect(last('block_actions')).toMatchObject({
      actions: [{ type: 'static_select', selected_option: { value: '1d' } }],
      state: { values: { row: { pick: { selected_option: { value: '1d' } } } } },
    });
  });

  it('opens a modal from a button, refuses a bad form before the app sees it, and submits a good one', async () => {
    const { sandbox } = running;
    const maya = sandbox.as('maya');
    const message = await post({ blocks: card([button('open')]) });
    await maya.click(message, 'open');
    const view = await modalOf('maya');
    expect(await maya.submit(view, {})).toEqual({
      isClosed: false,
      errors: { why: 'Please complete this required field.' },
    });
    expect(await maya.submit(view, { Reason: 'x' })).toMatchObject({ errors: { why: /at least 3/ } as object });
    expect(await maya.submit(view, { Reason: 'nope' })).toEqual({ isClosed: false, errors: { why: 'Say more.' } });
    expect(sandbox.views('maya')).toHaveLength(1);
    expect(await maya.submit(view, { Reason: 'a known one', until: 'week' })).toEqual({ isClosed: true });
    expect(last('view_submission')).toMatchObject({
      view: {
        callback_id: 'form',
        private_metadata: 'p-1',
        state: {
          values: { why: { text: { value: 'a known one' } }, until: { pick: { selected_option: { value: 'week' } } } },
        },
      },
    });
    expect(sandbox.views('maya')).toEqual([]);
    await sandbox.until(() => sandbox.messages('@maya').some((one) => one.text === 'a known one, p-1'));
  });

  it.each([
    ['push', 2],
    ['update', 1],
    ['clear', 0],
  ])('does what the app answers to a submission: %s', async (answer, depth) => {
    const { sandbox } = running;
    const priya = sandbox.as('priya');
    await priya.slash('#support', '/seepass modal');
    await priya.submit(await modalOf('priya'), { why: answer });
    expect(sandbox.views('priya')).toHaveLength(depth);
    if (depth > 0) expect(sandbox.views('priya').at(-1)?.callback_id).toBe('next');
    const top = sandbox.views('priya')[0];
    if (top !== undefined) await priya.close(top, { all: true });
  });

  it('tells the app that a modal was closed when it asked to hear of it', async () => {
    const { sandbox } = running;
    await sandbox.as('sam').slash('#support', '/seepass modal');
    await sandbox.as('sam').close(await modalOf('sam'));
    expect(last('view_closed')).toMatchObject({ is_cleared: false, view: { callback_id: 'form' } });
  });

  it('hears a mention, answers in its thread, and hears the replies there', async () => {
    const { sandbox } = running;
    const asked = sandbox.as('priya').mention('#support', 'why is <b> slow?');
    expect(asked.text).toBe('<@U0SEEPASS0> why is &lt;b&gt; slow?');
    const answer = await sandbox.until(() => sandbox.thread(asked)[1]);
    expect(answer).toMatchObject({ text: `hello <@${sandbox.ids.people.priya}>`, thread_ts: asked.ts });
    sandbox.as('sam').reply(asked, 'another question');
    await sandbox.until(() => sandbox.thread(asked).some((message) => message.text === 'answer'));
    const event = running.heard.find((one) => JSON.stringify(one.body).includes('another question'));
    expect(event?.body).toMatchObject({
      type: 'event_callback',
      team_id: 'T0SANDBOX0',
      event: { type: 'message', channel_type: 'channel', thread_ts: asked.ts, parent_user_id: asked.user },
      authorizations: [{ user_id: 'U0SEEPASS0', is_bot: true }],
    });
  });

  it('hears a direct message', async () => {
    const { sandbox } = running;
    sandbox.as('sam').tell('a question in private');
    await sandbox.until(() => sandbox.messages('@sam').some((message) => message.text === 'answer'));
  });

  it('publishes a Home tab when somebody opens it', async () => {
    const { sandbox } = running;
    sandbox.as('maya').openHome();
    const home = await sandbox.until(() => sandbox.home('maya'));
    expect(home.blocks).toMatchObject([{ type: 'header', text: { text: 'Home' } }]);
  });

  it('marks the second copy of a duplicated event as a retry of the same event_id', async () => {
    const { sandbox, heard } = running;
    heard.length = 0;
    sandbox.control.duplicateDeliveries();
    sandbox.as('maya').say('#support', 'twice');
    await sandbox.until(() => heard.length === 2);
    expect(new Set(heard.map((one) => one.body.event_id)).size).toBe(1);
    expect(heard.map((one) => one.retry ?? 0).sort()).toEqual([0, 1]);
  });

  it('can deliver events in another order than they happened', async () => {
    const { sandbox, heard } = running;
    heard.length = 0;
    sandbox.control.holdEvents();
    sandbox.as('maya').say('#support', 'one');
    sandbox.as('maya').say('#support', 'two');
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(heard).toEqual([]);
    sandbox.control.releaseEvents('reversed');
    await sandbox.until(() => heard.length === 2);
    expect(heard.map((one) => JSON.stringify(one.body).includes('two'))).toEqual([true, false]);
  });
});

describe('Socket Mode', () => {
  it('reconnects after a disconnect, with or without a warning, and hears what was said meanwhile', async () => {
    const running = await startBolt('socket', register);
    const { sandbox, heard } = running;
    for (const warn of [true, false]) {
      sandbox.control.disconnectSocket({ warn });
      sandbox.as('maya').say('#support', `meanwhile ${warn}`);
      await sandbox.until(() => heard.some((one) => JSON.stringify(one.body).includes(`meanwhile ${warn}`)), {
        timeoutMs: 9_000,
      });
    }
    await running.stop();
  }, 20_000);

  it('tells the person at once when no app is there to run a command', async () => {
    const sandbox = await startSandbox();
    const outcome = await sandbox.as('maya').slash('#support', '/seepass top');
    expect(outcome.failure).toBe('/seepass failed with the error "dispatch_failed"');
    await sandbox.stop();
  });
});
