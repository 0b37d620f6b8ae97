import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { at } from '../clients.ts';
import { type Place, startPlace } from './place.ts';

let now = Date.UTC(2026, 0, 30, 8);
let place: Place;
beforeAll(async () => {
  place = await startPlace('socket', { clock: () => now });
});
afterAll(() => place.running.stop());

const api = () => place.running.app.client;

describe('history', () => {
  it('gives metadata only where it is asked for, and pages newest first', async () => {
    const where = { channel: place.channel('leadership') };
    const metadata = { event_type: 'digest', event_payload: { key: '2026-01-29' } };
    await place.post({ ...where, text: 'one', metadata });
    await place.post({ ...where, text: 'two' });
    const bare = await api().conversations.history(where);
    expect(bare.messages?.map((message) => message.text)).toEqual(['two', 'one']);
    expect(bare.messages?.[1]).not.toHaveProperty('metadata');
    const first = await api().conversations.history({ ...where, limit: 1, include_all_metadata: true });
    expect(first.has_more).toBe(true);
    const cursor = first.response_metadata?.next_cursor ?? '';
    const second = await api().conversations.history({ ...where, limit: 1, cursor, include_all_metadata: true });
    expect(second.messages).toMatchObject([{ text: 'one', metadata }]);
  });

  it('keeps replies and ephemeral messages out of the channel, and counts replies on the parent', async () => {
    const where = { channel: place.channel('eng-oncall') };
    const thread_ts = await place.post({ ...where, text: 'parent' });
    await place.post({ ...where, text: 'reply', thread_ts });
    await api().chat.postEphemeral({ ...where, user: place.person('sam'), text: 'psst' });
    const { messages } = await api().conversations.history(where);
    expect(messages).toMatchObject([{ text: 'parent', thread_ts, reply_count: 1, reply_users: ['U0SEEPASS0'] }]);
  });

  it('shows a tombstone for a parent that was deleted, and nothing for a message without replies', async () => {
    const where = { channel: place.channel('support') };
    const parent = await place.post({ ...where, text: 'parent' });
    await place.post({ ...where, text: 'reply', thread_ts: parent });
    const lonely = await place.post({ ...where, text: 'lonely' });
    for (const ts of [parent, lonely]) await api().chat.delete({ ...where, ts });
    const { messages } = await api().conversations.history(where);
    expect(messages).toMatchObject([{ ts: parent, subtype: 'tombstone', text: 'This message was deleted.' }]);
  });
});

describe('message times', () => {
  it('follow the clock and never repeat while it stands still', async () => {
    now += 60_000;
    const times = [await place.post(), await place.post(), await place.post()];
    expect(times[0]).toBe(`${now / 1000}.000000`);
    expect(new Set(times).size).toBe(3);
    expect([...times].sort()).toEqual(times);
  });
});

describe('files', () => {
  const blocks = (id: string) => [{ type: 'image', alt_text: 'chart', slack_file: { id } }] as const;
  let id = '';
  let link = '';
  beforeAll(async () => {
    const uploaded = await api().filesUploadV2({
      channel_id: place.channel('product-health'),
      filename: 'chart.png',
      file: Buffer.from('png bytes'),
      initial_comment: 'the chart',
    });
    id = JSON.stringify(uploaded).match(/"id":"(F[0-9A-Z]+)"/)?.[1] ?? '';
    link = String((await api().files.info({ file: id })).file?.url_private);
  });

  it('are shared by the official three steps, after which an image block may name them', async () => {
    expect(await api().files.info({ file: id })).toMatchObject({ file: { mimetype: 'image/png', size: 9 } });
    await place.post({ blocks: blocks(id) });
    const shared = place.running.sandbox.messages('#product-health').find((message) => message.text === 'the chart');
    expect(shared?.files).toHaveLength(1);
  });

  it('are read with the token, and are the login page without one', async () => {
    const headers = { authorization: `Bearer ${place.running.sandbox.botToken}` };
    expect(await (await fetch(link, { headers })).text()).toBe('png bytes');
    const stranger = await fetch(link, { redirect: 'manual' });
    expect([stranger.status, stranger.headers.get('location')]).toEqual([
      302,
      `/?redir=${encodeURIComponent(new URL(link).pathname)}`,
    ]);
  });
});

