import { beforeAll, expect, it } from 'vitest';
import type { MetricQuery } from '../../src/core/query/metric-query.ts';
import type { AggregateRow } from '../../src/core/records.ts';
import type { MetricStore } from '../../src/pipeline/ports.ts';
import { createCountStore } from '../../src/postgres/count.repository.ts';
import { createMetricStore } from '../../src/postgres/metric.repository.ts';
import { createRollupStore } from '../../src/postgres/rollup.repository.ts';
import { describeOnEveryDatabase, describeOnOneDatabase } from '../support/database.ts';
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

describeOnOneDatabase('of days that a team counted itself, what their totals do not tell', (open) => {
  let metrics: MetricStore;
  beforeAll(async () => {
    const handle = await open();
    const context = contextIn('Europe/Berlin');
    const seen = (ts: number, user: string) => anEvent('pageview', { ts, user, meta: { platform: 'ios' } });
    await store(handle, context, [seen(NOON - 2 * DAY, 'a'), seen(NOON, 'a'), seen(NOON, 'b'), seen(NOON + DAY, 'c')]);
    await createRollupStore(handle, context).upsertAggregates([
      row('2026-03-09', '/checkout'),
      row('2026-03-10', '/only-imported'),
    ]);
    await createCountStore(handle.kysely, context).aggregateDirty();
    metrics = createMetricStore(handle, context);
  });
  const answer = (metric: string, changes: Omit<Partial<MetricQuery>, 'metric'> = {}, asOf = NOON + 2 * DAY) =>
    metrics.answer(ask({ metric, window: { start: '2026-03-08', end: '2026-03-12' }, ...changes }), {
      asOf,
      config: CONFIG,
    });

  it.each<[string, string, Omit<Partial<MetricQuery>, 'metric'>]>([
    ['people', 'active_users', {}],
    ['a filter that they know nothing of', 'pageviews', { filters: { platform: 'ios' } }],
  ])('is not known, and never zero: %s', async (_name, metric, changes) => {
    const { rows, total, totals_only, totals_partly } = await answer(metric, { ...changes, grain: 'day' });
    expect(rows.map(({ figure, partial }) => [figure.value, partial])).toEqual([
      [1, false],
      [null, true],
      [2, true],
      [1, false],
    ]);
    expect(totals_only).toEqual(['2026-03-09']);
    expect(totals_partly).toEqual(['2026-03-10']);
    expect(total.figure.value).toBe(metric === 'active_users' ? 3 : 4);
  });

  it('is not known by the hour, and no hour has all of a day', async () => {
    const { rows } = await answer('pageviews', { window: { start: '2026-03-09', end: '2026-03-11' }, grain: 'hour' });
    expect(rows.slice(0, 24).every(({ figure }) => figure.value === null)).toBe(true);
    expect(Math.max(...rows.slice(24).map(({ figure }) => figure.value ?? 0))).toBe(2);
  });

  it('is not known up to a point of the day, nor of a window of such days alone', async () => {
    const morning = { start: '2026-03-09', end: '2026-03-09T10:00' };
    expect((await answer('errors', { window: morning })).total.figure.value).toBeNull();
    expect((await answer('errors', { window: { start: '2026-03-09', end: '2026-03-10' } })).total.figure.value).toBe(
      10,
    );
    expect((await answer('active_users', { window: { start: '2026-03-09', end: '2026-03-10' } })).total).toMatchObject({
      figure: { value: null, sample: 0 },
    });
  });

  it('says of nobody that they left, when nobody can tell who was there', async () => {
    const window = { start: '2026-03-10', end: '2026-03-12' };
    expect((await answer('churned_accounts', { window })).total.figure.value).toBeNull();
  });

  it('and a ratio is computed without the days that it is told to leave out, on both sides', async () => {
    const query = ask({ metric: 'error_rate', window: { start: '2026-03-08', end: '2026-03-12' } });
    const { total } = await metrics.answer(query, {
      asOf: NOON + 2 * DAY,
      config: CONFIG,
      without: ['2026-03-09', '2026-03-08'],
    });
    expect(total.figure).toMatchObject({ numerator: 10, denominator: 103 });
  });
});
