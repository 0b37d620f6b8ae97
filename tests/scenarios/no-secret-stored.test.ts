/** A copy of the database, taken at any moment, holds none of the secrets in what tools sent. */
import { createHmac, randomUUID } from 'node:crypto';
import { afterEach, expect, it } from 'vitest';
import { loadConfig } from '../../src/config.ts';
import type { WebhookSource } from '../../src/core/sources.ts';
import { createDeliveryWork } from '../../src/delivery-work.ts';
import { createAcceptance, createPayloadAcceptance, createPreparation } from '../../src/event-acceptance.ts';
import { type HttpServer, startHttpServer } from '../../src/http/server.ts';
import { ingest } from '../../src/pipeline/ingest.ts';
import type { DatabaseHandle } from '../../src/postgres/database.ts';
import { createStores } from '../../src/postgres/stores.ts';
import { apiLogSource } from '../../src/sources/api-log.ts';
import { eventsSource } from '../../src/sources/events.ts';
import { webhooks } from '../../src/sources/index.ts';
import { payloadsOf } from '../../src/sources/payload/of-webhook.ts';
import { describeOnEveryDatabase } from '../support/database.ts';
import { dumpTables } from '../support/dump-tables.ts';
import { limits, payloadText, payloadValues } from '../support/payloads.ts';
import { leaksIn, PLANTED, PLANTED_TEXT, plantEverywhere } from '../support/planted-secrets.ts';
import { silentLog } from '../support/silent-log.ts';

const SECRET = 'a-secret-of-each-tool-0123456789';
const TOKEN = 'the-token-of-the-events-door';
const NAMES = ['POSTHOG', 'SENTRY', 'INTERCOM', 'HELPSCOUT', 'API_LOG'];
const config = loadConfig({
  SEEPASS_PSEUDONYM_KEY: 'a-key-of-sixteen-characters',
  SEEPASS_DELIVERY_KEY: 'a-key-of-deliveries-of-thirty-two-characters',
  ...Object.fromEntries(NAMES.map((name) => [`SEEPASS_WEBHOOK_SECRET_${name}`, SECRET])),
});

/** Recorded payloads of every tool, with their headers where what they are stands there. */
const SENT: readonly (readonly [source: string, path: string, headers?: Record<string, string>])[] = [
  ['api_log', 'logs/pino_http.ndjson'],
  ['posthog', 'posthog/posthog_node_batches.jsonl'],
  ['posthog', 'posthog/webhook_destination_default.json'],
  ['sentry', 'sentry/hook_error_COMPOSED.json', { 'sentry-hook-resource': 'error' }],
  ['sentry', 'sentry/hook_issue_COMPOSED.json', { 'sentry-hook-resource': 'issue' }],
  ['sentry', 'sentry/hook_event_alert_COMPOSED.json', { 'sentry-hook-resource': 'event_alert' }],
  ['intercom', 'intercom/notification_COMPOSED.json'],
  ['intercom', 'intercom/ticket_COMPOSED.json'],
  ['helpscout', 'helpscout/conversation.json', { 'x-helpscout-event': 'convo.created' }],
];

const open: HttpServer[] = [];
afterEach(async () => {
  for (const server of open.splice(0)) await server.stop();
});

/** What a tool proves itself with over these bytes. */
function proofOf({ proof }: WebhookSource, body: string): Record<string, string> {
  if (proof.kind === 'shared_secret') return { [proof.headers[0] ?? '']: SECRET };
  const signature = createHmac(proof.algorithm, SECRET).update(body).digest(proof.encoding);
  return { [proof.header]: `${proof.prefix ?? ''}${signature}` };
}

