import { findMetric } from '../../../../src/core/catalogue/index.ts';
import type { MetricAsked } from '../../../../src/core/query/answer/asked.ts';
import { type CheckedQuery, checkQuery, type MetricQuery } from '../../../../src/core/query/metric-query.ts';
import type { Figure, MetricResult, ResultRow } from '../../../../src/core/query/metric-result.ts';

/** Wed 28 Jan 2026, 10:00 in Berlin. */
export const AS_OF = Date.parse('2026-01-28T09:00:00Z');
const WATERMARK = Date.parse('2026-01-28T08:12:00Z');

export const LAST_WEEK = { start: '2026-01-19', end: '2026-01-26' };
export const WEEK_BEFORE = { start: '2026-01-12', end: '2026-01-19' };

export function queryOf(changes: Partial<MetricQuery> & { metric: string }): CheckedQuery {
  const { query, fault } = checkQuery({
    surface: null,
    filters: {},
    window: LAST_WEEK,
    compare: null,
    group_by: [],
    grain: null,
    order: 'desc',
    limit: 10,
    ...changes,
  });
  if (query === undefined) throw new Error(JSON.stringify(fault));
  return query;
}

/** A count, or a ratio of two numbers. */
export function figure(value: number | readonly [number, number] | null, sample?: number): Figure {
  if (value === null) return { value: null, numerator: null, denominator: null, sample: sample ?? 0 };
  if (typeof value === 'number') return { value, numerator: null, denominator: null, sample: sample ?? value };
  const [numerator, denominator] = value;
  return {
    value: denominator > 0 ? numerator / denominator : null,
    numerator,
    denominator,
    sample: sample ?? denominator,
  };
}

export const row = (changes: Partial<ResultRow>): ResultRow => ({
  key: {},
  bucket: null,
  partial: false,
  figure: figure(0),
  compared: null,
  ...changes,
});

export function resultOf(total: Figure, changes: Partial<MetricResult> & { compared?: Figure } = {}): MetricResult {
  const { compared = null, ...more } = changes;
  return {
    rows: [row({ figure: total, compared })],
    total: { figure: total, compared },
    groups: 1,
    watermark: WATERMARK,
    first_date: '2025-11-01',
    served_by: 'rollups',
    totals_only: [],
    totals_partly: [],
    ...more,
  };
}

export function askedOf(query: CheckedQuery, result: MetricResult, changes: Partial<MetricAsked> = {}): MetricAsked {
  const metric = findMetric(query.metric);
  if (metric === undefined) throw new Error(query.metric);
  return {
    query,
    metric,
    result,
    variation: null,
    sameTime: null,
    gaps: [],
    undivided: [],
    withheld: 0,
    rounded: false,
    notes: [],
    setting: { asOf: AS_OF, zone: 'Europe/Berlin', currency: 'USD' },
    ...changes,
  };
}
