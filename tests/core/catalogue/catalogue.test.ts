import { describe, expect, it } from 'vitest';
import { defineMeasure, defineMetric, type Metric } from '../../../src/core/catalogue/define.ts';
import { CATALOGUE, findMetric, getMeasure, kindOf } from '../../../src/core/catalogue/index.ts';
import { findCatalogueFaults, requireSound } from '../../../src/core/catalogue/validate.ts';

const { measures, metrics, dimensions } = CATALOGUE;
const [aMetric] = metrics as [Metric, ...Metric[]];

describe('the catalogue', () => {
  it('is sound', () => {
    expect(findCatalogueFaults(CATALOGUE)).toEqual([]);
  });

  it('has every metric of the contract', () => {
    expect(metrics.map(({ id }) => id)).toEqual([
      ...['pageviews', 'actions', 'dropoffs', 'errors', 'tickets', 'replies', 'requests', 'request_failures'],
      ...['revenue', 'error_rate', 'dropoff_rate', 'ticket_rate', 'conversion_rate', 'failure_rate'],
      ...['latency_p50', 'latency_p95', 'affected_accounts', 'affected_users', 'revenue_at_risk', 'credits_used'],
      ...['active_users', 'active_accounts', 'new_users', 'retention_rate', 'churned_accounts', 'churn_rate'],
      ...['funnel_conversion', 'orders', 'aov', 'checkout_success_rate', 'conversations', 'messages'],
      ...['completion_rate', 'credit_exhausted_users', 'credit_exhaustion_rate', 'tool_failure_rate'],
      ...['session_minutes', 'activation_rate', 'unanswered_tickets', 'first_response_minutes'],
    ]);
  });

  it('has every dimension of the contract', () => {
    expect(dimensions.map(({ id }) => id).sort()).toEqual([
      ...['account', 'category', 'endpoint', 'env', 'error_signature', 'funnel', 'plan', 'platform', 'release'],
      ...['severity', 'source', 'stage', 'status', 'surface', 'ticket_topic', 'tool', 'use_case'],
    ]);
  });

  it.each(['count', 'sum', 'ratio', 'distinct', 'percentile'] as const)('has a metric of kind %s', (kind) => {
    expect(metrics.map(kindOf)).toContain(kind);
  });

  it('uses every measure and every dimension somewhere', () => {
    const named = new Set(
      metrics.flatMap(({ of, minimum_sample, dimensions: cuts }) => [
        ...Object.values(of),
        minimum_sample.measure,
        ...cuts,
      ]),
    );
    expect([...measures, ...dimensions].filter(({ id }) => !named.has(id))).toEqual([]);
  });

  it.each(metrics.map((metric) => [metric.id, metric] as const))('defines %s in one line', (_id, metric) => {
    expect(metric.definition).toMatch(/^[^\n]{10,140}\.$/);
    expect(metric).toMatchObject({ default_window_days: metric.id.startsWith('churn') ? 30 : 7, version: 1 });
  });

  it('finds by id, and says nothing of what it does not know', () => {
    expect(findMetric('error_rate')).toMatchObject({ good: 'down', unit: 'share' });
    expect(findMetric('vibes')).toBeUndefined();
    expect(() => getMeasure('vibes')).toThrow(RangeError);
  });
});

describe('a catalogue with a fault', () => {
  it.each<[fault: string, added: Partial<typeof CATALOGUE>]>([
    ['two metrics are called pageviews', { metrics: [...metrics, { ...aMetric, synonyms: [] }] }],
    [
      '"visits" means more than one metric: pageviews, other',
      { metrics: [...metrics, { ...aMetric, id: 'other', label: 'Other', synonyms: ['Visits'] }] },
    ],
    ['two measures are called errors', { measures: [...measures, getMeasure('errors')] }],
    [
      'metric other names the measure nothing, which is not in measures.ts',
      { metrics: [...metrics, { ...aMetric, id: 'other', label: 'Other', synonyms: [], of: { measure: 'nothing' } }] },
    ],
    [
      'metric other names the measure nobody, which is not in measures.ts',
      {
        metrics: [
          ...metrics,
          { ...aMetric, id: 'other', label: 'Other', synonyms: [], of: { numerator: 'errors', denominator: 'nobody' } },
        ],
      },
    ],
    [
      'metric other allows the dimension mood, which is not in dimensions.ts',
      { metrics: [...metrics, { ...aMetric, id: 'other', label: 'Other', synonyms: [], dimensions: ['mood'] }] },
    ],
    [
      'metric other cuts its numerator by surface, which it does not allow',
      {
        metrics: [
          ...metrics,
          { ...aMetric, id: 'other', label: 'Other', synonyms: [], numerator_dimensions: ['surface'] },
        ],
      },
    ],
    [
      'measure bad asks for failed events that are not requests',
      { measures: [...measures, { ...getMeasure('errors'), id: 'bad', events: [{ type: 'action', failed: true }] }] },
    ],
  ])('is told: %s', (fault, added) => {
    expect(findCatalogueFaults({ ...CATALOGUE, ...added })).toEqual([fault]);
    expect(() => requireSound({ ...CATALOGUE, ...added })).toThrow(fault);
  });
});

describe('a descriptor', () => {
  it('is refused when its shape is wrong', () => {
    expect(() => defineMeasure({ ...getMeasure('errors'), id: 'Not An Id' })).toThrow(/lower-case/);
    expect(() => defineMeasure({ ...getMeasure('errors'), events: [] })).toThrow();
    expect(() => defineMetric({ ...aMetric, definition: ' ' })).toThrow();
    expect(() => defineMetric({ ...aMetric, grains: [] })).toThrow();
  });
});
