import { expect, it } from 'vitest';
import { createHourStore } from '../../src/postgres/hour.repository.ts';
import { describeOnEveryDatabase } from '../support/database.ts';
import { anEvent, contextIn, DAY, HOUR, NOON, store } from './rollup-fixture.ts';

describeOnEveryDatabase('reading hours', (open) => {
  it('lays them out as columns, an hour a slot, with totals', async () => {
    const handle = await open();
    const context = contextIn('UTC');
    const hours = createHourStore(handle, context);
    const at = (hour: number, surface: string) => ({ ts: NOON + hour * HOUR, surface });
    await store(handle, context, [
      anEvent('pageview', at(-4, '/b')),
      anEvent('pageview', at(-3, '/b')),
      anEvent('pageview', at(-3, '/a')),
      anEvent('dropoff', at(-1, '/b')),
      anEvent('request', { ...at(-1, '/b'), status: 503, value: 40 }),
      anEvent('ticket', at(0, '/b')),
    ]);
    await hours.aggregateDirty();
    const read = await hours.readSurfaceHours({ start: NOON - 3 * HOUR, end: NOON });
    expect(read.hours.map(({ start }) => (start - NOON) / HOUR)).toEqual([-3, -2, -1]);
    expect(read.surfaces.map(({ surface }) => surface)).toEqual(['/a', '/b']);
    const [, b] = read.surfaces;
    expect(b).toMatchObject({
      present: Uint8Array.of(1, 0, 1),
      latency: Float64Array.of(Number.NaN, Number.NaN, 40),
      measures: {
        pageviews: Float64Array.of(1, 0, 0),
        actions: Float64Array.of(0, 0, 0),
        dropoffs: Float64Array.of(0, 0, 1),
        errors: Float64Array.of(0, 0, 1),
        tickets: Float64Array.of(0, 0, 0),
        requests: Float64Array.of(0, 0, 1),
        request_failures: Float64Array.of(0, 0, 1),
      },
    });
    expect(read.totals.pageviews).toEqual(Float64Array.of(2, 0, 0));
    expect(read.hasData).toEqual(Uint8Array.of(1, 0, 1));

    const range = { start: NOON - 3 * HOUR, end: NOON };
    const one = await hours.readPageAmongAll(range, '/b', await hours.readAllPages(range));
    expect(one.hours).toEqual(read.hours);
    expect(one.totals).toEqual(read.totals);
    expect(one.hasData).toEqual(read.hasData);
    expect(one.surfaces.map(({ surface, present }) => [surface, present])).toEqual([
      ['', Uint8Array.of(1, 0, 1)],
      ['/b', b?.present],
    ]);
    expect(one.surfaces[1]?.measures).toEqual(b?.measures);
  });

  it('covers a day of 25 hours, and more than a day', async () => {
    const handle = await open();
    const clock = () => Date.UTC(2026, 10, 4);
    const context = contextIn('America/New_York', { clock });
    const hours = createHourStore(handle, context);
    const start = Date.UTC(2026, 10, 1, 4);
    const every = Array.from({ length: 49 }, (_, hour) => anEvent('pageview', { ts: start + hour * HOUR }));
    await store(handle, context, every);
    await hours.aggregateDirty();
    const read = await hours.readSurfaceHours({ start, end: start + 2 * DAY + HOUR });
    expect(read.hours).toHaveLength(49);
    expect(read.totals.pageviews).toEqual(new Float64Array(49).fill(1));
  });

  it('leaves out an hour that began before the range, and has nothing of an empty one', async () => {
    const handle = await open();
    const context = contextIn('Asia/Kolkata');
    const hours = createHourStore(handle, context);
    await store(handle, context, [anEvent('pageview'), anEvent('pageview', { ts: NOON + HOUR })]);
    await hours.aggregateDirty();
    const read = await hours.readSurfaceHours({ start: NOON, end: NOON + HOUR });
    expect(read.hours).toEqual([{ start: NOON + HOUR / 2, end: NOON + 1.5 * HOUR }]);
    expect(read.totals.pageviews).toEqual(Float64Array.of(1));
    expect(await hours.readSurfaceHours({ start: NOON, end: NOON })).toMatchObject({ hours: [], surfaces: [] });
  });
});
