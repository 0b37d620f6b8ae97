import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readAppManifest } from '../../../src/sandbox/manifest.ts';
import { at, clientOf, refusal } from '../clients.ts';
import { type Place, startPlace } from './place.ts';

const plain = (text: string) => ({ type: 'plain_text', text }) as const;
const long = (length: number) => 'x'.repeat(length);
const section = { type: 'section', text: { type: 'mrkdwn', text: long(3000) } };
const modal = { type: 'modal', title: plain('Details'), blocks: [] as object[] };
const home = { type: 'home', blocks: [] as object[] };

let now = Date.UTC(2026, 0, 30, 8);
let place: Place;
beforeAll(async () => {
  place = await startPlace('socket', { clock: () => now });
});
afterAll(() => place.running.stop());

const call = (method: string, args: Record<string, unknown> = {}, token?: string) =>
  clientOf(place.running.sandbox, token).apiCall(method, args);
const inHealth = (over: object = {}) => ({ channel: place.channel('product-health'), ...over });
const send = (over: object) => call('chat.postMessage', { ...inHealth({ text: 'hi' }), ...over });
const missing = '1.000001';
const foreign = () => place.running.sandbox.as('sam').say('#product-health', 'mine').ts;
const recipient = () => ({ recipient_user_id: place.person('maya'), recipient_team_id: 'T0SANDBOX0' });
const whisper = async () =>
  String(at(await call('chat.postEphemeral', inHealth({ user: place.person('sam'), text: 'psst' })), 'message_ts'));
const openModal = async (over: object = {}) =>
  call('views.open', { trigger_id: await place.trigger(), view: { ...modal, ...over } });
const stream = async () => {
  const started = await call('chat.startStream', inHealth({ ...recipient(), thread_ts: await place.post() }));
  return String(at(started, 'ts'));
};
const nowhere = () => call('auth.test', {}, '');

