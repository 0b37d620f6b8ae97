/** Hours of a made-up shop whose checkout fails for an afternoon, and again on the next morning. */
import { hash } from 'node:crypto';
import { createPreparer } from '../../src/core/prepare-event.ts';
import type { Event } from '../../src/core/records.ts';
import type { Stores } from '../../src/pipeline/ports.ts';
import { bulkInsert } from '../../src/postgres/bulk-insert.ts';
import type { DatabaseHandle } from '../../src/postgres/database.ts';
import { busiestPage, simulatedHours } from '../core/detect/simulated-hours.ts';
import { TIMEZONE } from './product.ts';

const HOUR = 3_600_000;
const MINUTE = 60_000;
const RELEASE = 'web@1.42.0';
const ERROR = 'PAYMENT_PROVIDER_TIMEOUT';
const OTHERS = ['/search', '/cart', '/orders'];
/** 14:00 of the day before the last one. */
export const FAILS_AT = Date.parse('2026-03-11T14:00:00+01:00');
/** 10:00 of the last day. */
export const FAILS_AGAIN_AT = Date.parse('2026-03-12T10:00:00+01:00');
/** Errors on top of the usual ones, as a share of views, by hour since it began. */
const FIRST_TIME = [0.08, 0.2, 0.34, 0.12];
const AGAIN = [0.1];
/** A busy page that always had some errors, so that twice as many are worse and not simply the first. */
const BUSIER = 5;
const USUAL_ERRORS = 0.03;
const ACCOUNTS = 14;
const USERS = 31;

/** Stores some weeks of hours of so many pages up to the end of the last day; which of them are judged is a matter of the clock. */
export async function openFailingCheckout({ kysely }: DatabaseHandle, stores: Stores, surfaces = 4): Promise<void> {
  const { rows } = simulatedHours({ surfaces, days: 16, zone: TIMEZONE });
  const checkout = busiestPage(rows);
  const others = [...new Set(rows.map(({ surface }) => surface))].filter((surface) => surface !== checkout);
  const nameOf = (surface: string): string =>
    surface === checkout ? '/checkout' : (OTHERS[others.indexOf(surface)] ?? surface);
  const events: Event[] = [
    { ...eventAt(FAILS_AT - 19 * MINUTE, 0), source: 'posthog', type: 'pageview', severity: null },
  ];
  const hours = rows
    .filter(({ pageviews, requests }) => pageviews + requests > 0)
    .map((row) => {
      const share = row.surface === checkout ? shareAt(row.hour) : 0;
      const busier = row.surface === checkout ? BUSIER : 1;
      const added = Math.round(share * row.pageviews * busier);
      const usual = row.surface === checkout ? Math.round(row.pageviews * busier * USUAL_ERRORS) : row.errors;
      for (let one = 0; one < added; one += 1)
        events.push(eventAt(row.hour + Math.floor((one * HOUR) / added), events.length));
      return {
        pageviews: row.pageviews * busier,
        requests: row.requests * busier,
        request_failures: row.request_failures * busier,
        actions: row.actions * busier,
        dropoffs: row.dropoffs * busier,
        tickets: row.tickets,
        workspace_id: 'local',
        hour: new Date(row.hour),
        surface: nameOf(row.surface),
        errors: usual + added,
        replies: 0,
        affected_accounts: 0,
        affected_users: 0,
        revenue: 0,
        revenue_at_risk: 0,
        top_error_signatures: added > 0 ? [{ sig: ERROR, count: added, example: '' }] : [],
        top_ticket_topics: [],
        release_top: added > 0 ? RELEASE : null,
        release_share: added > 0 ? 0.88 : null,
        normaliser_version: 1,
      };
    });
  await bulkInsert(kysely, 'hourly_surface_metrics', hours);
  const prepare = createPreparer({
    currency: 'USD',
    sha256: (text) => hash('sha256', text, 'hex'),
    pseudonym: (user) => `pseudonym of ${user}`,
    keyId: 'k1',
  });
  const session = await stores.events.beginImport();
  await session.write(events.map(prepare));
  await session.end();
  const last = new Date(Math.max(...rows.map(({ hour }) => hour)) + HOUR);
  await kysely
    .insertInto('source_freshness')
    .values({
      ...{ workspace_id: 'local', source: 'posthog', events_total: 1 },
      ...{ first_event_at: last, last_event_at: last, last_received_at: last },
    })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'source']).doUpdateSet({ last_event_at: last }))
    .execute();
}

function shareAt(hour: number): number {
  const since = (start: number): number => Math.round((hour - start) / HOUR);
  return FIRST_TIME[since(FAILS_AT)] ?? AGAIN[since(FAILS_AGAIN_AT)] ?? 0;
}

const eventAt = (ts: number, index: number): Event => ({
  ts,
  source: 'sentry',
  type: 'error',
  surface: '/checkout',
  account: `account-${index % ACCOUNTS}`,
  user: `user-${index % USERS}`,
  severity: null,
  value: null,
  id: `failing-${index}`,
  meta: { release: RELEASE, env: 'production', plan: 'growth', error_code: ERROR },
});
