import { type ErrorCode, type Logger, LogLevel, WebClient } from '@slack/web-api';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { METHODS } from '../../src/sandbox/web-api/index.ts';
import { EVERY_SCOPE } from './every-scope.ts';

let now = Date.UTC(2026, 0, 30, 8);
const sandbox = await startSandbox({ clock: () => now, scopes: EVERY_SCOPE });

/** Refusals are what these tests are about; the client need not print them. */
const nothing = () => {};
const silent: Logger = {
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  setLevel: nothing,
  getLevel: () => LogLevel.ERROR,
  setName: nothing,
};

const clientWith = (token: string | undefined, over: object = {}) =>
  new WebClient(token, {
    slackApiUrl: sandbox.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: silent,
    ...over,
  });

const client = clientWith(sandbox.botToken);
afterAll(() => sandbox.stop());
beforeEach(() => sandbox.control.clear());

const channel = (name: string) => sandbox.ids.channels[name] ?? '';
const person = (name: string) => sandbox.ids.people[name] ?? '';
const send = (over: object = {}) =>
  client.chat.postMessage({ channel: channel('product-health'), text: 'hello', ...over });
const tsOf = async (over: object = {}) => String((await send(over)).ts);

/** What Slack said no with. */
async function refusal(call: Promise<unknown>): Promise<Record<string, unknown> & { error: string }> {
  try {
    await call;
  } catch (error) {
    if (error instanceof Error && 'data' in error) return error.data as Record<string, unknown> & { error: string };
    throw error;
  }
  throw new Error('it was taken');
}

