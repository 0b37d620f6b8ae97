/** Which closed queries are asked of a situation: always the same ones, then those that a suspect calls for. */
import type { LeadKind } from '../../explain/reading.ts';
import type { MetricQuery, QueryWindow } from '../../query/metric-query.ts';
import { addDays } from '../../window.ts';
import { pageOf, type Situation } from '../situation.ts';
import type { CheckId, PlannedCheck } from './check.ts';

/** A rate whose groups are looked at, and the count its accounts are looked up by. */
export interface LeadMetric {
  rate: 'error_rate' | 'failure_rate' | 'latency_p95' | 'dropoff_rate' | 'conversion_rate' | 'ticket_rate';
  count: 'errors' | 'request_failures' | 'requests' | 'dropoffs' | 'tickets' | 'pageviews';
}

const BY_KIND: Readonly<Partial<Record<LeadKind, LeadMetric>>> = {
  failures: { rate: 'failure_rate', count: 'request_failures' },
  latency: { rate: 'latency_p95', count: 'requests' },
  dropoffs: { rate: 'dropoff_rate', count: 'dropoffs' },
  conversion: { rate: 'conversion_rate', count: 'errors' },
  tickets: { rate: 'ticket_rate', count: 'tickets' },
  'traffic-drop': { rate: 'error_rate', count: 'pageviews' },
  gap: { rate: 'error_rate', count: 'pageviews' },
  other: { rate: 'error_rate', count: 'pageviews' },
};

export const leadMetricOf = ({ kind }: Pick<Situation, 'kind'>): LeadMetric =>
  BY_KIND[kind] ?? { rate: 'error_rate', count: 'errors' };

const MOST_PAGES = 50;
const MOST_GROUPS = 20;
const DAYS_SHOWN = 14;

/** Where an error is, of which only its name is known. */
export function planLocation(situation: Situation): PlannedCheck[] {
  const { signature } = situation;
  return signature === null ? [] : [spreadOf(situation, signature)];
}

/** What is asked of every situation, cheapest and most telling first. */
export function planChecks(situation: Situation): PlannedCheck[] {
  const { windows, signature } = situation;
  const page = pageOf(situation);
  const { rate, count } = leadMetricOf(situation);
  const of = (id: CheckId, asked: string, metric: string, more: Partial<MetricQuery> = {}): PlannedCheck => ({
    id,
    asked,
    query: {
      ...{ metric, surface: page, filters: {}, window: windows.now, compare: windows.before },
      ...{ group_by: [], grain: null, order: 'desc', limit: MOST_GROUPS },
      ...more,
    },
  });
  const everywhere = { surface: null, limit: MOST_PAGES };
  const own = signature === null || rate !== 'error_rate' ? {} : { filters: { error_signature: signature } };
  return [
    of('rate-by-release', 'the same figure by release', rate, { group_by: ['release'], compare: null, ...own }),
    // What nobody uses any more is in no row of the window.
    of('releases-before', 'the same figure by release, the week before', rate, {
      ...{ group_by: ['release'], window: windows.before, compare: null },
      ...own,
    }),
    of('errors-by-signature', 'errors by kind', 'errors', { group_by: ['error_signature'] }),
    of('requests-by-status', 'requests by status', 'requests', { group_by: ['status'], limit: MOST_PAGES }),
    of('events-by-account', 'the same events by account', count, {
      ...{ group_by: ['account'] },
      ...(count === 'errors' ? own : {}),
    }),
    of('errors-by-page', 'errors on other pages', 'errors', { ...everywhere, group_by: ['surface'] }),
    of('views-by-page', 'views on other pages, a week earlier', 'pageviews', {
      ...{ ...everywhere, group_by: ['surface'], compare: windows.usual },
    }),
    of('rate-by-platform', 'the same figure by platform', rate, { group_by: ['platform'], ...own }),
    of('requests', 'requests, a week earlier', 'requests', { compare: windows.usual }),
    of('latency', 'p95 latency', 'latency_p95'),
    of('failures-by-endpoint', 'failed requests by endpoint', 'request_failures', { group_by: ['endpoint'] }),
    of('actions', 'actions, a week earlier', 'actions', { compare: windows.usual }),
    of('orders', 'orders, a week earlier', 'orders', { compare: windows.usual }),
    of('all-orders', 'orders of all pages, a week earlier', 'orders', { surface: null, compare: windows.usual }),
    of('order-value', 'the average order before', 'aov', { surface: null, window: windows.before, compare: null }),
    of('tickets-by-topic', 'tickets by theme', 'tickets', { group_by: ['ticket_topic'] }),
  ];
}

/** What the first answers call for: the release that is suspected, and where else the leading error is. */
export function planFollowUps(
  situation: Situation,
  suspects: { release: string | null; signature: string | null },
): PlannedCheck[] {
  const { release, signature } = suspects;
  return [
    ...(release === null ? [] : releaseChecks(situation, release)),
    ...(signature === null || situation.signature !== null ? [] : [spreadOf(situation, signature)]),
  ];
}

const releaseChecks = (situation: Situation, release: string): PlannedCheck[] => [
  {
    id: 'release-errors',
    asked: 'errors by kind under the release',
    query: {
      ...{ metric: 'errors', surface: pageOf(situation), filters: { release }, group_by: ['error_signature'] },
      ...{ window: situation.windows.now, compare: null, grain: null, order: 'desc', limit: MOST_GROUPS },
    },
  },
  { id: 'release-start', asked: 'when the release went out', query: byDay(release, situation) },
  {
    id: 'release-elsewhere',
    asked: 'other pages under the same release',
    query: {
      ...{ metric: 'errors', surface: null, filters: { release }, group_by: ['surface'], grain: null, order: 'desc' },
      ...{ window: situation.windows.now, compare: situation.windows.before, limit: MOST_PAGES },
    },
  },
];

/** Views under it, or requests where those are what it is about. */
function byDay(release: string, situation: Situation): MetricQuery {
  const { kind, windows } = situation;
  return {
    ...{ metric: kind === 'failures' || kind === 'latency' ? 'requests' : 'pageviews', surface: pageOf(situation) },
    ...{ filters: { release }, window: daysUpTo(windows.now), compare: null, group_by: [], grain: 'day' },
    ...{ order: 'asc', limit: DAYS_SHOWN + 1 },
  };
}

const spreadOf = ({ windows }: Situation, signature: string): PlannedCheck => ({
  id: 'spread',
  asked: 'the same error on other pages',
  query: {
    ...{ metric: 'errors', surface: null, filters: { error_signature: signature.slice(0, 200) } },
    ...{ window: windows.now, compare: windows.before, group_by: ['surface'], grain: null, order: 'desc' },
    limit: MOST_PAGES,
  },
});

/** The whole days of a fortnight that ends with the window. */
function daysUpTo({ end }: QueryWindow): QueryWindow {
  const last = end.length > 10 && !end.endsWith('T00:00') ? addDays(end.slice(0, 10), 1) : end.slice(0, 10);
  return { start: addDays(last, -DAYS_SHOWN), end: last };
}
