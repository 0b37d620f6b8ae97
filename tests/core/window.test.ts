import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  dateInZone,
  dateOf,
  dayInstants,
  dayNumber,
  daysBetween,
  isDate,
  judgedDate,
  listDays,
  weekdayOf,
  weekEndingOn,
} from '../../src/core/window.ts';

describe('calendar days', () => {
  it('counts from 1970-01-01', () => {
    expect([dayNumber('1970-01-01'), dayNumber('1970-01-02'), dayNumber('1969-12-31')]).toEqual([0, 1, -1]);
  });

  it('survives the round trip through its number', () => {
    fc.assert(fc.property(fc.integer({ min: -20_000, max: 40_000 }), (day) => dayNumber(dateOf(day)) === day));
  });

  it.each([
    ['2024-02-28', 1, '2024-02-29'],
    ['2026-02-28', 1, '2026-03-01'],
    ['2026-01-01', -1, '2025-12-31'],
    ['2026-03-29', 7, '2026-04-05'],
  ])('%s plus %i days is %s', (date, days, expected) => {
    expect(addDays(date, days)).toBe(expected);
    expect(daysBetween(date, expected)).toBe(days);
  });

  it.each(['2026-02-30', '2026-13-01', '26-01-01', 'yesterday', '', '2026-1-1', '2026-01-01T00:00'])(
    'refuses %j',
    (text) => expect(isDate(text)).toBe(false),
  );

  it('knows weekdays, Monday first', () => {
    expect([weekdayOf(dayNumber('2026-01-26')), weekdayOf(dayNumber('2026-02-01')), weekdayOf(-4)]).toEqual([0, 6, 6]);
  });

  it('lists a half-open range', () => {
    expect(listDays({ start: '2026-01-30', end: '2026-02-02' })).toEqual(['2026-01-30', '2026-01-31', '2026-02-01']);
    expect(listDays({ start: '2026-01-30', end: '2026-01-01' })).toEqual([]);
  });
});

describe('windows and zones', () => {
  it('makes the week of a record half-open and ends it after the judged day', () => {
    expect(weekEndingOn('2026-01-30')).toEqual({ start: '2026-01-24', end: '2026-01-31' });
  });

  it.each([
    ['2026-01-30T08:00:00Z', 'Europe/Berlin', '2026-01-29'],
    ['2026-01-30T23:30:00Z', 'Europe/Berlin', '2026-01-30'],
    ['2026-01-30T02:00:00Z', 'America/New_York', '2026-01-28'],
    ['2026-01-30T10:30:00Z', 'Pacific/Kiritimati', '2026-01-30'],
  ])('at %s in %s the last complete day is %s', (instant, zone, expected) => {
    expect(judgedDate(Date.parse(instant), zone)).toBe(expected);
  });

  it.each([
    ['2026-03-29', 'Europe/Berlin', 23],
    ['2026-10-25', 'Europe/Berlin', 25],
    ['2026-06-01', 'Europe/Berlin', 24],
    ['2026-04-24', 'Africa/Cairo', 23],
  ])('%s in %s has %i hours', (date, zone, hours) => {
    const { start, end } = dayInstants(date, zone);
    expect((end - start) / 3_600_000).toBe(hours);
    expect(dateInZone(start, zone)).toBe(date);
    expect(dateInZone(end - 1, zone)).toBe(date);
  });
});