describe('every method answers as Slack does', () => {
  const table: [string, () => Promise<unknown>, object][] = [
    ['api.test', () => client.api.test(), { ok: true }],
    ['auth.test', () => client.auth.test(), { user_id: 'U0SEEPASS0', bot_id: 'B0SEEPASS0', team_id: 'T0SANDBOX0' }],
    [
      'apps.connections.open',
      () => clientWith(sandbox.appToken).apps.connections.open({}),
      { url: expect.stringMatching(/^ws:/) },
    ],
    ['team.info', () => client.team.info(), { team: { id: 'T0SANDBOX0', domain: 'sandbox' } }],
    [
      'users.info',
      () => client.users.info({ user: person('maya') }),
      { user: { real_name: 'Maya Okafor', tz: 'Europe/Berlin', tz_offset: 3600, is_admin: true } },
    ],
    [
      'users.list',
      () => client.users.list({ limit: 2 }),
      {
        members: [{ name: 'maya' }, { name: 'jonas' }],
        response_metadata: { next_cursor: expect.stringMatching(/./) },
      },
    ],
    [
      'usergroups.users.list',
      () => client.usergroups.users.list({ usergroup: 'S0APPROVER' }),
      { users: [person('maya'), person('jonas')] },
    ],
    [
      'conversations.list',
      () => client.conversations.list({ types: 'public_channel,private_channel', exclude_archived: true }),
      { channels: expect.arrayContaining([expect.objectContaining({ name: 'leadership', is_private: true })]) },
    ],
    [
      'conversations.info',
      () => client.conversations.info({ channel: channel('general') }),
      { channel: { name: 'general', is_member: false } },
    ],
    [
      'conversations.members',
      () => client.conversations.members({ channel: channel('support') }),
      { members: expect.arrayContaining(['U0SEEPASS0']) },
    ],
    [
      'conversations.open',
      () => client.conversations.open({ users: person('sam') }),
      { channel: { id: channel('@sam') } },
    ],
    [
      'conversations.history',
      async () => {
        await send();
        return client.conversations.history({ channel: channel('product-health'), limit: 1 });
      },
      { messages: [{ text: 'hello', bot_id: 'B0SEEPASS0', type: 'message' }] },
    ],
    [
      'conversations.replies',
      async () => client.conversations.replies({ channel: channel('product-health'), ts: await tsOf() }),
      { messages: [{ text: 'hello' }] },
    ],
    [
      'conversations.join',
      () => client.conversations.join({ channel: channel('support') }),
      { warning: 'already_in_channel' },
    ],
    [
      'chat.postMessage',
      () => send(),
      { channel: channel('product-health'), message: { app_id: 'A0SEEPASS0', team: 'T0SANDBOX0' } },
    ],
    [
      'chat.update',
      async () => client.chat.update({ channel: channel('product-health'), ts: await tsOf(), text: 'new' }),
      { text: 'new', message: { edited: { user: 'U0SEEPASS0' } } },
    ],
    [
      'chat.delete',
      async () => client.chat.delete({ channel: channel('product-health'), ts: await tsOf() }),
      { ok: true },
    ],
    [
      'chat.postEphemeral',
      () => client.chat.postEphemeral({ channel: channel('support'), user: person('sam'), text: 'psst' }),
      { message_ts: expect.stringMatching(/^\d+\.\d{6}$/) },
    ],
    [
      'chat.getPermalink',
      async () =>
        client.chat.getPermalink({
          channel: channel('support'),
          message_ts: String((await send({ channel: channel('support') })).ts),
        }),
      { permalink: expect.stringMatching(/\/archives\/C0SUPPORT\/p\d{16}$/) },
    ],
    [
      'views.publish',
      () => client.views.publish({ user_id: person('maya'), view: { type: 'home', blocks: [{ type: 'divider' }] } }),
      { view: { type: 'home', hash: expect.any(String), state: { values: {} } } },
    ],
    ['blocks.validate', () => client.apiCall('blocks.validate', { blocks: [{ type: 'divider' }] }), { ok: true }],
    [
      'reactions.add',
      async () => client.reactions.add({ channel: channel('product-health'), timestamp: await tsOf(), name: 'eyes' }),
      { ok: true },
    ],
  ];
  it.each(table)('%s', async (_name, call, shape) => {
    expect(await call()).toMatchObject(shape);
  });

  it('uploads a file in three steps, after which an image block may name it', async () => {
    const blocks = (id: string) => [{ type: 'image', alt_text: 'chart', slack_file: { id } }] as const;
    expect((await refusal(send({ blocks: blocks('F404') }))).error).toBe('invalid_blocks');
    const uploaded = await client.filesUploadV2({
      channel_id: channel('product-health'),
      filename: 'chart.png',
      file: Buffer.from('png bytes'),
      initial_comment: 'the chart',
    });
    const id = JSON.stringify(uploaded).match(/"id":"(F[0-9A-Z]+)"/)?.[1] ?? '';
    expect(await client.files.info({ file: id })).toMatchObject({ file: { mimetype: 'image/png', size: 9 } });
    expect(await send({ blocks: blocks(id) })).toMatchObject({ ok: true });
    expect(sandbox.messages('#product-health').find((message) => message.text === 'the chart')?.files).toHaveLength(1);
    const link = String((await client.files.info({ file: id })).file?.url_private);
    expect(await (await fetch(link)).text()).toBe('png bytes');
  });

  it('streams an answer into a thread', async () => {
    const thread_ts = await tsOf();
    const where = { channel: channel('product-health') };
    const recipient = { recipient_user_id: person('maya'), recipient_team_id: 'T0SANDBOX0' };
    const { ts } = await client.chat.startStream({ ...where, ...recipient, thread_ts, markdown_text: 'Errors ' });
    await client.chat.appendStream({ ...where, ts: String(ts), markdown_text: 'rose' });
    await client.chat.stopStream({ ...where, ts: String(ts), markdown_text: '.' });
    const { messages } = await client.conversations.replies({ ...where, ts: thread_ts });
    expect(messages?.map((message) => message.text)).toEqual(['hello', 'Errors rose.']);
    expect(await refusal(client.chat.appendStream({ ...where, ts: String(ts), markdown_text: '!' }))).toMatchObject({
      error: 'message_not_in_streaming_state',
    });
  });

  it('has a test for every method it knows', () => {
    const elsewhere = [
      'views.open',
      'views.push',
      'views.update',
      'files.',
      'chat.startStream',
      'chat.appendStream',
      'chat.stopStream',
    ];
    const missing = Object.keys(METHODS).filter(
      (name) => !table.some(([tested]) => tested === name) && !elsewhere.some((part) => name.startsWith(part)),
    );
    expect(missing).toEqual([]);
  });
});

