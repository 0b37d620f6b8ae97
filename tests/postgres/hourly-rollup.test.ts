import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { StorableEvent } from '../../src/core/records.ts';
import type { StoreContext } from '../../src/postgres/context.ts';
import { createHourStore } from '../../src/postgres/hour.repository.ts';
import { createRollupStore } from '../../src/postgres/rollup.repository.ts';
import { describeOnEveryDatabase } from '../support/database.ts';
import { bruteForceHours, dateOf } from './rollup-brute-force.ts';
import { anEvent, contextIn, DAY, HOUR, NOON, randomEvents, readHourRows, store } from './rollup-fixture.ts';

/** Moments near the day on which clocks change, on the minute and right around each half hour. */
const around = (day: number) => {
  const minutes = fc.integer({ min: -20 * 60, max: 44 * 60 }).map((minute) => day + minute * 60_000);
  return fc.tuple(minutes, fc.constantFrom(0, -1, 1)).map(([moment, by]) => moment + by);
};

const clockChanges: [name: string, timezone: string, day: number][] = [
  ['New York loses an hour', 'America/New_York', Date.UTC(2026, 2, 8)],
  ['New York gains an hour', 'America/New_York', Date.UTC(2026, 10, 1)],
  ['midnight is skipped in Beirut', 'Asia/Beirut', Date.UTC(2026, 2, 29)],
  ['Lord Howe loses half an hour', 'Australia/Lord_Howe', Date.UTC(2026, 9, 3)],
  ['Lord Howe gains half an hour', 'Australia/Lord_Howe', Date.UTC(2026, 3, 4)],
  ['Kolkata keeps its half hour', 'Asia/Kolkata', Date.UTC(2026, 2, 8)],
];

/** A week after the events of a test, so that none lies in the future. */
const after = (day: number): Partial<StoreContext> => ({ clock: () => day + 7 * DAY });

const page = (hours: number, more: Partial<StorableEvent> = {}) =>
  anEvent('pageview', { ts: NOON + hours * HOUR, ...more });

