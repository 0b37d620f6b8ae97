import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type {
  PageChannel,
  PageDeed,
  PageInspection,
  PageNews,
  PageWorkspace,
} from '../../src/sandbox/page-protocol.ts';
import { type Running, startBolt } from './bolt-app.ts';

let running: Running;
let maya = '';
let channel = '';

beforeAll(async () => {
  running = await startBolt('socket', (app) => {
    app.command('/seepass', async ({ ack }) => ack('help'));
    app.action('go', async ({ ack, respond }) => {
      await ack();
      await respond({ text: 'gone', replace_original: true });
    });
  });
  maya = running.sandbox.ids.people.maya ?? '';
  channel = running.sandbox.ids.channels['product-health'] ?? '';
});
afterAll(() => running.stop());

const at = (path: string) => new URL(path, running.sandbox.url);
const perform = (deed: PageDeed, headers: Record<string, string> = {}) =>
  fetch(at('/sandbox/do'), { method: 'POST', headers, body: JSON.stringify(deed) });

async function watch(person: string): Promise<{ news: PageNews[]; close(): void }> {
  const socket = new WebSocket(`${running.sandbox.url.replace('http', 'ws')}sandbox/live?as=${person}`);
  const news: PageNews[] = [];
  socket.on('message', (data) => news.push(JSON.parse(data.toString())));
  await once(socket, 'open');
  return { news, close: () => socket.close() };
}

