import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createRollupStore } from '../../src/postgres/rollup.repository.ts';
import { describeOnEveryDatabase } from '../support/database.ts';
import { bruteForceRollups } from './rollup-brute-force.ts';
import { anEvent, contextIn, DAY, NOON, randomEvents, readRollups, store } from './rollup-fixture.ts';

/** Moments near the day on which clocks change, on the minute and right around each midnight. */
const around = (day: number) => {
  const minutes = fc.integer({ min: -36 * 60, max: 60 * 60 }).map((minute) => day + minute * 60_000);
  return fc.tuple(minutes, fc.constantFrom(0, -1, 1)).map(([moment, by]) => moment + by);
};

const clockChanges: [name: string, timezone: string, day: number][] = [
  ['Berlin loses an hour', 'Europe/Berlin', Date.UTC(2026, 2, 29)],
  ['Berlin gains an hour', 'Europe/Berlin', Date.UTC(2026, 9, 25)],
  ['New York loses an hour', 'America/New_York', Date.UTC(2026, 2, 8)],
  ['New York gains an hour', 'America/New_York', Date.UTC(2026, 10, 1)],
  ['midnight comes twice in Havana', 'America/Havana', Date.UTC(2026, 10, 1)],
  ['midnight is skipped in Beirut', 'Asia/Beirut', Date.UTC(2026, 2, 29)],
];

describeOnEveryDatabase('daily rollups', (open) => {
  it.each(clockChanges)('equal the definition recomputed by hand when %s', async (_name, timezone, day) => {
    const handle = await open();
    const context = contextIn(timezone);
    const events = randomEvents(day, 500, around(day));
    await store(handle, context, events);
    await createRollupStore(handle, context).aggregateDirty();
    expect(await readRollups(handle)).toEqual(bruteForceRollups(events, context));
  });

  it.each([1, 2, 3])(
    'are the same built bit by bit, with late events and duplicates, as rebuilt (seed %i)',
    async (seed) => {
      const handle = await open();
      const context = contextIn('Europe/Berlin');
      const rollups = createRollupStore(handle, context);
      const events = randomEvents(
        seed,
        400,
        fc.integer({ min: 0, max: 6 * 24 * 60 }).map((minute) => NOON + minute * 60_000),
      );
      for (let start = 0; start < events.length; start += 80) {
        await store(handle, context, [...events.slice(start, start + 80), ...events.slice(0, start / 4)]);
        await rollups.aggregateDirty();
      }
      const bitByBit = await readRollups(handle);
      expect(bitByBit).toEqual(bruteForceRollups(events, context));
      await rollups.markAllDirty();
      await rollups.aggregateDirty();
      expect(await readRollups(handle)).toEqual(bitByBit);
    },
  );

  it('are recomputed for dirty buckets only, and report them', async () => {
    const handle = await open();
    const context = contextIn('UTC');
    const rollups = createRollupStore(handle, context);
    const surfaces = ['/a', '/b', '/c', '/d', '/e'];
    await store(
      handle,
      context,
      surfaces.map((surface) => anEvent('pageview', { surface })),
    );
    expect(await rollups.aggregateDirty()).toEqual({ buckets: 5, dates: ['2026-03-10'] });
    await handle.kysely.updateTable('daily_surface_metrics').set({ pageviews: 99 }).execute();
    await store(handle, context, [anEvent('pageview', { surface: '/b' }), anEvent('action', { ts: NOON - 40 * DAY })]);
    expect(await rollups.aggregateDirty()).toEqual({ buckets: 2, dates: ['2026-01-29', '2026-03-10'] });
    const days = await rollups.readSurfaceDays({ start: '2026-03-10', end: '2026-03-11' });
    expect(days.map(({ surface, pageviews }) => [surface, pageviews])).toEqual([
      ['/a', 99],
      ['/b', 2],
      ['/c', 99],
      ['/d', 99],
      ['/e', 99],
    ]);
    expect(await rollups.aggregateDirty()).toEqual({ buckets: 0, dates: [] });
  });

  it('lose a bucket whose events are all gone, with its signatures and releases', async () => {
    const handle = await open();
    const context = contextIn('UTC');
    const rollups = createRollupStore(handle, context);
    const error = { error_signature: 'TypeError', release: 'web@1' };
    await store(handle, context, [anEvent('error', error), anEvent('error', { ...error, surface: '/kept' })]);
    await rollups.aggregateDirty();
    await handle.kysely.deleteFrom('events').where('surface', '=', '/checkout').execute();
    await rollups.markAllDirty();
    await rollups.aggregateDirty();
    const left = await readRollups(handle);
    expect(Object.values(left).map((rows) => rows.map(({ surface }) => surface))).toEqual([
      ['/kept'],
      ['/kept'],
      ['/kept'],
    ]);
  });

  it('keep to their own workspace', async () => {
    const handle = await open();
    const context = contextIn('UTC');
    await store(handle, context, [anEvent('pageview')]);
    await store(handle, contextIn('UTC', { workspace: 'other' }), [anEvent('pageview'), anEvent('pageview')]);
    await createRollupStore(handle, context).aggregateDirty();
    const rows = await handle.kysely
      .selectFrom('daily_surface_metrics')
      .select(['workspace_id', 'pageviews'])
      .execute();
    expect(rows).toEqual([{ workspace_id: 'local', pageviews: 1 }]);
  });

  it('lose nothing that is stored while they are computed, by two processes at once', async () => {
    const handle = await open();
    const context = contextIn('Europe/Berlin');
    const first = createRollupStore(handle, context);
    const second = createRollupStore(handle, context);
    // A bucket that is touched once is never made good by a later mark. The many that stand beside them keep a
    // recomputation from taking in whole days, which would hide a lost mark.
    const page = (n: number) => anEvent('pageview', { surface: `/page-${n}` });
    const before = Array.from({ length: 100 }, (_, n) => page(n));
    const during = Array.from({ length: 30 }, (_, n) => page(100 + n));
    await store(handle, context, before);
    await first.aggregateDirty();
    let storing = true;
    const aggregate = async (rollups: typeof first) => {
      while (storing) await rollups.aggregateDirty();
    };
    const aggregating = [aggregate(first), aggregate(second)];
    for (const event of during) await store(handle, context, [event]);
    storing = false;
    await Promise.all(aggregating);
    await first.aggregateDirty();
    expect(await readRollups(handle)).toEqual(bruteForceRollups([...before, ...during], context));
  });
});
