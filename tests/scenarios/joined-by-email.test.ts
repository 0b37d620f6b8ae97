/** People that several tools know by their e-mail address are one where that is declared, and no table holds an address. */
import '../support/property-draws.ts';
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { checkIdentity } from '../../src/cli/check-sources.ts';
import { loadConfig } from '../../src/config.ts';
import { WORKSPACE_CONFIG_KEY } from '../../src/core/policy/approval-settings.ts';
import type { JsonObject, Source } from '../../src/core/records.ts';
import { createAcceptance, createPayloadAcceptance, readPreparation } from '../../src/event-acceptance.ts';
import { ingest } from '../../src/pipeline/ingest.ts';
import type { DatabaseHandle } from '../../src/postgres/database.ts';
import { createStores } from '../../src/postgres/stores.ts';
import { appSource } from '../../src/sources/app.ts';
import { findWebhookSource } from '../../src/sources/index.ts';
import { payloadsOf } from '../../src/sources/payload/of-webhook.ts';
import { describeOnOneDatabase } from '../support/database.ts';
import { dumpTables } from '../support/dump-tables.ts';
import { createStoreContext } from '../support/store-context.ts';
import { startWebhookApp } from '../support/webhook-app.ts';

const NOW = Date.UTC(2026, 10, 21, 12);
const AT = NOW - 3_600_000;
const TOOLS = ['posthog', 'intercom', 'helpscout', 'sentry', 'api_log', 'app'] as const satisfies readonly Source[];
const BY_EMAIL = { identity: TOOLS.map((source) => ({ source, user: 'email' })) };

/** How a tool names a person: by an id of its own, and by an address wherever one can stand, once in other letters. */
type Telling = (id: string, address: string) => unknown;

const shouted = (address: string): string => ` ${address.toUpperCase()}`;
const at = new Date(AT).toISOString();

const POSTHOG: Telling = (id, address) => ({
  event: {
    ...{ uuid: randomUUID(), event: 'saved', distinct_id: `ph-${id}`, timestamp: at },
    properties: { $current_url: `https://x.example.com/a?by=${address}`, email: address, note: `for ${address}` },
  },
  person: { name: address, properties: { email: shouted(address) } },
});

const INTERCOM: Telling = (id, address) => ({
  ...{ type: 'notification_event', id: randomUUID(), topic: 'conversation.user.created', app_id: 'abc' },
  data: {
    item: {
      ...{ type: 'conversation', id: randomUUID(), created_at: AT / 1_000, title: `Hello from ${address}` },
      source: { body: `<p>I am ${address}</p>`, author: { type: 'user', id: `ic-${id}`, email: shouted(address) } },
      contacts: { contacts: [{ id: `ic-${id}`, external_id: `crm-${id}` }] },
    },
  },
});

const HELPSCOUT: Telling = (id, address) => ({
  conversation: { id: randomUUID(), subject: `From ${address}`, createdBy: { email: address }, cc: [address] },
  threads: [
    {
      ...{ id: 1, type: 'customer', body: `I am ${address}`, createdAt: at, to: [address] },
      createdBy: { id: `hs-${id}`, type: 'customer', email: shouted(address) },
    },
  ],
});

const SENTRY: Telling = (id, address) => ({
  ...{ event_id: randomUUID(), timestamp: AT / 1_000, level: 'error', transaction: `/a/${address}` },
  ...{ user: { id: `se-${id}`, email: shouted(address), username: address }, tags: [['user', `email:${address}`]] },
  exception: { values: [{ type: 'Failure', value: `${address} may not` }] },
});

const API_LOG: Telling = (id, address) => ({
  ...{
    level: 50,
    time: at,
    msg: `sent to ${address}`,
    req: { id: randomUUID(), method: 'GET', url: `/a?to=${address}` },
  },
  ...{ res: { statusCode: 500 }, userId: `api-${id}`, user_email: shouted(address), account: address },
  err: { message: `${address} is unknown`, stack: `Error: ${address} is unknown\n    at send (/srv/send.js:1:2)` },
});

const APP: Telling = (id, address) => ({
  ...{ ts: at, type: 'message', user: `app-${id}`, email: shouted(address), account: address },
  meta: { role: 'customer', text: `I am ${address}`, email: address, list: [address] },
});

const TELLING: Readonly<Record<(typeof TOOLS)[number], Telling>> = {
  ...{ posthog: POSTHOG, intercom: INTERCOM, helpscout: HELPSCOUT, sentry: SENTRY, api_log: API_LOG, app: APP },
};

/** Addresses that cannot be in a database by chance. */
const addresses = fc
  .tuple(
    fc.stringMatching(/^[a-z][a-z0-9._+-]{0,12}[a-z0-9]$/),
    fc.stringMatching(/^[a-z]{4,9}\.(?:io|co\.uk|example)$/),
  )
  .map(([local, domain]) => `planted${local.replaceAll('..', '.')}@${domain}`);