describeOnEveryDatabase('hourly rollups', (open) => {
  it.each(clockChanges)('equal the definition recomputed by hand when %s', async (_name, timezone, day) => {
    const handle = await open();
    const context = contextIn(timezone, after(day));
    const events = randomEvents(day, 400, around(day));
    await store(handle, context, events);
    await createHourStore(handle, context).aggregateDirty();
    expect(await readHourRows(handle)).toEqual(bruteForceHours(events, context));
  });

  it.each(clockChanges)('add up to the days when %s', async (_name, timezone, day) => {
    const handle = await open();
    const context = contextIn(timezone, after(day));
    await store(handle, context, randomEvents(day + 1, 300, around(day)));
    await createHourStore(handle, context).aggregateDirty();
    await createRollupStore(handle, context).aggregateDirty();
    const counted = [
      'pageviews',
      'actions',
      'dropoffs',
      'errors',
      'tickets',
      'requests',
      'request_failures',
      'revenue',
    ];
    const sums = new Map<string, number[]>();
    for (const { hour, surface, ...row } of await readHourRows(handle)) {
      const key = `${dateOf(hour.getTime(), timezone)} ${surface}`;
      const sum = sums.get(key) ?? counted.map(() => 0);
      sums.set(
        key,
        counted.map((name, index) => (sum[index] ?? 0) + Number(Reflect.get(row, name))),
      );
    }
    const days = await handle.kysely.selectFrom('daily_surface_metrics').selectAll().execute();
    expect(sums).toEqual(
      new Map(days.map((row) => [`${row.date} ${row.surface}`, counted.map((name) => Reflect.get(row, name))])),
    );
  });

  it.each([1, 2])(
    'are the same built bit by bit, with late events and duplicates, as rebuilt (seed %i)',
    async (seed) => {
      const handle = await open();
      const context = contextIn('Asia/Kolkata', after(NOON));
      const hours = createHourStore(handle, context);
      const minutes = fc.integer({ min: 0, max: 4 * 24 * 60 });
      const events = randomEvents(
        seed,
        300,
        minutes.map((minute) => NOON + minute * 60_000),
      );
      for (let start = 0; start < events.length; start += 60) {
        await store(handle, context, [...events.slice(start, start + 60), ...events.slice(0, start / 4)]);
        await hours.aggregateDirty();
      }
      const bitByBit = await readHourRows(handle);
      expect(bitByBit).toEqual(bruteForceHours(events, context));
      await createRollupStore(handle, context).markAllDirty();
      await hours.aggregateDirty();
      expect(await readHourRows(handle)).toEqual(bitByBit);
    },
  );

  it('are recomputed for dirty hours only, late ones among them, and say how many', async () => {
    const handle = await open();
    const context = contextIn('UTC', after(NOON));
    const hours = createHourStore(handle, context);
    await store(handle, context, [page(0), page(1), page(2), page(30)]);
    expect(await hours.aggregateDirty()).toEqual({ hours: 4 });
    await handle.kysely.updateTable('hourly_surface_metrics').set({ pageviews: 99 }).execute();
    await store(handle, context, [page(1.5), page(31)]);
    expect(await hours.aggregateDirty()).toEqual({ hours: 2 });
    expect((await readHourRows(handle)).map(({ pageviews }) => pageviews)).toEqual([99, 2, 99, 99, 1]);
    expect(await hours.aggregateDirty()).toEqual({ hours: 0 });
  });

  it('are recomputed for the dirty surfaces of an hour only, where these are few', async () => {
    const handle = await open();
    const context = contextIn('UTC', after(NOON));
    const hours = createHourStore(handle, context);
    await store(
      handle,
      context,
      ['/a', '/b', '/c', '/d'].map((surface) => page(0, { surface })),
    );
    await hours.aggregateDirty();
    await handle.kysely.updateTable('hourly_surface_metrics').set({ pageviews: 99 }).execute();
    await store(handle, context, [page(0.5, { surface: '/c' })]);
    await hours.aggregateDirty();
    expect((await readHourRows(handle)).map(({ pageviews }) => pageviews)).toEqual([99, 99, 2, 99]);
  });

  it('lose an hour whose events are all gone', async () => {
    const handle = await open();
    const context = contextIn('UTC', after(NOON));
    const hours = createHourStore(handle, context);
    await store(handle, context, [page(0), page(1, { surface: '/kept' })]);
    await hours.aggregateDirty();
    await handle.kysely.deleteFrom('events').where('surface', '=', '/checkout').execute();
    await createRollupStore(handle, context).markAllDirty();
    await hours.aggregateDirty();
    expect((await readHourRows(handle)).map(({ surface }) => surface)).toEqual(['/kept']);
  });

  it('keep to their own workspace', async () => {
    const handle = await open();
    const context = contextIn('UTC', after(NOON));
    const other = contextIn('UTC', { ...after(NOON), workspace: 'other' });
    await store(handle, context, [page(0)]);
    await store(handle, other, [page(0), page(0)]);
    await createHourStore(handle, context).aggregateDirty();
    const mine = await readHourRows(handle);
    expect(mine.map(({ workspace_id, pageviews }) => [workspace_id, pageviews])).toEqual([['local', 1]]);
    expect(await createHourStore(handle, other).prune(0)).toBe(0);
    expect(await readHourRows(handle)).toEqual(mine);
  });

  it('are cut anew when the zone changes, and the hours of the other zone are gone', async () => {
    const handle = await open();
    const events = [page(0), page(0.75), page(1)];
    await store(handle, contextIn('UTC', after(NOON)), events);
    await createHourStore(handle, contextIn('UTC', after(NOON))).aggregateDirty();
    const kolkata = contextIn('Asia/Kolkata', after(NOON));
    await createHourStore(handle, kolkata).aggregateDirty();
    const rows = await readHourRows(handle);
    expect(rows.map(({ hour, pageviews }) => [hour.toISOString().slice(11, 16), pageviews])).toEqual([
      ['11:30', 1],
      ['12:30', 2],
    ]);
    expect(rows).toEqual(bruteForceHours(events, kolkata));
  });

  it('know of a monthly revenue that arrives after the hours it exposes', async () => {
    const handle = await open();
    const context = contextIn('UTC', after(NOON));
    const hours = createHourStore(handle, context);
    const errors = [-20, 0, 5, 30].map((hour) => anEvent('error', { account: 'acme', ts: NOON + hour * HOUR }));
    await store(handle, context, errors);
    await hours.aggregateDirty();
    await store(handle, context, [
      anEvent('revenue', { account: 'acme', amount_minor: 4_000, ts: NOON + 2 * HOUR, surface: null }),
    ]);
    await hours.aggregateDirty();
    const exposed = (await readHourRows(handle)).map(({ revenue_at_risk }) => revenue_at_risk);
    expect(exposed).toEqual([0, 4_000, 4_000, 4_000]);
  });

  it('lose nothing that is stored while they are computed, by two processes at once', async () => {
    const handle = await open();
    const context = contextIn('Europe/Berlin', after(NOON));
    const [first, second] = [createHourStore(handle, context), createHourStore(handle, context)];
    const before = Array.from({ length: 60 }, (_, n) => page(0, { surface: `/page-${n}` }));
    const during = Array.from({ length: 20 }, (_, n) => page(0, { surface: `/late-${n}` }));
    await store(handle, context, before);
    await first.aggregateDirty();
    let storing = true;
    const aggregate = async (hours: typeof first) => {
      while (storing) await hours.aggregateDirty();
    };
    const aggregating = [aggregate(first), aggregate(second)];
    for (const event of during) await store(handle, context, [event]);
    storing = false;
    await Promise.all(aggregating);
    await first.aggregateDirty();
    expect(await readHourRows(handle)).toEqual(bruteForceHours([...before, ...during], context));
  });
});
