import { sql } from 'kysely';
import { expect, it } from 'vitest';
import * as hoursMigration from '../../migrations/20261121130000_hours.ts';
import { createHourStore } from '../../src/postgres/hour.repository.ts';
import { createHourlyFindingStore } from '../../src/postgres/hourly-finding.repository.ts';
import { createRollupStore } from '../../src/postgres/rollup.repository.ts';
import { describeOnEveryDatabase } from '../support/database.ts';
import { bruteForceHours } from './rollup-brute-force.ts';
import { anEvent, contextIn, DAY, NOON, readHourRows, store } from './rollup-fixture.ts';

const on = (day: number) => anEvent('pageview', { ts: NOON + day * DAY });
const YEAR = 365;

describeOnEveryDatabase('the days that have hours', (open) => {
  const daysWithHours = async (handle: Awaited<ReturnType<typeof open>>): Promise<number[]> =>
    (await readHourRows(handle)).map(({ hour }) => (hour.getTime() - NOON) / DAY);

  it('are the last five weeks of the data at first, however long ago it ended', async () => {
    const handle = await open();
    const context = contextIn('UTC', { clock: () => NOON + YEAR * DAY });
    const hours = createHourStore(handle, context);
    await store(handle, context, [-90, -36, -35, -1, 0].map(on));
    expect(await hours.aggregateDirty()).toEqual({ hours: 3 });
    expect(await daysWithHours(handle)).toEqual([-35, -1, 0]);
    await store(handle, context, [on(-36), on(-20)]);
    expect(await hours.aggregateDirty()).toEqual({ hours: 1 });
    expect(await daysWithHours(handle)).toEqual([-35, -20, -1, 0]);
  });

  it('are not moved by an event from a clock that runs ahead', async () => {
    const handle = await open();
    const context = contextIn('UTC');
    await store(handle, context, [on(-30), on(0), on(YEAR)]);
    await createHourStore(handle, context).aggregateDirty();
    expect(await daysWithHours(handle)).toEqual([-30, 0, YEAR]);
  });

  it('stay as the data goes on, and take late events, until they are pruned', async () => {
    const handle = await open();
    const context = contextIn('UTC', { clock: () => NOON + YEAR * DAY });
    const hours = createHourStore(handle, context);
    await store(handle, context, [-30, 0].map(on));
    await hours.aggregateDirty();
    await store(handle, context, [on(25), on(-29)]);
    await hours.aggregateDirty();
    expect(await daysWithHours(handle)).toEqual([-30, -29, 0, 25]);
    expect(await hours.prune(54)).toBe(1);
    expect(await daysWithHours(handle)).toEqual([-29, 0, 25]);
    expect(await hours.prune(54)).toBe(0);
    await store(handle, context, [on(-30)]);
    expect(await hours.aggregateDirty()).toEqual({ hours: 0 });
  });

  it('lose what was found in them when they are pruned', async () => {
    const handle = await open();
    const context = contextIn('UTC');
    await store(handle, context, [on(-50), on(0)]);
    const found = createHourlyFindingStore(handle.kysely, context);
    const finding = (hour: number, sensitivity: 'normal' | 'eager') => ({
      ...{ hour, since: hour, surface: '/checkout', metric: 'error_rate' as const, direction: 'up' as const },
      ...{ current: 0.2, expected: 0.01, lower: 0, upper: 0.03, score: 0.9, state: 'onset' as const, reason: '' },
      sensitivity,
    });
    await found.save({
      ...{ before: undefined, judgedUntil: NOON, product: new Uint8Array(), surfaces: [] },
      findings: [
        finding(NOON - 41 * DAY, 'eager'),
        finding(NOON - 40 * DAY, 'normal'),
        finding(NOON - 40 * DAY, 'eager'),
      ],
    });
    await createHourStore(handle, context).prune(40);
    const left = async (level: 'normal' | 'eager') =>
      (await found.list({ start: 0, end: NOON }, level)).map(({ hour }) => (hour - NOON) / DAY);
    expect([await left('normal'), await left('eager')]).toEqual([[-40], [-40]]);
  });

  it('reach further back when that is asked for, also where nothing is dirty any more', async () => {
    const handle = await open();
    const context = contextIn('Asia/Kolkata');
    const hours = createHourStore(handle, context);
    const events = [-90, -80, -40, -35, 0].map(on);
    await store(handle, context, events);
    await hours.aggregateDirty();
    await hours.aggregateDirty('2025-12-20');
    expect(await daysWithHours(handle)).toEqual([-80, -40, -35, 0].map((day) => day - 0.5 / 24));
    expect(await hours.aggregateDirty('2025-12-20')).toEqual({ hours: 0 });
    const late = on(-60);
    await store(handle, context, [late]);
    expect(await hours.aggregateDirty()).toEqual({ hours: 1 });
    await createRollupStore(handle, context).markAllDirty();
    await hours.aggregateDirty();
    expect(await readHourRows(handle)).toEqual(bruteForceHours([...events.slice(1), late], context));
  });

  it('are marked for a database that was filled before there were hours', async () => {
    const handle = await open();
    const context = contextIn('UTC');
    const events = [on(-3), on(-2), on(0)];
    await store(handle, context, events.slice(0, 2));
    await createRollupStore(handle, context).aggregateDirty();
    await store(handle, context, events.slice(2));
    await sql`DROP TABLE hourly_surface_metrics, dirty_hours`.execute(handle.kysely);
    await hoursMigration.up(handle.kysely.withTables<never>());
    await createHourStore(handle, context).aggregateDirty();
    expect(await readHourRows(handle)).toEqual(bruteForceHours(events, context));
  });
});
