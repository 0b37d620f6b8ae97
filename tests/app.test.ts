import { v7 as uuidv7 } from 'uuid';
import { afterEach, describe, expect, it } from 'vitest';
import { type App, createApp } from '../src/app.ts';
import { loadConfig } from '../src/config.ts';
import type { OpenStores } from '../src/open-stores.ts';
import type { DatabaseHandle } from '../src/postgres/database.ts';
import { createStores } from '../src/postgres/stores.ts';
import { type Sandbox, startSandbox } from '../src/sandbox/sandbox.ts';
import { JUDGED, MORNING, TIMEZONE } from './scenarios/product.ts';
import { CHANNEL, hurried, sandboxSettings, startApp } from './scenarios/workspace.ts';
import { textOf } from './slack/world.ts';
import { describeOnOneDatabase } from './support/database.ts';
import { silentLog } from './support/silent-log.ts';

const TOKEN = 'a-token-for-the-tests';
const clock = (): number => MORNING;

function storesOn(handle: DatabaseHandle): OpenStores {
  const context = { workspace: 'local', timezone: TIMEZONE, failureStatuses: [], clock, newId: uuidv7, log: silentLog };
  return { handle, target: { kind: 'memory' }, stores: createStores(handle, context), close: () => handle.close() };
}

const post = (url: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(url, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json', ...headers },
  });

