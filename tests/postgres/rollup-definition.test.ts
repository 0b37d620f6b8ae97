import { expect, it } from 'vitest';
import type { AggregateRow } from '../../src/core/records.ts';
import { createRollupStore } from '../../src/postgres/rollup.repository.ts';
import { describeOnEveryDatabase } from '../support/database.ts';
import { anEvent, contextIn, NOON, readRollups, store } from './rollup-fixture.ts';

const LATE_EVENING = Date.UTC(2026, 2, 10, 23, 30);

const anAggregate = (more: Partial<AggregateRow> = {}): AggregateRow => ({
  date: '2026-03-10',
  surface: '/checkout',
  pageviews: 1_000,
  actions: 80,
  dropoffs: 60,
  errors: 40,
  tickets: 5,
  affected_accounts: 9,
  affected_users: 21,
  revenue_at_risk: 123_456,
  release_top: 'web@2',
  release_share: 0.75,
  top_error_signatures: [
    { sig: 'TypeError in pay', count: 30, example: 'x is undefined' },
    { sig: 'TimeoutError', count: 10, example: '' },
  ],
  top_ticket_topics: [{ topic: 'payment fails', count: 5, snippets: ['I cannot pay'] }],
  ...more,
});

describeOnEveryDatabase('the definition of the rollups', (open) => {
  it('rebuilds every day when the zone changes', async () => {
    const handle = await open();
    await store(handle, contextIn('UTC'), [anEvent('pageview', { ts: LATE_EVENING }), anEvent('pageview')]);
    await createRollupStore(handle, contextIn('UTC')).aggregateDirty();
    const berlin = createRollupStore(handle, contextIn('Europe/Berlin'));
    expect(await berlin.aggregateDirty()).toEqual({ buckets: 2, dates: ['2026-03-10', '2026-03-11'] });
    const days = await berlin.readSurfaceDays({ start: '2026-03-01', end: '2026-04-01' });
    expect(days.map(({ date, pageviews }) => [date, pageviews])).toEqual([
      ['2026-03-10', 1],
      ['2026-03-11', 1],
    ]);
  });

  it('removes the day that the other zone had and this one has not', async () => {
    const handle = await open();
    await store(handle, contextIn('UTC'), [anEvent('pageview', { ts: LATE_EVENING })]);
    await createRollupStore(handle, contextIn('UTC')).aggregateDirty();
    const berlin = createRollupStore(handle, contextIn('Europe/Berlin'));
    await berlin.aggregateDirty();
    expect(await berlin.dateSpan()).toEqual({ first: '2026-03-11', last: '2026-03-11' });
  });

  it('rebuilds when the statuses that count as failures change, whatever their order', async () => {
    const handle = await open();
    const failures = [401, 429, 500].map((status) => anEvent('request', { status, value: 10 }));
    await store(handle, contextIn('UTC'), failures);
    const errorsUnder = async (failureStatuses: number[]) => {
      const rollups = createRollupStore(handle, contextIn('UTC', { failureStatuses }));
      const { buckets } = await rollups.aggregateDirty();
      const [day] = await rollups.readSurfaceDays({ start: '2026-03-10', end: '2026-03-11' });
      return { buckets, errors: day?.errors, request_failures: day?.request_failures };
    };
    expect(await errorsUnder([])).toEqual({ buckets: 1, errors: 1, request_failures: 1 });
    expect(await errorsUnder([429, 401])).toEqual({ buckets: 1, errors: 3, request_failures: 3 });
    expect(await errorsUnder([401, 429])).toEqual({ buckets: 0, errors: 3, request_failures: 3 });
  });

  it('refuses another zone once days were imported, and says what to do', async () => {
    const handle = await open();
    await createRollupStore(handle, contextIn('UTC')).upsertAggregates([anAggregate()]);
    await expect(createRollupStore(handle, contextIn('Asia/Tokyo')).aggregateDirty()).rejects.toMatchObject({
      code: 'bad_config',
      fix: expect.stringContaining('SEEPASS_TIMEZONE'),
    });
    expect(await createRollupStore(handle, contextIn('UTC')).aggregateDirty()).toEqual({ buckets: 0, dates: [] });
  });
});

describeOnEveryDatabase('days imported as aggregates', (open) => {
  it('read like days made from events', async () => {
    const handle = await open();
    const rollups = createRollupStore(handle, contextIn('UTC'));
    await rollups.upsertAggregates([anAggregate()]);
    const range = { start: '2026-03-10', end: '2026-03-11' };
    const of = { date: '2026-03-10', surface: '/checkout' };
    const { top_error_signatures, top_ticket_topics, ...counts } = anAggregate();
    expect(await rollups.readSurfaceDays(range)).toEqual([
      { ...counts, requests: 0, request_failures: 0, latency_p50: null, latency_p95: null, revenue: 0 },
    ]);
    expect(await rollups.readSurfaceDetails('2026-03-10', ['/checkout'])).toEqual([
      { ...of, env_top: null, top_error_signatures, top_ticket_topics },
    ]);
    expect(await rollups.readSignatureDays(range)).toEqual([
      { ...of, signature: 'TimeoutError', errors: 10, example: '', url: null, release_top: 'web@2' },
      { ...of, signature: 'TypeError in pay', errors: 30, example: 'x is undefined', url: null, release_top: 'web@2' },
    ]);
    expect(await rollups.readReleaseDays(range)).toEqual([
      { ...of, release: 'web@2', pageviews: 750, requests: 0, errors: 30 },
    ]);
  });

  it('are replaced by a later row of the same date and surface, also within one import', async () => {
    const handle = await open();
    const rollups = createRollupStore(handle, contextIn('UTC'));
    await rollups.upsertAggregates([anAggregate(), anAggregate({ errors: 1 })]);
    await rollups.upsertAggregates([
      anAggregate({ errors: 2, release_top: null, release_share: null, top_error_signatures: [] }),
    ]);
    const rows = await readRollups(handle);
    expect(rows).toMatchObject({ surfaces: [{ errors: 2, release_top: null }], signatures: [], releases: [] });
  });

  it('are never recomputed from events or deleted, while the surfaces beside them are', async () => {
    const handle = await open();
    const context = contextIn('UTC');
    const rollups = createRollupStore(handle, context);
    await rollups.upsertAggregates([anAggregate()]);
    const imported = await readRollups(handle);
    const error = { error_signature: 'Other', release: 'web@9', ts: NOON };
    await store(handle, context, [anEvent('error', error), anEvent('error', { ...error, surface: '/home' })]);
    await rollups.aggregateDirty();
    await rollups.markAllDirty();
    await rollups.aggregateDirty();
    const rows = await readRollups(handle);
    for (const name of ['surfaces', 'signatures', 'releases'] as const) {
      const [checkout, home] = [
        rows[name].filter((row) => row.surface === '/checkout'),
        rows[name].filter((row) => row.surface === '/home'),
      ];
      expect(checkout).toEqual(imported[name]);
      expect(home).toMatchObject([{ errors: 1 }]);
    }
  });
});
