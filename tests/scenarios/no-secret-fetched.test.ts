/** A copy of the database, taken at any moment, holds none of the secrets in what is asked of a tool: not while it waits, fails or is stored. */
import { expect, it, onTestFinished } from 'vitest';
import { loadConfig } from '../../src/config.ts';
import type { JsonObject, Source } from '../../src/core/records.ts';
import { createPayloadAcceptance, createPreparation } from '../../src/event-acceptance.ts';
import { runBackfill } from '../../src/pipeline/backfill/run-backfill.ts';
import type { FetchFromTool } from '../../src/pipeline/backfill/tool-reader.ts';
import { createStores } from '../../src/postgres/stores.ts';
import { findWebhookSource } from '../../src/sources/index.ts';
import { payloadsOf } from '../../src/sources/payload/of-webhook.ts';
import { type Backfilled, createFetchFromTool, createToolReader } from '../../src/tool-access.ts';
import { describeOnEveryDatabase } from '../support/database.ts';
import { dumpTables } from '../support/dump-tables.ts';
import { limits, payloadValues } from '../support/payloads.ts';
import { leaksIn, PLANTED, PLANTED_TEXT, plantEverywhere } from '../support/planted-secrets.ts';
import { json, startScriptedServer } from '../support/scripted-server.ts';
import { createStoreContext } from '../support/store-context.ts';
import { startWebhookApp } from '../support/webhook-app.ts';

const HOUR = 3_600_000;
/** Each looks through a whole database three times. */
const TIMEOUT_MS = 240_000;
const CREDENTIAL = 'planted-credential-of-the-tool';
const TOKEN = 'planted-token-of-the-tool';
const LEAKS = [...PLANTED.map(([, leak]) => leak), CREDENTIAL, TOKEN];
/** No header holds a line break. */
const HEADERS = {
  'set-cookie': 'sid=planted-cookie-1',
  'x-note': PLANTED_TEXT.replaceAll('\n', ' '),
  'x-request-id': 'planted.person@example.com',
};

const planted = (path: string): unknown => plantEverywhere(payloadValues(path)[0], PLANTED_TEXT);
const valuesOf = (value: unknown): JsonObject => JSON.parse(JSON.stringify(value));

const helpScoutThreads = valuesOf(planted('helpscout/threads_page.json'));
const intercomConversation = Object.values(valuesOf(planted('intercom/conversation_openapi.json')))[0];
const { data: { item: intercomTicket } = {} }: { data?: { item?: unknown } } = Object(
  planted('intercom/ticket_COMPOSED.json'),
);
const sentryEvent = plantEverywhere(
  { ...valuesOf(payloadValues('sentry/sentry_node_events.jsonl')[0]), culprit: `at ${PLANTED_TEXT}` },
  PLANTED_TEXT,
);

/** What each tool answers by path, secrets in all of it. */
const ANSWERS: readonly (readonly [path: RegExp, body: unknown])[] = [
  [/^\/v2\/oauth2\/token$/, { token_type: 'bearer', access_token: TOKEN, expires_in: 172_800 }],
  [/^\/v2\/conversations\/\d+$/, planted('helpscout/conversation.json')],
  [/^\/v2\/conversations\/\d+\/threads/, helpScoutThreads],
  [/^\/v2\/customers\/\d+$/, { organization: PLANTED_TEXT, emails: [{ value: 'planted.person@example.com' }] }],
  [
    /^\/v2\/conversations\?/,
    { _embedded: { conversations: [planted('helpscout/conversation.json')] }, page: { totalPages: 1 } },
  ],
  [/^\/api\/0\/organizations\/acme\/issues\/\d+\/events\/latest\/$/, sentryEvent],
  [/^\/me$/, { type: 'admin', email: 'planted.person@example.com', app: { id_code: 'abc123' } }],
  [/^\/conversations\/search$/, { conversations: [{ id: '503', title: PLANTED_TEXT }], pages: {} }],
  [/^\/conversations\/503$/, intercomConversation],
  [/^\/tickets\/search$/, { tickets: [{ id: '31', title: PLANTED_TEXT }], pages: {} }],
  [/^\/tickets\/31$/, intercomTicket],
];

const SETTINGS = (url: string): Record<string, string> => ({
  SEEPASS_HELPSCOUT_URL: url,
  SEEPASS_HELPSCOUT_APP_ID: 'app-id',
  SEEPASS_HELPSCOUT_APP_SECRET: CREDENTIAL,
  SEEPASS_SENTRY_URL: url,
  SEEPASS_SENTRY_TOKEN: CREDENTIAL,
  SEEPASS_SENTRY_ORGANISATION: 'acme',
  SEEPASS_INTERCOM_URL: url,
  SEEPASS_INTERCOM_TOKEN: CREDENTIAL,
});