describe('history', () => {
  it('gives metadata only where it is asked for, and pages newest first', async () => {
    const metadata = { event_type: 'digest', event_payload: { key: '2026-01-29' } };
    await send({ channel: channel('leadership'), text: 'one', metadata });
    await send({ channel: channel('leadership'), text: 'two' });
    const where = { channel: channel('leadership') };
    const bare = await client.conversations.history(where);
    expect(bare.messages?.map((message) => message.text)).toEqual(['two', 'one']);
    expect(bare.messages?.[1]).not.toHaveProperty('metadata');
    const first = await client.conversations.history({ ...where, limit: 1, include_all_metadata: true });
    expect(first.has_more).toBe(true);
    const cursor = first.response_metadata?.next_cursor ?? '';
    const second = await client.conversations.history({ ...where, limit: 1, cursor, include_all_metadata: true });
    expect(second.messages).toMatchObject([{ text: 'one', metadata }]);
  });

  it('keeps replies and ephemeral messages out of the channel, and counts replies on the parent', async () => {
    const where = { channel: channel('eng-oncall') };
    const thread_ts = String((await send({ ...where, text: 'parent' })).ts);
    await send({ ...where, text: 'reply', thread_ts });
    await client.chat.postEphemeral({ ...where, user: person('sam'), text: 'psst' });
    const { messages } = await client.conversations.history(where);
    expect(messages).toMatchObject([{ text: 'parent', thread_ts, reply_count: 1, reply_users: ['U0SEEPASS0'] }]);
  });
});

describe('what Slack refuses', () => {
  const long = (length: number) => 'x'.repeat(length);
  const section = { type: 'section', text: { type: 'mrkdwn', text: long(3000) } };
  const refused: [string, () => Promise<unknown>, string][] = [
    ['no token', () => clientWith(undefined).auth.test(), 'not_authed'],
    ['a wrong token', () => clientWith('xoxb-other').auth.test(), 'invalid_auth'],
    ['a bot token for a socket', () => client.apps.connections.open({}), 'not_allowed_token_type'],
    ['an unknown method', () => client.apiCall('chat.shout'), 'unknown_method'],
    ['nothing to say', () => send({ text: '' }), 'no_text'],
    ['a text too long', () => send({ text: long(40_001) }), 'msg_too_long'],
    ['blocks too long', () => send({ blocks: Array(5).fill(section) }), 'msg_blocks_too_long'],
    [
      'blocks that are no JSON',
      () => client.apiCall('chat.postMessage', { channel: channel('support'), blocks: '[{' }),
      'invalid_blocks_format',
    ],
    ['an unknown channel', () => send({ channel: 'C404' }), 'channel_not_found'],
    ['a channel it was not invited to', () => send({ channel: channel('general') }), 'not_in_channel'],
    ['an archived channel', () => send({ channel: channel('old-reports') }), 'is_archived'],
    ['a thread that is not there', () => send({ thread_ts: '1.000001' }), 'thread_not_found'],
    [
      'a message that is not there',
      () => client.chat.update({ channel: channel('support'), ts: '1.000001', text: 'x' }),
      'message_not_found',
    ],
    [
      "somebody else's message",
      () =>
        client.chat.update({
          channel: channel('support'),
          ts: sandbox.as('sam').say('#support', 'mine').ts,
          text: 'x',
        }),
      'cant_update_message',
    ],
    ['an unknown person', () => client.users.info({ user: 'U404' }), 'user_not_found'],
    [
      'an ephemeral message to a stranger',
      () => client.chat.postEphemeral({ channel: channel('support'), user: 'U404', text: 'x' }),
      'user_not_in_channel',
    ],
    [
      'a made-up trigger',
      () =>
        client.views.open({
          trigger_id: 'x',
          view: { type: 'modal', title: { type: 'plain_text', text: 't' }, blocks: [] },
        }),
      'invalid_trigger_id',
    ],
    [
      'a faulty view',
      () =>
        client.views.publish({
          user_id: person('maya'),
          view: { type: 'home', blocks: [{ type: 'alert', text: { type: 'plain_text', text: 'x' } }] },
        }),
      'invalid_arguments',
    ],
  ];
  it.each(refused)('%s', async (_name, call, error) => {
    expect((await refusal(call())).error).toBe(error);
  });

  it('says where each faulty block is', async () => {
    const blocks = [{ type: 'header', text: { type: 'plain_text', text: long(151) } }];
    const fault = 'must be less than 151 characters [json-pointer:/blocks/0/text/text]';
    expect(await refusal(send({ blocks }))).toMatchObject({
      error: 'invalid_blocks',
      errors: [fault],
      response_metadata: { messages: [`[ERROR] ${fault}`] },
    });
    expect(await refusal(client.apiCall('blocks.validate', { blocks }))).toMatchObject({
      errors: [{ pointer: '/blocks/0/text/text', message: 'must be less than 151 characters' }],
    });
  });

  it('asks for the scope a call needs', async () => {
    const narrow = await startSandbox({ scopes: ['chat:write'] });
    const limited = new WebClient(narrow.botToken, { slackApiUrl: narrow.apiUrl, retryConfig: { retries: 0 } });
    expect(await refusal(limited.users.list({}))).toMatchObject({ error: 'missing_scope', needed: 'users:read' });
    const history = limited.conversations.history({ channel: narrow.ids.channels['product-health'] ?? '' });
    expect(await refusal(history)).toMatchObject({
      error: 'missing_scope',
      needed: 'channels:history',
      provided: 'chat:write',
    });
    await narrow.stop();
  });
});

