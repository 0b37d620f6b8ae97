import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findSilentSources, judgeSources } from '../../../src/core/delivery/freshness.ts';
import { createHourOfWeek, learnCadence, type SentHour } from '../../../src/core/delivery/source-cadence.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const ZONE = 'Europe/Berlin';
/** Monday midnight in Berlin. */
const MONDAY = Date.parse('2026-01-05T00:00:00+01:00');
const hourOfWeek = createHourOfWeek(ZONE);

/** The hours of some weeks in which a source sent, each arrived in time unless said. */
const weeks = (count: number, sends: (day: number, hour: number) => boolean, delay = 0): SentHour[] =>
  Array.from({ length: count * 168 }, (_, index) => index)
    .filter((index) => sends(Math.floor(index / 24) % 7, index % 24))
    .map((index) => ({ hour: MONDAY + index * HOUR, receivedAt: MONDAY + index * HOUR + delay }));

const always = () => true;
const atWork = (day: number, hour: number) => day < 5 && hour >= 9 && hour < 17;
const untilHour = (hours: readonly SentHour[], end: number) => hours.filter(({ hour }) => hour < end);
/** Hours after its last one until its silence is told. */
const patience = (hours: readonly SentHour[]): number =>
  ((learnCadence(hours, hourOfWeek)?.expectedBy ?? Number.NaN) - (hours.at(-1)?.hour ?? 0) - HOUR) / HOUR;

describe('the silence of a source', () => {
  it('is told after three hours where it sends in every hour', () => {
    expect(patience(weeks(5, always))).toBe(3);
  });

  it('is told in its own hours: nights and weekends without anybody are no silence', () => {
    const hours = weeks(6, atWork);
    const friday = untilHour(hours, MONDAY + 5 * 7 * DAY + 5 * DAY);
    // Friday's last hour ends at 17:00; three hours of Monday's are over at noon.
    expect(patience(friday)).toBe(7 + 48 + 12);
    const noon = untilHour(hours, MONDAY + 5 * 7 * DAY + 12 * HOUR);
    expect(patience(noon)).toBe(3);
  });

  it('is never told of a source with a few tickets a week after a quiet day or three', () => {
    const tickets = weeks(5, (day, hour) => hour === 10 && [0, 1, 3].includes(day));
    expect(patience(tickets)).toBeGreaterThan(72);
    const irregular = weeks(8, (day, hour) => (day * 7 + hour * 11) % 97 === 3);
    for (let end = 20; end <= irregular.length; end++) expect(patience(irregular.slice(0, end))).toBeGreaterThan(24);
  });

  it('counts from when its news arrives: a file a night is no silence by day', () => {
    const nightly = weeks(5, always).map(({ hour }) => ({
      hour,
      receivedAt: MONDAY + Math.ceil((hour - MONDAY + 1) / DAY) * DAY + 2 * HOUR,
    }));
    expect(patience(nightly)).toBeGreaterThan(26);
    expect(patience(weeks(5, always, 90 * DAY))).toBe(72 + 3);
  });

  it('is a week for a source that hardly spoke, and three days for a young one', () => {
    expect(patience(weeks(5, always).slice(0, 19))).toBe(168);
    expect(patience(weeks(1, always))).toBe(72);
    expect(learnCadence(weeks(1, always), hourOfWeek)?.basis).toBe('young');
    expect(learnCadence([], hourOfWeek)).toBeUndefined();
  });

  it('is told hardly later for having had one outage', () => {
    const outage = weeks(5, always).filter(({ hour }) => hour < MONDAY + 9 * DAY || hour >= MONDAY + 10 * DAY);
    expect(patience(outage)).toBe(4);
  });

  it('is told within four weeks, whatever its history', () => {
    const history = fc.uniqueArray(fc.integer({ min: 0, max: 5_000 }), { minLength: 1, maxLength: 300 });
    fc.assert(
      fc.property(history, fc.integer({ min: 0, max: 10 * DAY }), (at, delay) => {
        const hours = at
          .toSorted((a, b) => a - b)
          .map((index) => ({ hour: MONDAY + index * HOUR, receivedAt: MONDAY + index * HOUR + delay }));
        expect(patience(hours)).toBeGreaterThanOrEqual(3);
        expect(patience(hours)).toBeLessThanOrEqual(31 * 24);
      }),
    );
  });
});

describe('sources', () => {
  it('are named when they are silent for longer than usual, the longest silence first', () => {
    const hours = weeks(5, always);
    const last = (hours.at(-1)?.hour ?? 0) + HOUR - 1;
    const asOf = last + 26.5 * HOUR;
    const states = judgeSources(
      [
        { source: 'sentry', last_event_at: last },
        { source: 'helpscout', last_event_at: last },
        { source: 'posthog', last_event_at: asOf + 3 * HOUR },
        { source: 'intercom', last_event_at: asOf - 8 * DAY },
      ],
      [
        { source: 'sentry', hours: hours.slice(-19) },
        { source: 'helpscout', hours },
        { source: 'posthog', hours: [...hours, { hour: asOf, receivedAt: asOf }] },
      ],
      asOf,
      ZONE,
    );
    expect(findSilentSources(states, [])).toEqual({
      ...{ fresh: 2, gaps: [] },
      silent: [
        { source: 'intercom', hours: 192 },
        { source: 'helpscout', hours: 26 },
      ],
    });
  });
});
