import { createHash, randomUUID } from 'node:crypto';
import { beforeEach, expect, it } from 'vitest';
import { createPreparer } from '../../src/core/prepare-event.ts';
import type { Event, StorableEvent } from '../../src/core/records.ts';
import type { DatabaseHandle } from '../../src/postgres/database.ts';
import { createEventStore } from '../../src/postgres/event.repository.ts';
import { describeOnEveryDatabase } from '../support/database.ts';
import { silentLog } from '../support/silent-log.ts';

const prepare = createPreparer({
  currency: 'USD',
  keyId: 'k1',
  pseudonym: (user) => `p-${user}`,
  sha256: (text) => createHash('sha256').update(text).digest('hex'),
});
const base: Event = {
  ts: Date.UTC(2026, 0, 29, 22, 30),
  source: 'app',
  type: 'pageview',
  account: 'acme',
  user: null,
  surface: '/x',
  severity: null,
  value: null,
  id: null,
  meta: {},
};
const made = (change: Partial<Event>): StorableEvent => prepare({ ...base, ...change });

describeOnEveryDatabase('the event store', (open) => {
  let handle: DatabaseHandle;
  const storeFor = (workspace = 'local') =>
    createEventStore(handle, {
      workspace,
      timezone: 'Europe/Berlin',
      clock: () => Date.UTC(2026, 0, 30),
      newId: randomUUID,
      failureStatuses: [],
      log: silentLog,
    });
  const write = async (events: readonly StorableEvent[], batch = events.length, workspace?: string) => {
    const session = await storeFor(workspace).beginImport();
    const total = { stored: 0, duplicates: 0 };
    for (let start = 0; start < events.length; start += batch) {
      const { stored, duplicates } = await session.write(events.slice(start, start + batch));
      total.stored += stored;
      total.duplicates += duplicates;
    }
    await session.end();
    await session.end();
    return total;
  };
  const rows = async (sql: string) => (await handle.pool.query(sql)).rows;

  beforeEach(async () => {
    handle = await open();
  });

  it('keeps every column, and texts with any character', async () => {
    const odd = 'tab\t quote" back\\slash\nline {a,b} \\N NULL ü 漢 😀';
    await write([
      made({
        id: 'a',
        account: odd,
        user: 'u',
        severity: 3,
        value: 1.5,
        type: 'request',
        meta: { message: odd, status: 503, endpoint: 'get /o/1', release: odd },
      }),
    ]);
    expect((await rows('SELECT * FROM events'))[0]).toMatchObject({
      workspace_id: 'local',
      source_id: 'a',
      account: odd,
      user: 'p-u',
      severity: 3,
      value: 1.5,
      status: 503,
      endpoint: 'GET /o/:id',
      release: odd,
      meta: { message: odd },
    });
  });

  it('stores an id once, in one batch, across batches and across imports', async () => {
    const events = [made({ id: 'a' }), made({ id: 'a', ts: base.ts + 1 }), made({ id: 'b' })];
    expect(await write(events)).toEqual({ stored: 2, duplicates: 1 });
    expect(await write(events, 1)).toEqual({ stored: 0, duplicates: 3 });
    expect(await write(events, 3, 'other')).toEqual({ stored: 2, duplicates: 1 });
  });

  it('tells identical events without an id apart by their number within an import', async () => {
    const events = [made({}), made({}), made({ account: 'b' }), made({})];
    expect(await write(events, 2)).toEqual({ stored: 4, duplicates: 0 });
    expect(await write(events, 3)).toEqual({ stored: 0, duplicates: 4 });
    expect(await write([...events, made({})], 1)).toEqual({ stored: 1, duplicates: 4 });
  });

  it.each([
    ['of an earlier batch', ['a', 'b', 'c', 'a', 'd', 'e', 'f', 'b'], 6],
    ['of the same batch', ['a', 'b', 'c', 'd', 'e', 'e', 'f', 'g'], 7],
    ['of an earlier import', ['a', 'b', 'c', 'd', 'known', 'e', 'f', 'known'], 6],
  ])('skips an id %s, though the batches before held new ones only', async (_, ids, stored) => {
    await write([made({ id: 'known' })]);
    const events = ids.map((id) => made({ id }));
    expect(await write(events, 2)).toEqual({ stored, duplicates: ids.length - stored });
    expect(await rows('SELECT count(*)::integer AS n, count(DISTINCT source_id)::integer AS ids FROM events')).toEqual([
      { n: new Set([...ids, 'known']).size, ids: new Set([...ids, 'known']).size },
    ]);
    expect(await rows('SELECT events_total FROM source_freshness')).toEqual([{ events_total: stored + 1 }]);
  });

  it('still does when there are more contents than it counts in memory', async () => {
    const events = Array.from({ length: 6_400 }, (_, index) => made({ ts: base.ts - (index % 6_200) * 1000 }));
    expect(await write(events, 2_200)).toEqual({ stored: 6_400, duplicates: 0 });
    expect(await write([...events, ...events.slice(0, 10)], 1_700)).toEqual({ stored: 10, duplicates: 6_400 });
    // On a server it goes with its connection, which ends in its own time.
    const left = () => rows("SELECT tablename FROM pg_tables WHERE tablename LIKE 'seepass_seen%'");
    await expect.poll(left, { timeout: 10_000 }).toEqual([]);
  });

  it('marks the buckets of new rows dirty, in the workspace zone, and nothing for duplicates', async () => {
    const events = [
      made({ id: 'a' }),
      made({ id: 'b', ts: Date.UTC(2026, 0, 29, 23, 30) }),
      made({ id: 'c' }),
      made({ id: 'd', surface: null }),
    ];
    await write(events);
    await write(events);
    expect(await rows('SELECT date, surface FROM dirty_buckets ORDER BY date')).toEqual([
      { date: '2026-01-29', surface: '/x' },
      { date: '2026-01-30', surface: '/x' },
    ]);
  });

  it('marks the accounts whose recurring revenue changed, since their earliest day', async () => {
    const revenue = (id: string, change: Partial<Event>) => made({ type: 'revenue', value: 10, id, ...change });
    await write([
      revenue('a', {}),
      revenue('b', { ts: base.ts - 86_400_000 }),
      revenue('c', { account: 'shop', meta: { order_id: '1' } }),
    ]);
    expect(await rows('SELECT account, since FROM dirty_accounts')).toEqual([{ account: 'acme', since: '2026-01-28' }]);
  });

  it('moves the freshness of a source forward only, and counts what is new', async () => {
    await write([made({ id: 'a' }), made({ id: 'b', ts: base.ts + 1000 })]);
    await write([made({ id: 'b' }), made({ id: 'c', ts: base.ts - 1000 })]);
    expect((await rows('SELECT * FROM source_freshness'))[0]).toMatchObject({
      source: 'app',
      first_event_at: new Date(base.ts - 1000),
      last_event_at: new Date(base.ts + 1000),
      events_total: 3,
    });
  });

  it('stores a batch whole or not at all, and goes on after a refused one', async () => {
    const session = await storeFor().beginImport();
    const events = Array.from({ length: 1_500 }, (_, index) => made({ id: `e${index}` }));
    const refused = events.map((event, index) => (index === 1_400 ? { ...event, status: 1e9 } : event));
    await expect(session.write(refused)).rejects.toThrow();
    expect(await rows('SELECT count(*)::integer AS n FROM events')).toEqual([{ n: 0 }]);
    expect(await session.write(events)).toEqual({ stored: 1_500, duplicates: 0 });
    await session.end();
  });

  it('stores small deliveries together, as each would be by itself', async () => {
    const store = storeFor();
    const [same, other] = [made({}), made({ account: 'b' })];
    expect(await store.writeTogether([[same, same], [other], [], [made({ id: 'a' })]])).toEqual([
      { stored: 2, duplicates: 0 },
      { stored: 1, duplicates: 0 },
      { stored: 0, duplicates: 0 },
      { stored: 1, duplicates: 0 },
    ]);
    expect(await store.writeTogether([[same, same, same], [made({ id: 'b' })], [made({ id: 'b' })]])).toEqual([
      { stored: 1, duplicates: 2 },
      { stored: 1, duplicates: 0 },
      { stored: 0, duplicates: 1 },
    ]);
    expect(await rows('SELECT events_total FROM source_freshness')).toEqual([{ events_total: 6 }]);
  });

  it('lets two imports of the same events run at once', async () => {
    const events = Array.from({ length: 4_000 }, (_, index) => made({ id: `e${index}` }));
    const [one, two] = await Promise.all([write(events, 2_000), write(events.toReversed(), 2_000)]);
    expect(one.stored + two.stored).toBe(4_000);
  });
});