/** The tools on this machine; while they are down they say what is wrong, secrets and all. */
async function startTools() {
  let down = false;
  const { url, stop } = await startScriptedServer(({ path }, response) => {
    const isToken = path.endsWith('/token');
    if (down && !isToken) return json(response, 503, { error: PLANTED_TEXT }, { ...HEADERS, 'retry-after': '1' });
    const found = ANSWERS.find(([pattern]) => pattern.test(path));
    if (found === undefined) return json(response, 404, { error: PLANTED_TEXT }, HEADERS);
    return json(response, 200, found[1], HEADERS);
  });
  onTestFinished(() => stop());
  const goes = (what: 'down' | 'up'): void => {
    down = what === 'down';
  };
  return { tools: loadConfig(SETTINGS(url)).tools, goes };
}

describeOnEveryDatabase('the database', (open) => {
  it.each([
    ['helpscout', { id: 123, note: PLANTED_TEXT }, { 'x-helpscout-event': 'convo.created' }, 'ticket'],
    [
      'sentry',
      { action: 'created', data: { issue: { id: '703', title: PLANTED_TEXT } } },
      { 'sentry-hook-resource': 'issue' },
      'error',
    ],
  ] as const)(
    'holds no secret of what %s is asked for: not before, not while it fails, not after',
    async (name, notice, headers, type) => {
      const handle = await open();
      const { tools, goes } = await startTools();
      const asking: { ask?: FetchFromTool | undefined } = {};
      const fetchNeed: FetchFromTool = async (source, need) => {
        if (asking.ask === undefined) throw new Error(`not connected yet: ${PLANTED_TEXT}`);
        return asking.ask(source, need);
      };
      const app = await startWebhookApp(handle, { now: limits.now, fetchNeed });
      onTestFinished(() => app.stop());
      const source = findWebhookSource(name);
      if (source === undefined) throw new Error(`there is no ${name}`);
      expect((await app.send(source, JSON.stringify(notice), headers)).status).toBe(202);

      const isClean = async (state: string): Promise<void> => {
        await app.work.now();
        const { rows } = await handle.pool.query("SELECT state FROM webhook_deliveries WHERE kind = 'fetch'");
        expect(rows).toEqual([{ state }]);
        expect(leaksIn(await dumpTables(handle), LEAKS)).toEqual([]);
        app.context.advance(HOUR);
      };
      await isClean('waiting');
      asking.ask = createFetchFromTool(tools, app.context.clock);
      goes('down');
      await isClean('waiting');
      goes('up');
      await isClean('parsed');
      const { rows } = await handle.pool.query<{ text: string }>(
        'SELECT meta::text AS text FROM events WHERE type = $1',
        [type],
      );
      expect(rows).toHaveLength(1);
      expect(rows[0]?.text).toMatch(/\[(?:email|card|iban|token|ip|phone)\]/);
    },
    TIMEOUT_MS,
  );

  it.each(['helpscout', 'intercom'] as const)(
    'holds none of what a backfill of %s reads, or fails to',
    async (name) => {
      const handle = await open();
      const { tools, goes } = await startTools();
      const context = createStoreContext({ clock: () => limits.now });
      const stores = createStores(handle, context);
      const source = findWebhookSource(name);
      if (source === undefined) throw new Error(`there is no ${name}`);
      const preparation = createPreparation(
        loadConfig({ SEEPASS_PSEUDONYM_KEY: 'a-key-of-sixteen-characters' }),
        { kind: 'memory' },
        context.clock,
      );
      const run = () =>
        runBackfill({
          ...{ source: name satisfies Source & Backfilled, since: Date.UTC(2017, 0, 1), clock: context.clock },
          ...{ actor: 'cli:test', events: stores.events, backfills: stores.backfills },
          reader: createToolReader(tools, name, context.clock, { wait: async () => undefined }),
          accept: createPayloadAcceptance(preparation)(payloadsOf(source)),
        });
      goes('down');
      await expect(run()).rejects.toThrow(/takes no more questions/);
      expect(leaksIn(await dumpTables(handle), LEAKS)).toEqual([]);
      goes('up');
      expect((await run()).stored).toBeGreaterThan(0);
      const text = await dumpTables(handle);
      expect(leaksIn(text, LEAKS)).toEqual([]);
      expect(text).toMatch(/\[(?:email|card|iban|token|ip|phone)\]/);
    },
  );
});
