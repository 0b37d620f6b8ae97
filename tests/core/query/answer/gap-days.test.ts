import { expect, it } from 'vitest';
import { cutByGaps, daysLeftOut, testedDespite } from '../../../../src/core/query/answer/gap-days.ts';
import { answerMetric } from '../../../../src/core/query/answer/metric-answer.ts';
import { plainText } from '../../../../src/core/query/answer/plain-text.ts';
import { addDays } from '../../../../src/core/window.ts';
import { askedOf, figure, LAST_WEEK, queryOf, resultOf, row, WEEK_BEFORE } from './asked.ts';

const gaps = [{ date: '2026-01-19', sources: ['posthog' as const] }];
const tested = { tested: true as const, p: 0.001, outside: true };

it.each([
  ['of the period', LAST_WEEK, WEEK_BEFORE],
  ['of the one before', { start: '2026-01-26', end: '2026-02-02' }, LAST_WEEK],
])('a day %s that lacks data counts as not complete', (_name, window, compare) => {
  const query = queryOf({ metric: 'active_users', window, compare, grain: 'day' });
  const rows = [0, 1].map((day) => row({ bucket: addDays(window.start, day), figure: figure(7) }));
  const { rows: cut } = cutByGaps(resultOf(figure(14), { rows }), query, gaps);
  expect(cut.map(({ partial }) => partial)).toEqual([true, false]);
});

it.each([
  ['a whole period is not tested', { metric: 'pageviews' }, { tested: false, why: 'gap' }],
  ['the average day is, without that day', { metric: 'active_users', grain: 'day' as const }, tested],
])('where a day lacks data, %s', (_name, asked, expected) => {
  const { query, metric } = askedOf(queryOf({ ...asked, compare: WEEK_BEFORE }), resultOf(figure(7)));
  expect(testedDespite(gaps, query, metric, tested)).toEqual(expected);
  expect(testedDespite([], query, metric, tested)).toEqual(tested);
});

it('an average day is told without it, and no line of a chart falls to nothing on it', () => {
  const query = queryOf({ metric: 'active_users', grain: 'day' });
  const rows = [7, 800, 700].map((value, day) =>
    row({ bucket: addDays('2026-01-19', day), figure: figure(value), partial: day === 0 }),
  );
  const { body } = answerMetric(askedOf(query, resultOf(figure(1200), { rows }), { gaps }));
  const text = plainText(body);
  expect(text).toMatch(/^750 active users a day on average/);
  expect(text).toContain('PostHog sent nothing on Mon 19 Jan: that day is left out.');
  expect(text).not.toContain('marked');
  expect(body.series?.lines[0]?.points.map(({ value }) => value)).toEqual([null, 800, 700]);
});

it('a ratio is told without a day that one side of it lacks, and still tested', () => {
  const query = queryOf({ metric: 'ticket_rate', compare: WEEK_BEFORE });
  const silent = [{ date: '2026-01-19', sources: ['intercom' as const] }];
  const asked = askedOf(query, resultOf(figure([30, 6000])), { gaps: silent });
  expect(daysLeftOut(silent, asked.metric)).toEqual(['2026-01-19']);
  expect(testedDespite(silent, query, asked.metric, tested)).toEqual(tested);
  expect(plainText(answerMetric(asked).body)).toContain('Intercom sent nothing on Mon 19 Jan: that day is left out.');
});

it.each(['tickets', 'active_users', 'retention_rate'])('no day is left out of %s, which is no ratio of sums', (id) => {
  const { metric } = askedOf(queryOf({ metric: id }), resultOf(figure(7)));
  expect(daysLeftOut(gaps, metric)).toEqual([]);
});
