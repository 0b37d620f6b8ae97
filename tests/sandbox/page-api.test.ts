import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { PageDeed, PageNews, PageWorkspace } from '../../src/sandbox/page-protocol.ts';
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
