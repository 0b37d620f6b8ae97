import { expect, it } from 'vitest';
import { withheldAcrossTotals } from '../../../../src/core/query/answer/gap-days.ts';
import { answerMetric } from '../../../../src/core/query/answer/metric-answer.ts';
import { plainText } from '../../../../src/core/query/answer/plain-text.ts';
import type { MetricQuery } from '../../../../src/core/query/metric-query.ts';
import { askedOf, figure, queryOf, resultOf, WEEK_BEFORE } from './asked.ts';

const textOf = (changes: Partial<MetricQuery> & { metric: string }, only: string[], partly: string[] = []): string => {
  const query = queryOf(changes);
  const result = resultOf(figure(700), { compared: figure(900), totals_only: only, totals_partly: partly });
  const { metric } = askedOf(query, result);
  return plainText(answerMetric(askedOf(query, withheldAcrossTotals(result, query, metric))).body);
};

it.each([
  [
    ['2026-01-19'],
    'Of Mon 19 Jan only daily totals were imported, which do not tell active users: that day is left out.',
  ],
  [['2026-01-19', '2026-01-20', '2026-01-21'], 'Of Mon 19–Wed 21 Jan only daily totals were imported'],
  [['2026-01-19', '2026-01-21', '2026-01-23', '2026-01-24'], 'Of 4 days from Mon 19 Jan to Sat 24 Jan only'],
])('names the days that nothing is known of: %j', (days, said) =>
  expect(textOf({ metric: 'active_users' }, days)).toContain(said),
);

it('holds no count of fewer days against one of more, and says so', () => {
  const text = textOf({ metric: 'active_users', compare: WEEK_BEFORE }, ['2026-01-12']);
  expect(text).toContain('that day is left out, and nothing is held against 12–18 Jan.');
  expect(text).not.toMatch(/down from|There is no data/);
});

it('says which pages are missing where others have events', () =>
  expect(textOf({ metric: 'affected_accounts' }, [], ['2026-01-20'])).toContain(
    'Of some pages only daily totals were imported for Tue 20 Jan: what happened on them is not in the figure.',
  ));