/** What Slack calls it, what was done, and the call. */
const refused: [code: string, deed: string, call: () => Promise<unknown>][] = [
  ['not_authed', 'a call without a token', nowhere],
  ['invalid_auth', 'a call with a wrong token', () => call('auth.test', {}, 'xoxb-other')],
  ['not_allowed_token_type', 'a bot token asking for a socket', () => call('apps.connections.open')],
  [
    'not_allowed_token_type',
    'an app token posting',
    () => call('chat.postMessage', {}, place.running.sandbox.appToken),
  ],
  ['unknown_method', 'a method nobody has', () => call('chat.shout')],
  ['made_up', 'a test of errors', () => call('api.test', { error: 'made_up' })],
  ['no_text', 'a message that says nothing', () => send({ text: '' })],
  ['no_text', 'a message with no blocks in its list', () => send({ text: '', blocks: [] })],
  ['msg_too_long', 'a text of 40,001 characters', () => send({ text: long(40_001) })],
  ['msg_blocks_too_long', 'blocks of 15,000 characters', () => send({ blocks: Array(5).fill(section) })],
  ['invalid_blocks', 'fifty-one blocks', () => send({ blocks: Array(51).fill({ type: 'divider' }) })],
  ['invalid_blocks', 'an image of a file that is not there', () => send({ blocks: [picture('F404')] })],
  [
    'invalid_blocks',
    'an image of a file still on its way',
    async () => send({ blocks: [picture(await place.upload())] }),
  ],
  ['invalid_blocks_format', 'blocks that are no JSON', () => send({ blocks: '[{' })],
  ['invalid_attachments', 'attachments that are no JSON', () => send({ attachments: '[{' })],
  ['markdown_text_conflict', 'text and Markdown at once', () => send({ markdown_text: '**hi**' })],
  ['invalid_metadata_format', 'metadata without a payload', () => send({ metadata: { event_type: 'x' } })],
  [
    'metadata_too_large',
    'metadata of 8,001 characters',
    () => send({ metadata: { event_type: 'x', event_payload: { text: long(8_001) } } }),
  ],
  ['channel_not_found', 'a message to an unknown channel', () => send({ channel: 'C404' })],
  ['not_in_channel', 'a message to a channel it was not invited to', () => send({ channel: place.channel('general') })],
  ['is_archived', 'a message to an archived channel', () => send({ channel: place.channel('old-reports') })],
  ['thread_not_found', 'a reply to nothing', () => send({ thread_ts: missing })],
  ['thread_not_found', 'a reply to an ephemeral message', async () => send({ thread_ts: await whisper() })],
  ['message_not_found', 'a change of nothing', () => call('chat.update', inHealth({ ts: missing, text: 'x' }))],
  [
    'message_not_found',
    'a change of an ephemeral message',
    async () => call('chat.update', inHealth({ ts: await whisper(), text: 'x' })),
  ],
  [
    'message_not_found',
    'the deletion of an ephemeral message',
    async () => call('chat.delete', inHealth({ ts: await whisper() })),
  ],
  ['message_not_found', 'a link to nothing', () => call('chat.getPermalink', inHealth({ message_ts: missing }))],
  [
    'cant_update_message',
    "a change of somebody's words",
    () => call('chat.update', inHealth({ ts: foreign(), text: 'x' })),
  ],
  ['cant_delete_message', "the deletion of somebody's words", () => call('chat.delete', inHealth({ ts: foreign() }))],
  [
    'user_not_in_channel',
    'an ephemeral message to a stranger',
    () => call('chat.postEphemeral', inHealth({ user: 'U404', text: 'x' })),
  ],
  [
    'not_in_channel',
    'an ephemeral message where it was not invited',
    () => call('chat.postEphemeral', { channel: place.channel('general'), user: place.person('sam'), text: 'x' }),
  ],
  ['user_not_found', 'a question about nobody', () => call('users.info', { user: 'U404' })],
  ['user_not_found', 'a Home tab for nobody', () => call('views.publish', { user_id: 'U404', view: home })],
  ['users_list_not_supplied', 'a conversation with nobody', () => call('conversations.open', {})],
  [
    'method_not_supported',
    'a conversation with two',
    () => call('conversations.open', { users: `${place.person('sam')},${place.person('maya')}` }),
  ],
  ['no_such_subteam', 'a group nobody has', () => call('usergroups.users.list', { usergroup: 'S404' })],
  ['no_text', 'a message of blanks', () => send({ text: ' \n ' })],
  ['invalid_cursor', 'a page in no base64', () => call('users.list', { cursor: '!!!' })],
  ['invalid_limit', 'a page of minus one', () => call('conversations.history', inHealth({ limit: -1 }))],
  ['invalid_limit', 'a page of some', () => call('conversations.list', { limit: 'some' })],
  ['invalid_types', 'a kind of channel there is not', () => call('conversations.list', { types: 'nope' })],
  ['invalid_cursor', 'a page that is none', () => call('users.list', { cursor: 'nonsense' })],
  ['invalid_ts_oldest', 'history since never', () => call('conversations.history', inHealth({ oldest: 'never' }))],
  ['invalid_ts_latest', 'history until never', () => call('conversations.history', inHealth({ latest: 'never' }))],
  [
    'not_in_channel',
    'the history of a channel it was not invited to',
    () => call('conversations.history', { channel: place.channel('general') }),
  ],
  ['thread_not_found', 'the replies to nothing', () => call('conversations.replies', inHealth({ ts: missing }))],
  [
    'is_archived',
    'joining an archived channel',
    () => call('conversations.join', { channel: place.channel('old-reports') }),
  ],
  [
    'method_not_supported_for_channel_type',
    'joining a private channel',
    () => call('conversations.join', { channel: place.channel('leadership') }),
  ],
  [
    'message_not_found',
    'a reaction to nothing',
    () => call('reactions.add', inHealth({ timestamp: missing, name: 'eyes' })),
  ],
  ['already_reacted', 'the same reaction twice', async () => reactTwice(await place.post())],
  [
    'no_reaction',
    'taking back a reaction that is not there',
    async () => call('reactions.remove', inHealth({ timestamp: await place.post(), name: 'eyes' })),
  ],
  [
    'invalid_name',
    'a reaction with no name of an emoji',
    async () => call('reactions.add', inHealth({ timestamp: await place.post(), name: 'two words' })),
  ],
  ['file_not_found', 'a file nobody has', () => call('files.info', { file: 'F404' })],
  [
    'file_not_found',
    'completing what was never uploaded',
    () => call('files.completeUploadExternal', { files: [{ id: 'F4' }] }),
  ],
  [
    'not_in_channel',
    'a file for a channel it was not invited to',
    async () =>
      call('files.completeUploadExternal', {
        files: [{ id: await place.upload() }],
        channel_id: place.channel('general'),
      }),
  ],
  ['invalid_arguments', 'a call without its channel', () => call('chat.postMessage', { text: 'hi' })],
  ['invalid_arguments', 'a file of no length', () => call('files.getUploadURLExternal', { filename: 'a', length: 0 })],
  [
    'alt_txt_too_large',
    'a description of 1,001 characters',
    () => call('files.getUploadURLExternal', { filename: 'a', length: 1, alt_txt: long(1_001) }),
  ],
  ['invalid_arguments', 'nothing to validate', () => call('blocks.validate')],
  ['invalid_blocks', 'faulty blocks to validate', () => call('blocks.validate', { blocks: [{ type: 'section' }] })],
  ['invalid_view', 'a faulty view to validate', () => call('blocks.validate', { view: { type: 'modal', blocks: [] } })],
  ['invalid_message', 'an empty message to validate', () => call('blocks.validate', { message: { text: '' } })],
  ['missing_recipient_team_id', 'a stream for nobody', async () => startStream({ recipient_team_id: undefined })],
  ['missing_recipient_user_id', 'a stream for a team', async () => startStream({ recipient_user_id: undefined })],
  ['invalid_chunks', 'chunks of a kind nobody knows', async () => startStream({ chunks: [{ type: 'song' }] })],
  [
    'invalid_blocks',
    'faulty blocks in a stream',
    async () => startStream({ chunks: [{ type: 'blocks', blocks: [{ type: 'section' }] }] }),
  ],
  [
    'message_not_found',
    'adding to nothing',
    () => call('chat.appendStream', inHealth({ ts: missing, markdown_text: 'x' })),
  ],
  [
    'message_not_in_streaming_state',
    'adding to a message that is no stream',
    async () => call('chat.appendStream', inHealth({ ts: await place.post(), markdown_text: 'x' })),
  ],
  [
    'message_not_owned_by_app',
    "adding to somebody's words",
    () => call('chat.appendStream', inHealth({ ts: foreign(), markdown_text: 'x' })),
  ],
  [
    'invalid_arguments',
    'adding nothing to a stream',
    async () => call('chat.appendStream', inHealth({ ts: await stream() })),
  ],
  [
    'msg_too_long',
    'adding 12,001 characters',
    async () => call('chat.stopStream', inHealth({ ts: await stream(), markdown_text: long(12_001) })),
  ],
  ['invalid_trigger_id', 'a modal on a made-up trigger', () => call('views.open', { trigger_id: 'x', view: modal })],
  ['exchanged_trigger_id', 'a trigger used twice', async () => useTwice(await place.trigger())],
  ['expired_trigger_id', 'a trigger after 3,001 ms', async () => useLate(await place.trigger(), 3_001)],
  ['invalid_arguments', 'a modal that is a Home tab', () => openModal({ type: 'home', title: undefined })],
  ['invalid_arguments', 'an input in a modal without submit', () => openModal({ blocks: [inputBlock] })],
  [
    'view_too_large',
    'a modal of 250 kB',
    () => openModal({ blocks: [{ type: 'section', text: plain(long(250_000)) }] }),
  ],
  ['not_found', 'a change of no modal', () => call('views.update', { view_id: 'V404', view: modal })],
  ['not_found', 'a modal pushed on nothing', () => pushOnNothing()],
  ['invalid_arguments', 'a change of a modal that is not named', () => call('views.update', { view: modal })],
  ['hash_conflict', 'a change of an older modal', async () => updateStale()],
  ['hash_conflict', 'a Home tab older than the one there', async () => publishStale()],
  ['duplicate_external_id', 'an external_id that is taken', async () => openTwice('same')],
  ['push_limit_reached', 'a fourth modal on three', async () => pushFour()],
];

