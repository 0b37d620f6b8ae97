import { expect, it } from 'vitest';
import { createRollupStore } from '../../src/postgres/rollup.repository.ts';
import { describeOnEveryDatabase } from '../support/database.ts';
import { anEvent, contextIn, DAY, HOUR, NOON, store } from './rollup-fixture.ts';

describeOnEveryDatabase('reading segments', (open) => {
  it('counts each value of each dimension, on the judged day and over the days before the episode', async () => {
    const handle = await open();
    const context = contextIn('Europe/Berlin');
    const rollups = createRollupStore(handle, context);
    await store(handle, context, [
      anEvent('pageview', { release: 'web@1', meta: { plan: 'free' }, ts: NOON - 4 * DAY }),
      anEvent('pageview', { release: 'web@1', ts: NOON - 3 * DAY }),
      // Neither before the episode nor on the judged day.
      anEvent('pageview', { release: 'web@1', ts: NOON - DAY }),
      anEvent('pageview', { release: 'web@2', meta: { plan: 'free' } }),
      anEvent('error', { release: 'web@2', error_signature: 'TIMEOUT' }),
      anEvent('request', { release: 'web@2', status: 403, endpoint: 'GET /api' }),
      anEvent('pageview', { release: 'web@2', surface: '/elsewhere' }),
      anEvent('pageview', { release: 'web@9', ts: NOON + DAY }),
    ]);
    const rows = await rollups.readSegments({
      date: '2026-03-10',
      since: '2026-03-09',
      days: 7,
      surfaces: ['/checkout'],
    });
    const of = (dimension: string) =>
      rows
        .filter((row) => row.dimension === dimension)
        .map(({ value, is_now, pageviews, errors, requests, request_failures }) => [
          value,
          is_now ? 'now' : 'before',
          [pageviews, errors, requests, request_failures].join(' '),
        ])
        .sort();
    expect(of('release')).toEqual([
      ['web@1', 'before', '2 0 0 0'],
      ['web@2', 'now', '1 2 1 1'],
    ]);
    expect(of('plan')).toEqual([
      [null, 'before', '1 0 0 0'],
      [null, 'now', '0 2 1 1'],
      ['free', 'before', '1 0 0 0'],
      ['free', 'now', '1 0 0 0'],
    ]);
    expect(await rollups.readSegments({ date: '2026-03-10', since: '2026-03-09', days: 7, surfaces: [] })).toEqual([]);
  });
});

describeOnEveryDatabase("reading an episode's reach", (open) => {
  it('bounds the people hit: one person may have another id in each tool', async () => {
    const handle = await open();
    const context = contextIn('Europe/Berlin');
    const rollups = createRollupStore(handle, context);
    const midnight = Date.UTC(2026, 2, 8, 23);
    await store(handle, context, [
      anEvent('error', { account: 'acme', user: 'sentry-1', ts: midnight }),
      anEvent('error', { account: 'acme', user: 'sentry-2' }),
      anEvent('dropoff', { account: 'acme', user: 'posthog-1' }),
      anEvent('dropoff', { account: 'beta', user: 'posthog-1' }),
      anEvent('pageview', { account: 'fine', user: 'posthog-9' }),
      anEvent('error', { account: 'early', user: 'sentry-3', ts: midnight - HOUR }),
      anEvent('error', { surface: '/other', account: 'gamma', user: 'sentry-1', ts: midnight - HOUR }),
    ]);
    const reached = await rollups.readEpisodeReach('2026-03-10', [
      { surface: '/checkout', since: '2026-03-09' },
      { surface: '/other', since: '2026-03-08' },
      { surface: '/silent', since: '2026-03-08' },
    ]);
    expect(new Map(reached.map(({ surface, reach }) => [surface, reach]))).toEqual(
      new Map([
        ['/checkout', { accounts: [2, 2], users: [2, 3] }],
        ['/other', { accounts: [1, 1], users: [1, 1] }],
      ]),
    );
    expect(await rollups.readEpisodeReach('2026-03-10', [])).toEqual([]);
  });
});
