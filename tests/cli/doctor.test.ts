import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { readManifest } from '../../src/manifest.ts';
import type { OpenStores } from '../../src/open-stores.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { quickestTarget, type Target } from '../scenarios/targets.ts';
import { openScenario, sandboxSettings } from '../scenarios/workspace.ts';
import { startEmbeddingServer } from '../support/embedding-server.ts';
import { runbookText } from '../support/runbook-text.ts';
import { seepassHere } from './here.ts';

interface Check {
  name: string;
  state: 'ok' | 'warn' | 'fail';
  found: string;
  fix: string | null;
}

let target: Target;
let opened: OpenStores;
beforeAll(async () => {
  target = await quickestTarget.make();
  opened = await openScenario(target.database);
});
afterAll(async () => {
  await opened.close();
  await target.drop();
});

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await startSandbox({ scopes: readManifest().scopes });
});
afterEach(async () => {
  vi.restoreAllMocks();
  await sandbox.stop();
});

/** Runs the doctor in this sandbox; a check's state by its name, and everything that failed. */
async function examine(settings: Record<string, string> = {}, database = target.database) {
  const args = ['doctor', '--database', database, '--json'];
  const { code, stdout, stderr } = await seepassHere(args, sandboxSettings(sandbox, settings));
  expect(stderr).toBe('');
  const { healthy, checks }: { healthy: boolean; checks: Check[] } = JSON.parse(stdout);
  expect([code, healthy]).toEqual(healthy ? [0, true] : [1, false]);
  return {
    healthy,
    states: Object.fromEntries(checks.map(({ name, state }) => [name, state])),
    failed: checks.filter(({ state }) => state === 'fail').map(({ name, found, fix }) => `${name}: ${found} ${fix}`),
  };
}

it('finds everything in order where the app has what manifest.yml asks for', async () => {
  const { healthy, states, failed } = await examine();
  expect(failed).toEqual([]);
  expect(healthy).toBe(true);
  expect(states).toEqual({
    settings: 'ok',
    database: 'ok',
    // What opening the database set waits for a running Seepass.
    audit: 'warn',
    deliveries: 'ok',
    events: 'warn',
    'fire drill': 'warn',
    'latest digest day': 'warn',
    'Slack bot token': 'ok',
    'Slack scopes': 'ok',
    'Slack app token': 'ok',
    clock: 'ok',
    'language model': 'ok',
    embeddings: 'ok',
  });
});

it('says how far the runbooks are embedded, and what to do where the provider refuses', async () => {
  const server = await startEmbeddingServer();
  const settings = { SEEPASS_EMBEDDINGS_URL: server.url, SEEPASS_EMBEDDINGS_MODEL: 'matters' };
  const stateNow = async () => (await examine(settings)).states.embeddings;
  expect(await stateNow()).toBe('ok');
  const by = { actor: 'U_MAYA', role: 'admin', channel: null } as const;
  const { runbook } = await opened.stores.runbooks.add(runbookText('Walrus', ['Herring.']), by);
  expect(await stateNow()).toBe('warn');
  await opened.stores.runbooks.remove(runbook.number, by);
  const elsewhere = await examine(settings, 'postgres://seepass:x@127.0.0.1:1/none');
  expect(elsewhere.states).toMatchObject({ database: 'fail', embeddings: 'ok' });
  server.fail(401);
  const { failed } = await examine(settings);
  expect(failed).toEqual([
    expect.stringMatching(/^embeddings: .* \(HTTP 401\)\. Check SEEPASS_EMBEDDINGS_URL.*Until then/),
  ]);
  await server.stop();
});

it('says that Slack refuses all messages, since when, and that none is lost', async () => {
  await opened.stores.outbox.hold('token_revoked', Date.now() + 300_000);
  const { failed } = await examine();
  await opened.stores.outbox.release();
  expect(failed).toEqual([
    expect.stringMatching(/^messages: .* since \S+ \(token_revoked\); they wait .* nothing is lost\.$/),
  ]);
});

it('says of a revoked token which one, and what to do', async () => {
  sandbox.control.revokeToken();
  const { failed } = await examine();
  expect(failed[0]).toMatch(/^Slack bot token: Slack says \w+ Copy the Bot User OAuth Token again/);
});

it('says of a wrong app-level token where to make one', async () => {
  const { failed } = await examine({ SLACK_APP_TOKEN: 'xapp-of-another-app' });
  expect(failed).toEqual([expect.stringMatching(/^Slack app token: Slack says invalid_auth Make an app-level token/)]);
});

it('names the scopes that are missing', async () => {
  await sandbox.stop();
  const missing = ['channels:history', 'commands'];
  sandbox = await startSandbox({ scopes: readManifest().scopes.filter((scope) => !missing.includes(scope)) });
  const { failed } = await examine();
  expect(failed).toEqual([
    'Slack scopes: missing commands, channels:history Update the app from manifest.yml, then reinstall it to the workspace.',
  ]);
});

it.each([
  [120_000, /^clock: 1(19|20|21) s ahead of Slack Turn on time synchronisation/],
  [-90_000, /^clock: (89|90|91) s behind Slack Turn on time synchronisation/],
])('sees a clock that is %d ms off', async (skew, words) => {
  const now = Date.now.bind(Date);
  vi.spyOn(Date, 'now').mockImplementation(() => now() + skew);
  const { failed } = await examine();
  expect(failed).toEqual([expect.stringMatching(words)]);
});

it('goes on to Slack when the database is down, and shows no password', async () => {
  const { states, failed } = await examine({}, 'postgres://me:secret@127.0.0.1:1/none');
  expect(failed).toEqual([expect.stringMatching(/^database: .* nothing listens there\. Start the server/)]);
  expect(failed.join()).not.toContain('secret');
  expect(states['Slack bot token']).toBe('ok');
});

it('says so when Slack cannot be reached at all', async () => {
  const { failed } = await examine({ SLACK_API_URL: 'http://127.0.0.1:1/api/' });
  expect(failed).toEqual([expect.stringMatching(/^Slack: http:\/\/127\.0\.0\.1:1\/api\/ did not answer/)]);
});

it('stops at settings that do not parse, and says which', async () => {
  const { failed } = await examine({ SEEPASS_CURRENCY: 'dollars' });
  expect(failed).toEqual([expect.stringMatching(/^settings: .*SEEPASS_CURRENCY must be an ISO 4217 code/s)]);
});

it('tells people the same, each fix under what it found', async () => {
  const settings = sandboxSettings(sandbox, { SLACK_BOT_TOKEN: '', SEEPASS_CHANNEL: '' });
  const { code, stdout } = await seepassHere(['doctor', '--database', target.database], settings);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^ok {4}settings: zone Europe\/Berlin, currency USD\n/);
  expect(stdout).toMatch(/^note {2}Slack: not connected\n {6}-> Create the app from manifest\.yml/m);
});