const picture = (id: string) => ({ type: 'image', alt_text: 'chart', slack_file: { id } });
const inputBlock = { type: 'input', label: plain('Why'), element: { type: 'plain_text_input' } };

async function startStream(over: object) {
  return call('chat.startStream', { ...inHealth({ thread_ts: await place.post() }), ...recipient(), ...over });
}

async function reactTwice(timestamp: string) {
  await call('reactions.add', inHealth({ timestamp, name: 'eyes' }));
  return call('reactions.add', inHealth({ timestamp, name: ':eyes:' }));
}

async function useTwice(trigger_id: string) {
  await call('views.open', { trigger_id, view: modal });
  return call('views.open', { trigger_id, view: modal });
}

async function useLate(trigger_id: string, ms: number) {
  now += ms;
  return call('views.open', { trigger_id, view: modal });
}

async function pushOnNothing() {
  const maya = place.running.sandbox.as('maya');
  const trigger_id = await place.trigger();
  for (const view of place.running.sandbox.views('maya')) await maya.close(view, { all: true });
  return call('views.push', { trigger_id, view: modal });
}

async function pushFour() {
  await openModal();
  for (let pushed = 0; pushed < 2; pushed += 1)
    await call('views.push', { trigger_id: await place.trigger(), view: modal });
  return call('views.push', { trigger_id: await place.trigger(), view: modal });
}

async function updateStale() {
  const { view } = await clientOf(place.running.sandbox).views.open({
    trigger_id: await place.trigger(),
    view: { type: 'modal', title: plain('Details'), blocks: [] },
  });
  const named = { view_id: view?.id, hash: view?.hash };
  await call('views.update', { ...named, view: { ...modal, blocks: [{ type: 'divider' }] } });
  return call('views.update', { ...named, view: modal });
}

async function publishStale() {
  await call('views.publish', { user_id: place.person('maya'), view: home });
  return call('views.publish', { user_id: place.person('maya'), view: home, hash: 'older' });
}

