import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findMetric } from '../../../../src/core/catalogue/index.ts';
import {
  type DailyFigure,
  type Period,
  testAgainstChance,
  testVariation,
} from '../../../../src/core/query/answer/variation.ts';
import { addDays, listDays } from '../../../../src/core/window.ts';
import { figure, LAST_WEEK, WEEK_BEFORE } from './asked.ts';

const metricOf = (id: string) => {
  const metric = findMetric(id);
  if (metric === undefined) throw new Error(id);
  return metric;
};

/** Eight weeks before last week, quieter at the weekend, with a wobble of its own. */
const history = (of: (day: number) => Parameters<typeof figure>[0], days = 56): DailyFigure[] =>
  Array.from({ length: days }, (_, index) => ({
    date: addDays(LAST_WEEK.start, index - days),
    figure: figure(of(index)),
  }));

const wobble = (day: number): number => [0, 6, -4, 3, -7, 5, -2, 4, -5, 1, -1][day % 11] ?? 0;
const people = history((day) => (day % 7 >= 5 ? 60 : 100) + wobble(day));
const counts = history((day) => 100 + wobble(day));
const ratios = history((day) => [20 + Math.round(wobble(day) / 2), 1000]);

const week = (total: Parameters<typeof figure>[0], range = LAST_WEEK): Period => ({
  figure: figure(total),
  days: listDays(range).map((date) => ({ date, part: 1 })),
});
const before = (total: Parameters<typeof figure>[0]): Period => week(total, WEEK_BEFORE);

it.each([
  ['far apart', [60, 200], [30, 200], { tested: true, outside: true, against: 'chance' }],
  ['close', [33, 200], [30, 200], { tested: true, outside: false, against: 'chance' }],
  ['of a handful', [4, 20], [2, 20], { tested: false, why: 'too_few' }],
  ['of nobody', [0, 0], [2, 20], null],
] as const)('shares of people that are %s are held against chance', (_name, now, before, expected) => {
  const tested = testAgainstChance(figure(now), figure(before));
  if (expected === null) expect(tested).toBeNull();
  else expect(tested).toMatchObject(expected);
});

describe('a change between two weeks', () => {
  it.each([
    ['of a count by a third', 'errors', week(940), before(700), counts, true],
    ['of a count by a hundredth', 'errors', week(707), before(700), counts, false],
    ['of a rate by half', 'error_rate', week([210, 7000]), before([140, 7000]), ratios, true],
    ['of a rate by a few', 'error_rate', week([144, 7000]), before([140, 7000]), ratios, false],
    ['of distinct people by a quarter', 'active_users', week(625), before(500), people, true],
    ['of distinct people by a hundredth', 'active_users', week(505), before(500), people, false],
  ])('%s', (_name, metric, now, then, past, outside) =>
    expect(testVariation(metricOf(metric), now, then, past)).toMatchObject({ tested: true, outside }),
  );

  it.each([
    ['with a handful of events', 'errors', week(4), before(2), counts, 'too_few'],
    ['with nothing to go by', 'errors', week(400), before(200), counts.slice(-10), 'short_history'],
    [
      'of distinct people over periods of other lengths',
      'active_users',
      { ...week(400), days: [{ date: '2026-01-19', part: 1 }] },
      before(500),
      people,
      'unequal',
    ],
  ])('is not tested %s', (_name, metric, now, then, past, why) =>
    expect(testVariation(metricOf(metric), now, then, past)).toEqual({ tested: false, why }),
  );

  it('is no change where the unfinished day is as busy as it should be by now', () => {
    const halfDay: Period = { figure: figure(50), days: [{ date: LAST_WEEK.start, part: 0.5 }] };
    const wholeDay: Period = { figure: figure(100), days: [{ date: '2026-01-18', part: 1 }] };
    expect(testVariation(metricOf('errors'), halfDay, wholeDay, counts)).toMatchObject({
      tested: true,
      outside: false,
    });
  });

  it('is a probability whatever the figures, and does not mind which way it went', () => {
    const metric = metricOf('active_users');
    fc.assert(
      fc.property(fc.integer({ min: 10, max: 5_000 }), fc.integer({ min: 10, max: 5_000 }), (a, b) => {
        const [up, down] = [
          testVariation(metric, week(a), before(b), people),
          testVariation(metric, week(b), before(a), people),
        ];
        if (!up.tested || !down.tested) throw new Error('not tested');
        expect(up.p).toBeGreaterThanOrEqual(0);
        expect(up.p).toBeLessThanOrEqual(1);
        expect(up.p).toBeCloseTo(down.p, 10);
      }),
      { numRuns: 50 },
    );
  });
});
