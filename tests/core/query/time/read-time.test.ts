import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultWindow, readTime, type TimeWindow } from '../../../../src/core/query/time/read-time.ts';
import { codePoint } from '../../../support/code-point.ts';
import { comparisons, faults, followUps, grains, hours, notTime, periods, running } from './time-cases.ts';

/** A Wednesday. */
const at = { asOf: Date.parse('2026-03-18T10:30:00Z'), zone: 'UTC' };
const shown = (window: TimeWindow | null): string | null => (window === null ? null : `${window.start}/${window.end}`);
const windowFrom = (text: string): TimeWindow => {
  const [start = '', end = ''] = text.split('/');
  return { start, end };
};

describe('reading the time a question asks about', () => {
  it.each(periods)('reads "%s" as %s, complete', (question, window) => {
    const reading = readTime(question, at);
    expect([shown(reading.window), reading.compare, reading.partial]).toEqual([window, null, false]);
  });

  it.each(running)('reads "%s" as %s, with a last day that is not over', (question, window) => {
    const reading = readTime(question, at);
    expect([shown(reading.window), reading.compare, reading.partial]).toEqual([window, null, true]);
  });

  it.each(hours)('reads "%s" as the hours %s', (question, window) => {
    const reading = readTime(question, at);
    expect([shown(reading.window), reading.compare]).toEqual([window, null]);
  });

  it.each(comparisons)('reads "%s" as %s against %s', (question, window, compare) => {
    const reading = readTime(question, at);
    expect([shown(reading.window), shown(reading.compare)]).toEqual([window, compare]);
  });

  it.each(grains)('reads "%s" in the grain %s, over %s', (question, grain, window) => {
    const reading = readTime(question, at);
    expect([reading.grain, shown(reading.window)]).toEqual([grain, window]);
  });

  it.each(notTime)('finds no period in "%s"', (question) => {
    const reading = readTime(question, at);
    expect([reading.window, reading.compare, reading.grain, reading.fault]).toEqual([null, null, null, null]);
    expect(reading.spans).toEqual([]);
  });

  it.each(faults)('says of "%s": %s, and offers %s', (question, kind, suggestion) => {
    const { fault, compare } = readTime(question, at);
    expect([fault?.kind, shown(fault?.suggestion ?? null), compare]).toEqual([kind, suggestion, null]);
    expect(question).toContain(fault?.text);
  });

  it.each(followUps)('reads the follow-up "%s" after %s as %s against %s', (question, previous, window, compare) => {
    const reading = readTime(question, { ...at, previous: windowFrom(previous) });
    expect([shown(reading.window), shown(reading.compare)]).toEqual([window, compare]);
  });
});

describe('the clock and the zone', () => {
  it('counts from the day it is where the workspace is', () => {
    const late = { asOf: Date.parse('2026-03-18T23:30:00Z'), zone: 'Pacific/Auckland' };
    expect(shown(readTime('errors today', late).window)).toBe('2026-03-19/2026-03-20');
    expect(shown(defaultWindow(late))).toBe('2026-03-12/2026-03-19');
  });

  it('goes 24 hours back over a changed clock, and says where on the clock that was', () => {
    const spring = { asOf: Date.parse('2026-03-29T10:30:00Z'), zone: 'Europe/Berlin' };
    expect(shown(readTime('last 24 hours', spring).window)).toBe('2026-03-28T11:00/2026-03-29T12:00');
  });

  it('reads an instant with an offset as the hour it is where the workspace is', () => {
    const berlin = { asOf: at.asOf, zone: 'Europe/Berlin' };
    expect(shown(readTime('errors at 2026-03-10T14:20:00Z', berlin).window)).toBe('2026-03-10T15:00/2026-03-10T16:00');
  });

  it('keeps the weekend whole on a Sunday, when it is not over', () => {
    const sunday = { asOf: Date.parse('2026-03-22T12:00:00Z'), zone: 'UTC' };
    expect(shown(readTime('the weekend', sunday).window)).toBe('2026-03-14/2026-03-16');
    expect(shown(readTime('this weekend', sunday).window)).toBe('2026-03-21/2026-03-23');
  });
});

describe('what was read as time', () => {
  it('is marked, so that nothing else is read from it', () => {
    const question = 'error rate per day on checkout last week vs the week before';
    const { spans } = readTime(question, at);
    expect(spans.map(({ start, end, of }) => [question.slice(start, end), of])).toEqual([
      ['per day', 'grain'],
      ['last week', 'window'],
      ['vs the week before', 'compare'],
    ]);
  });
});

describe('any text at all', () => {
  const words = [
    ...'the last past week day days month 7 14 two from to between and vs than before after since until march may'.split(
      ' ',
    ),
    ...'monday 2026-02-30 2026-03-01 14:00 3pm q3 2025 12th per by - , / week-over-week same year ago first of'.split(
      ' ',
    ),
    ...['this', 'next', 'earlier', '🔥', '\u202Eخطأ', 'yesturday', '9999', '-', 'to date', 'all time', 'h1', '31'],
  ];
  const anyText = fc.oneof(
    fc.string({ unit: codePoint, maxLength: 4000 }),
    fc.array(fc.constantFrom(...words), { maxLength: 30 }).map((chosen) => chosen.join(' ')),
  );
  const anyTime = fc.integer({ min: Date.parse('2000-01-01'), max: Date.parse('2090-01-01') });
  const anyZone = fc.constantFrom('UTC', 'America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe');

  it('is read without an error, into windows that hold time and spans that lie in the text', () => {
    fc.assert(
      fc.property(anyText, anyTime, anyZone, fc.boolean(), (text, asOf, zone, follows) => {
        const previous = follows ? { previous: { start: '2026-01-05', end: '2026-01-12' } } : {};
        const reading = readTime(text, { asOf, zone, ...previous });
        for (const window of [reading.window, reading.compare, reading.fault?.suggestion ?? null]) {
          if (window !== null) expect(window.start < window.end, `${text}: ${shown(window)}`).toBe(true);
          if (window !== null) expect(window.start.length, `${text}: ${shown(window)}`).toBe(window.end.length);
        }
        let until = 0;
        for (const { start, end } of reading.spans) {
          expect(start).toBeGreaterThanOrEqual(until);
          expect(end).toBeGreaterThan(start);
          until = end;
        }
        expect(until).toBeLessThanOrEqual(text.length);
        expect(readTime(text, { asOf, zone, ...previous })).toEqual(reading);
      }),
      { numRuns: 300 },
    );
  });
});