async function openTwice(external_id: string) {
  await openModal({ external_id });
  return openModal({ external_id });
}

describe('Slack refuses', () => {
  it.each(refused)('with %s: %s', async (code, _deed, attempt) => {
    expect((await refusal(attempt())).error).toBe(code);
  });

  it('has a row here for every code the server can say', () => {
    const said = ['src/sandbox/web-api', 'src/sandbox/state'].flatMap((folder) =>
      readdirSync(folder).flatMap((file) => {
        const source = readFileSync(join(folder, file), 'utf8');
        return [...source.matchAll(/(?:new SlackRefusal|refuseFaults)\('(\w+)'/g)].map((match) => match[1] ?? '');
      }),
    );
    const unreadable = ['invalid_json', 'json_not_object', 'invalid_post_type'];
    const elsewhere = [...unreadable, 'missing_scope', 'token_revoked'];
    const known = new Set([...refused.map(([code]) => code), ...elsewhere]);
    expect(said.length).toBeGreaterThan(30);
    expect([...new Set(said)].filter((code) => !known.has(code))).toEqual([]);
  });
});

describe('faulty blocks', () => {
  const header = [{ type: 'header', text: plain(long(151)) }];
  const fault = 'must be less than 151 characters [json-pointer:/blocks/0/text/text]';

  it('come back with a pointer to each fault', async () => {
    expect(await refusal(send({ blocks: header }))).toMatchObject({
      error: 'invalid_blocks',
      errors: [fault],
      response_metadata: { messages: [`[ERROR] ${fault}`] },
    });
  });

  it('of a view come back with pointers under the view', async () => {
    const answer = await refusal(openModal({ blocks: header }));
    expect(answer.errors).toEqual(['must be less than 151 characters [json-pointer:/view/blocks/0/text/text]']);
  });

  it.each([
    ['blocks', header, '/blocks/0/text/text'],
    ['message', { text: 'hi', blocks: header }, '/blocks/0/text/text'],
    ['view', { ...home, blocks: header }, '/blocks/0/text/text'],
  ])('are pointed out by blocks.validate in %s', async (key, given, pointer) => {
    const answer = await refusal(call('blocks.validate', { [key]: given }));
    expect(answer.errors).toMatchObject([{ pointer, message: 'must be less than 151 characters' }]);
  });
});

describe('scopes', () => {
  const needed: [string, (where: Place) => Record<string, unknown>, string][] = [
    ['users.list', () => ({}), 'users:read'],
    ['conversations.history', (where) => ({ channel: where.channel('product-health') }), 'channels:history'],
    ['conversations.history', (where) => ({ channel: where.channel('leadership') }), 'groups:history'],
    ['conversations.history', (where) => ({ channel: where.channel('@maya') }), 'im:history'],
    ['conversations.info', (where) => ({ channel: where.channel('product-health') }), 'channels:read'],
    ['conversations.list', () => ({ types: 'private_channel' }), 'groups:read'],
    ['conversations.open', (where) => ({ users: where.person('sam') }), 'im:write'],
    ['conversations.join', (where) => ({ channel: where.channel('general') }), 'channels:join'],
    ['files.info', () => ({ file: 'F1' }), 'files:read'],
    ['files.getUploadURLExternal', () => ({ filename: 'a', length: 1 }), 'files:write'],
    ['reactions.add', () => ({}), 'reactions:write'],
    ['reactions.get', () => ({}), 'reactions:read'],
    ['team.info', () => ({}), 'team:read'],
    ['usergroups.users.list', () => ({}), 'usergroups:read'],
    ['chat.postMessage', (where) => ({ channel: where.channel('support'), text: 'x' }), 'chat:write'],
  ];

  let narrow: Place;
  let usual: Place;
  beforeAll(async () => {
    narrow = await startPlace('socket', { scopes: ['commands'] });
    usual = await startPlace('socket', { scopes: readAppManifest().scopes });
  });
  afterAll(() => Promise.all([narrow.running.stop(), usual.running.stop()]));

  it.each(needed)('%s is refused without what it needs', async (method, given, scope) => {
    const answer = await refusal(narrow.running.app.client.apiCall(method, given(narrow)));
    expect(answer).toMatchObject({ error: 'missing_scope', needed: scope, provided: 'commands' });
  });

  it('of manifest.yml let the app post and read, and not list people', async () => {
    const { client } = usual.running.app;
    expect((await refusal(client.users.list({}))).error).toBe('missing_scope');
    expect(await client.chat.postMessage({ channel: usual.channel('support'), text: 'hi' })).toMatchObject({
      ok: true,
    });
    expect(await client.conversations.history({ channel: usual.channel('support') })).toMatchObject({ ok: true });
  });
});