describeOnOneDatabase('people with an e-mail address', (open) => {
  async function start(declared: JsonObject) {
    const handle = await open();
    const context = createStoreContext({ timezone: 'UTC' });
    context.advance(NOW - context.clock());
    const stores = createStores(handle, context);
    await stores.settings.set(WORKSPACE_CONFIG_KEY, declared, 'system');
    return { handle, stores, clock: context.clock };
  }

  /** What a tool sends or an export holds, as `import` reads it. */
  async function bring({ stores, clock }: Awaited<ReturnType<typeof start>>, source: Source, sent: readonly unknown[]) {
    const config = loadConfig({ SEEPASS_PSEUDONYM_KEY: 'a-key-of-sixteen-characters' });
    const preparation = await readPreparation(config, { stores, target: { kind: 'memory' } }, clock);
    const tool = findWebhookSource(source);
    const accept = tool
      ? createPayloadAcceptance(preparation)(payloadsOf(tool))
      : createAcceptance(preparation)(appSource);
    const records = sent.map((value, index) => ({ line: index + 1, value }));
    return ingest([records], { store: stores.events, accept, clock });
  }

  const people = async ({ pool }: DatabaseHandle): Promise<Record<string, string[]>> => {
    const { rows } = await pool.query<{ source: string; users: string[] }>(
      'SELECT source, array_agg(DISTINCT "user" ORDER BY "user") AS users FROM events WHERE "user" IS NOT NULL GROUP BY source',
    );
    return Object.fromEntries(rows.map(({ source, users }) => [source, users]));
  };

  it('are one in every tool where that is declared, pushed or imported, and doctor says how many match', async () => {
    const started = await start(BY_EMAIL);
    const { handle, stores } = started;
    const fetched = new Map<string, JsonObject>();
    const app = await startWebhookApp(handle, {
      now: NOW,
      fetchNeed: async (_source, { id }) => fetched.get(id) ?? { gone: true },
    });
    for (const [n, address] of ['ann@example.com', 'bob@example.com'].entries())
      for (const name of ['posthog', 'intercom', 'sentry', 'api_log', 'helpscout'] as const) {
        const source = findWebhookSource(name);
        if (source === undefined) throw new Error(`there is no ${name}`);
        let body = TELLING[name](`${n}`, address);
        if (name === 'helpscout') {
          fetched.set(`${n + 1}`, JSON.parse(JSON.stringify(body)));
          body = { id: n + 1 };
        }
        const headers = name === 'helpscout' ? { 'x-helpscout-event': 'convo.created' } : {};
        expect((await app.send(source, JSON.stringify(body), headers as Record<string, string>)).status).toBe(202);
      }
    await app.work.now();
    await app.stop();

    const pushed = await people(handle);
    expect(Object.keys(pushed).sort()).toEqual(['api_log', 'helpscout', 'intercom', 'posthog', 'sentry']);
    expect(new Set(Object.values(pushed).map((users) => users.join())).size).toBe(1);
    expect(pushed.posthog).toHaveLength(2);
    const [check] = await checkIdentity(stores, NOW);
    expect(check).toMatchObject({ state: 'ok', found: expect.stringContaining('2 of 2 users in posthog seen in') });

    await handle.pool.query('TRUNCATE events');
    for (const source of TOOLS)
      expect(await bring(started, source, [TELLING[source]('7', 'cem@example.com')])).toMatchObject({ stored: 1 });
    const imported = await people(handle);
    expect(Object.keys(imported)).toHaveLength(TOOLS.length);
    expect(new Set(Object.values(imported).flat()).size).toBe(1);
  });

  it('are strangers where nothing is declared', async () => {
    const started = await start({});
    for (const source of TOOLS) await bring(started, source, [TELLING[source]('7', 'cem@example.com')]);
    expect(new Set(Object.values(await people(started.handle)).flat()).size).toBe(TOOLS.length);
  });

  it('are known by what their tool sends, where it sends no address', async () => {
    const started = await start(BY_EMAIL);
    const rows = [
      { ts: at, type: 'action', user: 'u-1' },
      { ts: at, type: 'action', user: 'u-1', email: 'nobody' },
    ];
    await bring(started, 'app', rows);
    expect((await people(started.handle)).app).toHaveLength(1);
  });

  it.each(TOOLS)('leave no address in any table, from %s', async (source) => {
    for (const declared of [BY_EMAIL, {}]) {
      const started = await start(declared);
      const drawn = fc.sample(addresses, 100);
      const report = await bring(
        started,
        source,
        drawn.map((address, n) => TELLING[source](`${n}`, address)),
      );
      expect(report).toMatchObject({ stored: drawn.length, rejected: 0 });
      const text = (await dumpTables(started.handle)).toLowerCase();
      expect(/\[(?:email|user)\]/.test(text)).toBe(true);
      const locals = drawn.map((address) => address.slice(0, address.indexOf('@')));
      expect([...drawn, ...locals.filter((local) => local.length > 9)].filter((leak) => text.includes(leak))).toEqual(
        [],
      );
    }
  });
});
