import { expect, it } from 'vitest';
import { findMetric } from '../../src/core/catalogue/index.ts';
import { splitChange } from '../../src/core/query/contributors.ts';
import { measuredOf } from '../../src/core/query/why/measured.ts';
import { explainChange, segmentsOf } from '../../src/core/query/why/split.ts';
import type { AggregateRow } from '../../src/core/records.ts';
import { createRollupStore } from '../../src/postgres/rollup.repository.ts';
import { createWhyStore } from '../../src/postgres/why.repository.ts';
import { describeOnEveryDatabase } from '../support/database.ts';
import { anEvent, contextIn, DAY, NOON, store } from './rollup-fixture.ts';

const DAYS = { before: { start: '2026-03-02', end: '2026-03-09' }, now: { start: '2026-03-09', end: '2026-03-11' } };
const PRODUCT = { surface: null, filters: {}, numeratorOnly: [] };

function row(date: string, surface: string, pageviews: number, errors: number): AggregateRow {
  const nobody = { affected_accounts: 0, affected_users: 0, revenue_at_risk: 0 };
  const none = { release_top: null, release_share: null, top_error_signatures: [], top_ticket_topics: [] };
  return { date, surface, pageviews, errors, actions: 0, dropoffs: 0, tickets: 0, ...nobody, ...none };
}

describeOnEveryDatabase("splitting the product's change by page", (open) => {
  const opened = async () => {
    const handle = await open();
    const context = contextIn('Europe/Berlin');
    return {
      handle,
      context,
      why: createWhyStore(handle.kysely, context),
      rollups: createRollupStore(handle, context),
    };
  };

  it('adds up to the change of the totals, rate and mix, also where only aggregates were imported', async () => {
    const { why, rollups } = await opened();
    const days = Array.from({ length: 9 }, (_, index) => `2026-03-${String(index + 2).padStart(2, '0')}`);
    await rollups.upsertAggregates(
      days.flatMap((date, index) => [
        // From the 9th on checkout fails, and a page that hardly ever fails has far more views.
        row(date, '/checkout', 1000, index < 7 ? 12 : 90),
        row(date, '/blog', index < 7 ? 2000 : 3600, 2),
        row(date, '/search', 1500, 15),
      ]),
    );
    const rows = await why.readChange({ ...DAYS, slice: PRODUCT, dimensions: ['surface', 'release'], asOf: NOON });
    const metric = findMetric('error_rate');
    const measured = metric && measuredOf(metric);
    if (!measured) throw new Error('error_rate is a ratio of counts');
    const segments = segmentsOf(rows, 'surface', measured, { now: 2, before: 7 });
    const { parts, before, now } = splitChange(segments);
    const totals = await why.readDays({ start: '2026-03-02', end: '2026-03-11' }, PRODUCT, NOON);
    const ratio = (from: string, until: string): number => {
      const own = totals.filter(({ date }) => date >= from && date < until);
      return own.reduce((sum, day) => sum + day.errors, 0) / own.reduce((sum, day) => sum + day.pageviews, 0);
    };
    expect([before, now]).toEqual([ratio('2026-03-02', '2026-03-09'), ratio('2026-03-09', '2026-03-11')]);
    const sum = (of: 'rate' | 'mix' | 'change') => parts.reduce((all, part) => all + part[of], 0);
    expect(sum('rate') + sum('mix')).toBeCloseTo(now - before, 12);
    // More readers of a page that never fails bring the ratio down, whatever checkout does.
    expect(sum('mix')).toBeLessThan(0);
    expect(sum('rate')).toBeGreaterThan(now - before);
    const found = explainChange(rows, measured, { now: 2, before: 7 });
    expect(found?.explained).toMatchObject([{ dimension: 'surface', value: '/checkout' }]);
    expect(found).toMatchObject({ before, now, outside: false });
  });

  it('is the same from events, for a pattern of pages, and over periods that overlap', async () => {
    const { handle, context, why, rollups } = await opened();
    await store(handle, context, [
      anEvent('pageview', { surface: '/shop/a', ts: NOON - 4 * DAY }),
      anEvent('error', { surface: '/shop/a' }),
      anEvent('pageview', { surface: '/shop/b' }),
      anEvent('pageview', { surface: '/other' }),
      anEvent('revenue', { surface: '/shop/b', amount_minor: 420 }),
    ]);
    await rollups.aggregateDirty();
    const overlapping = {
      before: { start: '2026-03-01', end: '2026-03-11' },
      now: { start: '2026-03-10', end: '2026-03-11' },
    };
    const slice = { ...PRODUCT, surface: '/shop*' };
    const rows = await why.readChange({ ...overlapping, slice, dimensions: ['surface'], asOf: NOON + DAY });
    const figures = rows
      .map(({ value, is_now, pageviews, errors, revenue }) => [value, is_now, pageviews, errors, revenue].join(' '))
      .sort();
    const without = ['2026-03-06', '2026-03-10'];
    expect(await why.readChange({ ...overlapping, slice, dimensions: ['surface'], without, asOf: NOON + DAY })).toEqual(
      [],
    );
    expect(figures).toEqual([
      '/shop/a false 1 1 0',
      '/shop/a true 0 1 0',
      '/shop/b false 1 0 420',
      '/shop/b true 1 0 420',
    ]);
  });

  it('scans events where a filter is set: the rollups do not know it', async () => {
    const { handle, context, why, rollups } = await opened();
    await store(handle, context, [
      anEvent('pageview', { release: 'web@2' }),
      anEvent('pageview', { release: 'web@1' }),
    ]);
    await rollups.aggregateDirty();
    const slice = { ...PRODUCT, filters: { release: ['web@2'] } };
    const rows = await why.readChange({ ...DAYS, slice, dimensions: ['surface'], asOf: NOON + DAY });
    expect(rows).toMatchObject([{ dimension: 'surface', value: '/checkout', is_now: true, pageviews: 1 }]);
  });
});
