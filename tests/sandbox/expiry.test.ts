import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { isRecord } from '../../src/sandbox/json.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { type Running, startBolt } from './bolt-app.ts';

let now = Date.UTC(2026, 0, 30, 8);
let running: Running;
const heard: { responseUrl: string; trigger: string }[] = [];

beforeAll(async () => {
  running = await startBolt(
    'socket',
    (app) => {
      app.command('/seepass', async ({ ack, command }) => {
        heard.push({ responseUrl: command.response_url, trigger: command.trigger_id });
        await ack();
      });
    },
    { clock: () => now },
  );
});
afterAll(() => running.stop());

let latest = { responseUrl: '', trigger: '' };
beforeEach(async () => {
  await running.sandbox.as('maya').slash('#support', '/seepass');
  latest = heard.at(-1) ?? latest;
});

const respond = async (body: object) => {
  const response = await fetch(latest.responseUrl, { method: 'POST', body: JSON.stringify(body) });
  const answer: unknown = await response.json();
  return [response.status, isRecord(answer) ? answer.error : undefined];
};
const view = { type: 'modal', title: { type: 'plain_text', text: 'Details' }, blocks: [] } as const;
const open = () => running.app.client.views.open({ trigger_id: latest.trigger, view: { ...view, blocks: [] } });

describe('a response_url', () => {
  it('takes five messages and no sixth', async () => {
    for (let use = 0; use < 5; use += 1) expect(await respond({ text: `use ${use}` })).toEqual([200, undefined]);
    expect(await respond({ text: 'too many' })).toEqual([404, 'used_url']);
  });

  it('ends after thirty minutes', async () => {
    now += 30 * 60_000;
    expect(await respond({ text: 'just in time' })).toEqual([200, undefined]);
    now += 1;
    expect(await respond({ text: 'late' })).toEqual([404, 'expired_url']);
  });

  it('refuses faulty blocks and says where', async () => {
    expect(await respond({ text: 'x', blocks: [{ type: 'section' }] })).toEqual([400, 'invalid_blocks']);
    expect(await respond({})).toEqual([400, 'no_text']);
  });
});

describe('a trigger_id', () => {
  it('opens one view and no second', async () => {
    await open();
    await expect(open()).rejects.toMatchObject({ data: { error: 'exchanged_trigger_id' } });
  });

  it('ends after three seconds', async () => {
    now += 3_001;
    await expect(open()).rejects.toMatchObject({ data: { error: 'expired_trigger_id' } });
  });

  it('pushes up to three views, and updates one only when nothing changed it meanwhile', async () => {
    const { views } = running.app.client;
    const opened = await open();
    for (const expected of ['taken', 'taken', 'push_limit_reached']) {
      await running.sandbox.as('maya').slash('#support', '/seepass');
      const trigger_id = heard.at(-1)?.trigger ?? '';
      const pushed = views.push({ trigger_id, view: { ...view, blocks: [] } });
      if (expected === 'taken') await pushed;
      else await expect(pushed).rejects.toMatchObject({ data: { error: expected } });
    }
    expect(running.sandbox.views('maya')).toHaveLength(3);
    const [view_id, hash] = [opened.view?.id ?? '', opened.view?.hash ?? ''];
    await views.update({ view_id, hash, view: { ...view, blocks: [{ type: 'divider' }] } });
    await expect(views.update({ view_id, hash, view: { ...view, blocks: [] } })).rejects.toMatchObject({
      data: { error: 'hash_conflict' },
    });
  });
});

describe('starting', () => {
  it('names the fix when the port is taken', async () => {
    const port = Number(new URL(running.sandbox.url).port);
    await expect(startSandbox({ port })).rejects.toMatchObject({
      code: 'port_in_use',
      fix: expect.stringContaining('another port'),
    });
  });
});