describeOnOneDatabase('the app', (open) => {
  const cleanUp: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const undo of cleanUp.splice(0).reverse()) await undo();
  });

  async function enter(transport?: { http: string; signingSecret: string }): Promise<[Sandbox, OpenStores]> {
    const sandbox = await startSandbox({ clock, ...(transport ? { transport } : {}) });
    cleanUp.push(() => sandbox.stop());
    const opened = storesOn(await open());
    return [sandbox, opened];
  }

  async function start(settings: Record<string, string>, opened: OpenStores): Promise<App> {
    const app = await startApp(settings, opened);
    cleanUp.push(() => app.stop());
    return app;
  }

  it('takes events over HTTP, tells them in the next digest, and stops cleanly', async () => {
    const [sandbox, opened] = await enter();
    const app = await start(sandboxSettings(sandbox, { SEEPASS_INGEST_TOKEN: TOKEN }), opened);
    expect(app.description).toContain(app.httpUrl);
    expect((await fetch(`${app.httpUrl}/healthz`)).status).toBe(200);

    const ts = `${JUDGED}T10:00:00Z`;
    const error = { ts, source: 'sentry', type: 'error', surface: '/checkout', meta: { message: 'CardDeclined' } };
    expect((await post(`${app.httpUrl}/v1/events`, error)).status).toBe(401);
    const events = Array.from({ length: 20 }, (_, index) => ({ ...error, id: `e${index}` }));
    const answer = await post(`${app.httpUrl}/v1/events`, events, { authorization: `Bearer ${TOKEN}` });
    expect(await answer.json()).toMatchObject({ read: 20, stored: 20, rejected: 0 });

    await app.runDigest(MORNING);
    const [digest, ...more] = sandbox.messages(CHANNEL);
    expect(more).toEqual([]);
    expect(digest?.text).toContain('no baselines yet');
    expect(textOf(digest?.blocks)).toContain('CardDeclined');

    await app.stop();
    await expect(fetch(`${app.httpUrl}/healthz`)).rejects.toThrow();
    await app.stop();
    await opened.handle.pool.query('SELECT 1');
  });

  it('counts by the hour on its own schedule, also without a channel for the digest', async () => {
    const [sandbox, opened] = await enter();
    const config = loadConfig(sandboxSettings(sandbox, { SEEPASS_CHANNEL: '' }));
    const app = await createApp({ config, opened, clock, newId: uuidv7, log: silentLog });
    cleanUp.push(() => app.stop());
    await app.start();
    await app.stop();
    expect(await opened.stores.jobs.lastDone('hours')).toBe(MORNING - 50 * 60_000);
    expect(await opened.stores.jobs.lastDone('digest')).toBeUndefined();
  });

  it('posts what its channel gets at first when it is due, by itself and once', async () => {
    const [sandbox, opened] = await enter();
    const config = loadConfig(sandboxSettings(sandbox));
    const repeat = hurried(20);
    const apps = [1, 2].map(() => createApp({ config, opened, clock, newId: uuidv7, log: silentLog, repeat }));
    for (const app of await Promise.all(apps)) {
      cleanUp.push(() => app.stop());
      await app.start();
      expect(app.description).toMatch(/next digest 2026-\d\d-\d\dT/);
    }
    const { subscriptions } = opened.stores;
    expect((await subscriptions.list()).map(({ kind }) => kind)).toEqual(['digest', 'alerts', 'weekly']);
    await sandbox.until(() => sandbox.messages(CHANNEL).length > 0, { timeoutMs: 50_000 });
    expect(sandbox.messages(CHANNEL).map(({ text }) => text)).toEqual([expect.stringContaining('no data')]);
    const [digest] = await subscriptions.list();
    expect(digest?.nextDueAt).toBeGreaterThan(MORNING);
  });

  it('serves Slack and events on one port in HTTP mode, and nobody who cannot sign', async () => {
    const [sandbox, opened] = await enter({ http: 'http://127.0.0.1:9', signingSecret: 'the-signing-secret' });
    const settings = { SLACK_SOCKET_MODE: 'false', SLACK_APP_TOKEN: '' };
    const app = await start(sandboxSettings(sandbox, settings), opened);
    expect((await post(`${app.httpUrl}/slack/events`, { type: 'url_verification', challenge: 'x' })).status).toBe(401);
    expect((await post(`${app.httpUrl}/v1/events`, {})).status).toBe(403);
    expect((await fetch(`${app.httpUrl}/healthz`)).status).toBe(200);
  });

  it('names the port that is in use, and leaves nothing running', async () => {
    const [sandbox, opened] = await enter();
    const first = await start(sandboxSettings(sandbox), opened);
    const taken = sandboxSettings(sandbox, { SEEPASS_HTTP_PORT: new URL(first.httpUrl).port });
    await expect(startApp(taken, opened)).rejects.toMatchObject({
      code: 'port_in_use',
      line: expect.stringMatching(/^Port \d+ .* is in use\. .*SEEPASS_HTTP_PORT/),
    });
  });

  it('names the token that Slack refuses, and the channel that was not chosen', async () => {
    const [sandbox, opened] = await enter();
    const wrong = sandboxSettings(sandbox, { SLACK_BOT_TOKEN: 'xoxb-of-another-workspace' });
    await expect(startApp(wrong, opened)).rejects.toMatchObject({
      code: 'slack_unavailable',
      line: expect.stringMatching(/^Slack refused SLACK_BOT_TOKEN: invalid_auth\./),
    });
    const app = await start(sandboxSettings(sandbox, { SEEPASS_CHANNEL: '' }), opened);
    await expect(app.runDigest(MORNING)).rejects.toMatchObject({
      code: 'bad_config',
      line: expect.stringContaining('SEEPASS_CHANNEL'),
    });
  });

  describe('without its Slack settings', () => {
    it.each([
      ['a bot token', { SLACK_BOT_TOKEN: '' }, 'SLACK_BOT_TOKEN is not set'],
      ['an app token in socket mode', { SLACK_APP_TOKEN: '' }, 'needs SLACK_APP_TOKEN'],
      [
        'a signing secret in HTTP mode',
        { SLACK_SOCKET_MODE: 'false', SLACK_SIGNING_SECRET: '' },
        'needs SLACK_SIGNING_SECRET',
      ],
    ])('such as %s, says which and where to read on', async (_, settings, words) => {
      const [sandbox, opened] = await enter();
      const config = loadConfig(sandboxSettings(sandbox, settings));
      await expect(createApp({ config, opened, clock, newId: uuidv7, log: silentLog })).rejects.toMatchObject({
        code: 'bad_config',
        line: expect.stringMatching(new RegExp(`${words}.*README.*npm run demo`)),
      });
    });
  });
});
