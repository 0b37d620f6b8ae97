import { expect, it } from 'vitest';
import type { MetricQuery } from '../../src/core/query/metric-query.ts';
import type { AggregateRow } from '../../src/core/records.ts';
import { createCountStore } from '../../src/postgres/count.repository.ts';
import { createMetricStore } from '../../src/postgres/metric.repository.ts';
import { createRollupStore } from '../../src/postgres/rollup.repository.ts';
import { describeOnEveryDatabase } from '../support/database.ts';
import { ask, CONFIG } from './metric-fixture.ts';
import { anEvent, contextIn, DAY, NOON, store } from './rollup-fixture.ts';

const row = (date: string, surface: string, counts: Partial<AggregateRow> = {}): AggregateRow => ({
  ...{ date, surface, pageviews: 100, actions: 20, dropoffs: 5, errors: 10, tickets: 4 },
  ...{ affected_accounts: 3, affected_users: 6, revenue_at_risk: 900, release_top: null, release_share: null },
  ...{ top_error_signatures: [], top_ticket_topics: [] },
  ...counts,
});

describeOnEveryDatabase('days that a team counted itself', (open) => {
  const stocked = async (counted: boolean) => {
    const handle = await open();
    const context = contextIn('Europe/Berlin');
    await store(handle, context, [
      // These two are in the team's own count of that page and day.
      ...[anEvent('pageview'), anEvent('error')],
      ...[
        anEvent('pageview', { surface: '/cart' }),
        anEvent('pageview', { surface: null }),
        anEvent('pageview', { ts: NOON - DAY }),
      ],
    ]);
    await createRollupStore(handle, context).upsertAggregates([
      row('2026-03-10', '/checkout', {
        top_error_signatures: [{ sig: 'TypeError', count: 7, example: '' }],
        top_ticket_topics: [{ topic: 'refunds', count: 3, snippets: [] }],
        release_top: 'web@2',
        release_share: 0.5,
      }),
      row('2026-03-08', '/only-imported'),
    ]);
    if (counted) await createCountStore(handle.kysely, context).aggregateDirty();
    const metrics = createMetricStore(handle, context);
    return (metric: string, changes: Omit<Partial<MetricQuery>, 'metric'> = {}) =>
      metrics.answer(ask({ metric, window: { start: '2026-03-08', end: '2026-03-11' }, ...changes }), {
        asOf: NOON + 2 * DAY,
        config: CONFIG,
      });
  };

  it.each([true, false])('stand in for their events and add up with all others (counted: %s)', async (counted) => {
    const answer = await stocked(counted);
    expect((await answer('pageviews')).total.figure.value).toBe(203);
    expect((await answer('errors')).total.figure.value).toBe(20);
    const { total } = await answer('error_rate', { surface: '/checkout' });
    expect(total.figure).toMatchObject({ numerator: 10, denominator: 101 });
    const byDay = await answer('pageviews', { grain: 'day' });
    expect(byDay.rows.map(({ bucket, figure }) => [bucket, figure.value])).toEqual([
      ['2026-03-08', 100],
      ['2026-03-09', 1],
      ['2026-03-10', 102],
    ]);
    expect(byDay.first_date).toBe('2026-03-08');
    const bySurface = await answer('pageviews', { group_by: ['surface'] });
    expect(bySurface.rows.map(({ key, figure }) => [key.surface, figure.value])).toEqual([
      ['/checkout', 101],
      ['/only-imported', 100],
      ['/cart', 1],
      [null, 1],
    ]);
  });

  it.each<[string, string, [string | null, number][]]>([
    [
      'errors',
      'error_signature',
      [
        [null, 13],
        ['TypeError', 7],
      ],
    ],
    [
      'tickets',
      'ticket_topic',
      [
        [null, 5],
        ['refunds', 3],
      ],
    ],
    [
      'errors',
      'release',
      [
        [null, 15],
        ['web@2', 5],
      ],
    ],
  ])('tell apart %s by %s as far as they name it', async (metric, dimension, expected) => {
    const answer = await stocked(true);
    const { rows, total } = await answer(metric, { group_by: [dimension] });
    expect(rows.map(({ key, figure }) => [key[dimension], figure.value])).toEqual(expected);
    expect(total.figure.value).toBe(expected.reduce((sum, [, value]) => sum + value, 0));
  });
});
