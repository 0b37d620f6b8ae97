import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { periodBefore } from '../../../../src/core/query/time/read-time.ts';
import { addDays, dateOf } from '../../../../src/core/window.ts';

describe('the period before', () => {
  it.each([
    ['a day', '2026-03-10/2026-03-11', '2026-03-09/2026-03-10'],
    ['the first of a month', '2026-03-01/2026-03-02', '2026-02-28/2026-03-01'],
    ['a whole week', '2026-03-09/2026-03-16', '2026-03-02/2026-03-09'],
    ['any 7 days', '2026-03-11/2026-03-18', '2026-03-04/2026-03-11'],
    ['Monday to Wednesday', '2026-03-16/2026-03-19', '2026-03-09/2026-03-12'],
    ['a whole month', '2026-03-01/2026-04-01', '2026-02-01/2026-03-01'],
    ['three whole months', '2025-12-01/2026-03-01', '2025-09-01/2025-12-01'],
    ['a whole year', '2025-01-01/2026-01-01', '2024-01-01/2025-01-01'],
    ['a month so far', '2026-03-01/2026-03-19', '2026-02-01/2026-02-19'],
    ['a quarter so far', '2026-01-01/2026-03-19', '2025-10-01/2025-12-19'],
    ['a year so far', '2026-01-01/2026-06-19', '2025-01-01/2025-06-19'],
    ['30 days', '2026-02-16/2026-03-18', '2026-01-17/2026-02-16'],
    ['two hours', '2026-03-10T01:00/2026-03-10T03:00', '2026-03-09T23:00/2026-03-10T01:00'],
  ])('of %s, %s, is %s', (_, window, before) => {
    const [start = '', end = ''] = window.split('/');
    const period = periodBefore({ start, end });
    expect(`${period.start}/${period.end}`).toBe(before);
  });

  it('never overlaps the window, and holds time', () => {
    const days = fc.tuple(fc.integer({ min: 8000, max: 40_000 }), fc.integer({ min: 1, max: 800 }));
    fc.assert(
      fc.property(days, ([first, length]) => {
        const start = dateOf(first);
        const before = periodBefore({ start, end: addDays(start, length) });
        expect(before.start < before.end).toBe(true);
        expect(before.end <= start).toBe(true);
      }),
    );
  });
});
