import type { WebClient } from '@slack/web-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { METHODS } from '../../../src/sandbox/web-api/index.ts';
import { at, clientOf } from '../clients.ts';
import { type Place, startPlace } from './place.ts';

const MESSAGE = ['type', 'ts', 'text', 'user', 'team', 'bot_id', 'app_id', 'bot_profile'];
const BOT_PROFILE = ['id', 'app_id', 'name', 'deleted', 'updated', 'team_id', 'user_id', 'icons.image_48'];
const under = (path: string, keys: readonly string[]): string[] => keys.map((key) => `${path}.${key}`);
const CHANNEL = [
  'id created name name_normalized creator updated num_members context_team_id previous_names unlinked shared_team_ids',
  'pending_shared pending_connected_team_ids properties topic.value topic.creator topic.last_set purpose.value',
  'is_channel is_group is_im is_mpim is_private is_archived is_general is_member is_shared is_ext_shared is_org_shared',
  'is_pending_ext_shared',
].flatMap((line) => line.split(' '));
const USER = [
  'id team_id name deleted color real_name tz tz_label tz_offset updated is_admin is_owner is_primary_owner is_bot',
  'is_restricted is_ultra_restricted is_app_user is_email_confirmed who_can_share_contact_card profile.real_name',
  'profile.display_name profile.real_name_normalized profile.display_name_normalized profile.team profile.title',
  'profile.image_24 profile.image_512',
].flatMap((line) => line.split(' '));
const VIEW = [
  'id team_id type blocks private_metadata callback_id external_id state.values hash clear_on_close notify_on_close',
  'root_view_id previous_view_id app_id app_installed_team_id bot_id',
].flatMap((line) => line.split(' '));
const FILE = [
  'id created timestamp name title mimetype filetype pretty_type user user_team editable size mode is_external',
  'external_type is_public public_url_shared display_as_bot username url_private url_private_download permalink',
  'file_access has_rich_preview channels groups ims shares comments_count',
].flatMap((line) => line.split(' '));

const modal = { type: 'modal', title: { type: 'plain_text', text: 'Details' }, blocks: [{ type: 'divider' }] };
const home = { type: 'home', blocks: [{ type: 'divider' }] };
const recipient = (place: Place) => ({ recipient_user_id: place.person('maya'), recipient_team_id: 'T0SANDBOX0' });

type Arguments = Record<string, unknown>;
/** A method, what it is called with, and keys its answer carries in Slack's own samples. */
type Row = [method: string, given: (place: Place, client: WebClient) => Arguments | Promise<Arguments>, keys: string[]];

