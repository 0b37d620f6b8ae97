import { type CheckedQuery, checkQuery, type MetricQuery } from '../src/core/query/metric-query.ts';

/** The last complete week of the bench's 90 days, the one before, the last 28 days, and all of them. */
const WEEK = { start: '2026-03-23', end: '2026-03-30' };
const BEFORE = { start: '2026-03-16', end: '2026-03-23' };
const FOUR_WEEKS = { start: '2026-03-02', end: '2026-03-30' };
const ALL = { start: '2026-01-01', end: '2026-03-30' };

function ask(changes: Partial<MetricQuery> & { metric: string }): CheckedQuery {
  const { query, fault } = checkQuery({
    ...{ surface: null, filters: {}, window: WEEK, compare: null, group_by: [], grain: null, order: 'desc', limit: 10 },
    ...changes,
  });
  if (!query) throw new Error(`The bench asks what cannot be asked: ${JSON.stringify(fault)}`);
  return query;
}

const EVERYDAY = ['pageviews', 'errors', 'error_rate', 'conversion_rate', 'tickets', 'revenue'];

/** What people ask most, and what counted days answer. */
export const FROM_ROLLUPS: readonly CheckedQuery[] = [
  ...EVERYDAY.map((metric) => ask({ metric, compare: BEFORE })),
  ...EVERYDAY.map((metric) => ask({ metric, window: FOUR_WEEKS, grain: 'day' })),
  ...EVERYDAY.map((metric) => ask({ metric, group_by: ['surface'], compare: BEFORE })),
  ...['errors', 'error_rate', 'pageviews'].map((metric) => ask({ metric, group_by: ['release'], surface: '/area-1*' })),
  ...['errors', 'error_rate'].map((metric) => ask({ metric, group_by: ['error_signature'], compare: BEFORE })),
  ...['failure_rate', 'requests', 'request_failures'].map((metric) => ask({ metric, group_by: ['endpoint'] })),
  ask({ metric: 'request_failures', filters: { status: '5xx' }, group_by: ['surface'], grain: 'day' }),
  ask({ metric: 'error_rate', filters: { env: 'production' }, surface: '/area-0/page-3', compare: BEFORE }),
  ask({ metric: 'error_rate', group_by: ['surface', 'release'], limit: 50 }),
  ask({ metric: 'errors', group_by: ['surface'], window: FOUR_WEEKS, grain: 'day' }),
  ...['pageviews', 'error_rate'].map((metric) => ask({ metric, window: ALL, grain: 'week' })),
  ...['orders', 'aov', 'checkout_success_rate'].map((metric) => ask({ metric, compare: BEFORE })),
  ...['active_users', 'active_accounts', 'affected_users'].map((metric) => ask({ metric, compare: BEFORE })),
  ask({ metric: 'active_users', window: FOUR_WEEKS }),
  ask({ metric: 'active_users', window: FOUR_WEEKS, grain: 'day' }),
  ask({ metric: 'active_users', window: ALL, grain: 'week' }),
];

const inWeek = `workspace_id = 'local' AND ts >= '2026-03-22T23:00Z' AND ts < '2026-03-29T22:00Z'`;
const FAILED = `(type = 'request' AND (status >= 500 OR status = 403))`;

/** What only the events can tell, and what one would write for it by hand. */
export const FROM_EVENTS: readonly { name: string; query: CheckedQuery; bare: string }[] = [
  {
    name: 'active users by release',
    query: ask({ metric: 'active_users', group_by: ['release'] }),
    bare: `SELECT release, count(DISTINCT "user") FROM events WHERE ${inWeek} AND type IN ('pageview', 'action', 'message')
      GROUP BY 1 ORDER BY 2 DESC LIMIT 10`,
  },
  {
    name: 'affected accounts by surface',
    query: ask({ metric: 'affected_accounts', group_by: ['surface'] }),
    bare: `SELECT surface, count(DISTINCT account) FROM events
      WHERE ${inWeek} AND (type IN ('error', 'dropoff', 'ticket') OR ${FAILED}) GROUP BY 1 ORDER BY 2 DESC LIMIT 10`,
  },
  {
    name: 'p95 latency by surface',
    query: ask({ metric: 'latency_p95', group_by: ['surface'] }),
    bare: `SELECT surface, percentile_cont(0.95) WITHIN GROUP (ORDER BY value) FROM events
      WHERE ${inWeek} AND type = 'request' GROUP BY 1 ORDER BY 2 DESC LIMIT 10`,
  },
  {
    name: 'errors by account',
    query: ask({ metric: 'errors', group_by: ['account'] }),
    bare: `SELECT account, count(*) FROM events WHERE ${inWeek} AND (type = 'error' OR ${FAILED})
      GROUP BY 1 ORDER BY 2 DESC LIMIT 10`,
  },
  {
    name: 'pageviews by the hour',
    query: ask({ metric: 'pageviews', grain: 'hour' }),
    bare: `SELECT date_trunc('hour', ts, 'Europe/Berlin'), count(*) FROM events WHERE ${inWeek} AND type = 'pageview'
      GROUP BY 1 ORDER BY 1`,
  },
  {
    name: 'new users',
    query: ask({ metric: 'new_users' }),
    bare: `SELECT count(*) FROM (SELECT "user" FROM events WHERE workspace_id = 'local' AND ts < '2026-03-29T22:00Z'
      AND type IN ('pageview', 'action', 'message') GROUP BY 1 HAVING min(ts) >= '2026-03-22T23:00Z') fresh`,
  },
];
