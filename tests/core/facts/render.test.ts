import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  countOf,
  formatCount,
  formatDay,
  formatLongDay,
  formatMilliseconds,
  formatMillisecondsRange,
  formatMoment,
  formatMoney,
  formatPercent,
  formatPercentRange,
  formatPoints,
  formatRange,
  formatRatio,
  joinWords,
  toMajorUnits,
  toMinorUnits,
} from '../../../src/core/facts/render.ts';

describe('figures as people read them', () => {
  it.each([
    [0, '0'],
    [1780, '1,780'],
    [9999, '9,999'],
    [10_000, '10k'],
    [12_450, '12.5k'],
    [128_400, '128k'],
    [999_999, '1M'],
    [1_280_000, '1.3M'],
  ])('counts %d as %s', (count, text) => expect(formatCount(count)).toBe(text));

  it.each([
    [0, '0%'],
    [0.00004, 'under 0.01%'],
    [0.0012, '0.12%'],
    [0.083, '8.3%'],
    [0.0996, '10%'],
    [0.41, '41%'],
    [0.9951, '99.5%'],
    [0.9996, 'over 99.9%'],
    [1, '100%'],
    [1.23, '123%'],
  ])('shows the fraction %d as %s', (fraction, text) => expect(formatPercent(fraction)).toBe(text));

  it.each([
    [0.05, 'under 0.1x'],
    [1, '1.0x'],
    [6.93, '6.9x'],
    [9.97, '10x'],
    [10.1, 'over 10x'],
  ])('shows %d times normal as %s', (ratio, text) => expect(formatRatio(ratio)).toBe(text));

  it.each([
    [0, '0 ms'],
    [0.4, 'under 1 ms'],
    [314, '310 ms'],
    [996, '1.0 s'],
    [2400, '2.4 s'],
    [24_000, '24 s'],
    [126_000, '2.1 min'],
  ])('shows %d ms as %s', (milliseconds, text) => expect(formatMilliseconds(milliseconds)).toBe(text));

  it.each([
    [0, 'USD', '$0'],
    [420, 'USD', '$4.20'],
    [1234, 'USD', '$12'],
    [31_400, 'USD', '$310'],
    [1_284_000, 'USD', '$12.8k'],
    [128_400_000, 'USD', '$1.3M'],
    [1_284_000, 'EUR', '€12.8k'],
    [1_284_000, 'CHF', 'CHF 12.8k'],
    [980, 'JPY', '¥980'],
    [12_840_000, 'KWD', 'KWD 12.8k'],
  ])('shows %d minor units of %s as %s', (minor, currency, text) => expect(formatMoney(minor, currency)).toBe(text));

  it('writes ranges with an en dash and the unit once', () => {
    expect(formatPercentRange(0.009, 0.016)).toBe('0.9–1.6%');
    expect(formatPercentRange(0.012, 0.012)).toBe('1.2%');
    expect(formatMillisecondsRange(240, 420)).toBe('240–420 ms');
    expect(formatMillisecondsRange(800, 1123)).toBe('800–1,100 ms');
    expect(formatMillisecondsRange(1200, 2010)).toBe('1.2–2.0 s');
    expect(formatPoints(-0.008)).toBe('0.8 points');
    expect(formatPoints(0.01)).toBe('1 point');
  });

  it('agrees nouns and joins words', () => {
    expect(countOf(1, 'account')).toBe('1 account');
    expect(countOf(2, 'entry', 'entries')).toBe('2 entries');
    expect(joinWords(['a', 'b', 'c'])).toBe('a, b and c');
    expect(joinWords([])).toBe('');
  });

  it('never shows an exponent or a long tail, whatever the number', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e9, noNaN: true }), (value) => {
        for (const text of [formatPercent(value), formatCount(value), formatMilliseconds(value), formatRatio(value)]) {
          expect(text).not.toMatch(/e[+-]?\d|NaN|Infinity|\d{6}/);
        }
      }),
    );
  });

  it('turns minor units into major ones and back', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e12 }), fc.constantFrom('USD', 'JPY', 'KWD'), (minor, currency) => {
        expect(toMinorUnits(toMajorUnits(minor, currency), currency)).toBe(minor);
      }),
    );
  });
});

describe('days as people read them', () => {
  it.each([
    ['2026-01-29', 'Thu 29 Jan', 'Thursday 29 January'],
    ['2024-02-29', 'Thu 29 Feb', 'Thursday 29 February'],
    ['2026-12-06', 'Sun 6 Dec', 'Sunday 6 December'],
  ])('%s is %s', (date, short, long) => {
    expect(formatDay(date)).toBe(short);
    expect(formatLongDay(date)).toBe(long);
  });

  it.each([
    ['2026-01-19', '2026-01-26', 'Mon 19–Sun 25 Jan'],
    ['2026-01-29', '2026-02-05', 'Thu 29 Jan–Wed 4 Feb'],
    ['2026-01-29', '2026-01-30', 'Thu 29 Jan'],
  ])('the half-open range %s to %s is %s', (start, end, text) => expect(formatRange({ start, end })).toBe(text));

  it('shows moments on the clock of the zone, across the change of its hour', () => {
    expect(formatMoment(Date.UTC(2026, 0, 29, 14, 20), 'Europe/Berlin')).toBe('Thu 29 Jan, 15:20');
    expect(formatMoment(Date.UTC(2026, 2, 29, 1, 0), 'Europe/Berlin')).toBe('Sun 29 Mar, 03:00');
  });
});
