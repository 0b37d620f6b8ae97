import { beforeEach, expect, it } from 'vitest';
import type { Finding, Priority, Signal } from '../../src/core/records.ts';
import type { JudgedDay, PriorityStore } from '../../src/pipeline/ports.ts';
import type { DatabaseHandle } from '../../src/postgres/database.ts';
import { createPriorityStore } from '../../src/postgres/priority.repository.ts';
import { describeOnEveryDatabase } from '../support/database.ts';
import { createStoreContext } from '../support/store-context.ts';

const DATE = '2026-01-29';

const judgedDay = (changes: Partial<JudgedDay> = {}): JudgedDay => ({
  date: DATE,
  as_of: Date.parse('2026-01-30T08:00:00Z'),
  surfaces: 40,
  findings: 1,
  priorities: 1,
  summary: {
    expected_false: 0.4,
    too_small: 3,
    insufficient_history: 0,
    under_maintenance: 0,
    baselines_ready_on: null,
    gap_sources: ['sentry'],
    back_to_normal: ['/cart'],
    improvements: [],
  },
  ...changes,
});

const finding = (changes: Partial<Finding> = {}): Finding => ({
  date: DATE,
  entity_type: 'surface',
  entity_key: '/checkout',
  rule: 'spike',
  metric: 'error_rate',
  direction: 'up',
  current: 0.083,
  expected: 0.1 + 0.2,
  p_value: 1e-12,
  q_value: null,
  z: 7.25,
  delta_pct: 310,
  evidence: { days: [1, 2, null], 'odd key': { nested: 'Zoë "quoted" \\ 漢字 \u2028' } },
  ...changes,
});

const signal: Signal = { current: 0.083, baseline: 0.02, delta_pct: 315, z: 7, p_value: 0.001, interval: [0.01, 0.03] };

const priority = (changes: Partial<Priority> = {}): Priority => ({
  date: DATE,
  rank: 1,
  entity_type: 'surface',
  entity_key: '/checkout',
  score: 87.5,
  drivers: [{ name: 'reach', value: 120, unit: 'accounts', points: 87.5 }],
  pattern_record: {
    entity_type: 'surface',
    entity_key: '/checkout',
    window: { start: '2026-01-23', end: '2026-01-30' },
    signals: {
      pageviews: 1000,
      error_rate: signal,
      dropoff_rate: signal,
      ticket_rate: signal,
      affected_accounts: 12,
      affected_users: 30,
      revenue_at_risk: 128.5,
      errors: 83,
      dropoffs: 10,
      tickets: 2,
      requests: 0,
      request_failures: 0,
      failure_rate: null,
      latency_p95: null,
      traffic: signal,
    },
    top_error_signatures: [{ sig: 'TypeError: x', count: 83, example: 'x is undefined' }],
    top_ticket_topics: [],
    context: { release_top: '2026.4.1', release_share: 0.9, env: null },
    hints: ['errors+dropoffs co-occur'],
    findings: [finding()],
    series: { metric: 'error_rate', points: [{ date: DATE, value: 0.083, expected: null }] },
    since: DATE,
    days: 1,
    links: [],
  },
  incident_id: null,
  members: [{ entity_type: 'surface', entity_key: '/checkout' }],
  ...changes,
});

describeOnEveryDatabase('judged days', (open) => {
  let handle: DatabaseHandle;
  let store: PriorityStore;
  beforeEach(async () => {
    handle = await open();
    store = createPriorityStore(handle.kysely, createStoreContext());
  });

  it('lists the days on which sources were silent, and no others', async () => {
    await store.replaceDay(judgedDay(), [], []);
    await store.replaceDay(
      judgedDay({ date: '2026-01-30', summary: { ...judgedDay().summary, gap_sources: [] } }),
      [],
      [],
    );
    const gaps = [{ date: DATE, sources: ['sentry'] }];
    expect(await store.listGaps({ start: DATE, end: '2026-02-01' })).toEqual(gaps);
    expect(await store.listGaps({ start: '2026-01-30', end: '2026-02-01' })).toEqual([]);
  });

  it('come back exactly as they were judged', async () => {
    await store.replaceDay(judgedDay(), [finding()], [priority()]);
    expect(await store.findDay(DATE)).toEqual(judgedDay());
    expect(await store.listFindings({ start: DATE, end: '2026-01-30' })).toEqual([finding()]);
    expect(await store.listPriorities(DATE)).toEqual([priority()]);
  });

  it('are replaced whole, and leave other days alone', async () => {
    await store.replaceDay(judgedDay(), [finding(), finding({ rule: 'lag' })], [priority()]);
    await store.replaceDay(judgedDay({ date: '2026-01-28' }), [finding({ date: '2026-01-28' })], []);
    await store.replaceDay(judgedDay({ findings: 0, priorities: 0 }), [], []);
    expect(await store.listPriorities(DATE)).toEqual([]);
    expect(await store.listFindings({ start: '2026-01-01', end: '2026-02-01' })).toEqual([
      finding({ date: '2026-01-28' }),
    ]);
    expect(await store.latestDay()).toEqual(judgedDay({ findings: 0, priorities: 0 }));
  });

  it('never mix when two processes judge the same day at once', async () => {
    const versions = [1, 2, 3, 4].map((score) => ({
      findings: Array.from({ length: 50 }, (_, n) => finding({ entity_key: `/p${n}`, z: score })),
      priorities: [priority({ score })],
    }));
    await Promise.all(versions.map((version) => store.replaceDay(judgedDay(), version.findings, version.priorities)));
    const [kept] = await store.listPriorities(DATE);
    const findings = await store.listFindings({ start: DATE, end: '2026-01-30' });
    expect(findings).toHaveLength(50);
    expect(new Set(findings.map((row) => row.z))).toEqual(new Set([kept?.score]));
  });

  it('hold tens of thousands of findings', async () => {
    const many = Array.from({ length: 12_000 }, (_, n) => finding({ entity_key: `/p${n}` }));
    await store.replaceDay(judgedDay(), many, []);
    expect(await store.listFindings({ start: DATE, end: '2026-01-30' })).toHaveLength(many.length);
  });

  it('rank priorities best first, and keep what was written about each', async () => {
    const second = priority({ rank: 2, entity_type: 'error_signature', entity_key: 'TypeError: x' });
    await store.replaceDay(judgedDay(), [], [second, priority()]);
    expect((await store.listPriorities(DATE)).map((row) => row.rank)).toEqual([1, 2]);
    const explanation = {
      summary: 'Checkout fails.',
      likely_reason: 'It came with 2026.4.1.',
      action: { type: 'simulate', title: 'Roll back', risk: 'low', parameters: {} },
      written_by: 'template',
    } as const;
    expect(await store.findExplanation(DATE, second)).toBeUndefined();
    await store.saveExplanation(DATE, second, explanation);
    expect(await store.findExplanation(DATE, second)).toEqual(explanation);
    expect(await store.findExplanation(DATE, priority())).toBeUndefined();
    await expect(store.saveExplanation('2020-01-01', second, explanation)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('are absent before anything was judged', async () => {
    expect(await store.latestDay()).toBeUndefined();
    expect(await store.findDay(DATE)).toBeUndefined();
  });
});
