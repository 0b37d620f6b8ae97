import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { SeepassError } from '../../src/errors.ts';
import type { Log, Stores } from '../../src/pipeline/ports.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { createSlackApp, type SlackApp, type SlackAppOptions } from '../../src/slack/app.ts';
import { createSocketConnection } from '../../src/slack/socket-connection.ts';
import { noAnswering } from '../support/no-answering.ts';
import { noAssessments } from '../support/no-assessments.ts';
import { noCycle } from '../support/no-cycle.ts';
import { noHome } from '../support/no-home.ts';
import { noIncidents } from '../support/no-incidents.ts';
import { noOwnerNotices } from '../support/no-owner-notices.ts';
import { noProposals, noStop } from '../support/no-proposals.ts';
import { noRunbooks } from '../support/no-runbooks.ts';
import { silentLog } from '../support/silent-log.ts';

/** These tests are about the connection: no store is reached. */
const noStores = new Proxy({} as Stores, {
  get: (_stores, store) =>
    new Proxy(
      {},
      {
        get: (_store, method) => {
          throw new Error(`no test here calls ${String(store)}.${String(method)}`);
        },
      },
    ),
});

describe('the connection to Slack', () => {
  const running: { sandbox: Sandbox; apps: SlackApp[] }[] = [];
  const unhandled: unknown[] = [];
  const onUnhandled = (reason: unknown): void => void unhandled.push(reason);
  process.on('unhandledRejection', onUnhandled);
  process.on('uncaughtException', onUnhandled);

  afterEach(async () => {
    for (const { sandbox, apps } of running.splice(0)) {
      for (const app of apps) await app.stop();
      await sandbox.stop();
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(unhandled.splice(0)).toEqual([]);
  });

  async function workspace(): Promise<{ sandbox: Sandbox; connect: (change?: Partial<SlackAppOptions>) => SlackApp }> {
    const sandbox = await startSandbox();
    const apps: SlackApp[] = [];
    running.push({ sandbox, apps });
    const connect = (change: Partial<SlackAppOptions> = {}): SlackApp => {
      const app = createSlackApp({
        stores: noStores,
        log: silentLog,
        timezone: 'UTC',
        currency: 'USD',
        clock: Date.now,
        newId: () => 'id',
        answering: noAnswering,
        proposals: noProposals,
        stop: noStop,
        cycle: noCycle,
        ownerNotices: noOwnerNotices,
        assessments: noAssessments,
        ...noIncidents,
        runbooks: noRunbooks,
        home: noHome,
        label: () => Promise.reject(new Error('not here')),
        botToken: sandbox.botToken,
        apiUrl: sandbox.apiUrl,
        transport: { mode: 'socket', appToken: sandbox.appToken },
        ...change,
      });
      apps.push(app);
      return app;
    };
    return { sandbox, connect };
  }

  const helpArrives = async (sandbox: Sandbox): Promise<boolean> => {
    const before = sandbox.messages('general', { as: 'maya' }).length;
    const outcome = await sandbox.as('maya').slash('general', '/seepass help');
    if (JSON.stringify(outcome).includes('fail')) return false;
    await sandbox.until(() => sandbox.messages('general', { as: 'maya' }).length > before);
    return true;
  };

  it.each([
    ['SLACK_BOT_TOKEN', { botToken: 'xoxb-wrong-but-secret' }],
    ['SLACK_APP_TOKEN', { transport: { mode: 'socket', appToken: 'xapp-wrong-but-secret' } }],
  ] as const)('refuses to start with a wrong %s and names it without showing it', async (setting, change) => {
    const { connect } = await workspace();
    const failure = await connect(change)
      .start()
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(SeepassError);
    expect(failure).toMatchObject({ code: 'slack_unavailable' });
    expect(failure instanceof SeepassError && failure.line).toContain(setting);
    expect(failure instanceof SeepassError && failure.line).not.toContain('secret');
  });

  it('says that Slack does not answer when nothing is there', async () => {
    const { connect } = await workspace();
    await expect(connect({ apiUrl: 'http://127.0.0.1:9/api/' }).start()).rejects.toMatchObject({
      code: 'slack_unavailable',
      fix: expect.stringContaining('SLACK_API_URL'),
    });
  });

  it('takes signed requests only in HTTP mode, and nothing outside its path', async () => {
    const { connect } = await workspace();
    const app = connect({ transport: { mode: 'http', signingSecret: 'a-signing-secret' } });
    await app.start();
    const server = createServer((request, response) => app.requestListener?.(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const origin = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
    const send = async (path: string, at: number, secret: string): Promise<Response> => {
      const body = JSON.stringify({ type: 'url_verification', challenge: 'abc' });
      const signature = createHmac('sha256', secret).update(`v0:${at}:${body}`).digest('hex');
      const headers = {
        'content-type': 'application/json',
        'x-slack-request-timestamp': String(at),
        'x-slack-signature': `v0=${signature}`,
      };
      return fetch(origin + path, { method: 'POST', headers, body });
    };
    const now = Math.floor(Date.now() / 1000);
    const verified = await send('/slack/events', now, 'a-signing-secret');
    expect([verified.status, await verified.text()]).toEqual([200, expect.stringContaining('abc')]);
    expect((await send('/slack/events', now, 'another-secret')).status).toBe(401);
    expect((await send('/slack/events', now - 301, 'a-signing-secret')).status).toBe(401);
    expect((await send('/slack/other', now, 'a-signing-secret')).status).toBe(404);
    server.closeAllConnections();
    server.close();
  });

  it.each([[true], [false]])('is back within a second of a disconnect (announced: %s)', async (warn) => {
    const { sandbox, connect } = await workspace();
    await connect().start();
    sandbox.control.disconnectSocket({ warn });
    const lost = performance.now();
    await new Promise((resolve) => setTimeout(resolve, 100));
    while (!(await helpArrives(sandbox).catch(() => false))) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(performance.now() - lost).toBeLessThan(2_000);
  });

  it('outlives a token that is refused on reconnect, says so, and comes back when it works again', async () => {
    const lines: string[] = [];
    const log: Log = { ...silentLog, error: (_details, message) => void lines.push(message) };
    const { sandbox, connect } = await workspace();
    await connect({ log }).start();
    sandbox.control.refuse('apps.connections.open', 'invalid_auth', { calls: 2 });
    sandbox.control.disconnectSocket({ warn: false });
    await sandbox.until(() => lines.some((line) => line.includes('cannot reconnect to Slack yet')));
    expect(lines.join()).toContain('SLACK_APP_TOKEN');
    await new Promise((resolve) => setTimeout(resolve, 800));
    expect(await helpArrives(sandbox)).toBe(true);
  });

  it('waits as long as Slack asks before it connects again, and leaves nothing behind by failing', async () => {
    const { sandbox } = await workspace();
    const { appToken, apiUrl } = sandbox;
    const connection = createSocketConnection({ appToken, apiUrl, log: silentLog });
    await connection.start();
    const { client } = connection.receiver;
    const before = client.listenerCount('disconnected');
    sandbox.control.refuse('apps.connections.open', 'internal_error', { calls: 2 });
    sandbox.control.rateLimit('apps.connections.open', { retryAfterSeconds: 1 });
    sandbox.control.disconnectSocket({ warn: false });
    const from = performance.now();
    await new Promise((resolve) => client.once('connected', resolve));
    expect(performance.now() - from).toBeGreaterThan(1_000);
    expect(client.listenerCount('disconnected')).toBeLessThanOrEqual(before);
    await connection.stop();
  });

  it.each([[0], [5], [50], [110], [200]])('stops cleanly %s ms into a reconnect', async (ms) => {
    const { sandbox, connect } = await workspace();
    const app = connect();
    await app.start();
    sandbox.control.slowResponse('apps.connections.open', 60, { calls: 5 });
    sandbox.control.disconnectSocket({ warn: ms % 2 === 0 });
    await new Promise((resolve) => setTimeout(resolve, ms));
    await app.stop();
    const outcome = await sandbox.as('maya').slash('general', '/seepass help');
    expect(JSON.stringify(outcome)).toMatch(/fail|dispatch/);
  });
});
