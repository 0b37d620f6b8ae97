import { expect, it } from 'vitest';
import { createEventStore } from '../../src/postgres/event.repository.ts';
import { createStores } from '../../src/postgres/stores.ts';
import { describeOnEveryDatabase } from '../support/database.ts';
import { anEvent, contextIn, DAY, HOUR, NOON } from './rollup-fixture.ts';

const context = contextIn('Europe/Berlin', { clock: () => NOON + 2 * HOUR });

describeOnEveryDatabase("what is known of pages' hours", (open) => {
  it('is their counts, main error and release, whom they hit, and since when a release is there', async () => {
    const handle = await open();
    const stores = createStores(handle, context);
    const error = (more: Parameters<typeof anEvent>[1]) =>
      anEvent('error', { error_signature: 'CARD', release: 'web@2', ...more });
    const events = [
      ...Array.from({ length: 4 }, () => anEvent('pageview')),
      ...['a1', 'a1', 'a2'].map((account) => error({ account, user: `${account}-u` })),
      error({ error_signature: 'OTHER', release: 'web@1', account: 'a3' }),
      error({ surface: '/cart', account: 'a4', ts: NOON + HOUR }),
      anEvent('pageview', { release: 'web@2', ts: NOON - HOUR }),
      anEvent('pageview', { release: 'web@1', ts: NOON - 9 * DAY }),
    ];
    const session = await createEventStore(handle, context).beginImport();
    await session.write(events);
    await session.end();
    await stores.rollups.aggregateDirty();
    await stores.hours.aggregateDirty();

    const range = { start: NOON, end: NOON + HOUR };
    expect(await stores.hours.readPageHours(range, ['/checkout', '/nowhere'])).toEqual([
      {
        hour: NOON,
        surface: '/checkout',
        pageviews: 4,
        requests: 0,
        errors: 4,
        request_failures: 0,
        dropoffs: 0,
        signature: { name: 'CARD', share: 0.75 },
        release: { name: 'web@2', share: 0.75 },
      },
    ]);
    expect(await stores.hours.readPageHours(range, [])).toEqual([]);
    expect(await stores.hours.readHit(range, ['/checkout', '/cart'])).toEqual({ accounts: 3, users: 2 });
    expect(await stores.hours.readHit({ ...range, end: NOON + 2 * HOUR }, ['/checkout', '/cart'])).toMatchObject({
      accounts: 4,
    });

    const on = (surface: string, release: string) => ({ surface, release });
    const asked = [on('/checkout', 'web@2'), on('/checkout', 'web@1'), on('/cart', 'web@2'), on('/cart', 'web@9')];
    const seen = await stores.hours.readFirstSeen(asked, NOON + HOUR);
    const nineDaysAgo = Date.parse('2026-03-01T00:00:00+01:00');
    expect(seen.sort((a, b) => a.at - b.at)).toEqual([
      { ...on('/checkout', 'web@1'), at: nineDaysAgo },
      { ...on('/checkout', 'web@2'), at: NOON - HOUR },
    ]);
  });
});
