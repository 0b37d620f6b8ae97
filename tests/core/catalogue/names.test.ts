import { describe, expect, it } from 'vitest';
import { findMetricByName } from '../../../src/core/catalogue/find-by-name.ts';
import { groupMetrics } from '../../../src/core/catalogue/groups.ts';
import { CATALOGUE } from '../../../src/core/catalogue/index.ts';

describe('a metric by its name', () => {
  it.each([
    ['error_rate', 'error_rate', true],
    ['Error Rate', 'error_rate', true],
    ['  traffic ', 'pageviews', true],
    ['eror rate', 'error_rate', false],
    ['retention', 'retention_rate', true],
    ['p95 latancy', 'latency_p95', false],
  ])('reads %j as %s', (typed, id, exact) => {
    expect(findMetricByName(typed)).toMatchObject({ metric: { id }, exact });
  });

  it.each(['', '???', 'nps', 'the weather in Berlin', 'x'.repeat(10_000)])('knows none called %.20j', (typed) => {
    expect(findMetricByName(typed)).toBeUndefined();
  });

  it('finds every metric by each of its names', () => {
    for (const metric of CATALOGUE.metrics)
      for (const name of [metric.id, metric.label, ...metric.synonyms])
        expect(findMetricByName(name), name).toMatchObject({ metric: { id: metric.id }, exact: true });
  });
});

describe('the groups of metrics', () => {
  it('hold every metric once, also one that no group names', () => {
    const ids = groupMetrics().flatMap(({ metrics }) => metrics.map(({ id }) => id));
    expect(ids.toSorted()).toEqual(CATALOGUE.metrics.map(({ id }) => id).toSorted());
    const [first] = CATALOGUE.metrics;
    if (!first) throw new Error('no metrics');
    expect(groupMetrics([{ ...first, id: 'brand_new' }])).toMatchObject([
      { title: 'More', metrics: [{ id: 'brand_new' }] },
    ]);
  });
});
