import fc from 'fast-check';
import { RULES } from '../../../src/core/detect/rules/index.ts';
import type { Finding, JsonObject, Priority, Signal } from '../../../src/core/records.ts';
import { finding, priority } from '../../support/priority.ts';

const METRICS = [
  'error_rate',
  'dropoff_rate',
  'ticket_rate',
  'failure_rate',
  'latency_p95',
  'conversion_rate',
  'pageviews',
  'requests',
  'errors',
  'surfaces',
  'share',
  'made_up',
];
const EVIDENCE_KEYS = [
  'usual_share',
  'rate_under',
  'rate_before',
  'surfaces',
  'count',
  'window_days',
  'window_count',
  'window_expected',
  'ratio',
  'exposure',
  'within_minutes',
  'tolerance',
  'right_events',
];

/** What some rules say in words. */
const TEXTS: Readonly<Record<string, JsonObject>> = {
  reconciliation: { reconciliation: 'paid_twice', label: 'paid 2 times' },
  'failure-storm': { failing: [{ endpoint: 'GET /v2', status: 429, count: 12, share: 0.75 }] },
};

const number = fc.oneof(
  fc.double({ min: 0, max: 1 }),
  fc.double({ min: 0, max: 1e7 }),
  fc.constantFrom(0, 1, Number.NaN, Number.POSITIVE_INFINITY),
);
const count = fc.oneof(fc.nat(20), fc.nat(2_000_000));
const name = fc.oneof(
  fc.constantFrom(
    '/checkout',
    '/orders/:id/v2',
    'PAYMENT_PROVIDER_TIMEOUT',
    'HTTP 403 POST /hooks',
    'web@1.42.0',
    '2025.01.3',
  ),
  fc.string({ minLength: 1, maxLength: 120 }),
);

const signal: fc.Arbitrary<Signal> = fc.record({
  current: number,
  baseline: fc.option(number),
  delta_pct: fc.option(number),
  z: fc.option(number),
  p_value: fc.option(number),
  interval: fc.option(fc.tuple(number, number)),
});

const randomFinding: fc.Arbitrary<Finding> = fc
  .record({
    rule: fc.constantFrom(...RULES.map((rule) => rule.id), 'made-up'),
    metric: fc.constantFrom(...METRICS),
    direction: fc.constantFrom('up' as const, 'down' as const, null),
    current: fc.option(number),
    expected: fc.option(number),
    z: fc.option(number),
    evidence: fc.dictionary(fc.constantFrom(...EVIDENCE_KEYS), number),
  })
  .map(({ rule, metric, evidence, ...rest }) =>
    finding(rule, metric, { ...rest, evidence: { ...evidence, ...TEXTS[rule] } }),
  );

/** Any priority the types allow, sensible or not. */
export const randomPriority: fc.Arbitrary<Priority> = fc
  .record({
    entity_type: fc.constantFrom('surface' as const, 'error_signature' as const),
    entity_key: name,
    signals: fc.record({
      pageviews: count,
      error_rate: signal,
      dropoff_rate: signal,
      ticket_rate: signal,
      affected_accounts: count,
      affected_users: count,
      revenue_at_risk: number,
      errors: count,
      dropoffs: count,
      tickets: count,
      requests: count,
      request_failures: count,
      failure_rate: fc.option(signal),
      latency_p95: fc.option(signal),
      traffic: signal,
    }),
    top_error_signatures: fc.array(fc.record({ sig: name, count, example: fc.string() }), { maxLength: 3 }),
    top_ticket_topics: fc.array(fc.record({ topic: name, count, snippets: fc.array(fc.string(), { maxLength: 2 }) }), {
      maxLength: 3,
    }),
    context: fc.record({ release_top: fc.option(name), release_share: fc.option(number), env: fc.option(name) }),
    hints: fc.subarray([
      'errors+dropoffs co-occur',
      'errors+tickets co-occur',
      'concentrated signature',
      'release correlated',
      'errors precede dropoffs',
    ]),
    findings: fc.array(randomFinding, { maxLength: 4 }),
    days: fc.integer({ min: 1, max: 28 }),
  })
  .map((changes) => priority(changes));
