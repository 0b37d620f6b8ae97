import type { KnownBlock } from '@slack/types';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Running, startBolt } from '../bolt-app.ts';
import { at } from '../clients.ts';

const plain = (text: string) => ({ type: 'plain_text', text }) as const;
const richText = (...runs: object[]) => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_section', elements: runs }],
});
const input = (over: object): KnownBlock => ({
  type: 'input',
  block_id: 'what',
  label: plain('What happened'),
  element: { type: 'rich_text_input', action_id: 'words', ...over },
});

let running: Running;
let blocks: KnownBlock[] = [];
let submitted: unknown;

beforeAll(async () => {
  running = await startBolt('socket', (app) => {
    app.command('/seepass', async ({ ack, client, command }) => {
      await ack();
      const view = { type: 'modal', callback_id: 'form', title: plain('Form'), submit: plain('Send'), blocks } as const;
      await client.views.open({ trigger_id: command.trigger_id, view });
    });
    app.view('form', async ({ ack, view }) => {
      submitted = view.state.values;
      await ack();
    });
  });
});
afterAll(() => running.stop());

async function submit(over: object, values: Record<string, string | null>) {
  const { sandbox } = running;
  const maya = sandbox.as('maya');
  blocks = [input(over)];
  await maya.slash('#support', '/seepass');
  const view = await sandbox.until(() => sandbox.views('maya').at(-1));
  const outcome = await maya.submit(view, values);
  if (!outcome.isClosed) await maya.close(view);
  return { outcome, state: at(submitted, 'what.words') };
}

it('sends what was written as rich text', async () => {
  const { outcome, state } = await submit({}, { words: 'It *broke* for @sam' });
  expect(outcome).toEqual({ isClosed: true });
  expect(state).toEqual({
    type: 'rich_text_input',
    rich_text_value: richText(
      { type: 'text', text: 'It ' },
      { type: 'text', text: 'broke', style: { bold: true } },
      { type: 'text', text: ' for ' },
      { type: 'user', user_id: running.sandbox.as('sam').id },
    ),
  });
});

it('sends what it began with where nobody touched it, and wants something where it was emptied', async () => {
  const initial = richText({ type: 'text', text: 'As before' });
  expect((await submit({ initial_value: initial }, {})).state).toMatchObject({ rich_text_value: initial });
  const { outcome } = await submit({ initial_value: initial }, { words: null });
  expect(outcome.errors).toEqual({ what: 'Please complete this required field.' });
});