describe('pictures of people', () => {
  it('are there for everybody Slack has one of, and nobody else', async () => {
    const { user } = await api().users.info({ user: place.person('maya') });
    const picture = await fetch(String(user?.profile?.image_72));
    expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/svg+xml']);
    expect(await picture.text()).toContain('>MO<');
    expect((await fetch(new URL('/avatars/U404.svg', place.running.sandbox.url))).status).toBe(404);
  });
});

describe('a stream', () => {
  const recipient = () => ({ recipient_user_id: place.person('maya'), recipient_team_id: 'T0SANDBOX0' });
  const written = async ({ channel, ts, thread_ts }: { channel: string; ts: string; thread_ts: string }) => {
    const { messages } = await api().conversations.replies({ channel, ts: thread_ts });
    return messages?.find((message) => message.ts === ts)?.blocks;
  };
  const start = async (task_display_mode: 'timeline' | 'plan') => {
    const where = { channel: place.channel('product-health'), thread_ts: await place.post() };
    const started = await api().apiCall('chat.startStream', { ...where, ...recipient(), task_display_mode });
    return { ...where, ts: String(at(started, 'ts')) };
  };

  it("grows by the official client's streamer, and takes no more once it has ended", async () => {
    const where = { channel: place.channel('product-health'), thread_ts: await place.post() };
    const streamer = api().chatStream({ ...where, ...recipient(), buffer_size: 1 });
    for (const markdown_text of ['Errors ', '**rose**', '.']) await streamer.append({ markdown_text });
    const { ts } = await streamer.stop();
    const { messages } = await api().conversations.replies({ channel: where.channel, ts: where.thread_ts });
    expect(messages?.[1]).toMatchObject({
      ts,
      text: 'Errors **rose**.',
      blocks: [{ type: 'markdown', text: 'Errors **rose**.' }],
    });
    await expect(
      api().chat.appendStream({ channel: where.channel, ts: String(ts), markdown_text: '!' }),
    ).rejects.toMatchObject({ data: { error: 'message_not_in_streaming_state' } });
  });

  const task = (id: string, status: 'in_progress' | 'complete') =>
    ({ type: 'task_update', id, title: `Task ${id}`, status, details: `doing ${id}` }) as const;

  it('shows tasks between its text as they go on', async () => {
    const { thread_ts, ...where } = await start('timeline');
    await api().chat.appendStream({
      ...where,
      chunks: [{ type: 'markdown_text', text: 'Looking' }, task('1', 'in_progress')],
    });
    await api().chat.appendStream({
      ...where,
      chunks: [task('1', 'complete'), { type: 'markdown_text', text: 'Done' }],
    });
    await api().chat.stopStream({ ...where, blocks: [{ type: 'divider' }] });
    expect(await written({ ...where, thread_ts })).toMatchObject([
      { type: 'markdown', text: 'Looking' },
      { type: 'task_card', task_id: '1', status: 'complete', title: 'Task 1' },
      { type: 'markdown', text: 'Done' },
      { type: 'divider' },
    ]);
  });

  it('gathers its tasks in a plan where it is asked to', async () => {
    const { thread_ts, ...where } = await start('plan');
    const chunks = [
      { type: 'plan_update', title: 'The plan' } as const,
      task('1', 'complete'),
      task('2', 'in_progress'),
    ];
    await api().chat.appendStream({ ...where, chunks: [...chunks, { type: 'blocks', blocks: [{ type: 'divider' }] }] });
    await api().chat.stopStream(where);
    expect(await written({ ...where, thread_ts })).toMatchObject([
      { type: 'plan', title: 'The plan', tasks: [{ task_id: '1' }, { task_id: '2', status: 'in_progress' }] },
      { type: 'divider' },
    ]);
  });
});
