/** A small product with a story, as events: /checkout fails twice as often since Monday, under a new release. */
import { createHash } from 'node:crypto';
import { createPreparer } from '../../src/core/prepare-event.ts';
import type { Event } from '../../src/core/records.ts';
import type { Stores } from '../../src/pipeline/ports.ts';

const DAY = 86_400_000;
const FIRST = Date.UTC(2026, 0, 5, 9);
const DAYS = 25;
const VIEWS = 20;
const SURFACES = ['/checkout', '/login', '/search', '/cart'];
/** A ticket that wants out of its place. */
export const HOSTILE = 'Card fails after submit <!channel> & <@U0000MAYA>, write to joe@example.com';

function* events(): Generator<Event> {
  for (let day = 0; day < DAYS; day++)
    for (const [place, surface] of SURFACES.entries())
      for (let view = 0; view < VIEWS; view++) {
        const ts = FIRST + day * DAY + view * 60_000;
        const release = day >= 14 ? 'web@1.42.0' : 'web@1.41.3';
        const base = { ts, surface, account: `Account ${view % 8}`, user: `user-${view}`, severity: null, value: null };
        const meta = { release, env: 'production', plan: view % 2 ? 'growth' : 'free' };
        const id = `${day}-${surface}-${view}`;
        yield { ...base, source: 'posthog', type: 'pageview', id: `p-${id}`, meta };
        if (view < (surface === '/checkout' && day >= 14 ? 4 : place === 3 ? 0 : 1))
          yield {
            ...base,
            source: 'sentry',
            type: 'error',
            id: `e-${id}`,
            meta: { ...meta, error_code: 'PAYMENT_PROVIDER_TIMEOUT' },
          };
        if (surface === '/checkout' && view === 0)
          yield {
            ...base,
            source: 'intercom',
            type: 'ticket',
            id: `t-${id}`,
            meta: { ticket_topic: 'card fails', text: HOSTILE },
          };
      }
}

/** Stores the events and brings the rollups up to date. */
export async function openShop(stores: Stores): Promise<void> {
  const prepare = createPreparer({
    currency: 'USD',
    sha256: (text) => createHash('sha256').update(text).digest('hex'),
    pseudonym: (user) => `pseudonym of ${user}`,
    keyId: 'k1',
  });
  const session = await stores.events.beginImport();
  await session.write([...events()].map(prepare));
  await session.end();
  await stores.rollups.aggregateDirty();
}
