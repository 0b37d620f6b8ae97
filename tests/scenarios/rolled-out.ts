/** Views of the failing checkout by release: errors come under the new one alone. */
import { hash } from 'node:crypto';
import { createPreparer } from '../../src/core/prepare-event.ts';
import type { Event } from '../../src/core/records.ts';
import type { Stores } from '../../src/pipeline/ports.ts';
import type { DatabaseHandle } from '../../src/postgres/database.ts';
import { FAILS_AT } from './failing-checkout.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const [BEFORE, NEW] = ['web@1.41.3', 'web@1.42.0'];
/** Of the old release: an hour each, for a week; of the new one, each hour that it fails. */
const VIEWS = 40;
const NEW_VIEWS = 900;

export async function rollOut({ kysely }: DatabaseHandle, stores: Stores): Promise<void> {
  const prepare = createPreparer({
    currency: 'USD',
    sha256: (text) => hash('sha256', text, 'hex'),
    pseudonym: (user) => `pseudonym of ${user}`,
    keyId: 'k1',
  });
  const events: Event[] = [];
  const add = (release: string, from: number, count: number, isError = false): void => {
    for (let one = 0; one < count; one += 1)
      events.push(eventOf(release, from + Math.floor((one * HOUR) / count), events.length, isError));
  };
  for (let at = FAILS_AT - 7 * DAY; at < FAILS_AT + 4 * HOUR; at += HOUR) add(BEFORE, at, VIEWS);
  for (let day = 1; day <= 7; day += 1) add(BEFORE, FAILS_AT - day * DAY, 1, true);
  for (let hour = 0; hour < 4; hour += 1) add(NEW, FAILS_AT + hour * HOUR, NEW_VIEWS);
  const session = await stores.events.beginImport();
  await session.write(events.map(prepare));
  await session.end();
  // The hours are counted already, as a shop of that size would have them.
  await kysely.deleteFrom('dirty_hours').execute();
}

const eventOf = (release: string, ts: number, index: number, isError: boolean): Event => ({
  ...{ ts, surface: '/checkout', account: `account-${index % 40}`, user: `user-${index % 90}` },
  ...{ source: isError ? 'sentry' : 'posthog', type: isError ? 'error' : 'pageview' },
  ...{ severity: null, value: null, id: `rolled-out-${index}` },
  meta: { release, env: 'production', plan: 'growth', ...(isError ? { error_code: 'CARD_DECLINED' } : {}) },
});
