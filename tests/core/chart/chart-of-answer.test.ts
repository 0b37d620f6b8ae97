import { describe, expect, it } from 'vitest';
import { chartOfAnswer } from '../../../src/core/chart/chart-of-answer.ts';
import type { Answer } from '../../../src/core/query/answer-body.ts';
import { startOfDay } from '../../../src/core/window.ts';
import { daily } from '../../slack/answers.ts';

const ZONE = 'Europe/Berlin';
const chartOf = (answer: Answer) => chartOfAnswer(answer, ZONE);

/** The same answer by the hours of the buckets. */
function hourly(buckets: readonly string[]): Answer {
  const answer = daily(buckets.length);
  const { query } = answer.reading;
  return {
    ...answer,
    body: { ...answer.body, rows: buckets.map((bucket) => ({ bucket, value: 0.01, partial: false })) },
    reading: { ...answer.reading, query: query && { ...query, grain: 'hour' } },
  };
}

describe('the chart of an answer', () => {
  it('has each day where it began, a gap where there is no figure, and the answer for a title', () => {
    const chart = chartOf(daily(30, 1, 3));
    expect(chart?.points).toHaveLength(30);
    expect(chart?.points[1]).toMatchObject({ start: startOfDay('2026-01-02', ZONE), value: 0.012, flagged: false });
    expect(chart?.points[3]?.value).toBeNull();
    expect(chart).toMatchObject({
      title: '1.4% error rate over the days, between 1.0% and 2.4%',
      measure: 'Error rate',
      unit: 'share',
      grain: 'day',
    });
  });

  it('leaves out the day that is not over, and no other', () => {
    const answer = daily(30);
    const rows = answer.body.rows.map((row, index) => ({ ...row, partial: index === 29 || index === 7 }));
    const chart = chartOf({ ...answer, body: { ...answer.body, rows } });
    expect(chart?.points).toHaveLength(29);
  });

  it('tells the hour that comes twice in autumn from the one before it', () => {
    const chart = chartOf(hourly(['2026-10-25T01:00', '2026-10-25T02:00', '2026-10-25T02:00', '2026-10-25T03:00']));
    const starts = chart?.points.map(({ start }) => (start - Date.UTC(2026, 9, 24, 23)) / 3_600_000);
    expect(starts).toEqual([0, 1, 2, 3]);
  });

  it.each<[string, Answer]>([
    ['several lines', daily(30, 2)],
    ['no lines', { ...daily(30), body: { ...daily(30).body, series: null } }],
    ['an unknown start of a bucket', hourly(['2026-10-25T01:00', 'soon'])],
    ['more points than a picture can tell apart', daily(500)],
    ['nothing but what is not over', hourly([])],
  ])('is none of %s', (_name, answer) => {
    expect(chartOf(answer)).toBeNull();
  });

  it('is none in a unit that charts have no axis for', () => {
    const answer = daily(30);
    const series = answer.body.series && { ...answer.body.series, unit: 'money' as const };
    expect(chartOf({ ...answer, body: { ...answer.body, series } })).toBeNull();
  });
});
