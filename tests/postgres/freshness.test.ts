import { expect, it } from 'vitest';
import { createEventStore } from '../../src/postgres/event.repository.ts';
import { createFreshnessStore } from '../../src/postgres/freshness.repository.ts';
import { describeOnEveryDatabase } from '../support/database.ts';
import { storableEvent } from '../support/storable-event.ts';
import { createStoreContext } from '../support/store-context.ts';

const HOUR = 3_600_000;
const NOON = Date.UTC(2026, 0, 29, 12);

describeOnEveryDatabase('the freshness of sources', (open) => {
  it('keeps each hour in which a source sent, with when its first event arrived, and what it ever sent', async () => {
    const handle = await open();
    // An hour there begins at half past in UTC: hours are cut in UTC all the same.
    const context = createStoreContext({ timezone: 'Asia/Kolkata' });
    const freshness = createFreshnessStore(handle.kysely, context);
    const first = context.clock();
    const session = await createEventStore(handle, context).beginImport();
    await session.write([
      storableEvent('1', { ts: NOON }),
      storableEvent('2', { ts: NOON + HOUR - 1 }),
      storableEvent('3', { ts: NOON + 3 * HOUR, source: 'sentry', type: 'error' }),
    ]);
    context.advance(5 * HOUR);
    await session.write([
      storableEvent('4', { ts: NOON + 10 }),
      storableEvent('5', { ts: NOON + 2 * HOUR, type: 'action' }),
    ]);
    await session.end();

    expect(await freshness.readHours({ start: NOON, end: NOON + 3 * HOUR })).toEqual([
      {
        source: 'posthog',
        hours: [
          { hour: NOON, receivedAt: first },
          { hour: NOON + 2 * HOUR, receivedAt: first + 5 * HOUR },
        ],
      },
    ]);
    expect((await freshness.list()).map(({ source, types, events_total }) => [source, types, events_total])).toEqual([
      ['posthog', ['pageview', 'action'], 4],
      ['sentry', ['error'], 1],
    ]);
  });
});
