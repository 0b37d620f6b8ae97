import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readMomentAhead, readMomentBehind } from '../../../src/core/when/moment.ts';

const zone = 'Europe/Berlin';
/** Friday, 09:00 in Berlin. */
const now = Date.parse('2026-01-30T08:00:00Z');
const ahead = (text: string) => readMomentAhead(text.split(' '), { now, zone });
const behind = (text: string) => readMomentBehind(text.split(' '), { now, zone });

describe('a moment ahead', () => {
  it.each([
    ['1h', '2026-01-30T08:00Z', 60],
    ['90m', '2026-01-30T08:00Z', 90],
    ['for 2 days', '2026-02-01T08:00Z', 0],
    ['1h30m', '2026-01-30T09:30Z', 0],
    ['1h 30 min', '2026-01-30T09:30Z', 0],
    ['a week', '2026-02-06T08:00Z', 0],
    ['half an hour', '2026-01-30T08:30Z', 0],
    ['1.5 hours', '2026-01-30T09:30Z', 0],
    ['until Tuesday 9:00', '2026-02-03T08:00Z', 0],
    ['tuesday', '2026-02-03T08:00Z', 0],
    ['until friday 9am', '2026-02-06T08:00Z', 0],
    ['friday 18:00', '2026-01-30T17:00Z', 0],
    ['until friday 9am Europe/London', '2026-01-30T09:00Z', 0],
    ['tomorrow', '2026-01-31T08:00Z', 0],
    ['tomorow at 7', '2026-01-31T06:00Z', 0],
    ['tomorrow 9:30 pm', '2026-01-31T20:30Z', 0],
    ['18:00', '2026-01-30T17:00Z', 0],
    ['8:59', '2026-01-31T07:59Z', 0],
    ['midnight', '2026-01-30T23:00Z', 0],
    ['tonight', '2026-01-30T19:00Z', 0],
    ['monday noon', '2026-02-02T11:00Z', 0],
    ['next week', '2026-02-02T08:00Z', 0],
    ['2026-02-07 22:00', '2026-02-07T21:00Z', 0],
    ['2026-02-07T22:00', '2026-02-07T21:00Z', 0],
    ['2026-02-07T22:00:00Z', '2026-02-07T22:00Z', 0],
    ['7 Feb', '2026-02-07T08:00Z', 0],
    ['Feb 7th 22:00', '2026-02-07T21:00Z', 0],
    ['7 Jan', '2027-01-07T08:00Z', 0],
    // The clock skips 02:30 that night.
    ['2026-03-29 02:30', '2026-03-29T01:30Z', 0],
  ])('reads "%s"', (text, start, minutes) => {
    expect(ahead(text)).toMatchObject({ at: Date.parse(start) + minutes * 60_000 });
  });

  it.each([
    ['25:00', 'For the night after, write 1:00'],
    ['9:75', 'is not a time of day'],
    ['tomorrow 13pm', 'is not a time of day'],
    ['yesterday', 'Thu 29 Jan, 09:00 (Europe/Berlin) is in the past'],
    ['2026-01-29 10:00', 'is in the past'],
    ['2026-02-31', 'There is no day 2026-02-31'],
    ['30 Feb', 'There is no day 30 Feb'],
    ['friday 9am Europe/Berln', 'Did you mean Europe/Berlin?'],
    ['friday 9am Mars/Base_One', 'I know no time zone "Mars/Base_One"'],
    ['soonish', 'I cannot read "soonish" as a time'],
    ['0 days', 'I cannot read "0 days" as a time'],
  ])('says what is wrong with "%s"', (text, words) => {
    expect(ahead(text)).toMatchObject({ fault: expect.stringContaining(words) });
  });

  it('is never behind now, whatever is typed', () => {
    const word = fc.oneof(
      fc.constantFrom('until', 'tomorrow', 'friday', '9', 'at', '25:00', '7', 'Feb', '2h', 'week', 'a', 'next', 'UTC'),
      fc.string({ maxLength: 8 }),
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 5 }), (words) => {
        const read = readMomentAhead(words, { now, zone });
        if ('fault' in read) expect(read.fault).not.toBe('');
        else expect(read.at).toBeGreaterThan(now);
      }),
      { numRuns: 200 },
    );
  });
});

describe('a moment behind', () => {
  it.each([
    ['8:41', '2026-01-30T07:41Z'],
    ['at 13:41', '2026-01-29T12:41Z'],
    ['at 8', '2026-01-30T07:00Z'],
    ['yesterday 22:10', '2026-01-29T21:10Z'],
    ['2h ago', '2026-01-30T06:00Z'],
    ['now', '2026-01-30T08:00Z'],
    ['last tuesday 9:00', '2026-01-27T08:00Z'],
    ['2026-01-12 10:00', '2026-01-12T09:00Z'],
  ])('reads "%s"', (text, at) => {
    expect(behind(text)).toMatchObject({ at: Date.parse(at) });
  });

  it.each([['tomorrow 9:00'], ['2026-02-12 10:00']])('refuses what is still to come: "%s"', (text) => {
    expect(behind(text)).toMatchObject({ fault: expect.stringContaining('is still to come') });
  });
});