const LEAKS = [...PLANTED.map(([, leak]) => leak), 'secret-token-', 'jane@example.com', SECRET, TOKEN];
describeOnEveryDatabase('the database', (openDatabase) => {
  /** The doors of an app whose worker reads only when it is told to, with parsers that may be broken. */
  async function start(sources: readonly WebhookSource[]) {
    const handle = await openDatabase();
    const context = { workspace: 'local', timezone: 'UTC', clock: () => limits.now, newId: randomUUID };
    const stores = createStores(handle, { ...context, failureStatuses: [], log: silentLog });
    const preparation = createPreparation(config, { kind: 'memory' }, context.clock);
    const accept = createAcceptance(preparation)(eventsSource);
    let reads = false;
    const beats: (() => Promise<unknown>)[] = [];
    const deliveries = createDeliveryWork({
      ...{ config, target: { kind: 'memory' }, stores, preparation, webhooks: sources, ...context, log: silentLog },
      onStored: async () => undefined,
      repeat: (_, work) => {
        beats.push(work);
        return { start: () => undefined, stop: async () => undefined, now: async () => void (reads && (await work())) };
      },
    });
    const server = await startHttpServer({
      ...{ host: '127.0.0.1', port: 0, ingestToken: TOKEN, log: silentLog, readiness: async () => undefined },
      ingest: (records) => ingest([records], { store: stores.events, accept, clock: context.clock }),
      webhooks: deliveries.door,
    });
    open.push(server);
    const post = async (path: string, headers: Record<string, string>, body: string): Promise<number> => {
      const sent = { 'content-type': 'application/json', ...headers };
      return (await fetch(`${server.url}${path}`, { method: 'POST', headers: sent, body })).status;
    };
    const sendAll = async (): Promise<number[]> => {
      const statuses: number[] = [];
      for (const [name, path, headers] of SENT) {
        const source = sources.find((one) => one.name === name);
        if (source === undefined) throw new Error(`there is no ${name}`);
        const values = payloadValues(path).map((value) => JSON.stringify(plantEverywhere(value, PLANTED_TEXT)));
        for (const body of path.endsWith('.ndjson') ? [values.join('\n')] : values)
          statuses.push(
            await post(`/webhooks/${name}?note=planted-query`, { ...headers, ...proofOf(source, body) }, body),
          );
      }
      return statuses;
    };
    const readAll = async (): Promise<void> => {
      reads = true;
      await deliveries.now();
    };
    return { handle, stores, preparation, post, sendAll, readAll };
  }

  const states = async ({ pool }: DatabaseHandle): Promise<Record<string, number>> => {
    const { rows } = await pool.query<{ state: string; n: string }>(
      "SELECT state, count(*) AS n FROM webhook_deliveries WHERE kind = 'sent' GROUP BY state",
    );
    return Object.fromEntries(rows.map(({ state, n }) => [state, Number(n)]));
  };

  it('holds no secret of what came through the door: not before it is read, and not after', async () => {
    const { handle, sendAll, readAll } = await start(webhooks);
    const statuses = await sendAll();
    expect(new Set(statuses)).toEqual(new Set([202]));
    expect(await states(handle)).toEqual({ waiting: statuses.length });
    expect(leaksIn(await dumpTables(handle), LEAKS)).toEqual([]);

    await readAll();
    expect(await states(handle)).toEqual({ parsed: statuses.length });
    const { rows } = await handle.pool.query(
      'SELECT source, count(*)::int AS n FROM events GROUP BY source ORDER BY 1',
    );
    expect(rows.map(({ source }) => source)).toEqual(['api_log', 'intercom', 'posthog', 'sentry']);
    const text = await dumpTables(handle);
    expect(text).toContain('[email]');
    expect(leaksIn(text, LEAKS)).toEqual([]);
  });

  it('holds none of a delivery that could not be read, whatever the error says', async () => {
    const broken = webhooks.map((source) => ({
      ...source,
      parse: () => {
        throw new Error(`cannot read ${PLANTED_TEXT.replaceAll('\n', ' ')}`);
      },
    }));
    const { handle, sendAll, readAll } = await start(broken);
    await sendAll();
    await readAll();
    const { rows } = await handle.pool.query('SELECT DISTINCT last_error FROM webhook_deliveries');
    expect(rows.map(({ last_error }) => last_error)).toEqual([expect.stringContaining('cannot read [email]')]);
    expect(leaksIn(await dumpTables(handle), LEAKS)).toEqual([]);
  });

  it('holds none of what was imported, or posted to /v1/events', async () => {
    const { handle, stores, preparation, post } = await start(webhooks);
    const events = ['ticket', 'error', 'request', 'message', 'tool_call'].map((type) => ({
      ...{
        ts: new Date(limits.now - 1_000).toISOString(),
        source: 'app',
        type,
        surface: `/x?q=${encodeURIComponent(PLANTED_TEXT)}`,
      },
      ...{ user: PLANTED_TEXT.slice(0, 300), account: PLANTED_TEXT.slice(0, 150), id: `${type}-1` },
      meta: {
        text: PLANTED_TEXT,
        message: PLANTED_TEXT,
        stack: PLANTED_TEXT,
        nested: [{ note: PLANTED_TEXT }],
        release: PLANTED_TEXT,
      },
    }));
    const headers = { authorization: `Bearer ${TOKEN}` };
    expect(await post('/v1/events', headers, JSON.stringify(events))).toBe(200);
    expect(
      await post('/v1/events', headers, JSON.stringify({ ts: PLANTED_TEXT, type: PLANTED_TEXT })),
    ).toBeGreaterThanOrEqual(200);
    const lines = payloadText('logs/pino_http.ndjson').trim().split('\n');
    const planted = lines.map((line) => plantEverywhere(JSON.parse(line), PLANTED_TEXT));
    const records = [...planted, ...lines.map((line): unknown => JSON.parse(line))].map((value, index) => ({
      line: index + 1,
      value,
    }));
    const accept = createPayloadAcceptance(preparation)(payloadsOf(apiLogSource));
    const report = await ingest([records], { store: stores.events, accept, clock: () => limits.now });
    expect(report.stored).toBeGreaterThan(50);
    expect(leaksIn(await dumpTables(handle), LEAKS)).toEqual([]);
  });
});

it('finds a secret in each of its forms, if it were there', () => {
  for (const leak of LEAKS)
    for (const before of ['', 'a', 'ab']) {
      const bytes = Buffer.from(`${before}${leak}, and more`);
      for (const text of [
        bytes.toString(),
        encodeURIComponent(bytes.toString()),
        bytes.toString('hex'),
        bytes.toString('base64'),
      ])
        expect(leaksIn(`row ${text}`, LEAKS)).not.toEqual([]);
    }
});
