import { expect, it } from 'vitest';
import { formatShortWindow, formatWindow, namePeriod } from '../../../../src/core/query/answer/period-words.ts';

/** A Wednesday. */
const TODAY = '2026-01-28';

it.each([
  ['today so far', '2026-01-28', '2026-01-29', 'Wed 28 Jan'],
  ['yesterday', '2026-01-27', '2026-01-28', 'Tue 27 Jan'],
  ['this week so far', '2026-01-26', '2026-01-29', 'Mon 26–Wed 28 Jan'],
  ['this month so far', '2026-01-01', '2026-01-29', 'Thu 1–Wed 28 Jan'],
  ['since Fri 23 Jan', '2026-01-23', '2026-01-29', 'Fri 23–Wed 28 Jan'],
  ['last week', '2026-01-19', '2026-01-26', 'Mon 19–Sun 25 Jan'],
  ['the week before last', '2026-01-12', '2026-01-19', 'Mon 12–Sun 18 Jan'],
  ['in the past 7 days', '2026-01-21', '2026-01-28', 'Wed 21–Tue 27 Jan'],
  ['last month', '2025-12-01', '2026-01-01', 'Mon 1–Wed 31 Dec 2025'],
  ['in November 2025', '2025-11-01', '2025-12-01', 'Sat 1–Sun 30 Nov 2025'],
  ['last quarter', '2025-10-01', '2026-01-01', 'Wed 1 Oct–Wed 31 Dec 2025'],
  ['in Q2 2025', '2025-04-01', '2025-07-01', 'Tue 1 Apr–Mon 30 Jun 2025'],
  ['last year', '2025-01-01', '2026-01-01', 'Wed 1 Jan–Wed 31 Dec 2025'],
  [null, '2026-01-05', '2026-01-08', 'Mon 5–Wed 7 Jan'],
  [null, '2025-12-29', '2026-01-05', 'Mon 29 Dec 2025–Sun 4 Jan 2026'],
  [null, '2026-01-27T14:00', '2026-01-27T16:00', 'Tue 27 Jan, 14:00–16:00'],
  [null, '2026-01-27T22:00', '2026-01-28T00:00', 'Tue 27 Jan, 22:00–24:00'],
  [null, '2026-01-27T22:00', '2026-01-28T02:00', 'Tue 27 Jan, 22:00–Wed 28 Jan, 02:00'],
])('is %s from %s to %s: %s', (name, start, end, dates) => {
  expect(namePeriod({ start, end }, TODAY)).toBe(name);
  expect(formatWindow({ start, end }, TODAY)).toBe(dates);
});

it('leaves the weekdays out beside dates that have them', () =>
  expect(formatShortWindow({ start: '2026-01-12', end: '2026-01-19' }, TODAY)).toBe('12–18 Jan'));