describe("the page's door", () => {
  it('describes the workspace as one person sees it', async () => {
    const answer = await fetch(at(`/sandbox/workspace?as=${maya}`));
    const workspace: PageWorkspace = JSON.parse(await answer.text());
    expect(workspace).toMatchObject({ app: { name: 'Seepass' }, viewer: { name: 'maya', role: 'admin' }, home: null });
    expect(workspace.people).toHaveLength(4);
    expect(workspace.channels.filter((one) => one.kind === 'im')).toHaveLength(1);
  });

  it('sends what happens to those who may see it, as it happens', async () => {
    const [mine, theirs] = await Promise.all([watch(maya), watch(running.sandbox.ids.people.sam ?? '')]);
    await perform({ as: maya, do: 'say', channel, text: '/seepass help' });
    await perform({ as: maya, do: 'say', channel, text: 'hello <b>' });
    await running.sandbox.until(() => mine.news.length === 2 && theirs.news.length === 1);
    expect(mine.news).toMatchObject([
      { kind: 'message', message: { text: 'help', isEphemeral: true } },
      { kind: 'message', message: { text: 'hello &lt;b&gt;', isEphemeral: false } },
    ]);
    expect(theirs.news).toMatchObject([{ message: { text: 'hello &lt;b&gt;' } }]);
    mine.close();
    theirs.close();
  });

  it('presses buttons through the same app', async () => {
    const button = { type: 'button', action_id: 'go', text: { type: 'plain_text', text: 'Go' } } as const;
    const blocks = [{ type: 'actions', block_id: 'row', elements: [button] }] as const;
    const { ts } = await running.app.client.chat.postMessage({ channel, text: 'card', blocks: [...blocks] });
    const on = { channel, ts: String(ts) };
    await perform({ as: maya, do: 'use', on, blockId: 'row', actionId: 'go', held: {} });
    await running.sandbox.until(() => running.sandbox.messages(channel).some((one) => one.text === 'gone'));
  });

  const shown = async (as = maya, thread?: string) => {
    const query = new URLSearchParams({ as, channel, ...(thread === undefined ? {} : { thread }) });
    const { messages } = JSON.parse(await (await fetch(at(`/sandbox/messages?${query}`))).text());
    return messages;
  };
  const say = async (as: string, text: string): Promise<{ channel: string; ts: string }> => {
    await perform({ as, do: 'say', channel, text });
    const ts = String(running.sandbox.messages(channel).at(-1)?.ts);
    return { channel, ts };
  };
  const sam = () => running.sandbox.ids.people.sam ?? '';

  it('puts reactions on and takes them off, each one only their own', async () => {
    const on = await say(maya, 'nice');
    for (const as of [maya, sam()]) await perform({ as, do: 'react', on, name: 'eyes' });
    expect((await shown()).at(-1).reactions).toEqual([{ name: 'eyes', count: 2, users: [maya, sam()] }]);
    await perform({ as: maya, do: 'react', on, name: 'eyes' });
    expect((await shown()).at(-1).reactions).toEqual([{ name: 'eyes', count: 1, users: [sam()] }]);
    await perform({ as: sam(), do: 'react', on, name: 'eyes' });
    expect((await shown()).at(-1).reactions).toEqual([]);
  });

  it('changes and deletes what one wrote, and nothing of others', async () => {
    const on = await say(sam(), 'befor');
    expect((await perform({ as: maya, do: 'edit', on, text: 'mine now' })).status).toBe(400);
    await perform({ as: sam(), do: 'edit', on, text: 'before' });
    expect((await shown()).at(-1)).toMatchObject({ text: 'before', edited: { user: sam() } });
    expect(await (await perform({ as: maya, do: 'delete', on })).json()).toMatchObject({
      error: 'cant_delete_message',
    });
    await perform({ as: sam(), do: 'delete', on });
    expect((await shown()).at(-1).ts).not.toBe(on.ts);
  });

  it('leaves a tombstone where a thread hangs on what was deleted', async () => {
    const on = await say(sam(), 'with replies');
    await perform({ as: maya, do: 'say', channel, text: 'a reply', thread: on.ts });
    await perform({ as: sam(), do: 'delete', on });
    expect((await shown()).at(-1)).toMatchObject({ ts: on.ts, subtype: 'tombstone', reply_count: 1 });
  });

  it('counts what is unread, and remembers for each person how far they read', async () => {
    const state = async (as: string): Promise<PageChannel | undefined> => {
      const workspace: PageWorkspace = JSON.parse(await (await fetch(at(`/sandbox/workspace?as=${as}`))).text());
      return workspace.channels.find((one) => one.id === channel);
    };
    const latest = await say(sam(), 'first');
    const mine = await watch(maya);
    await perform({ as: maya, do: 'read', on: latest });
    expect(await state(maya)).toMatchObject({ lastRead: latest.ts, unread: 0, mentions: 0 });
    await say(sam(), 'for @maya');
    await say(sam(), 'for all');
    expect(await state(maya)).toMatchObject({ lastRead: latest.ts, unread: 2, mentions: 1 });
    expect(await state(sam())).toMatchObject({ unread: 0 });
    await perform({ as: maya, do: 'read', on: latest });
    await running.sandbox.until(() => mine.news.filter((one) => one.kind === 'read').length === 2);
    expect(mine.news.at(-1)).toEqual({ kind: 'read', channel, lastRead: latest.ts, unread: 2, mentions: 1 });
    mine.close();
  });

  it('runs no command in a thread', async () => {
    const { ts } = await say(maya, 'a thread');
    const refused = await perform({ as: maya, do: 'say', channel, text: '/seepass help', thread: ts });
    expect(await refused.json()).toEqual({ failure: '/seepass is not supported in threads. Sorry!' });
  });

  const upload = (fields: Record<string, string>, ...files: [name: string, content: string][]) => {
    const form = new FormData();
    for (const [key, value] of Object.entries(fields)) form.append(key, value);
    for (const [name, content] of files) form.append('file', new Blob([content]), name);
    return fetch(at('/sandbox/upload'), { method: 'POST', body: form });
  };

  it('takes files with a few words, which the page then loads without a token', async () => {
    const answer = await upload({ as: maya, channel, text: 'look' }, ['a.txt', 'alpha'], ['b.csv', 'b,c']);
    expect([answer.status, await answer.json()]).toEqual([200, {}]);
    const message = (await shown()).at(-1);
    expect(message).toMatchObject({
      text: 'look',
      subtype: 'file_share',
      files: [{ name: 'a.txt' }, { name: 'b.csv' }],
    });
    expect(await (await fetch(message.files[0].url_private)).text()).toBe('alpha');
  });

  it('puts files in a thread where asked', async () => {
    const { ts } = await say(maya, 'a thread for files');
    await upload({ as: maya, channel, thread: ts }, ['a.txt', 'alpha']);
    expect((await shown(maya, ts)).at(-1)).toMatchObject({ thread_ts: ts, files: [{ name: 'a.txt' }] });
  });

  it('takes at most ten files and 10 MB, and at least one', async () => {
    const eleven = Array.from({ length: 11 }, (_, index): [string, string] => [`${index}.txt`, 'x']);
    const table: [[string, string][], number, string][] = [
      [eleven, 400, 'too_many_files'],
      [[['big.txt', 'x'.repeat(10 * 1024 * 1024 + 65_536)]], 413, 'too_large'],
      [[], 400, 'no_file_data'],
    ];
    for (const [files, status, error] of table) {
      const answer = await upload({ as: maya, channel }, ...files);
      expect([answer.status, await answer.json()]).toMatchObject([status, { error }]);
    }
  });

  it('shows the JSON behind a message with the limits it uses', async () => {
    const blocks = [{ type: 'header', text: { type: 'plain_text', text: 'Today' } }] as const;
    const posted = await running.app.client.chat.postMessage({ channel, text: 'digest', blocks: [...blocks] });
    const query = new URLSearchParams({ as: maya, channel, ts: String(posted.ts) });
    const inspection: PageInspection = JSON.parse(await (await fetch(at(`/sandbox/inspect?${query}`))).text());
    expect(inspection).toMatchObject({ surface: 'message', payload: { text: 'digest', blocks }, faults: [] });
    expect(inspection.uses).toContainEqual({ name: 'blocks', pointer: '/blocks', used: 1, limit: 50 });
    expect(inspection.uses).toContainEqual({
      name: 'header text',
      pointer: '/blocks/0/text/text',
      used: 5,
      limit: 150,
    });
  });

  it("shows the JSON behind a person's own Home tab only", async () => {
    await running.app.client.views.publish({ user_id: maya, view: { type: 'home', blocks: [{ type: 'divider' }] } });
    const view = running.sandbox.home('maya')?.id ?? '';
    const answers = await Promise.all([maya, sam()].map((as) => fetch(at(`/sandbox/inspect?as=${as}&view=${view}`))));
    expect(answers.map((one) => one.status)).toEqual([200, 400]);
    expect(await answers[0]?.json()).toMatchObject({ surface: 'home', payload: { id: view }, faults: [] });
  });

  it('measures and checks blocks that are nowhere yet', async () => {
    const trial = {
      surface: 'modal',
      blocks: [{ type: 'header', text: { type: 'plain_text', text: 'x'.repeat(151) } }],
    };
    const answer = await fetch(at('/sandbox/inspect'), { method: 'POST', body: JSON.stringify(trial) });
    expect(await answer.json()).toMatchObject({
      surface: 'modal',
      uses: [
        { name: 'blocks', used: 1, limit: 100 },
        { name: 'header text', used: 151, limit: 150 },
      ],
      faults: [{ pointer: '/blocks/0/text/text', message: 'must be less than 151 characters' }],
    });
  });

  it('lets nobody use what only somebody else sees, nor what is gone', async () => {
    const { app, sandbox } = running;
    const sam = sandbox.ids.people.sam ?? '';
    const button = { type: 'button', action_id: 'go', text: { type: 'plain_text', text: 'Go' } } as const;
    const blocks = [{ type: 'actions', block_id: 'row', elements: [button] }];
    const { message_ts: ts = '' } = await app.client.chat.postEphemeral({ channel, user: sam, text: 'psst', blocks });
    const press = { do: 'use', on: { channel, ts }, blockId: 'row', actionId: 'go', held: {} } as const;
    expect(await (await perform({ ...press, as: maya })).json()).toMatchObject({ error: 'message_not_found' });
    const gone = await perform({ ...press, as: sam, actionId: 'went' });
    expect([gone.status, await gone.json()]).toMatchObject([400, { error: 'element_not_found' }]);
    const { view } = await app.client.views.publish({ user_id: sam, view: { type: 'home', blocks } });
    const home = await perform({ ...press, as: maya, on: { view: String(view?.id) } });
    expect(await home.json()).toMatchObject({ error: 'not_found' });
  });

  it('says what is wrong with a request it cannot do', async () => {
    const archived = running.sandbox.ids.channels['old-reports'] ?? '';
    const refused = await perform({ as: maya, do: 'say', channel: archived, text: 'hi' });
    expect([refused.status, await refused.json()]).toMatchObject([400, { error: 'is_archived' }]);
    const nonsense = await fetch(at('/sandbox/do'), { method: 'POST', body: '{"do":"dance"}' });
    expect([nonsense.status, await nonsense.json()]).toMatchObject([400, { error: 'invalid_arguments' }]);
  });

  it('does nothing for a page of another site', async () => {
    const deed: PageDeed = { as: maya, do: 'say', channel, text: 'from elsewhere' };
    expect((await perform(deed, { origin: 'https://evil.example' })).status).toBe(403);
    expect(running.sandbox.messages(channel).some((one) => one.text === 'from elsewhere')).toBe(false);
  });
});
