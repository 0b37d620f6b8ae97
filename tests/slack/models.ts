import type { DigestItem, DigestModel } from '../../src/core/delivery/digest-model.ts';
import type { Execution } from '../../src/core/proposal/execution.ts';
import type { Proposal } from '../../src/core/proposal/proposal.ts';
import type { Finding, PatternRecord, Priority } from '../../src/core/records.ts';
import { addDays, weekEndingOn } from '../../src/core/window.ts';

export const DATE = '2026-01-29';

/** A checkout that fails: the digest mock-up's first item. */
export function priorityOf(rank: number, surface: string, change: Partial<PatternRecord> = {}): Priority {
  const finding: Finding = {
    date: DATE,
    entity_type: 'surface',
    entity_key: surface,
    rule: 'spike',
    metric: 'error_rate',
    direction: 'up',
    current: 0.083,
    expected: 0.012,
    p_value: 1e-9,
    q_value: 1e-7,
    z: 9.1,
    delta_pct: 590,
    evidence: {},
  };
  return {
    date: DATE,
    rank,
    entity_type: 'surface',
    entity_key: surface,
    score: 72 - rank * 6,
    drivers: [
      { name: 'reach', value: 37, unit: 'accounts', points: 20 },
      { name: 'money', value: 12_800, unit: 'USD a month', points: 22 },
      { name: 'severity', value: 6.9, unit: 'x normal', points: 30 - rank * 6 },
    ],
    pattern_record: {
      entity_type: 'surface',
      entity_key: surface,
      window: weekEndingOn(DATE),
      signals: {
        pageviews: 1780,
        error_rate: {
          current: 0.083,
          baseline: 0.012,
          delta_pct: 590,
          z: 9.1,
          p_value: 1e-9,
          interval: [0.009, 0.016],
        },
        dropoff_rate: { current: 0.41, baseline: 0.28, delta_pct: 46, z: 5, p_value: 1e-5, interval: [0.25, 0.31] },
        ticket_rate: { current: 0.024, baseline: 0.004, delta_pct: 500, z: 4, p_value: 1e-4, interval: null },
        affected_accounts: 37,
        affected_users: 112,
        revenue_at_risk: 12_800,
        errors: 148,
        dropoffs: 730,
        tickets: 42,
        requests: 2400,
        request_failures: 160,
        failure_rate: null,
        latency_p95: null,
        traffic: { current: 1780, baseline: 1750, delta_pct: 1.7, z: 0.2, p_value: 0.8, interval: null },
      },
      top_error_signatures: [
        { sig: 'PAYMENT_PROVIDER_TIMEOUT', count: 105, example: 'provider did not answer within 3000 ms' },
        { sig: 'TypeError: cart is undefined', count: 20, example: 'cart is undefined at pay.ts' },
      ],
      top_ticket_topics: [
        { topic: 'card fails after submit', count: 31, snippets: ['My card is declined <every> time & I give up'] },
      ],
      context: { release_top: 'web@1.42.0', release_share: 0.84, env: 'production' },
      hints: ['errors+dropoffs co-occur', 'concentrated signature', 'release correlated'],
      findings: [finding],
      series: {
        metric: 'error_rate',
        points: Array.from({ length: 28 }, (_, index) => ({
          date: addDays(DATE, index - 27),
          value: index === 27 ? 0.083 : index === 5 ? null : 0.011 + (index % 3) / 1000,
          expected: 0.012,
        })),
      },
      since: DATE,
      days: 1,
      links: [{ label: 'Sentry', url: 'https://sentry.example.com/issues/1?a=1&b=2' }],
      ...change,
    },
    incident_id: null,
    members: [{ entity_type: 'surface', entity_key: surface }],
  };
}

export function proposalOf(id: string, change: Partial<Proposal> = {}): Proposal {
  return {
    id,
    number: 12,
    subject: { kind: 'priority', date: DATE, entity_type: 'surface', entity_key: '/checkout' },
    proposedBy: 'system',
    editedBy: null,
    action: { type: 'simulate', title: 'Roll back web@1.42.0 for /checkout', risk: 'medium', parameters: {} },
    why: 'PAYMENT_PROVIDER_TIMEOUT is 71% of the errors.',
    expectation: null,
    state: 'proposed',
    version: 1,
    revision: 1,
    approvals: [],
    createdAt: Date.UTC(2026, 0, 30, 8, 0),
    expiresAt: Date.UTC(2026, 0, 31, 8, 0),
    remindedAt: null,
    decidedBy: null,
    decidedAt: null,
    reason: null,
    execution: null,
    effect: null,
    ...change,
  };
}

export function executionOf(state: Execution['state'], summary: string | null = null): Execution {
  const at = Date.UTC(2026, 0, 30, 8, 12);
  return {
    ...{ id: '0199f000-0000-7000-8000-0000000000e0', state, queuedAt: at, notBefore: at, summary },
    ...{ startedAt: null, finishedAt: null, attempts: 0, link: null, details: {} },
  };
}

export function itemOf(rank: number, surface: string, change: Partial<DigestItem> = {}): DigestItem {
  return {
    priority: priorityOf(rank, surface),
    explanation: {
      summary:
        '8.3% of 1,780 views failed on Thursday; normal is 1.2% (0.9–1.6%). Drop-offs rose with it: 41% against 28%.',
      likely_reason: 'PAYMENT_PROVIDER_TIMEOUT is 71% of the errors. It began with web@1.42.0.',
      action: proposalOf('').action,
      written_by: 'template',
    },
    proposal: proposalOf(`0199f000-0000-7000-8000-00000000000${rank}`),
    stop: null,
    ...change,
  };
}

export function modelOf(change: Partial<DigestModel> = {}): DigestModel {
  const items = ['/checkout', '/search', '/api/orders'].map((surface, index) => itemOf(index + 1, surface));
  return {
    kind: 'ranked',
    date: DATE,
    writtenOn: '2026-01-30',
    timezone: 'Europe/Berlin',
    currency: 'USD',
    surfaces: 40,
    tooSmall: 2,
    insufficientHistory: 0,
    underMaintenance: 0,
    baselinesReadyOn: null,
    expectedFalse: 0.2,
    total: items.length,
    newToday: 1,
    continuing: 2,
    backToNormal: ['/reports'],
    changes: null,
    held: { snoozed: [], ignored: [], belowSeverity: 0 },
    heldAlerts: [],
    done: [],
    lastIncident: null,
    improvements: [],
    sources: { fresh: 5, silent: [], gaps: [] },
    beyondCap: 0,
    items,
    coldStart: null,
    ...change,
  };
}
