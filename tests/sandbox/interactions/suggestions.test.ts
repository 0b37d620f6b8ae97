import type { App } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Running, startBolt, type TransportName } from '../bolt-app.ts';
import { at } from '../clients.ts';

const plain = (text: string) => ({ type: 'plain_text', text }) as const;
const CITIES = ['Berlin', 'Bern', 'Paris', 'Boston'];
const option = (city: string) => ({ text: plain(city), value: city.toLowerCase() });
const single = { type: 'external_select', action_id: 'city', min_query_length: 1 } as const;
const several = { type: 'multi_external_select', action_id: 'grouped' } as const;

const form: ModalView = {
  type: 'modal',
  callback_id: 'form',
  title: plain('Where'),
  submit: plain('Save'),
  blocks: [
    { type: 'input', block_id: 'where', label: plain('City'), element: single },
    { type: 'input', block_id: 'also', label: plain('Also'), optional: true, element: several },
  ],
};

function register(app: App): void {
  const matching = (query: string) => CITIES.filter((city) => city.toLowerCase().startsWith(query.toLowerCase()));
  app.options('city', async ({ ack, payload }) => ack({ options: matching(payload.value).map(option) }));
  app.options('grouped', async ({ ack, payload }) =>
    ack({ option_groups: [{ label: plain('Cities'), options: matching(payload.value).map(option) }] }),
  );
  app.options('broken', async ({ ack }) => ack({ options: [{ text: plain('x'.repeat(76)), value: 'long' }] }));
  app.options('silent', async () => {});
  app.action(/city|grouped/, async ({ ack }) => ack());
  app.command('/seepass', async ({ ack, client, command }) => {
    await ack();
    await client.views.open({ trigger_id: command.trigger_id, view: form });
  });
  app.view('form', async ({ ack }) => ack());
}

describe.each<TransportName>(['socket', 'http'])('an external menu over %s', (transport) => {
  let running: Running;
  beforeAll(async () => {
    running = await startBolt(transport, register, { ackTimeoutMs: 200 });
  });
  afterAll(() => running.stop());

  const post = async (...elements: object[]) => {
    const { app, sandbox } = running;
    const channel = sandbox.ids.channels.support ?? '';
    const blocks = [{ type: 'actions', block_id: 'row', elements }];
    const posted = await app.client.apiCall('chat.postMessage', { channel, text: 'where?', blocks });
    return sandbox.until(() => sandbox.messages('#support').find((message) => message.ts === at(posted, 'ts')));
  };
  const maya = () => running.sandbox.as('maya');
  const last = () => running.heard.at(-1)?.body;

  it('asks the app as somebody types, and offers what it answers', async () => {
    const message = await post(single);
    expect(await maya().suggest(message, 'city', 'be')).toEqual({ options: [option('Berlin'), option('Bern')] });
    expect(last()).toMatchObject({
      type: 'block_suggestion',
      action_id: 'city',
      block_id: 'row',
      value: 'be',
      user: { id: maya().id },
      container: { type: 'message', message_ts: message.ts, channel_id: message.channel },
      message: { ts: message.ts },
    });
  });

  it('tells the app the whole option that was picked', async () => {
    const message = await post(single);
    await maya().suggest(message, 'city', 'p');
    await maya().select(message, 'city', 'paris');
    expect(last()).toMatchObject({
      type: 'block_actions',
      actions: [{ type: 'external_select', selected_option: option('Paris') }],
      state: { values: { row: { city: { selected_option: option('Paris') } } } },
    });
  });

  it('asks nothing before there is enough to ask about', async () => {
    const message = await post(several);
    running.heard.length = 0;
    expect(await maya().suggest(message, 'grouped', 'bo')).toEqual({ minQueryLength: 3 });
    expect(running.heard).toEqual([]);
    expect(await maya().suggest(message, 'grouped', 'bos')).toEqual({
      optionGroups: [{ label: plain('Cities'), options: [option('Boston')] }],
    });
  });

  it('works in a modal, and keeps picks of several queries apart from those never offered', async () => {
    await maya().slash('#support', '/seepass');
    const view = await running.sandbox.until(() => running.sandbox.views('maya').at(-1));
    await maya().suggest(view, 'city', 'p');
    expect(last()).toMatchObject({
      type: 'block_suggestion',
      container: { type: 'view', view_id: view.id },
      view: { id: view.id },
    });
    for (const query of ['ber', 'bos']) await maya().suggest(view, 'grouped', query);
    await expect(maya().submit(view, { where: 'rome' })).rejects.toThrow('has no option "rome"');
    expect(await maya().submit(view, { where: 'paris', also: ['berlin', 'boston'] })).toEqual({ isClosed: true });
    expect(at(last(), 'view.state.values')).toMatchObject({
      where: { city: { type: 'external_select', selected_option: option('Paris') } },
      also: { grouped: { selected_options: [option('Berlin'), option('Boston')] } },
    });
  });

  it('says so when the app does not answer, or answers with what Slack refuses', async () => {
    const broken = await post({ ...single, action_id: 'broken' }, { ...single, action_id: 'silent' });
    expect(await maya().suggest(broken, 'broken', 'x')).toEqual({
      failure: 'The options could not be loaded: /options/0/text/text must be less than 76 characters',
    });
    expect((await maya().suggest(broken, 'silent', 'x')).failure).toContain('did not answer');
  });
});
