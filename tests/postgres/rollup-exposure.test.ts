import { expect, it } from 'vitest';
import type { StorableEvent } from '../../src/core/records.ts';
import { createRollupStore } from '../../src/postgres/rollup.repository.ts';
import { describeOnEveryDatabase } from '../support/database.ts';
import { anEvent, contextIn, DAY, NOON, store } from './rollup-fixture.ts';

const monthly = (account: string, amount_minor: number, day: number, more: Partial<StorableEvent> = {}) =>
  anEvent('revenue', { account, amount_minor, ts: NOON + day * DAY, surface: null, ...more });
const errorOf = (account: string, day: number, surface = '/checkout') =>
  anEvent('error', { account, ts: NOON + day * DAY, surface });

describeOnEveryDatabase('exposed monthly revenue', (open) => {
  it('is what the affected accounts pay as known at the end of that day, orders left out', async () => {
    const handle = await open();
    const context = contextIn('UTC');
    const rollups = createRollupStore(handle, context);
    await store(handle, context, [
      monthly('acme', 1_000, -30),
      monthly('acme', 3_000, 1),
      monthly('acme', 7, 0, { order_id: 'order 1', surface: '/checkout' }),
      monthly('globex', 500, 0, { ts: NOON + 11 * 3_600_000 }),
      ...[0, 1, 2].flatMap((day) => [errorOf('acme', day), errorOf('acme', day), errorOf('globex', day)]),
      errorOf('nobody we know of', 0),
    ]);
    await rollups.aggregateDirty();
    const days = await rollups.readSurfaceDays({ start: '2026-03-01', end: '2026-04-01' });
    expect(days.map(({ date, revenue_at_risk, revenue }) => [date, revenue_at_risk, revenue])).toEqual([
      ['2026-03-10', 1_500, 7],
      ['2026-03-11', 3_500, 0],
      ['2026-03-12', 3_500, 0],
    ]);
  });

  it('changes on later days when a plan is learnt of late, where that account was affected and nowhere else', async () => {
    const handle = await open();
    const context = contextIn('UTC');
    const rollups = createRollupStore(handle, context);
    await store(handle, context, [
      ...[0, 1, 2, 3].map((day) => errorOf('acme', day)),
      errorOf('globex', 3, '/reports'),
      anEvent('pageview', { account: 'acme', surface: '/home', ts: NOON + 3 * DAY }),
    ]);
    await rollups.aggregateDirty();
    await store(handle, context, [monthly('acme', 900, 1)]);
    expect(await rollups.aggregateDirty()).toEqual({ buckets: 3, dates: ['2026-03-11', '2026-03-12', '2026-03-13'] });
    const days = await rollups.readSurfaceDays({ start: '2026-03-01', end: '2026-04-01' });
    expect(days.map(({ surface, revenue_at_risk }) => [surface, revenue_at_risk])).toEqual([
      ['/checkout', 0],
      ['/checkout', 900],
      ['/checkout', 900],
      ['/checkout', 900],
      ['/home', 0],
      ['/reports', 0],
    ]);
  });

  it('costs a first import no second look: marks of accounts vanish without new buckets', async () => {
    const handle = await open();
    const context = contextIn('UTC');
    await store(handle, context, [monthly('acme', 900, -5), errorOf('acme', 0), errorOf('acme', 1)]);
    expect(await createRollupStore(handle, context).aggregateDirty()).toMatchObject({ buckets: 2 });
    expect(await handle.kysely.selectFrom('dirty_accounts').selectAll().execute()).toEqual([]);
  });
});
