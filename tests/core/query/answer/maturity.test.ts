import { expect, it } from 'vitest';
import { cutByYouth } from '../../../../src/core/query/answer/maturity.ts';
import { answerMetric } from '../../../../src/core/query/answer/metric-answer.ts';
import { plainText } from '../../../../src/core/query/answer/plain-text.ts';
import { askedOf, figure, queryOf, resultOf, row } from './asked.ts';

const MONTH = { start: '2025-12-29', end: '2026-01-28' };

it.each([
  ['activation_rate', {}, 'The 7 days of people new since Wed 21 Jan are not over'],
  ['retention_rate', {}, 'Day 7 of people new since Wed 21 Jan is still to come: they are left out.'],
  ['retention_rate', { cohort_day: 30 }, 'Day 30 of people new since Mon 29 Dec is still to come'],
])('says from when on newcomers have not had their time: %s %j', (metric, filters, said) => {
  const asked = askedOf(queryOf({ metric, filters, window: MONTH }), resultOf(figure([20, 80])));
  expect(plainText(answerMetric(asked).body)).toContain(said);
});

it.each([
  ['all of whom have had it', { metric: 'activation_rate', window: { start: '2026-01-05', end: '2026-01-12' } }],
  ['whom it does not follow', { metric: 'new_users', window: MONTH }],
])('says nothing of newcomers %s', (_name, changes) =>
  expect(plainText(answerMetric(askedOf(queryOf(changes), resultOf(figure([20, 80])))).body)).not.toContain(
    'people new',
  ),
);

it('takes their days, weeks and months for incomplete', () => {
  const cut = (grain: 'day' | 'week', buckets: string[]) =>
    cutByYouth(
      resultOf(figure([20, 80]), { rows: buckets.map((bucket) => row({ bucket })) }),
      queryOf({ metric: 'activation_rate', window: MONTH, grain }),
      '2026-01-28',
    ).rows.map(({ partial }) => partial);
  expect(cut('day', ['2026-01-20', '2026-01-21', '2026-01-27'])).toEqual([false, true, true]);
  expect(cut('week', ['2026-01-12', '2026-01-19', '2026-01-26'])).toEqual([false, true, true]);
});
