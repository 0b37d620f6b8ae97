/** A month of a small shop whose checkout breaks with a release, and what asks about it. */
import type { MetricQuery } from '../../../src/core/query/metric-query.ts';
import type { Reading } from '../../../src/core/query/reading.ts';
import type { Role, StorableEvent } from '../../../src/core/records.ts';
import { createRng } from '../../../src/core/simulate/rng.ts';
import { poisson } from '../../../src/core/simulate/samplers.ts';
import { addDays, listDays, startOfDay } from '../../../src/core/window.ts';
import { withDefaults } from '../../../src/core/workspace-config.ts';
import type { AskContext } from '../../../src/pipeline/ask/ask-deps.ts';
import { judgeDays } from '../../../src/pipeline/judge.ts';
import type { DatabaseHandle } from '../../../src/postgres/database.ts';
import { createRollupStore } from '../../../src/postgres/rollup.repository.ts';
import { createStores } from '../../../src/postgres/stores.ts';
import { anEvent, contextIn, store } from '../../postgres/rollup-fixture.ts';
import { silentLog } from '../../support/silent-log.ts';
import { depsOf, readingOf, requestOf } from './asking.ts';

export const ZONE = 'Europe/Berlin';
/** Friday morning; the shop broke on Thursday. */
export const AS_OF = Date.parse('2026-01-30T08:00:00Z');
export const BROKE = '2026-01-29';
const DAYS = 30;

const range = { start: addDays(BROKE, 1 - DAYS), end: addDays(BROKE, 1) };

/** Every view, drop-off and error of two pages; on the last day most checkouts under the new release time out. */
function shopEvents(): StorableEvent[] {
  const rng = createRng(7, 'shop');
  const events: StorableEvent[] = [];
  for (const date of listDays(range)) {
    const start = startOfDay(date, ZONE) + 3_600_000;
    let second = 0;
    const put = (type: Parameters<typeof anEvent>[0], more: Partial<StorableEvent>): void => {
      events.push(anEvent(type, { ts: start + ++second * 20_000, ...more }));
    };
    const broken = date === BROKE;
    for (const surface of ['/checkout', '/search']) {
      for (let view = 0, views = 30 + poisson(rng, surface === '/checkout' ? 90 : 20); view < views; view++) {
        const person = rng.below(60);
        const release = broken && rng.chance(0.7) ? 'web@1.42.0' : 'web@1.41.0';
        const platform = rng.chance(0.5) ? 'ios' : 'desktop';
        const about = { surface, release, account: `account ${person % 12}`, user: `user ${person}` };
        const meta = { platform, plan: person % 2 ? 'pro' : 'free' };
        put('pageview', { ...about, meta });
        const fails = broken && surface === '/checkout' && release === 'web@1.42.0' && platform === 'desktop';
        if (fails || rng.chance(0.02)) {
          const error_signature = fails ? 'PAYMENT_PROVIDER_TIMEOUT' : 'CART_STALE';
          put('error', { ...about, error_signature, meta: { ...meta, message: `${error_signature} after 4 s` } });
        }
        if (rng.chance(fails ? 0.8 : 0.25)) put('dropoff', { ...about, meta });
        else if (rng.chance(0.4)) put('action', { ...about, meta });
        if (rng.chance(fails ? 0.5 : 0.01))
          put('ticket', {
            ...about,
            ticket_topic: fails ? 'card fails' : 'invoice',
            meta: {
              text: `Hi,\nmy card fails, write to ${person}@example.com.\nThanks\nAda`,
              url: `https://desk.example/${second}`,
            },
          });
      }
    }
  }
  return events;
}

/** Imports the shop, aggregates it and judges its last days. */
export async function openShop(handle: DatabaseHandle): Promise<void> {
  const context = contextIn(ZONE, { failureStatuses: [], clock: () => AS_OF });
  await store(handle, context, shopEvents());
  await createRollupStore(handle, context).aggregateDirty();
  const stores = createStores(handle, context);
  await judgeDays({
    stores,
    asOf: AS_OF,
    timezone: ZONE,
    profile: 'default',
    log: silentLog,
    first: addDays(BROKE, -1),
    last: BROKE,
  });
}

/** A question on its way to an intent, with the shop's real stores. */
export function askShop(
  handle: DatabaseHandle,
  more: { roles?: readonly Role[]; audience?: AskContext['request']['audience']; asOf?: number } = {},
): AskContext {
  const context = contextIn(ZONE, { failureStatuses: [], clock: () => AS_OF });
  const deps = depsOf(handle, { read: () => readingOf({}) });
  return {
    ...deps,
    stores: createStores(handle, context),
    request: requestOf('', {
      asOf: more.asOf ?? AS_OF,
      asker: { user: 'U1', roles: more.roles ?? ['viewer'] },
      audience: more.audience ?? 'public_channel',
    }),
    config: withDefaults({}),
    vocabulary: {
      surfaces: ['/checkout', '/search'],
      values: { ticket_topic: ['card fails'] },
      sources: ['posthog', 'sentry', 'intercom'],
    },
    thread: null,
  };
}

export const LAST_WEEK = { start: '2026-01-23', end: '2026-01-30' };
export const LAST_DAY = { start: BROKE, end: '2026-01-30' };

export const shopReading = (changes: Partial<MetricQuery> = {}): Reading =>
  readingOf({
    query: {
      metric: null,
      surface: null,
      filters: {},
      window: LAST_WEEK,
      compare: null,
      group_by: [],
      grain: null,
      order: 'desc',
      limit: 10,
      ...changes,
    },
  });
