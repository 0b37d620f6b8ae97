import { describe, expect, it } from 'vitest';
import { findMetric } from '../../../../src/core/catalogue/index.ts';
import { plainText } from '../../../../src/core/query/answer/plain-text.ts';
import { latestFollowed, tooEarly } from '../../../../src/core/query/answer/too-early.ts';
import { AS_OF, figure, LAST_WEEK, queryOf, resultOf } from './asked.ts';

const TODAY = '2026-01-28';
const retention = (changes: object = {}) => queryOf({ metric: 'retention_rate', ...changes });

describe('the latest period of a retention that can be told', () => {
  it('ends where everybody has had their day', () => {
    const window = { start: '2026-01-22', end: '2026-01-29' };
    expect(latestFollowed(retention({ window }), TODAY)?.window).toEqual({ start: '2026-01-14', end: '2026-01-21' });
    const filters = { cohort_day: 30 };
    expect(latestFollowed(retention({ window, filters }), TODAY)?.window).toEqual({
      start: '2025-12-22',
      end: '2025-12-29',
    });
  });

  it('is not looked for where some of the people asked about had theirs, or nobody is followed', () => {
    expect(latestFollowed(retention({ window: LAST_WEEK }), TODAY)).toBeNull();
    expect(latestFollowed(queryOf({ metric: 'active_users' }), TODAY)).toBeNull();
  });
});

describe('a retention asked for too early', () => {
  const query = retention({ window: { start: '2026-01-21', end: '2026-01-28' } });
  const metric = findMetric('retention_rate');
  if (metric === undefined) throw new Error('no such metric');
  const asked = {
    query,
    metric,
    result: resultOf(figure(null)),
    variation: null,
    sameTime: null,
    gaps: [],
    undivided: [],
    withheld: 0,
    rounded: false,
    notes: [],
    setting: { asOf: AS_OF, zone: 'Europe/Berlin', currency: 'USD' },
  };
  const followed = retention({ window: { start: '2026-01-14', end: '2026-01-21' } });
  const told = (share: readonly [number, number]): string => plainText(tooEarly(asked, followed, figure(share)).body);

  it('says so, and tells the latest that is known', () => {
    expect(told([24, 80])).toContain(
      'Too early to tell: day 7 of people new in the past 7 days is still to come.\nThe latest 7 days that can be told (14–20 Jan): 30% of 80 new users.',
    );
  });

  it('tells no share of a few', () => {
    expect(told([3, 9])).toContain('Of the latest 7 days that can be told there are too few: 9 new users.');
  });
});
