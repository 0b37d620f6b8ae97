import { expect, it } from 'vitest';
import { createCountStore } from '../../src/postgres/count.repository.ts';
import { createMetricStore } from '../../src/postgres/metric.repository.ts';
import { createRollupStore } from '../../src/postgres/rollup.repository.ts';
import { describeOnEveryDatabase } from '../support/database.ts';
import { anEvent, contextIn, DAY, NOON, store } from './rollup-fixture.ts';

describeOnEveryDatabase('what questions may name', (open) => {
  const events = [
    ...['/checkout', '/checkout', '/cart'].map((surface) =>
      anEvent('pageview', { surface, account: 'acme', release: 'web@1' }),
    ),
    anEvent('error', { error_signature: 'TypeError', account: 'globex', meta: { plan: 'pro', platform: 'ios' } }),
    anEvent('ticket', { ticket_topic: 'refunds', severity: 3, surface: null }),
    anEvent('request', { status: 503, endpoint: 'POST /api/pay' }),
    // Out of use, and no name at all.
    anEvent('pageview', { surface: '/old', ts: NOON - 120 * DAY }),
    anEvent('pageview', { meta: { plan: '' } }),
  ];

  it.each([
    ['counted', true],
    ['not counted yet', false],
  ])('is what lately had data, most used first, %s', async (_, counted) => {
    const handle = await open();
    const context = contextIn('Europe/Berlin');
    await store(handle, context, events);
    if (counted) await createCountStore(handle.kysely, context).aggregateDirty();
    const { surfaces, values, sources } = await createMetricStore(handle, context).vocabulary();
    expect(surfaces).toEqual(['/checkout', '/cart']);
    expect(sources).toEqual(['api_log', 'intercom', 'posthog', 'sentry']);
    expect(values).toMatchObject({
      account: ['acme', 'globex'],
      release: ['web@1'],
      error_signature: ['TypeError'],
      ticket_topic: ['refunds'],
      plan: ['pro'],
      platform: ['ios'],
      status: ['503'],
      severity: ['3'],
      endpoint: ['POST /api/pay'],
      funnel: ['checkout'],
    });
  });

  it('holds what came since it was counted, and what a team counted itself', async () => {
    const handle = await open();
    const context = contextIn('Europe/Berlin');
    await store(handle, context, events);
    await createCountStore(handle.kysely, context).aggregateDirty();
    await store(handle, context, [anEvent('pageview', { surface: '/new', account: 'newcorp' })]);
    const row = {
      date: '2026-03-09',
      surface: '/imported',
      pageviews: 1,
      actions: 0,
      dropoffs: 0,
      errors: 0,
      tickets: 0,
    };
    await createRollupStore(handle, context).upsertAggregates([
      {
        ...row,
        ...{ affected_accounts: 0, affected_users: 0, revenue_at_risk: 0, release_top: null, release_share: null },
        ...{ top_error_signatures: [], top_ticket_topics: [] },
      },
    ]);
    const { surfaces, values } = await createMetricStore(handle, context).vocabulary();
    expect([...surfaces].sort()).toEqual(['/cart', '/checkout', '/imported', '/new']);
    expect([...(values.account ?? [])].sort()).toEqual(['acme', 'globex', 'newcorp']);
  });

  it('is remembered for a minute', async () => {
    const handle = await open();
    let now = NOON;
    const context = contextIn('Europe/Berlin', { clock: () => now });
    const metrics = createMetricStore(handle, context);
    expect(await metrics.vocabulary()).toMatchObject({ surfaces: [], sources: [] });
    await store(handle, context, events);
    now += 59_000;
    expect((await metrics.vocabulary()).surfaces).toEqual([]);
    now += 1_000;
    expect((await metrics.vocabulary()).surfaces).toContain('/cart');
  });
});
