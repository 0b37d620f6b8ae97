import type { Finding, JsonObject, Priority } from '../../../src/core/records.ts';
import { checkoutIncident, finding, priority, signal } from '../../support/priority.ts';

function paidWithoutOrder(evidence: JsonObject = {}, z = 30): Finding {
  const count = typeof evidence.count === 'number' ? evidence.count : 14;
  const declared = { reconciliation: 'paid_without_order', label: 'paid without order', within_minutes: 15 };
  return finding('reconciliation', 'unmatched_rate', {
    current: count / 118,
    expected: 0.0012,
    z,
    evidence: { ...declared, tolerance: 0.01, count, exposure: 118, right_events: 104, ...evidence },
  });
}

/** One priority for each kind of lead and each rung of the evidence ladder. */
export const CASES: Readonly<Record<string, Priority>> = {
  'errors that began with a release, at a payment provider': checkoutIncident(),

  'errors under a release that fails no more than the others': priority({
    signals: { error_rate: signal(0.05, 0.012), errors: 89 },
    context: { release_top: 'web@1.42.0', release_share: 0.62, env: null },
    findings: [
      finding('spike', 'error_rate', { current: 0.05, expected: 0.012 }),
      finding('release', 'error_rate', {
        evidence: { rate_under: 0.052, rate_before: 0.012, rate_other_releases_that_day: 0.048 },
      }),
    ],
  }),

  'errors of a single kind, no release': priority({
    entity_key: '/settings',
    signals: { error_rate: signal(0.04, 0.01), errors: 71, affected_users: 12 },
    top_error_signatures: [{ sig: 'TypeError at profile-form.tsx', count: 64, example: 'x is undefined' }],
    findings: [
      finding('spike', 'error_rate', { current: 0.04, expected: 0.01 }),
      finding('concentration', 'share', { current: 0.9, evidence: { usual_share: 0.11 } }),
    ],
    since: '2026-01-27',
    days: 3,
    series: {
      metric: 'error_rate',
      points: [
        { date: '2026-01-28', value: 0.03, expected: 0.01 },
        { date: '2026-01-29', value: 0.04, expected: 0.01 },
      ],
    },
  }),

  'errors the day before drop-offs': priority({
    entity_key: '/cart',
    signals: { dropoff_rate: signal(0.52, 0.21), dropoffs: 925 },
    findings: [
      finding('spike', 'dropoff_rate', { current: 0.52, expected: 0.21 }),
      finding('lag', 'dropoff_rate', { evidence: { leader: 'error_rate', lag_days: 1 } }),
    ],
  }),

  'errors and tickets together': priority({
    entity_key: '/billing',
    signals: { error_rate: signal(0.031, 0.008), errors: 55, ticket_rate: signal(0.006, 0.0003), tickets: 11 },
    findings: [
      finding('spike', 'error_rate', { current: 0.031, expected: 0.008 }),
      finding('spike', 'ticket_rate', { current: 0.006, expected: 0.0003 }),
      finding('co-occurrence', 'error_rate+ticket_rate', { direction: null, evidence: { partner: 'ticket_rate' } }),
    ],
  }),

  'errors nothing explains': priority({
    entity_key: '/reports',
    signals: { error_rate: signal(0.02, 0.008), errors: 36 },
    top_error_signatures: [{ sig: 'ReportError', count: 9, example: 'report failed' }],
    findings: [finding('spike', 'error_rate', { current: 0.02, expected: 0.008 })],
  }),

  'more errors than views': priority({
    entity_key: '/live',
    signals: { pageviews: 120, error_rate: signal(1.8, 0.3), errors: 216 },
    findings: [finding('spike', 'error_rate', { current: 1.8, expected: 0.3 })],
  }),

  'errors without a baseline': priority({
    signals: { error_rate: signal(0.08, null), errors: 142 },
    findings: [finding('spike', 'error_rate', { current: 0.08 })],
  }),

  'errors of an endpoint without views': priority({
    entity_key: '/api/webhooks/orders',
    signals: { pageviews: 0, errors: 340, requests: 2100 },
    findings: [finding('error-count', 'errors', { current: 340, expected: 41 })],
  }),

  'a slow leak over a week': priority({
    entity_key: '/reports',
    signals: { error_rate: signal(0.018, 0.012), errors: 32 },
    findings: [
      finding('spike', 'error_rate', {
        current: 0.018,
        expected: 0.012,
        z: 1.9,
        evidence: { window_days: 7, window_count: 224, window_expected: 148.2, ratio: 1.51 },
      }),
    ],
  }),

  'drop-offs alone': priority({
    entity_key: '/signup',
    signals: { dropoff_rate: signal(0.41, 0.28, [0.25, 0.31]), dropoffs: 730 },
    findings: [finding('spike', 'dropoff_rate', { current: 0.41, expected: 0.28 })],
  }),

  'fewer actions beside errors of a single kind': priority({
    signals: {
      pageviews: 274,
      error_rate: signal(0.11, 0.02),
      errors: 30,
      ticket_rate: signal(0.07, 0.01),
      tickets: 19,
    },
    top_error_signatures: [{ sig: 'PAYMENT_PROVIDER_TIMEOUT', count: 24, example: 'no answer' }],
    top_ticket_topics: [{ topic: 'card fails after submit', count: 15, snippets: [] }],
    findings: [
      finding('conversion-drop', 'conversion_rate', { direction: 'down', current: 0.32, expected: 0.49 }),
      finding('spike', 'ticket_rate', { current: 0.07, expected: 0.01 }),
    ],
  }),

  'errors under a release with hardly any views': priority({
    entity_key: '/settings/integrations',
    signals: { pageviews: 29, error_rate: signal(0.24, 0.013, [0, 0.073]), errors: 7 },
    context: { release_top: 'api@2.15.2', release_share: 0.86, env: null },
    findings: [
      finding('spike', 'error_rate', { current: 0.24, expected: 0.013 }),
      finding('release', 'error_rate', {
        evidence: { rate_under: 5, rate_before: 0.04, rate_other_releases_that_day: 2 },
      }),
    ],
  }),

  'fewer actions': priority({
    entity_key: '/pricing',
    findings: [finding('conversion-drop', 'conversion_rate', { direction: 'down', current: 0.04, expected: 0.11 })],
  }),

  'tickets alone': priority({
    entity_key: '/invoices',
    signals: { ticket_rate: signal(0.012, 0.002), tickets: 21 },
    top_ticket_topics: [{ topic: 'invoice download', count: 14, snippets: ['cannot download my invoice'] }],
    findings: [finding('spike', 'ticket_rate', { current: 0.012, expected: 0.002 })],
  }),

  'refused webhook calls': priority({
    entity_key: '/api/webhooks/stripe',
    signals: {
      pageviews: 0,
      requests: 3200,
      request_failures: 1216,
      failure_rate: signal(0.38, 0.004, [0.001, 0.009]),
      errors: 1216,
    },
    top_error_signatures: [{ sig: 'HTTP 403 POST /api/webhooks/stripe', count: 1210, example: '403 forbidden' }],
    findings: [
      finding('failure-storm', 'failure_rate', {
        current: 0.38,
        expected: 0.004,
        evidence: {
          failing: [
            { endpoint: 'POST /api/webhooks/stripe', status: 403, count: 1210, share: 1210 / 1216 },
            { endpoint: null, status: 502, count: 6, share: 6 / 1216 },
          ],
        },
      }),
      finding('concentration', 'share', { evidence: {} }),
    ],
  }),

  'payments without an order': priority({
    signals: { affected_accounts: 0, requests: 118, failure_rate: signal(0.001, 0.001) },
    findings: [paidWithoutOrder()],
  }),

  'payments without an order, and no orders at all': priority({
    findings: [paidWithoutOrder({ count: 118, right_events: 0 })],
  }),

  'payments without an order that became more over days': priority({
    findings: [paidWithoutOrder({ count: 4, window_days: 7, window_count: 31, window_expected: 9.3, ratio: 3.3 }, 2)],
  }),

  'errors beside payments without an order': priority({
    signals: { error_rate: signal(0.083, 0.012), errors: 148 },
    findings: [finding('spike', 'error_rate', { current: 0.083, expected: 0.012 }), paidWithoutOrder()],
  }),

  'slow requests': priority({
    entity_key: '/search',
    signals: { requests: 3200, latency_p95: signal(2400, 900, [800, 1010]), failure_rate: signal(0.002, 0.002) },
    findings: [finding('latency', 'latency_p95', { current: 2400, expected: 900 })],
    days: 2,
    since: '2026-01-28',
  }),

  'requests that got slower over days': priority({
    entity_key: '/search',
    signals: { requests: 3200, latency_p95: signal(1200, 900) },
    findings: [
      finding('latency', 'latency_p95', {
        current: 1200,
        expected: 900,
        z: 2,
        evidence: { window_days: 7, ratio: 1.4 },
      }),
    ],
  }),

  'missing traffic': priority({
    entity_key: '/docs',
    signals: { pageviews: 310, traffic: signal(310, 1780) },
    findings: [finding('traffic-drop', 'pageviews', { direction: 'down', current: 310, expected: 1780 })],
  }),

  'no traffic at all, and tickets': priority({
    entity_key: '/login',
    signals: { pageviews: 0, traffic: signal(0, 5400), tickets: 31 },
    findings: [
      finding('traffic-drop', 'pageviews', { direction: 'down', current: 0, expected: 5400.4 }),
      finding('spike', 'ticket_rate'),
    ],
  }),

  'an endpoint nobody calls': priority({
    entity_key: '/api/export',
    signals: { pageviews: 0 },
    findings: [finding('traffic-drop', 'requests', { direction: 'down', current: 12, expected: 640 })],
  }),

  'a tracking gap': priority({
    entity_key: '*',
    findings: [finding('ingest-gap', 'dropoffs', { direction: null, current: 0, expected: 4210 })],
  }),

  'a new error': priority({
    entity_type: 'error_signature',
    entity_key: 'RATE_LIMITED',
    signals: { errors: 214, affected_accounts: 1 },
    findings: [
      finding('new-signature', 'errors', {
        current: 214,
        expected: 0,
        evidence: { count: 214, share_of_errors: 0.18 },
      }),
    ],
  }),

  'an error that spreads': priority({
    entity_type: 'error_signature',
    entity_key: 'UPSTREAM_502',
    signals: { errors: 402, affected_accounts: 64, revenue_at_risk: 31_000 },
    findings: [
      finding('signature-spike', 'errors', { current: 402, expected: 60 }),
      finding('spreading-signature', 'surfaces', {
        current: 12,
        expected: 3,
        evidence: { surfaces: 12, most_surfaces_before: 3 },
      }),
    ],
  }),

  'a known error more often': priority({
    entity_type: 'error_signature',
    entity_key: 'deadlock detected in orders',
    signals: { errors: 95 },
    findings: [finding('signature-spike', 'errors', { current: 95, expected: 22.4 })],
  }),

  'a rule these words have never heard of': priority({
    entity_key: '/beta',
    findings: [finding('phase-of-the-moon', 'lunacy', { current: 3, expected: 1 })],
  }),

  'nothing but a place': priority({
    entity_key: '/nowhere',
    signals: { pageviews: 0, errors: 0, dropoffs: 0, tickets: 0 },
  }),
};
