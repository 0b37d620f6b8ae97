import { describe, expect, it } from 'vitest';
import { plainText } from '../../../../src/core/query/answer/plain-text.ts';
import { doubtsOf, namesNone, unnamed } from '../../../../src/core/query/answer/unnamed.ts';
import { MOST_ROWS } from '../../../../src/core/query/metric-query.ts';
import type { MetricResult } from '../../../../src/core/query/metric-result.ts';
import { askedOf, figure, queryOf, resultOf, row } from './asked.ts';

const unplanned = resultOf(figure(141), { rows: [row({ key: { plan: null }, figure: figure(141) })] });

/** A rate by a dimension; `without` of its numerator name none. */
function ratesBy(dimension: string, groups: Record<string, [number, number]>, without: number): MetricResult {
  const all = [...Object.entries(groups), [null, [without, 0]] as const];
  const sum = (part: 0 | 1): number => all.reduce((total, [, parts]) => total + parts[part], 0);
  const rows = all.map(([value, parts]) => row({ key: { [dimension]: value }, figure: figure(parts) }));
  return resultOf(figure([sum(0), sum(1)]), { rows, groups: rows.length });
}

describe('a zero', () => {
  it.each([
    [
      'limited by a value',
      queryOf({ metric: 'errors', filters: { plan: 'enterprise' } }),
      resultOf(figure(0)),
      'errors',
      'plan',
    ],
    [
      'of a rate, whose numerator may name no plan',
      queryOf({ metric: 'error_rate', filters: { plan: 'enterprise' } }),
      resultOf(figure([0, 900])),
      'error_rate',
      'plan',
    ],
    [
      'in every row of a cut',
      queryOf({ metric: 'error_rate', group_by: ['plan'] }),
      resultOf(figure([141, 5_000]), { rows: [row({ key: { plan: 'growth' }, figure: figure([0, 900]) })] }),
      'error_rate',
      'plan',
    ],
    [
      'or anything else of which no row has a name',
      queryOf({ metric: 'latency_p50', group_by: ['platform'] }),
      resultOf(figure(140, 900), { rows: [row({ key: { platform: null }, figure: figure(140, 900) })] }),
      'latency_p50',
      'platform',
    ],
  ])('%s is doubted', (_name, query, result, metric, dimension) => {
    const [doubt] = doubtsOf(askedOf(query, result));
    expect(doubt).toMatchObject({
      dimension,
      query: { metric, filters: {}, group_by: [dimension], grain: null, limit: MOST_ROWS },
    });
  });

  it.each([
    ['a figure', queryOf({ metric: 'errors', filters: { plan: 'growth' } }), resultOf(figure(3))],
    ['a zero of everything', queryOf({ metric: 'errors' }), resultOf(figure(0))],
    ['a zero on a page', queryOf({ metric: 'errors', surface: '/cart' }), resultOf(figure(0))],
    [
      'a day of retention',
      queryOf({ metric: 'retention_rate', filters: { cohort_day: '7' } }),
      resultOf(figure([0, 80])),
    ],
  ])('%s is not', (_name, query, result) => expect(doubtsOf(askedOf(query, result))).toEqual([]));

  it('stands where some events name the dimension, or there are none', () => {
    const [doubt] = doubtsOf(askedOf(queryOf({ metric: 'errors', filters: { plan: 'growth' } }), resultOf(figure(0))));
    if (doubt === undefined) throw new Error('no doubt');
    expect(namesNone(doubt, unplanned)).toBe(true);
    expect(namesNone(doubt, { ...unplanned, groups: 2 })).toBe(false);
    expect(namesNone(doubt, resultOf(figure(9), { rows: [row({ key: { plan: 'free' }, figure: figure(9) })] }))).toBe(
      false,
    );
    expect(namesNone(doubt, resultOf(figure(0), { rows: [], groups: 0 }))).toBe(false);
    const [of] = doubtsOf(
      askedOf(queryOf({ metric: 'error_rate', filters: { plan: 'free' } }), resultOf(figure([0, 80]))),
    );
    if (of === undefined) throw new Error('no doubt');
    expect(namesNone(of, ratesBy('plan', { growth: [3, 900], free: [0, 80] }, 40))).toBe(false);
    expect(namesNone(of, ratesBy('plan', { growth: [0, 900], free: [0, 80] }, 0))).toBe(false);
  });
});

it.each([
  [
    queryOf({ metric: 'errors', filters: { plan: 'enterprise' } }),
    unplanned,
    'None of the 141 errors last week names a plan, so errors on the enterprise plan cannot be told.',
    'errors from 2026-01-19 to 2026-01-25',
  ],
  [
    queryOf({ metric: 'error_rate', surface: '/checkout', group_by: ['plan'] }),
    ratesBy('plan', { growth: [0, 900], free: [0, 400] }, 141),
    'None of the 141 errors on /checkout last week names a plan, so error rate by plan cannot be told.',
    'error rate on /checkout from 2026-01-19 to 2026-01-25',
  ],
  [
    queryOf({ metric: 'errors', group_by: ['account'] }),
    resultOf(figure(141), { rows: [row({ key: { account: null }, figure: figure(141) })] }),
    'None of the 141 errors last week names an account, so errors by account cannot be told.',
    'errors from 2026-01-19 to 2026-01-25',
  ],
  [
    queryOf({ metric: 'error_rate', filters: { platform: 'ios' } }),
    ratesBy('platform', { web: [0, 900], javascript: [90, 0] }, 51),
    'None of the 141 errors last week names a platform that any of the pageviews name, so error rate on ios cannot be told.',
    'error rate from 2026-01-19 to 2026-01-25',
  ],
])('what nothing names cannot be told', (query, found, said, next) => {
  const asked = askedOf(query, resultOf(figure(0), { rows: [row({ key: { plan: 'free' } })] }));
  const [doubt] = doubtsOf(asked);
  if (doubt === undefined) throw new Error('no doubt');
  expect(namesNone(doubt, found)).toBe(true);
  const answer = unnamed(asked, doubt, found);
  expect(plainText(answer.body)).toContain(said);
  expect(answer.reason).toBe('no_data');
  expect(answer.body.followUps[0]?.question).toBe(next);
  expect(answer.body.rows).toEqual([]);
});
