import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Hour, hourAt, hourOfDay, lastSettledHour, listHours } from '../../src/core/hours.ts';
import { dateInZone, dayInstants } from '../../src/core/window.ts';

const MINUTE = 60_000;
const ZONES = ['UTC', 'America/New_York', 'Asia/Kolkata', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'America/Havana'];

const hoursOf = (date: string, zone: string): Hour[] => listHours(dayInstants(date, zone), zone);
const lengths = (hours: readonly Hour[]): number[] => [
  ...new Set(hours.map(({ start, end }) => (end - start) / MINUTE)),
];

describe('hour buckets', () => {
  it.each([
    ['23 in New York when an hour is skipped', 'America/New_York', '2026-03-08', 23, [60]],
    ['25 in New York when an hour comes twice', 'America/New_York', '2026-11-01', 25, [60]],
    ['23 in Beirut, where midnight is skipped', 'Asia/Beirut', '2026-03-29', 23, [60]],
    ['25 in Havana, where midnight comes twice', 'America/Havana', '2026-11-01', 25, [60]],
    ['24 in Kolkata', 'Asia/Kolkata', '2026-03-08', 24, [60]],
    [
      '24 on Lord Howe when half an hour is skipped, one of them short',
      'Australia/Lord_Howe',
      '2026-10-04',
      24,
      [60, 30],
    ],
    [
      '25 on Lord Howe when half an hour comes twice, one of them short',
      'Australia/Lord_Howe',
      '2026-04-05',
      25,
      [60, 30],
    ],
  ])('are %s', (_name, zone, date, count, minutes) => {
    const hours = hoursOf(date, zone);
    expect(hours).toHaveLength(count);
    expect(lengths(hours)).toEqual(minutes);
  });

  it('begin on the full hours of the local clock, wherever the zone puts them', () => {
    const at = Date.parse('2026-03-10T12:50:00Z');
    const startIn = (zone: string) => new Date(hourAt(at, zone).start).toISOString().slice(11, 16);
    expect(ZONES.map(startIn)).toEqual(['12:00', '12:00', '12:30', '12:15', '12:00', '12:00']);
  });

  it('tell apart the two hours that read the same', () => {
    const twice = hoursOf('2026-11-01', 'America/New_York').filter(
      ({ start }) => hourOfDay(start, 'America/New_York') === 1,
    );
    expect(twice.map(({ start }) => new Date(start).toISOString())).toEqual([
      '2026-11-01T05:00:00.000Z',
      '2026-11-01T06:00:00.000Z',
    ]);
  });

  it('follow each other without a gap, fill their days and hold every instant once', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ZONES),
        fc.integer({ min: Date.UTC(2025, 0, 1), max: Date.UTC(2027, 0, 1) }),
        (zone, instant) => {
          const date = dateInZone(instant, zone);
          const day = dayInstants(date, zone);
          const hours = listHours(day, zone);
          expect(hours[0]?.start).toBe(day.start);
          expect(hours.at(-1)?.end).toBe(day.end);
          for (const [index, hour] of hours.entries()) expect(hour.end).toBe(hours[index + 1]?.start ?? day.end);
          expect(hours.filter(({ start, end }) => start <= instant && instant < end)).toEqual([hourAt(instant, zone)]);
        },
      ),
      { numRuns: 60 },
    );
  });

  it.each(ZONES)('are the same in %s all at once and one by one, over the weeks in which clocks are moved', (zone) => {
    const spring = { start: Date.UTC(2026, 2, 1, 12, 17), end: Date.UTC(2026, 3, 12) };
    const oneByOne: Hour[] = [];
    for (let at = spring.start; at < spring.end; at = oneByOne.at(-1)?.end ?? spring.end)
      oneByOne.push(hourAt(at, zone));
    expect(listHours(spring, zone)).toEqual(oneByOne);
  });

  it('hold instants before 1970 too', () => {
    expect(hourAt(-1, 'UTC')).toEqual({ start: -60 * MINUTE, end: 0 });
  });

  it('list those that a range cuts, and none for an empty one', () => {
    const start = Date.parse('2026-03-10T12:50:00Z');
    const listed = listHours({ start, end: start + 20 * MINUTE }, 'UTC');
    expect(listed.map((hour) => new Date(hour.start).toISOString().slice(11, 16))).toEqual(['12:00', '13:00']);
    expect(listHours({ start, end: start }, 'UTC')).toEqual([]);
  });
});

describe('the last settled hour', () => {
  it.each([
    ['12:09:59', 'UTC', '10:00'],
    ['12:10:00', 'UTC', '11:00'],
    ['12:59:59', 'UTC', '11:00'],
    ['12:39:59', 'Asia/Kolkata', '10:30'],
    ['12:40:00', 'Asia/Kolkata', '11:30'],
  ])('at %s in %s began at %s, when sources have ten minutes', (time, zone, start) => {
    const hour = lastSettledHour(Date.parse(`2026-03-10T${time}Z`), zone, 10);
    expect(new Date(hour.start).toISOString().slice(11, 16)).toBe(start);
  });

  it('is the first of the two that come twice while the second one runs', () => {
    const hour = lastSettledHour(Date.parse('2026-11-01T06:30:00Z'), 'America/New_York', 10);
    expect(new Date(hour.start).toISOString()).toBe('2026-11-01T05:00:00.000Z');
  });
});