describe('faults on demand', () => {
  it('limits the rate of the calls it was told to, and then no more', async () => {
    sandbox.control.rateLimit('chat.postMessage', { calls: 2, retryAfterSeconds: 7 });
    for (let call = 0; call < 2; call += 1) {
      await expect(send()).rejects.toMatchObject({
        code: 'slack_webapi_rate_limited_error' satisfies `${ErrorCode}`,
        retryAfter: 7,
      });
    }
    expect(await send()).toMatchObject({ ok: true });
  });

  const has = (text: string) => sandbox.messages('#product-health').some((message) => message.text === text);
  it.each([
    ['fails after having accepted', () => sandbox.control.failAfterAccepting('chat.postMessage'), 'accepted, then 500'],
    ['drops the answer', () => sandbox.control.dropResponse('chat.postMessage'), 'accepted, no answer'],
  ])('%s: the caller sees an error, the message is there', async (_name, plan, text) => {
    plan();
    await expect(send({ text })).rejects.toThrow();
    expect(has(text)).toBe(true);
  });

  it('answers late', async () => {
    sandbox.control.slowResponse('auth.test', 60);
    const before = performance.now();
    await client.auth.test();
    expect(performance.now() - before).toBeGreaterThan(55);
  });

  it('refuses with any error it is told, or a revoked token', async () => {
    sandbox.control.refuse('*', 'fatal_error');
    expect((await refusal(send())).error).toBe('fatal_error');
    sandbox.control.revokeToken();
    expect((await refusal(send())).error).toBe('token_revoked');
    sandbox.control.restoreToken();
    expect(await send()).toMatchObject({ ok: true });
  });
});

describe('message times', () => {
  it('follow the clock and never repeat while it stands still', async () => {
    now += 60_000;
    const times = [await tsOf(), await tsOf(), await tsOf()];
    expect(times[0]).toBe(`${now / 1000}.000000`);
    expect(new Set(times).size).toBe(3);
    expect([...times].sort()).toEqual(times);
  });
});
