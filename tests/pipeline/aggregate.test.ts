import { expect, it } from 'vitest';
import { aggregate } from '../../src/pipeline/aggregate.ts';
import { createStores } from '../../src/postgres/stores.ts';
import { anEvent, contextIn, NOON, store } from '../postgres/rollup-fixture.ts';
import { describeOnOneDatabase } from '../support/database.ts';

describeOnOneDatabase('aggregating', (open) => {
  it('reports the days it brought up to date, what there is now and how long it took', async () => {
    const handle = await open();
    const context = contextIn('UTC');
    const ticks = [NOON, NOON + 1_500, NOON + 1_500, NOON + 1_600];
    const run = () => aggregate({ stores: createStores(handle, context), clock: () => ticks.shift() ?? Number.NaN });
    await store(handle, context, [anEvent('pageview'), anEvent('error', { surface: '/home' })]);
    const span = { first: '2026-03-10', last: '2026-03-10' };
    expect(await run()).toEqual({ buckets: 2, dates: ['2026-03-10'], hours: 1, span, seconds: 1.5 });
    expect(await run()).toEqual({ buckets: 0, dates: [], hours: 0, span, seconds: 0.1 });
  });

  it('has nothing to say of an empty database', async () => {
    const handle = await open();
    const stores = createStores(handle, contextIn('UTC'));
    const nothing = { buckets: 0, dates: [], hours: 0, span: null, seconds: 0 };
    expect(await aggregate({ stores, clock: () => NOON })).toEqual(nothing);
  });
});