const inHealth = (place: Place) => ({ channel: place.channel('product-health') });
const rows: Row[] = [
  ['api.test', () => ({ foo: 'bar' }), ['args.foo']],
  ['auth.test', () => ({}), 'url team user team_id user_id bot_id is_enterprise_install'.split(' ')],
  ['apps.connections.open', () => ({}), ['url']],
  [
    'assistant.threads.setStatus',
    async (place) => ({
      channel_id: place.channel('product-health'),
      thread_ts: await place.post(),
      status: 'is reading …',
    }),
    [],
  ],
  ['blocks.validate', () => ({ blocks: [{ type: 'divider' }] }), []],
  [
    'chat.postMessage',
    (place) => ({ ...inHealth(place), text: 'hi' }),
    ['channel', 'ts', ...under('message', MESSAGE), ...under('message.bot_profile', BOT_PROFILE)],
  ],
  [
    'chat.update',
    async (place) => ({ ...inHealth(place), ts: await place.post(), text: 'new' }),
    ['channel', 'ts', 'text', ...under('message', MESSAGE), 'message.edited.user', 'message.edited.ts'],
  ],
  ['chat.delete', async (place) => ({ ...inHealth(place), ts: await place.post() }), ['channel', 'ts']],
  ['chat.postEphemeral', (place) => ({ ...inHealth(place), user: place.person('sam'), text: 'psst' }), ['message_ts']],
  [
    'chat.getPermalink',
    async (place) => ({ ...inHealth(place), message_ts: await place.post() }),
    ['channel', 'permalink'],
  ],
  [
    'chat.startStream',
    async (place) => ({ ...inHealth(place), ...recipient(place), thread_ts: await place.post(), markdown_text: 'so' }),
    ['channel', 'ts'],
  ],
  [
    'chat.appendStream',
    async (place, client) => ({ ...inHealth(place), ts: await startStream(place, client), markdown_text: ' far' }),
    ['channel', 'ts'],
  ],
  [
    'chat.stopStream',
    async (place, client) => ({ ...inHealth(place), ts: await startStream(place, client), markdown_text: ' good' }),
    ['channel', 'ts', ...under('message', MESSAGE)],
  ],
  [
    'conversations.list',
    () => ({ types: 'public_channel,private_channel' }),
    [...under('channels[]', CHANNEL), 'response_metadata.next_cursor'],
  ],
  ['conversations.info', inHealth, [...under('channel', CHANNEL), 'channel.last_read']],
  ['conversations.members', inHealth, ['members[]', 'response_metadata.next_cursor']],
  [
    'conversations.history',
    async (place) => {
      await place.post();
      return inHealth(place);
    },
    [...under('messages[]', MESSAGE), 'has_more', 'pin_count', 'channel_actions_ts', 'channel_actions_count'],
  ],
  [
    'conversations.replies',
    async (place) => {
      const ts = await place.post();
      await place.post({ thread_ts: ts });
      return { ...inHealth(place), ts };
    },
    under('messages[]', [...MESSAGE, 'thread_ts', 'reply_count', 'reply_users', 'reply_users_count', 'latest_reply']),
  ],
  [
    'conversations.open',
    (place) => ({ users: place.person('sam'), return_im: true }),
    ['no_op', 'already_open', ...under('channel', ['id', 'created', 'is_archived', 'is_im', 'user', 'is_open'])],
  ],
  ['conversations.join', (place) => ({ channel: place.channel('general') }), under('channel', CHANNEL)],
  ['files.getUploadURLExternal', () => ({ filename: 'a.csv', length: 3 }), ['upload_url', 'file_id']],
  [
    'files.completeUploadExternal',
    async (place) => ({ files: [{ id: await place.upload(), title: 'Chart' }] }),
    under('files[]', FILE),
  ],
  [
    'files.info',
    async (place, client) => {
      const file = await place.upload();
      await client.files.completeUploadExternal({ files: [{ id: file, title: 'Chart' }] });
      return { file };
    },
    under('file', FILE),
  ],
  ['reactions.add', async (place) => ({ ...inHealth(place), timestamp: await place.post(), name: 'eyes' }), []],
  [
    'reactions.get',
    async (place, client) => reacted(place, client),
    [
      'type',
      'channel',
      ...under('message', [...MESSAGE, 'permalink']),
      ...under('message.reactions[]', ['name', 'users', 'count']),
    ],
  ],
  ['reactions.remove', async (place, client) => reacted(place, client), []],
  [
    'team.info',
    () => ({}),
    under('team', ['id', 'name', 'domain', 'email_domain', 'url', 'icon.image_48', 'avatar_base_url']),
  ],
  ['usergroups.users.list', () => ({ usergroup: 'S0APPROVER' }), ['users[]']],
  ['users.info', (place) => ({ user: place.person('maya') }), under('user', USER)],
  ['users.list', () => ({ limit: 2 }), [...under('members[]', USER), 'cache_ts', 'response_metadata.next_cursor']],
  [
    'views.open',
    async (place) => ({ trigger_id: await place.trigger(), view: modal }),
    under('view', [...VIEW, 'title.text', 'close', 'submit', 'submit_disabled']),
  ],
  [
    'views.push',
    async (place, client) => {
      await client.apiCall('views.open', { trigger_id: await place.trigger(), view: modal });
      return { trigger_id: await place.trigger(), view: modal };
    },
    under('view', VIEW),
  ],
  [
    'views.update',
    async (place, client) => {
      const opened = await client.apiCall('views.open', { trigger_id: await place.trigger(), view: modal });
      return { view_id: at(opened, 'view.id'), view: modal };
    },
    under('view', VIEW),
  ],
  ['views.publish', (place) => ({ user_id: place.person('maya'), view: home }), under('view', VIEW)],
];

async function startStream(place: Place, client: WebClient): Promise<string> {
  const thread_ts = await place.post();
  const where = { ...inHealth(place), ...recipient(place), thread_ts };
  return String((await client.chat.startStream({ ...where, markdown_text: 'So' })).ts);
}

async function reacted(place: Place, client: WebClient): Promise<Arguments> {
  const where = { ...inHealth(place), timestamp: await place.post(), name: 'eyes' };
  await client.reactions.add(where);
  return where;
}

const callers: [string, 'socket' | 'http', (place: Place) => WebClient][] = [
  ["Bolt's client over a socket", 'socket', ({ running }) => running.app.client],
  ["Bolt's client over HTTP", 'http', ({ running }) => running.app.client],
  ['a Web API client of its own', 'socket', ({ running }) => clientOf(running.sandbox)],
];

describe.each(callers)('to %s', (_name, transport, clientIn) => {
  let place: Place;
  beforeAll(async () => {
    place = await startPlace(transport);
  });
  afterAll(() => place.running.stop());

  it.each(rows)('%s answers with the keys of Slack', async (method, given, keys) => {
    const client =
      METHODS[method]?.token === 'app'
        ? clientOf(place.running.sandbox, place.running.sandbox.appToken)
        : clientIn(place);
    const answer = await client.apiCall(method, await given(place, client));
    expect(answer.ok).toBe(true);
    expect(keys.filter((key) => at(answer, key) === undefined)).toEqual([]);
  });
});

describe('the method table', () => {
  it('has a row here for every method it knows', () => {
    const tested = new Set(rows.map(([method]) => method));
    expect(Object.keys(METHODS).filter((method) => !tested.has(method))).toEqual([]);
  });
});
