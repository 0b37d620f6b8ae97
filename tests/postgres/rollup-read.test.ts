import { expect, it } from 'vitest';
import type { StorableEvent } from '../../src/core/records.ts';
import { createRollupStore } from '../../src/postgres/rollup.repository.ts';
import { describeOnEveryDatabase } from '../support/database.ts';
import { anEvent, contextIn, DAY, HOUR, NOON, store } from './rollup-fixture.ts';

describeOnEveryDatabase('reading rollups', (open) => {
  it('orders days by surface, then date, by bytes, within a half-open range', async () => {
    const handle = await open();
    const context = contextIn('UTC');
    const rollups = createRollupStore(handle, context);
    const on = [-1, 0, 1, 2].flatMap((day) => ['/b', '/B', '/a'].map((surface) => ({ surface, ts: NOON + day * DAY })));
    await store(
      handle,
      context,
      on.map((where) => anEvent('error', { ...where, error_signature: 'E', release: 'r1' })),
    );
    await rollups.aggregateDirty();
    const range = { start: '2026-03-10', end: '2026-03-12' };
    const expected = ['/B', '/a', '/b'].flatMap((surface) => [
      [surface, '2026-03-10'],
      [surface, '2026-03-11'],
    ]);
    for (const rows of [
      await rollups.readSurfaceDays(range),
      await rollups.readReleaseDays(range),
      await rollups.readSignatureDays(range),
    ])
      expect(rows.map(({ surface, date }) => [surface, date])).toEqual(expected);
    expect(await rollups.dateSpan()).toEqual({ first: '2026-03-09', last: '2026-03-12' });
  });

  it('gives details of one day, of the surfaces asked for', async () => {
    const handle = await open();
    const context = contextIn('UTC');
    const rollups = createRollupStore(handle, context);
    await store(
      handle,
      context,
      ['/a', '/b', '/c'].map((surface) => anEvent('error', { surface, env: 'production' })),
    );
    await rollups.aggregateDirty();
    const surfaces = async (asked?: string[]) =>
      (await rollups.readSurfaceDetails('2026-03-10', asked)).map(({ surface, env_top }) => [surface, env_top]);
    expect(await surfaces()).toEqual([
      ['/a', 'production'],
      ['/b', 'production'],
      ['/c', 'production'],
    ]);
    expect(await surfaces(['/c', '/nowhere'])).toEqual([['/c', 'production']]);
    expect(await surfaces([])).toEqual([]);
  });

  it('says how far a signature reached that day, over all surfaces', async () => {
    const handle = await open();
    const context = contextIn('Europe/Berlin');
    const rollups = createRollupStore(handle, context);
    const broken = { error_signature: 'TypeError' };
    const midnight = Date.UTC(2026, 2, 9, 23);
    await store(handle, context, [
      anEvent('error', { ...broken, account: 'acme', user: 'u1', ts: midnight }),
      anEvent('error', { ...broken, account: 'acme', user: 'u2', surface: '/home' }),
      anEvent('request', { ...broken, account: 'globex', user: 'u1', status: 503 }),
      anEvent('error', { ...broken, account: 'day before', user: 'u3', ts: midnight - 1 }),
      anEvent('error', { ...broken, account: 'day after', user: 'u4', ts: midnight + DAY }),
      anEvent('error', { ...broken, account: 'nowhere', user: 'u5', surface: null }),
      anEvent('error', { error_signature: 'Other', account: 'initech', user: 'u6' }),
      anEvent('revenue', { account: 'acme', amount_minor: 4_000, surface: null, ts: NOON - 40 * DAY }),
      anEvent('revenue', { account: 'globex', amount_minor: 500, surface: null, ts: NOON + HOUR }),
      anEvent('revenue', { account: 'globex', amount_minor: 900, surface: null, ts: NOON + DAY }),
    ]);
    expect(await rollups.readSignatureReach('2026-03-10', 'TypeError')).toEqual({
      accounts: 2,
      users: 2,
      revenue_at_risk: 4_500,
    });
    expect(await rollups.readSignatureReach('2026-03-10', 'Unheard')).toEqual({
      accounts: 0,
      users: 0,
      revenue_at_risk: 0,
    });
  });

  it('counts failed requests by endpoint and status: 5xx and the statuses the workspace lists', async () => {
    const handle = await open();
    const context = contextIn('Europe/Berlin', { failureStatuses: [403] });
    const rollups = createRollupStore(handle, context);
    const call = (status: number, more: Partial<StorableEvent> = {}) =>
      anEvent('request', { status, endpoint: 'POST /pay', ...more });
    await store(handle, context, [
      ...[call(403), call(403), call(503), call(500, { endpoint: null }), call(500, { surface: '/other' })],
      ...[call(200), call(401), anEvent('error', { status: 500 }), call(403, { ts: NOON + 11.5 * HOUR })],
      call(500, { surface: '/elsewhere' }),
    ]);
    const counts = await rollups.readFailures('2026-03-10', ['/checkout', '/other']);
    expect(counts.map((each) => Object.values(each).join(' ')).sort()).toEqual([
      '/checkout  500 1',
      '/checkout POST /pay 403 2',
      '/checkout POST /pay 503 1',
      '/other POST /pay 500 1',
    ]);
    expect(await rollups.readFailures('2026-03-10', [])).toEqual([]);
  });

  it('links back to the tools: errors and tickets, each link once, latest first, only http(s)', async () => {
    const handle = await open();
    const context = contextIn('UTC');
    const rollups = createRollupStore(handle, context);
    const linked = (hour: number, url: string) => ({ ts: NOON + hour * HOUR, meta: { url } });
    await store(handle, context, [
      anEvent('error', { ...linked(0, 'https://sentry.example/1'), error_signature: 'E' }),
      anEvent('error', { ...linked(3, 'https://sentry.example/1'), error_signature: 'E' }),
      anEvent('ticket', linked(2, 'https://intercom.example/7')),
      anEvent('request', { ...linked(1, 'https://logs.example/9'), status: 500 }),
      anEvent('request', { ...linked(1, 'https://logs.example/fine'), status: 200 }),
      anEvent('error', linked(4, 'javascript:alert(1)')),
      anEvent('pageview', linked(4, 'https://app.example/')),
      anEvent('error', linked(30, 'https://sentry.example/next-day')),
      anEvent('error', { ...linked(4, 'https://sentry.example/elsewhere'), surface: '/home' }),
    ]);
    const checkout = { entity_type: 'surface', entity_key: '/checkout' } as const;
    const links = [
      { label: 'Sentry', url: 'https://sentry.example/1' },
      { label: 'Intercom', url: 'https://intercom.example/7' },
      { label: 'API log', url: 'https://logs.example/9' },
    ];
    expect(await rollups.readLinks('2026-03-10', checkout, 10)).toEqual(links);
    expect(await rollups.readLinks('2026-03-10', checkout, 2)).toEqual(links.slice(0, 2));
    const signature = { entity_type: 'error_signature', entity_key: 'E' } as const;
    expect(await rollups.readLinks('2026-03-10', signature, 10)).toEqual(links.slice(0, 1));
  });
});
