import { beforeEach, expect, it } from 'vitest';
import type { DeliveryClaim } from '../../src/pipeline/deliveries.ts';
import type { Stores } from '../../src/pipeline/ports.ts';
import type { DatabaseHandle } from '../../src/postgres/database.ts';
import { createStores } from '../../src/postgres/stores.ts';
import { describeOnEveryDatabase } from '../support/database.ts';
import { done, newDelivery } from '../support/deliveries.ts';
import { storableEvent } from '../support/storable-event.ts';
import { createStoreContext } from '../support/store-context.ts';

const CLAIM: DeliveryClaim = { kind: 'sent', leaseMs: 60_000, limit: 100, bytes: 1_000_000 };
const nothing = { done: [], events: [], needs: [], counts: [] };

describeOnEveryDatabase('the queue of deliveries', (open) => {
  let handle: DatabaseHandle;
  let context: ReturnType<typeof createStoreContext>;
  let deliveries: Stores['deliveries'];
  const rows = async (sql: string) => (await handle.pool.query(sql)).rows;
  const eventCount = async () => (await rows('SELECT count(*)::integer AS n FROM events'))[0].n;
  const put = (...numbers: number[]) => deliveries.add(numbers.map((number) => newDelivery(context, number)));
  const claim = (change: Partial<DeliveryClaim> = {}) => deliveries.claim({ ...CLAIM, ...change });
  const bodiesOf = (claimed: readonly { body: Uint8Array }[]) =>
    claimed.map(({ body }) => Buffer.from(body).toString());

  beforeEach(async () => {
    handle = await open();
    context = createStoreContext();
    deliveries = createStores(handle, context).deliveries;
  });

  it('takes each delivery once, within a statement and after', async () => {
    const [one, again, two] = [newDelivery(context, 1), newDelivery(context, 1), newDelivery(context, 2)];
    expect(await deliveries.add([one, again, two])).toHaveProperty('size', 2);
    expect(await put(2, 3)).toHaveProperty('size', 1);
    expect(bodiesOf(await claim())).toEqual(['body 1', 'body 2', 'body 3']);
    expect(await put(1)).toEqual(new Set());
  });

  it('knows the same delivery of another source as another', async () => {
    await put(1);
    expect(await deliveries.add([newDelivery(context, 1, { source: 'sentry' })])).toHaveProperty('size', 1);
  });

  it('lends each to one at a time, and again when the lease is over', async () => {
    await put(1, 2);
    expect(await claim({ limit: 1 })).toHaveLength(1);
    expect(await claim()).toHaveLength(1);
    expect(await claim()).toEqual([]);
    context.advance(60_000);
    expect((await claim()).map(({ attempts }) => attempts)).toEqual([2, 2]);
  });

  it('lends no more bytes than asked for, but one however large', async () => {
    await put(1, 2, 3);
    expect(await claim({ bytes: 12 })).toHaveLength(2);
    expect(await claim({ bytes: 1 })).toHaveLength(1);
  });

  it('lends one that failed before by itself, and none that ended whoever read it', async () => {
    await put(1, 2);
    for (let tries = 1; tries <= 2; tries += 1) {
      expect(await claim()).toHaveLength(2);
      context.advance(60_000);
    }
    expect(await claim()).toHaveLength(1);
    for (let tries = 0; tries < 30; tries += 1) {
      await claim();
      context.advance(60_000);
    }
    expect(await claim()).toEqual([]);
    expect(await deliveries.backlog(10)).toMatchObject({ waiting: 0, dead: 2 });
    expect((await deliveries.dead(1))[0]?.last_error).toMatch(/did not live/);
  });

  it('stores the events, drops the bodies, asks for what is needed and counts, all at once', async () => {
    await put(1, 2);
    const [need, counts] = [
      newDelivery(context, 9, { kind: 'fetch' }),
      [{ source: 'posthog', outcome: 'ignored' as const, detail: 'x', n: 2 }],
    ];
    const events = [storableEvent('a'), storableEvent('b'), storableEvent('a')];
    const settled = await deliveries.settle({ done: done(...(await claim())), events, needs: [need], counts });
    expect(settled).toEqual({ stored: 2, duplicates: 1 });
    expect(await rows("SELECT state, body, events FROM webhook_deliveries WHERE kind = 'sent'")).toEqual([
      { state: 'parsed', body: null, events: 1 },
      { state: 'parsed', body: null, events: 1 },
    ]);
    expect(await claim({ kind: 'fetch' })).toMatchObject([{ id: need.id, source: 'posthog' }]);
    expect(await deliveries.counted(1)).toEqual(counts);
    context.advance(86_400_000);
    await deliveries.count(counts);
    expect([await deliveries.counted(1), await deliveries.counted(2)]).toEqual([counts, [{ ...counts[0], n: 4 }]]);
  });

  it('settles what has no event too', async () => {
    await put(1);
    await deliveries.settle({ ...nothing, done: done(...(await claim())) });
    expect(await deliveries.backlog(10)).toMatchObject({ waiting: 0, dead: 0 });
  });

  it('stores nothing of a batch whose lease is over and was taken by another', async () => {
    await put(1);
    const late = await claim();
    context.advance(60_000);
    const [current] = await claim();
    await expect(deliveries.settle({ ...nothing, done: done(...late), events: [storableEvent('a')] })).rejects.toThrow(
      /longer than its lease/,
    );
    expect(await eventCount()).toBe(0);
    if (late[0]) await deliveries.fail(late[0], 'late', null);
    if (current) await deliveries.settle({ ...nothing, done: done(current), events: [storableEvent('a')] });
    expect([await eventCount(), await deliveries.backlog(10)]).toMatchObject([1, { waiting: 0, dead: 0 }]);
  });

  it('keeps a batch as it was when its events are refused', async () => {
    await put(1);
    const claimed = await claim();
    const refused = { ...storableEvent('a'), status: 1e9 };
    await expect(deliveries.settle({ ...nothing, done: done(...claimed), events: [refused] })).rejects.toThrow();
    expect((await deliveries.backlog(10)).waiting).toBe(1);
    await deliveries.settle({ ...nothing, done: done(...claimed) });
  });

  it('puts what failed back until it is due, or among the dead, from where a person takes it', async () => {
    await put(1, 2);
    const [first, second] = await claim();
    if (!first || !second) throw new Error('nothing was claimed');
    await deliveries.fail(first, 'later', context.clock() + 5_000);
    await deliveries.fail(second, 'never', null);
    expect(await claim()).toEqual([]);
    expect(await deliveries.dead(10)).toMatchObject([{ id: second.id, attempts: 1, last_error: 'never' }]);
    expect(await deliveries.backlog(10)).toEqual({ waiting: 1, oldest: first.receivedAt, dead: 1 });
    context.advance(5_000);
    expect(bodiesOf(await claim())).toEqual(['body 1']);
    expect([await deliveries.retry(first.id, 'cli:ann'), await deliveries.retry('all', 'cli:ann')]).toEqual([0, 1]);
    expect(bodiesOf(await claim())).toEqual(['body 2']);
    expect(await rows('SELECT actor, action, subject_id, details FROM audit_entries')).toEqual([
      { actor: 'cli:ann', action: 'deliveries.retry', subject_id: 'all', details: { deliveries: 1 } },
    ]);
  });

  it('forgets what is past its time, and nothing that waits', async () => {
    await put(1, 2, 3);
    const [first, second] = await claim({ limit: 2 });
    if (!first || !second) throw new Error('nothing was claimed');
    await deliveries.settle({ ...nothing, done: done(first) });
    await deliveries.fail(second, 'never', null);
    const later = context.clock() + 1;
    expect(await deliveries.prune({ parsed: later - 1, dead: later - 1 })).toBe(0);
    expect(await deliveries.prune({ parsed: later, dead: later - 1 })).toBe(1);
    expect(await deliveries.prune({ parsed: later, dead: later })).toBe(1);
    expect(await deliveries.backlog(10)).toMatchObject({ waiting: 1, dead: 0 });
  });

  it('lends to many at once, each delivery to one of them', async () => {
    await put(...Array.from({ length: 60 }, (_, number) => number));
    const claims = await Promise.all(Array.from({ length: 8 }, () => claim({ limit: 10 })));
    const ids = claims.flat().map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length + (await claim()).length).toBe(60);
  });
});
