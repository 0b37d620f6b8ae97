import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { latestDue, nextDue, parseCron } from '../../../src/core/delivery/schedule.ts';
import type { Schedule } from '../../../src/core/delivery/subscription.ts';

const at = (text: string): number => Date.parse(text);
const iso = (instant: number): string => new Date(instant).toISOString();
const berlin = (minute: number, weekdays = [1, 2, 3, 4, 5, 6, 7]): Schedule => ({
  minute,
  weekdays,
  zone: 'Europe/Berlin',
});

describe('a schedule', () => {
  it.each([
    ['on weekdays skips the weekend', berlin(540, [1, 2, 3, 4, 5]), '2026-01-30T08:00:00Z', '2026-02-02T08:00:00.000Z'],
    ['is due later the same day', berlin(540), '2026-01-30T07:59:59Z', '2026-01-30T08:00:00.000Z'],
    ['is not due again at the instant it was due', berlin(540), '2026-01-30T08:00:00Z', '2026-01-31T08:00:00.000Z'],
    ['keeps its local time when summer begins', berlin(540), '2026-03-28T08:00:00Z', '2026-03-29T07:00:00.000Z'],
    ['comes right after a gap that swallows its time', berlin(150), '2026-03-28T12:00:00Z', '2026-03-29T01:00:00.000Z'],
    ['comes once on the day of the gap', berlin(150), '2026-03-29T01:00:00Z', '2026-03-30T00:30:00.000Z'],
    ['takes the first of two in autumn', berlin(150), '2026-10-24T12:00:00Z', '2026-10-25T00:30:00.000Z'],
    ['leaves the second of two alone', berlin(150), '2026-10-25T00:30:00Z', '2026-10-26T01:30:00.000Z'],
    ['on one day a week waits for it', berlin(540, [1]), '2026-01-26T08:00:00Z', '2026-02-02T08:00:00.000Z'],
    [
      'skips a day that its zone skipped over the date line',
      { minute: 540, weekdays: [5], zone: 'Pacific/Apia' },
      '2011-12-28T00:00:00Z',
      '2012-01-05T19:00:00.000Z',
    ],
    [
      'comes before a gap that reaches into the next day',
      { minute: 1425, weekdays: [5], zone: 'Asia/Pyongyang' },
      '2018-05-04T00:00:00Z',
      '2018-05-04T14:59:00.000Z',
    ],
  ])('%s', (_, schedule, after, expected) => {
    expect(iso(nextDue(schedule, at(after)))).toBe(expected);
  });

  it('knows when it was due last', () => {
    expect(iso(latestDue(berlin(540, [1, 2, 3, 4, 5]), at('2026-02-01T20:00:00Z')))).toBe('2026-01-30T08:00:00.000Z');
    expect(iso(latestDue(berlin(540), at('2026-01-30T08:00:00Z')))).toBe('2026-01-30T08:00:00.000Z');
    expect(iso(latestDue(berlin(150), at('2026-10-25T01:30:00Z')))).toBe('2026-10-25T00:30:00.000Z');
  });

  it('without a day is never due', () => {
    expect(() => nextDue(berlin(540, []), 0)).toThrow(RangeError);
  });

  const zones = [
    'Europe/Berlin',
    'America/New_York',
    'America/St_Johns',
    'Australia/Lord_Howe',
    'Pacific/Apia',
    'Asia/Gaza',
  ];
  const schedules = fc.record({
    minute: fc.oneof(fc.integer({ min: 0, max: 1439 }), fc.constantFrom(0, 1, 30, 119, 120, 150, 1439)),
    weekdays: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }).map((days) => days.sort()),
    zone: fc.constantFrom('UTC', 'Asia/Kolkata', 'Africa/Cairo', 'America/Sao_Paulo', ...zones),
  });

  it('is due exactly once on each of its local days, one after the other', () => {
    fc.assert(
      fc.property(schedules, fc.integer({ min: 2000, max: 2037 }), (schedule, year) => {
        const { zone } = schedule;
        const day = (instant: number) =>
          Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone).toPlainDate();
        const first = Temporal.PlainDate.from({ year, month: 1, day: 1 });
        const until = first.add({ years: 1 }).toZonedDateTime(zone).epochMilliseconds;
        const posts: number[] = [];
        let due = nextDue(schedule, first.toZonedDateTime(zone).epochMilliseconds - 1);
        while (due < until) {
          posts.push(due);
          const next = nextDue(schedule, due);
          expect(next).toBeGreaterThan(due);
          expect(latestDue(schedule, next - 1)).toBe(due);
          due = next;
        }
        const expected: string[] = [];
        for (let date = first; date.year === year; date = date.add({ days: 1 })) {
          // A day that the zone skipped begins on another one.
          const isReal = date.toZonedDateTime(zone).toPlainDate().equals(date);
          if (isReal && schedule.weekdays.includes(date.dayOfWeek)) expected.push(date.toString());
        }
        expect(posts.map((instant) => day(instant).toString())).toEqual(expected);
      }),
      { numRuns: 12 },
    );
  });
});

describe('a cron of the simple form', () => {
  it.each([
    ['0 9 * * 1-5', { minute: 540, weekdays: [1, 2, 3, 4, 5] }],
    ['30 21 * * *', { minute: 1290, weekdays: [1, 2, 3, 4, 5, 6, 7] }],
    [' 5 0 * *  0 ', { minute: 5, weekdays: [7] }],
    ['0 9 * * 7', { minute: 540, weekdays: [7] }],
    ['0 9 * * mon,WED,5', { minute: 540, weekdays: [1, 3, 5] }],
    ['0 9 * * Mon-Fri', { minute: 540, weekdays: [1, 2, 3, 4, 5] }],
    ['0 9 * * 0-7', { minute: 540, weekdays: [1, 2, 3, 4, 5, 6, 7] }],
  ])('%j is read', (cron, expected) => expect(parseCron(cron)).toEqual(expected));

  it.each([
    '*/5 * * * *',
    '0 9 1 * *',
    '0 9 * 1 *',
    '0 9,17 * * *',
    '60 9 * * *',
    '0 24 * * *',
    '0 9 * * 8',
    '0 9 * * 5-1',
    '0 9 * * */2',
    '0 0 9 * * 1',
    '',
    'nine',
  ])('%j is not', (cron) => expect(parseCron(cron)).toBeUndefined());
});
