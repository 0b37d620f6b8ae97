/** A small Bolt app that posts one of everything, and says what it heard. */
import type { App } from '@slack/bolt';
import type { SandboxOptions } from '../../../src/sandbox/sandbox.ts';
import { type Running, startBolt } from '../bolt-app.ts';
import { controlBlocks, dataBlocks, formView, helpView, homeView, structureBlocks, wordBlocks } from './showcase.ts';

export const SHOWCASE_CHANNEL = 'product-health';
const ACCOUNTS = ['Northwind', 'Northgate', 'Contoso'];

const PICTURE =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 360 200" width="360" height="200"><rect width="360" height="200" fill="#e4f1fa"/><path d="M0 170L120 165 180 160 240 60 360 40" stroke="#1264a3" stroke-width="5" fill="none"/></svg>';

/** Blocks are written as plain objects; the workspace checks them as Slack does. */
// biome-ignore lint/suspicious/noExplicitAny: the SDK's types do not know every block that Slack takes.
type Untyped = any;

function register(app: App): void {
  app.command('/seepass', async ({ ack }) => ack({ response_type: 'ephemeral', text: 'Only you read *this*.' }));
  app.options('account', async ({ ack, payload }) => {
    const found = ACCOUNTS.filter((name) => name.toLowerCase().startsWith(payload.value.toLowerCase()));
    await ack({ options: found.map((name) => ({ text: { type: 'plain_text', text: name }, value: name })) });
  });
  app.action('open_form', async ({ ack, body, client }: Untyped) => {
    await ack();
    await client.views.open({ trigger_id: body.trigger_id, view: formView() });
  });
  app.action('open_help', async ({ ack, body, client }: Untyped) => {
    await ack();
    await client.views.push({ trigger_id: body.trigger_id, view: helpView() });
  });
  app.action(/^(?!open_)/, async ({ ack, body, client }: Untyped) => {
    await ack();
    const [action] = body.actions;
    const picked =
      action.selected_option?.value ??
      action.selected_options?.map((one: Untyped) => one.value).join('+') ??
      action.selected_user ??
      action.selected_date ??
      action.value ??
      '';
    if (body.channel === undefined) return;
    await client.chat.postMessage({ channel: body.channel.id, text: `${action.action_id} heard ${picked}` });
  });
  app.view('form', async ({ ack, view, client }: Untyped) => {
    const { what, shots } = view.state.values;
    if (what.what.value === 'nothing') {
      await ack({ response_action: 'errors', errors: { what: 'Something must have happened.' } });
      return;
    }
    await ack();
    const files = (shots.shots.files ?? []).map((file: Untyped) => file.name).join();
    await client.chat.postMessage({ channel: '#support', text: `Reported: ${what.what.value} ${files}` });
  });
  app.event('app_home_opened', async ({ event, client }: Untyped) => {
    if (event.tab === 'home') await client.views.publish({ user_id: event.user, view: homeView() });
  });
}

/** Starts the app in a workspace of its own; what it posts stands in {@link SHOWCASE_CHANNEL}. */
export async function startShowcase(options: SandboxOptions): Promise<Running> {
  const running = await startBolt('socket', register, options);
  const { sandbox, app } = running;
  const channel = sandbox.ids.channels[SHOWCASE_CHANNEL] ?? '';
  const shared = sandbox.as('jonas').share(SHOWCASE_CHANNEL, [{ name: 'errors.svg', content: Buffer.from(PICTURE) }]);
  const picture = String(shared.files?.[0]?.permalink);
  const post = async (text: string, blocks: Untyped) => {
    await app.client.chat.postMessage({ channel, text, blocks });
  };
  await post('Words', wordBlocks(sandbox.as('maya').id, sandbox.ids.channels.support ?? '', picture));
  await post('Controls', controlBlocks());
  await post('Numbers', dataBlocks());
  await post('Structure', structureBlocks(picture));
  return running;
}
