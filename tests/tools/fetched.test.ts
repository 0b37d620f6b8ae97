import { beforeEach, expect, it, onTestFinished } from 'vitest';
import { loadConfig } from '../../src/config.ts';
import { createReceiver } from '../../src/pipeline/deliveries/receive.ts';
import { createDeliveryWorker, type DeliveryWorker } from '../../src/pipeline/deliveries/work.ts';
import type { DatabaseHandle } from '../../src/postgres/database.ts';
import { createStores } from '../../src/postgres/stores.ts';
import { findWebhookSource } from '../../src/sources/index.ts';
import { createFetchFromTool } from '../../src/tool-access.ts';
import { describeOnOneDatabase } from '../support/database.ts';
import { sealingWith, sha256 } from '../support/deliveries.ts';
import { prepareEvent } from '../support/storable-event.ts';
import { createStoreContext } from '../support/store-context.ts';
import { type MadeUpTool, TOO_MUCH_S } from './made-up-tool.ts';
import { madeUpTools, SINCE } from './made-up-tools.ts';

const going = new AbortController().signal;
const [helpscout, , sentry] = madeUpTools;
if (helpscout === undefined || sentry === undefined) throw new Error('a tool is missing');

describeOnOneDatabase('what a delivery names', (open) => {
  let handle: DatabaseHandle;
  let context: ReturnType<typeof createStoreContext>;
  let now: number;
  beforeEach(async () => {
    handle = await open();
    now = Date.parse(SINCE) + 90 * 86_400_000;
    context = createStoreContext({ clock: () => now });
  });

  /** The queue, its worker, and a tool that is asked for what deliveries name. */
  async function start(
    made: typeof helpscout,
  ): Promise<{ tool: MadeUpTool; worker: DeliveryWorker; receive: Receive }> {
    if (made === undefined) throw new Error('a tool is missing');
    const tool = await made.start();
    onTestFinished(() => tool.stop());
    const sealing = sealingWith('the key of this test');
    const { deliveries: store } = createStores(handle, context);
    const { clock, newId, log } = context;
    const fetchNeed = createFetchFromTool(loadConfig(made.settings(tool.url)).tools, clock);
    const limits = () => ({ now, currency: 'USD' });
    const reading = { sealing, sha256, newId, prepare: prepareEvent, findSource: findWebhookSource, limits, fetchNeed };
    const receiver = createReceiver({ store, sealing, sha256, wake: () => undefined, clock, newId });
    const receive: Receive = (headers, body) =>
      receiver.receive({ source: made.name, headers, body: Buffer.from(JSON.stringify(body)), deliveryId: null });
    return { tool, worker: createDeliveryWorker({ store, reading, clock, log }), receive };
  }

  const stored = async () =>
    (await handle.pool.query('SELECT source_id, account FROM events ORDER BY source_id')).rows.map((row) => [
      row.source_id,
      row.account,
    ]);
  const conversation = [
    ['conversation_7', 'Company 2'],
    ['conversation_7_thread_701', 'Company 2'],
  ];

  it('is fetched from Help Scout, and stored like what a backfill brings', async () => {
    const { tool, worker, receive } = await start(helpscout);
    await receive({ 'x-helpscout-event': 'convo.created' }, { id: 7 });
    await receive({ 'x-helpscout-event': 'convo.agent.reply.created' }, { id: 7, threads: 2 });
    await worker.work('sent', going);
    expect(await stored()).toEqual([]);
    expect(await worker.work('fetch', going)).toBe(2);
    expect(await stored()).toEqual(conversation);
    expect(tool.refused).toEqual([]);
  });

  it('is asked for again no sooner than the tool says', async () => {
    const { tool, worker, receive } = await start(helpscout);
    await receive({ 'x-helpscout-event': 'convo.created' }, { id: 7 });
    await worker.work('sent', going);
    tool.troubles((n) => (n === 2 ? 'too much' : null));
    await worker.work('fetch', going);
    const asked = tool.asked.length;
    now += TOO_MUCH_S * 1_000 - 1;
    expect(await worker.work('fetch', going)).toBe(0);
    expect(tool.asked.length).toBe(asked);
    now += 1;
    await worker.work('fetch', going);
    expect(await stored()).toEqual(conversation);
  });

  it('that is gone says nothing, and is done', async () => {
    const { tool, worker, receive } = await start(helpscout);
    await receive({ 'x-helpscout-event': 'convo.created' }, { id: 9_999 });
    await worker.work('sent', going);
    expect(await worker.work('fetch', going)).toBe(1);
    expect(await worker.work('fetch', going)).toBe(0);
    expect([await stored(), tool.refused]).toEqual([[], []]);
  });

  it('is the event behind an issue of Sentry', async () => {
    const { tool, worker, receive } = await start(sentry);
    const issue = { action: 'created', data: { issue: { id: '703' } } };
    await receive({ 'sentry-hook-resource': 'issue' }, issue);
    await worker.work('sent', going);
    await worker.work('fetch', going);
    expect((await stored()).map(([id]) => id)).toEqual(['0000000000000003aaaaaaaaaaaaaaa0']);
    expect(tool.asked.map(({ path }) => path)).toEqual(['/api/0/organizations/acme/issues/703/events/latest/']);
  });
});

type Receive = (headers: Record<string, string>, body: object) => Promise<unknown>;

it('nothing can be fetched without access, and that is said', () => {
  expect(createFetchFromTool(loadConfig({}).tools, () => 0)).toBeUndefined();
});
