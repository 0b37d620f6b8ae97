/** What is pushed through the door and what is read from the tool are the same events. */
import { createHmac } from 'node:crypto';
import { beforeEach, expect, it, onTestFinished } from 'vitest';
import { loadConfig } from '../../src/config.ts';
import type { Source } from '../../src/core/records.ts';
import { createDeliveryWork } from '../../src/delivery-work.ts';
import { createPayloadAcceptance, createPreparation } from '../../src/event-acceptance.ts';
import { startHttpServer } from '../../src/http/server.ts';
import { runBackfill } from '../../src/pipeline/backfill/run-backfill.ts';
import type { DatabaseHandle } from '../../src/postgres/database.ts';
import { createStores } from '../../src/postgres/stores.ts';
import { helpscoutSource } from '../../src/sources/helpscout.ts';
import { webhooks } from '../../src/sources/index.ts';
import { intercomSource } from '../../src/sources/intercom.ts';
import { payloadsOf } from '../../src/sources/payload/of-webhook.ts';
import { createFetchFromTool, createToolReader } from '../../src/tool-access.ts';
import { describeOnOneDatabase } from '../support/database.ts';
import { createStoreContext } from '../support/store-context.ts';
import { intercomHolding } from './made-up-intercom.ts';
import { madeUpTools, SINCE } from './made-up-tools.ts';

const SECRET = 'the-secret-of-this-test';
const KEYS = { SEEPASS_DELIVERY_KEY: SECRET, SEEPASS_PSEUDONYM_KEY: SECRET };

describeOnOneDatabase('events of a tool', (open) => {
  let handle: DatabaseHandle;
  beforeEach(async () => {
    handle = await open();
  });

  async function start(name: 'helpscout' | 'intercom') {
    const made = madeUpTools.find((tool) => tool.name === name);
    if (made === undefined) throw new Error(`there is no ${name}`);
    const tool = await made.start();
    onTestFinished(() => tool.stop());
    const context = createStoreContext({ clock: () => Date.parse('2026-11-21T12:00:00Z') });
    const { clock, newId, log } = context;
    const stores = createStores(handle, context);
    const secrets = { SEEPASS_WEBHOOK_SECRET_HELPSCOUT: SECRET, SEEPASS_WEBHOOK_SECRET_INTERCOM: SECRET };
    const config = loadConfig({ ...KEYS, ...secrets, ...made.settings(tool.url) });
    const preparation = createPreparation(config, { kind: 'memory' }, clock);
    const fetchNeed = createFetchFromTool(config.tools, clock);
    const work = createDeliveryWork({
      ...{ config, target: { kind: 'memory' }, stores, webhooks, preparation, onStored: async () => undefined },
      ...{ clock, newId, log, ...(fetchNeed && { fetchNeed }) },
    });
    const server = await startHttpServer({
      ...{ host: '127.0.0.1', port: 0, ingestToken: undefined, log, readiness: async () => undefined },
      ...{ webhooks: work.door, ingest: () => Promise.reject(new Error('nothing is ingested here')) },
    });
    onTestFinished(() => server.stop());
    const push = async (body: string, headers: Record<string, string>, source: Source = name) =>
      (
        await fetch(`${server.url}/webhooks/${source}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', ...headers },
          body,
        })
      ).status;
    const source = payloadsOf(name === 'helpscout' ? helpscoutSource : intercomSource);
    const backfill = () =>
      runBackfill({
        ...{ source: name, since: Date.parse(SINCE), clock, actor: 'cli:test', events: stores.events },
        reader: createToolReader(config.tools, name, clock, { wait: async () => undefined }),
        ...{ accept: createPayloadAcceptance(preparation)(source), backfills: stores.backfills },
      });
    const storedIds = async () =>
      (await handle.pool.query('SELECT source_id FROM events')).rows.map(({ source_id }) => String(source_id)).sort();
    return { made, tool, push, work, backfill, storedIds };
  }

  const signed = (body: string, encoding: 'hex' | 'base64') => createHmac('sha1', SECRET).update(body).digest(encoding);

  it('are stored once, whether Intercom sends them or they are read from it', async () => {
    const { made, push, work, backfill, storedIds } = await start('intercom');
    const item = intercomHolding(15, Date.parse(SINCE)).conversations[2];
    const body = JSON.stringify({
      ...{ type: 'notification_event', id: 'notif_1', app_id: 'abc123', topic: 'conversation.admin.replied' },
      data: { type: 'notification_event_data', item },
    });
    const signature = { 'x-hub-signature': `sha1=${signed(body, 'hex')}` };
    expect(await push(body, signature)).toBe(202);
    await work.now();
    expect(await storedIds()).toEqual(['conversation_9002', 'conversation_9002_part_2']);
    expect(await backfill()).toMatchObject({ stored: made.ids.length - 2, duplicates: 2 });
    expect(await storedIds()).toEqual(made.ids.toSorted());
    // Pushed once more, as a retry and as another notification of the same.
    expect([await push(body, signature), await push(body.replace('notif_1', 'notif_2'), signature)]).toEqual([
      202, 401,
    ]);
    await work.now();
    expect(await storedIds()).toEqual(made.ids.toSorted());
  });

  it('are stored once, whether Help Scout names them or they are read from it', async () => {
    const { made, tool, push, work, backfill, storedIds } = await start('helpscout');
    const body = JSON.stringify({ id: 7 });
    const headers = {
      'x-helpscout-event': 'convo.agent.reply.created',
      'x-helpscout-signature': signed(body, 'base64'),
    };
    expect(await push(body, headers)).toBe(202);
    await work.now();
    expect(await storedIds()).toEqual(['conversation_7', 'conversation_7_thread_701']);
    expect(await backfill()).toMatchObject({ stored: made.ids.length - 2, duplicates: 2 });
    expect(await storedIds()).toEqual(made.ids.toSorted());
    expect(tool.refused).toEqual([]);
  });

  it.each([
    ['without a signature', {}],
    ["with another body's", { 'x-hub-signature': `sha1=${signed('other', 'hex')}` }],
    ['with half of one', { 'x-hub-signature': 'sha1=abcdef' }],
    ['with that of Help Scout', { 'x-helpscout-signature': signed('{}', 'base64') }],
    ['without its prefix', { 'x-hub-signature': signed('{}', 'hex') }],
    ['in another encoding', { 'x-hub-signature': `sha1=${signed('{}', 'base64')}` }],
  ])('are refused %s', async (_what, headers) => {
    const { push, work, storedIds } = await start('intercom');
    expect(await push('{}', headers)).toBe(401);
    await work.now();
    expect(await storedIds()).toEqual([]);
  });
});
