import type { Finding, PatternRecord, Priority, Signal } from '../../src/core/records.ts';

/** A signal as the judge makes it; the normal range is a fifth either side unless given. */
export function signal(current: number, baseline: number | null, interval?: [number, number] | null): Signal {
  return {
    current,
    baseline,
    delta_pct: baseline === null || baseline === 0 ? null : (current / baseline - 1) * 100,
    z: null,
    p_value: null,
    interval: interval === undefined ? (baseline === null ? null : [baseline * 0.8, baseline * 1.2]) : interval,
  };
}

/** A finding of the judged day of `priority()`. */
export function finding(rule: string, metric: string, changes: Partial<Finding> = {}): Finding {
  return {
    date: '2026-01-29',
    entity_type: 'surface',
    entity_key: '/checkout',
    rule,
    metric,
    direction: 'up',
    current: null,
    expected: null,
    p_value: null,
    q_value: null,
    z: 8,
    delta_pct: null,
    evidence: {},
    ...changes,
  };
}

type RecordChanges = Partial<Omit<PatternRecord, 'signals'>> & { signals?: Partial<PatternRecord['signals']> };

/** A priority about /checkout on Thu 29 Jan 2026, of a quiet page with nothing known but its views. */
export function priority(changes: RecordChanges & { rank?: number } = {}): Priority {
  const { signals, rank = 1, ...rest } = changes;
  const entity_type = rest.entity_type ?? 'surface';
  const entity_key = rest.entity_key ?? '/checkout';
  return {
    date: '2026-01-29',
    rank,
    entity_type,
    entity_key,
    score: 61.5,
    drivers: [],
    incident_id: null,
    members: [],
    pattern_record: {
      entity_type,
      entity_key,
      window: { start: '2026-01-23', end: '2026-01-30' },
      signals: {
        pageviews: 1780,
        error_rate: signal(0.012, 0.012),
        dropoff_rate: signal(0.28, 0.28),
        ticket_rate: signal(0.001, 0.001),
        affected_accounts: 0,
        affected_users: 0,
        revenue_at_risk: 0,
        errors: 21,
        dropoffs: 498,
        tickets: 2,
        requests: 0,
        request_failures: 0,
        failure_rate: null,
        latency_p95: null,
        traffic: signal(1780, 1800),
        ...signals,
      },
      top_error_signatures: [],
      top_ticket_topics: [],
      context: { release_top: null, release_share: null, env: null },
      hints: [],
      findings: [],
      series: { metric: 'error_rate', points: [] },
      since: '2026-01-29',
      days: 1,
      links: [],
      ...rest,
    },
  };
}

/** The incident of the mock-up: errors at a payment provider, since a release. */
export function checkoutIncident(): Priority {
  return priority({
    signals: {
      error_rate: signal(0.083, 0.012, [0.009, 0.016]),
      dropoff_rate: signal(0.41, 0.28, [0.25, 0.31]),
      ticket_rate: signal(42 / 1780, 0.0067),
      errors: 148,
      dropoffs: 730,
      tickets: 42,
      affected_accounts: 37,
      affected_users: 51,
      revenue_at_risk: 12_840,
    },
    top_error_signatures: [
      { sig: 'PAYMENT_PROVIDER_TIMEOUT', count: 105, example: 'Payment provider did not answer in time' },
      { sig: 'TypeError at cart.ts', count: 12, example: 'Cannot read properties of undefined' },
    ],
    top_ticket_topics: [{ topic: 'card fails after submit', count: 31, snippets: ['My card fails after I press pay'] }],
    context: { release_top: 'web@1.42.0', release_share: 0.86, env: 'production' },
    hints: ['errors+dropoffs co-occur', 'errors+tickets co-occur', 'concentrated signature', 'release correlated'],
    findings: [
      finding('spike', 'error_rate', { current: 0.083, expected: 0.012, evidence: { window_days: 1, ratio: 6.9 } }),
      finding('spike', 'dropoff_rate', { current: 0.41, expected: 0.28 }),
      finding('spike', 'ticket_rate', { current: 0.0236, expected: 0.0067 }),
      finding('concentration', 'share', { direction: null, current: 0.71, evidence: { usual_share: 0.2 } }),
      finding('release', 'error_rate', { evidence: { rate_under: 0.094, rate_before: 0.012 } }),
    ],
  });
}
