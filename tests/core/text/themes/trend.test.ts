import { expect, it } from 'vitest';
import { describeTrend } from '../../../../src/core/text/themes/trend.ts';
import { addDays } from '../../../../src/core/window.ts';

const LAST = '2026-01-28';
const WEEK_START = '2026-01-22';

/** Tickets of four weeks, oldest first, on the middle day of each. */
const weeks = (...counts: number[]) =>
  counts.map((tickets, index) => ({ date: addDays(LAST, -7 * (counts.length - 1 - index) - 3), tickets }));
const long = { firstSeen: '2025-06-01', last: LAST, known: '2025-06-01' };

it.each<[name: string, days: { date: string; tickets: number }[], facts: typeof long, expected: object]>([
  ['rises', weeks(2, 3, 2, 14), long, { direction: 'rising', this_week: 14, before: 7 / 3 }],
  ['falls', weeks(14, 12, 13, 3), long, { direction: 'falling', this_week: 3, before: 13 }],
  ['is steady', weeks(5, 6, 4, 6), long, { direction: 'steady', this_week: 6, before: 5 }],
  ['has too few tickets to tell', weeks(0, 1, 0, 3), long, { direction: 'too_few', this_week: 3, before: 1 / 3 }],
  ['is gone', weeks(4, 4, 4, 0), long, { direction: 'falling', this_week: 0, before: 4 }],
  [
    'began this week',
    weeks(0, 0, 0, 4),
    { ...long, firstSeen: WEEK_START },
    { direction: 'new', this_week: 4, before: 0 },
  ],
  [
    'began the day before',
    weeks(0, 0, 1, 3),
    { ...long, firstSeen: '2026-01-21' },
    { direction: 'too_few', this_week: 3, before: 1 / 3 },
  ],
  [
    'began when the data did',
    weeks(0, 0, 0, 9),
    { firstSeen: WEEK_START, last: LAST, known: WEEK_START },
    { direction: 'too_few', this_week: 9, before: null },
  ],
  [
    'has two known weeks',
    weeks(0, 0, 6, 6),
    { firstSeen: '2026-01-15', last: LAST, known: '2026-01-15' },
    { direction: 'steady', this_week: 6, before: 6 },
  ],
  ['was never written about', [], long, { direction: 'too_few', this_week: 0, before: 0 }],
])('a theme that %s', (_name, days, facts, expected) => {
  expect(describeTrend(days, facts)).toEqual(expected);
});

it('counts neither what comes after the last day nor what lies before the four weeks', () => {
  const days = [
    { date: '2026-01-29', tickets: 50 },
    { date: LAST, tickets: 1 },
    { date: WEEK_START, tickets: 2 },
    { date: '2026-01-21', tickets: 4 },
    { date: '2026-01-01', tickets: 8 },
    { date: '2025-12-31', tickets: 100 },
  ];
  expect(describeTrend(days, long)).toMatchObject({ this_week: 3, before: 4 });
});
