import { describe, expect, it } from 'vitest';
import { checkQuery, MOST_ROWS } from '../../../src/core/query/metric-query.ts';

const sound = {
  metric: 'error_rate',
  surface: '/checkout',
  filters: { plan: ['free', 'growth'] },
  window: { start: '2026-01-19', end: '2026-01-26' },
  compare: null,
  group_by: ['release'],
  grain: null,
  order: 'desc',
  limit: 10,
};

describe('a query of unknown origin', () => {
  it('that fits its metric comes back as it is', () => {
    expect(checkQuery(sound)).toEqual({ query: sound });
    const byHour = { ...sound, window: { start: '2026-01-28T14:00', end: '2026-01-28T16:00' }, grain: 'hour' };
    expect(checkQuery(byHour).fault).toBeUndefined();
  });

  it.each<[why: string, changes: object]>([
    ['names no metric', { metric: null }],
    ['names a metric we do not have', { metric: 'vibes' }],
    ['has a key too many', { sql: 'SELECT 1' }],
    ['cuts by a dimension we do not have', { group_by: ['mood'] }],
    ['cuts by more than two', { group_by: ['release', 'plan', 'platform'] }],
    ['filters by nothing', { filters: { plan: [] } }],
    ['filters by more than a list holds', { filters: { plan: Array.from({ length: 21 }, String) } }],
    ['asks for more rows than an answer has', { limit: MOST_ROWS + 1 }],
    ['asks for no row', { limit: 0 }],
    ['has a day that does not exist', { window: { start: '2026-02-30', end: '2026-03-02' } }],
    ['has an hour that does not exist', { window: { start: '2026-01-28T25:00', end: '2026-01-29' } }],
    ['is no object', []],
  ])('is refused as malformed when it %s', (_, changes) => {
    expect(checkQuery(Array.isArray(changes) ? changes : { ...sound, ...changes }).fault).toMatchObject({
      kind: 'malformed',
    });
  });

  it.each<[kind: string, changes: object]>([
    ['unsupported_dimension', { metric: 'new_users' }],
    ['unsupported_dimension', { surface: null, filters: { ticket_topic: 'login' }, metric: 'pageviews' }],
    ['unsupported_grain', { metric: 'revenue_at_risk', filters: {}, group_by: [], grain: 'hour' }],
    ['reversed', { window: { start: '2026-01-26', end: '2026-01-19' } }],
    ['reversed', { compare: { start: '2026-01-12', end: '2026-01-12' } }],
    ['too_long', { window: { start: '2020-01-01', end: '2026-01-01' } }],
  ])('is refused as %s: %j', (kind, changes) => {
    expect(checkQuery({ ...sound, ...changes }).fault).toMatchObject({ kind });
  });
});
