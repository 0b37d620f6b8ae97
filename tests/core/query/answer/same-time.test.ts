import { describe, expect, it } from 'vitest';
import { findMetric } from '../../../../src/core/catalogue/index.ts';
import { answerMetric } from '../../../../src/core/query/answer/metric-answer.ts';
import { plainText } from '../../../../src/core/query/answer/plain-text.ts';
import { daysUntil, sameTimeQuery } from '../../../../src/core/query/answer/same-time.ts';
import type { CheckedQuery, MetricQuery } from '../../../../src/core/query/metric-query.ts';
import { AS_OF, askedOf, figure, LAST_WEEK, queryOf, resultOf } from './asked.ts';

/** Wed 28 Jan 2026, 10:00 in Berlin. */
const setting = { asOf: AS_OF, zone: 'Europe/Berlin' };
const TODAY = { start: '2026-01-28', end: '2026-01-29' };
const YESTERDAY = { start: '2026-01-27', end: '2026-01-28' };
const THIS_WEEK = { start: '2026-01-26', end: '2026-01-29' };

function sameTimeOf(changes: Partial<MetricQuery> & { metric: string }): CheckedQuery | null {
  const query = queryOf(changes);
  const metric = findMetric(query.metric);
  if (metric === undefined) throw new Error(query.metric);
  return sameTimeQuery(query, metric, setting);
}

describe('a period that is not over is held against the one before up to the same point', () => {
  it.each([
    ['today', { metric: 'errors', window: TODAY, compare: YESTERDAY }, '2026-01-27', '2026-01-27T10:00'],
    ['this week', { metric: 'revenue', window: THIS_WEEK, compare: LAST_WEEK }, '2026-01-19', '2026-01-21T10:00'],
    ['a rate', { metric: 'error_rate', window: TODAY, compare: YESTERDAY }, '2026-01-27', '2026-01-27T10:00'],
    ['a percentile', { metric: 'latency_p95', window: TODAY, compare: YESTERDAY }, '2026-01-27', '2026-01-27T10:00'],
    ['people', { metric: 'active_users', window: TODAY, compare: YESTERDAY }, '2026-01-27', '2026-01-27T10:00'],
  ])('%s', (_name, changes, start, end) => expect(sameTimeOf(changes)?.window).toEqual({ start, end }));

  it.each([
    ['one that is over', { metric: 'errors', window: YESTERDAY, compare: { start: '2026-01-26', end: '2026-01-27' } }],
    ['one that is compared with nothing', { metric: 'errors', window: TODAY }],
    [
      'a shorter one before',
      { metric: 'errors', window: THIS_WEEK, compare: { start: '2026-01-25', end: '2026-01-26' } },
    ],
    ['what follows people', { metric: 'activation_rate', window: TODAY, compare: YESTERDAY }],
    ['hours', { metric: 'errors', window: { start: '2026-01-28T08:00', end: '2026-01-28T12:00' }, compare: YESTERDAY }],
    ['people of one account', { metric: 'active_users', filters: { account: 'N' }, window: TODAY, compare: YESTERDAY }],
  ])('but not %s', (_name, changes) => expect(sameTimeOf(changes)).toBeNull());

  it('with as much of its last day as has passed of today', () => {
    const query = sameTimeOf({ metric: 'errors', window: THIS_WEEK, compare: LAST_WEEK });
    if (query === null) throw new Error('no query');
    const now = ['2026-01-26', '2026-01-27', '2026-01-28'].map((date, index) => ({
      date,
      part: index === 2 ? 0.4 : 1,
    }));
    expect(daysUntil(query, now, '2026-01-20')).toEqual([
      { date: '2026-01-20', part: 1 },
      { date: '2026-01-21', part: 0.4 },
    ]);
  });

  it('and says so, with what all of it had', () => {
    const query = queryOf({ metric: 'errors', window: TODAY, compare: YESTERDAY });
    const asked = askedOf(query, resultOf(figure(12), { compared: figure(11) }), {
      sameTime: { until: '2026-01-27T10:00', whole: figure(87) },
    });
    expect(plainText(answerMetric(asked).body)).toContain(
      '12 errors today so far, up from 11 (Wed 28 Jan against 27 Jan).\nThe period before is counted to the same point, Tue 27 Jan, 10:00; all of it had 87. Up 9.1%.',
    );
  });

  it('or says that it is not', () => {
    const query = queryOf({ metric: 'funnel_conversion', window: TODAY, compare: YESTERDAY });
    const asked = askedOf(query, resultOf(figure([10, 100]), { compared: figure([90, 800]) }));
    expect(plainText(answerMetric(asked).body)).toContain(
      'Today is not over yet, and the period before is counted whole.',
    );
  });
});
