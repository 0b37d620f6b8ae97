import { beforeEach, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/core/records.ts';
import { SeepassError } from '../../../src/errors.ts';
import { createReceiver, type Receiver } from '../../../src/pipeline/deliveries/receive.ts';
import { createDeliveryWorker } from '../../../src/pipeline/deliveries/work.ts';
import type { Stores } from '../../../src/pipeline/ports.ts';
import type { DatabaseHandle } from '../../../src/postgres/database.ts';
import { createStores } from '../../../src/postgres/stores.ts';
import { describeOnOneDatabase } from '../../support/database.ts';
import { madeUpSource, sealingWith, sha256 } from '../../support/deliveries.ts';
import { prepareEvent } from '../../support/storable-event.ts';
import { createStoreContext } from '../../support/store-context.ts';

const going = new AbortController().signal;

describeOnOneDatabase('deliveries on their way', (open) => {
  let handle: DatabaseHandle;
  let context: ReturnType<typeof createStoreContext>;
  let store: Stores['deliveries'];
  let receiver: Receiver;
  let woken: number;
  const sealing = sealingWith('the key of this test');
  const { newId } = createStoreContext();

  beforeEach(async () => {
    handle = await open();
    context = createStoreContext();
    store = createStores(handle, context).deliveries;
    woken = 0;
    const wake = () => {
      woken += 1;
    };
    receiver = createReceiver({ ...{ store, sealing, sha256, wake, newId }, clock: context.clock });
  });

  const receive = (body: object | string, deliveryId: string | null = null) =>
    receiver.receive({
      ...{ source: 'posthog', headers: { 'x-kind': 'test' }, deliveryId },
      body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
    });
  const workerOf = (change: { source?: ReturnType<typeof madeUpSource>; fetched?: () => Promise<JsonObject> } = {}) => {
    const { source = madeUpSource(), fetched } = change;
    return createDeliveryWorker({
      store,
      reading: {
        ...{ sealing, sha256, newId, prepare: prepareEvent },
        findSource: (name) => (name === source.name ? source : undefined),
        limits: () => ({ now: context.clock(), currency: 'USD' }),
        ...(fetched && { fetchNeed: fetched }),
      },
      clock: context.clock,
      log: context.log,
    });
  };
  const work = (change?: Parameters<typeof workerOf>[0]) => workerOf(change).work('sent', going);
  const rows = async (sql: string) => (await handle.pool.query(sql)).rows;
  const surfaces = async () =>
    (await rows('SELECT surface FROM events ORDER BY surface')).map(({ surface }) => surface);
  const waiting = async () => (await store.backlog(10)).waiting;

  it('become events, once, however often they come', async () => {
    const body = { pages: ['/a', '/b', '/a'] };
    expect(await Promise.all([receive(body), receive(body)])).toEqual(['stored', 'known']);
    expect([await work(), await receive(body), await work()]).toEqual([1, 'known', 0]);
    expect(await surfaces()).toEqual(['/a', '/a', '/b']);
    expect(woken).toBe(1);
  });

  it('are known by the id that their tool gave them, and by their events', async () => {
    const [one, two] = [{ pages: ['/a'] }, { pages: ['/b'] }];
    expect([await receive(one, 'id'), await receive(two, 'id')]).toEqual(['stored', 'known']);
    // The same body under another id, which nobody signed.
    expect(await receive(one, 'another id')).toBe('stored');
    expect(await work()).toBe(2);
    expect(await surfaces()).toEqual(['/a']);
  });

  it('are stored many in a statement', async () => {
    let statements = 0;
    const add: Stores['deliveries']['add'] = (deliveries) => {
      statements += 1;
      return store.add(deliveries);
    };
    receiver = createReceiver({
      ...{ store: { add }, sealing, sha256, newId, wake: () => undefined },
      clock: context.clock,
    });
    await Promise.all(Array.from({ length: 300 }, (_, page) => receive({ pages: [`/${page}`] })));
    expect(statements).toBeLessThan(10);
    expect(await work()).toBe(300);
    expect(await surfaces()).toHaveLength(300);
  });

  it('are stored in several statements where they are large', async () => {
    const sizes: number[] = [];
    const add: Stores['deliveries']['add'] = async (deliveries) => {
      sizes.push(deliveries.length);
      return new Set(deliveries.map(({ id }) => id));
    };
    const wake = (): void => undefined;
    receiver = createReceiver({ ...{ store: { add }, sealing, sha256, newId, wake }, clock: context.clock });
    const large = 'x'.repeat(3_000_000);
    await Promise.all([1, 2, 3, 4, 5].map((number) => receive(`${number}${large}`)));
    expect(sizes).toEqual([2, 2, 1]);
  });

  it('lie in the database as nobody can read them, and then no more', async () => {
    await receive({ pages: ['/a'], token: 'planted-secret' });
    const hex = Buffer.from('planted').toString('hex');
    const dump = async () => JSON.stringify(await rows("SELECT w.*, encode(body, 'hex') FROM webhook_deliveries AS w"));
    expect(await dump()).not.toMatch(new RegExp(`planted|${hex}`));
    await work();
    expect(await rows('SELECT state, body FROM webhook_deliveries')).toEqual([{ state: 'parsed', body: null }]);
  });

  it('count what says nothing and what cannot be used, without what was sent', async () => {
    await receive({ pages: ['bad', '/a'], ignored: ['plan.changed', 'plan.changed', 'by ann@example.com'] });
    await work();
    expect(await store.counted(1)).toEqual([
      { source: 'posthog', outcome: 'ignored', detail: 'plan.changed', n: 2 },
      { source: 'posthog', outcome: 'ignored', detail: 'by [email]', n: 1 },
      { source: 'posthog', outcome: 'rejected', detail: 'surface is bad: send another', n: 1 },
    ]);
    expect(await surfaces()).toEqual(['/a']);
  });

  it('that their source cannot read are tried again, then kept among the dead, and do not hold up the others', async () => {
    await Promise.all([receive({ fault: 'no such ann@example.com' }), receive({ pages: ['/a'] })]);
    expect(await work()).toBe(2);
    expect([await surfaces(), await waiting(), await work()]).toEqual([['/a'], 1, 0]);
    for (let tries = 0; tries < 10; tries += 1) {
      context.advance(3_600_000);
      await work();
    }
    const [dead] = await store.dead(10);
    expect(dead).toMatchObject({ attempts: 9, last_error: 'TypeError: no such [email]' });
    await store.retry('all', 'cli:ann');
    const mended = { ...madeUpSource(), parse: () => ({ events: [], ignored: ['mended'], needs: [] }) };
    expect([await work({ source: mended }), await waiting()]).toEqual([1, 0]);
  });

  it('that the database refuses are told from those that came with them', async () => {
    const reading = madeUpSource();
    const source: typeof reading = {
      ...reading,
      parse(envelope, limits) {
        const read = reading.parse(envelope, limits);
        for (const { event } of read.events) if (event?.surface === '/refused') event.severity = 1e9;
        return read;
      },
    };
    await Promise.all(['/a', '/refused', '/b'].map((page) => receive({ pages: [page] })));
    await work({ source });
    expect([await surfaces(), await waiting()]).toEqual([['/a', '/b'], 1]);
  });

  it('wait when the database goes away, and are read when it is back', async () => {
    await receive({ pages: ['/a'] });
    const away = new SeepassError('database_unavailable', 'It is away.');
    const worker = createDeliveryWorker({
      store: { ...store, settle: () => Promise.reject(away) },
      reading: {
        ...{ sealing, sha256, newId, prepare: prepareEvent },
        findSource: () => madeUpSource(),
        limits: () => ({ now: context.clock(), currency: 'USD' }),
      },
      clock: context.clock,
      log: context.log,
    });
    await expect(worker.work('sent', going)).rejects.toBe(away);
    expect(await work()).toBe(0);
    context.advance(60_000);
    expect([await work(), await surfaces()]).toEqual([1, ['/a']]);
  });

  it('ask for what they name, which is tried again until it is there, and stored once', async () => {
    await receive({ needs: ['503'] });
    await work();
    let asked = 0;
    const fetched = async (): Promise<JsonObject> => {
      asked += 1;
      if (asked === 1) throw new SeepassError('database_unavailable', 'The tool does not answer.');
      return { pages: ['/ticket'] };
    };
    expect(await workerOf({ fetched }).work('fetch', going)).toBe(1);
    expect(await waiting()).toBe(1);
    context.advance(5_000);
    expect(await workerOf({ fetched }).work('fetch', going)).toBe(1);
    expect([await surfaces(), await waiting(), asked]).toEqual([['/ticket'], 0, 2]);
  });

  it('say what to do when they cannot be opened any more', async () => {
    await receive({ pages: ['/a'] });
    const other = { ...madeUpSource(), name: 'sentry' as const };
    await work({ source: other });
    expect((await rows('SELECT last_error FROM webhook_deliveries'))[0]?.last_error).toMatch(/has no source posthog/);
  });
});
