import fc from 'fast-check';
import { expect, it } from 'vitest';
import { calendarDay, chosenDays, wholeNumber } from '../../src/cli/options.ts';

it('takes a whole number within its bounds, and nothing else', () => {
  const port = wholeNumber(0, 65_535);
  fc.assert(fc.property(fc.integer({ min: 0, max: 65_535 }), (value) => port(String(value)) === value));
  for (const text of ['', ' ', '-1', '65536', '1.5', '1e3', '0x10', 'ten', '99999999999999999999'])
    expect(() => port(text), text).toThrow(/whole number of at least 0 and at most 65535/);
});

it('takes a day that exists, as it was written', () => {
  expect(calendarDay('2028-02-29')).toBe('2028-02-29');
  for (const text of ['2026-02-29', '2026-1-2', '29.01.2026', 'yesterday', ''])
    expect(() => calendarDay(text), text).toThrow(/such as 2026-01-29/);
});

it('reads one day, a range, or nothing', () => {
  expect(chosenDays({})).toBeUndefined();
  expect(chosenDays({ date: '2026-01-29' })).toEqual({ first: '2026-01-29', last: '2026-01-29' });
  expect(chosenDays({ from: '2026-01-01', to: '2026-01-29' })).toEqual({ first: '2026-01-01', last: '2026-01-29' });
});
