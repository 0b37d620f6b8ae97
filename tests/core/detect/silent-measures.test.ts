import { describe, expect, it } from 'vitest';
import { createHourOfWeek } from '../../../src/core/delivery/source-cadence.ts';
import { findGaps } from '../../../src/core/detect/gaps.ts';
import { columns } from '../../../src/core/detect/history.ts';
import { silentMeasures } from '../../../src/core/detect/silent-measures.ts';
import type { Source } from '../../../src/core/records.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const MONDAY = Date.UTC(2026, 0, 5);
const DAYS = Array.from({ length: 42 }, (_, day) => ({ start: MONDAY + day * DAY, end: MONDAY + (day + 1) * DAY }));
const hourOfWeek = createHourOfWeek('UTC');

const history = (source: Source, sends: (day: number, hour: number) => boolean) => ({
  source,
  hours: Array.from({ length: 42 * 24 }, (_, index) => index)
    .filter((index) => sends(Math.floor(index / 24), index % 24))
    .map((index) => ({ hour: MONDAY + index * HOUR, receivedAt: MONDAY + index * HOUR })),
});
const intercom = { source: 'intercom', types: ['ticket', 'reply'] } as const;
const helpscout = { source: 'helpscout', types: ['ticket'] } as const;
const daytime = (day: number, hour: number) => day % 7 < 5 && hour >= 9 && hour < 17;
const missing = (sends: (day: number, hour: number) => boolean, more: Parameters<typeof silentMeasures>[2] = []) =>
  silentMeasures(
    DAYS,
    [intercom, ...more.map(({ source }) => (source === 'helpscout' ? helpscout : intercom))],
    [history('intercom', sends), ...more],
    hourOfWeek,
  ).flatMap((measures, day) => measures.map((measure) => `${day} ${measure}`));

describe('measures of a source that fell silent', () => {
  it('are missing on the days it sent nothing, once that is longer than it ever usually is', () => {
    expect(missing((day, hour) => daytime(day, hour) && (day < 35 || day > 37))).toEqual([
      '35 tickets',
      '36 tickets',
      '37 tickets',
    ]);
  });

  it('are not missing at weekends without anybody, on quiet days of a small source, or while it is new', () => {
    expect(missing(daytime)).toEqual([]);
    expect(missing((day, hour) => hour === 10 && [0, 2, 3].includes(day % 7))).toEqual([]);
    expect(missing((day, hour) => day < 9 && daytime(day, hour))).toEqual([]);
  });

  it('are not missing while another source brings them too', () => {
    const other = history('helpscout', daytime);
    expect(missing((day, hour) => day < 35 && daytime(day, hour), [other])).toEqual([]);
  });

  it('are a gap however few they are, where others went on', () => {
    const totals = columns(42);
    const hasData = new Uint8Array(42).fill(1);
    for (let day = 0; day < 42; day++) {
      totals.pageviews[day] = 500;
      totals.tickets[day] = day < 35 && day % 7 < 5 ? 4 : 0;
    }
    const silent = DAYS.map((_, day) => (day === 36 ? (['tickets'] as const) : []));
    const gaps = findGaps({ days: 42, hasData, surfaces: [], totals, silent });
    expect(gaps.flatMap((found, day) => found.map((gap) => ({ day, ...gap })))).toEqual([
      { day: 36, measure: 'tickets', observed: 0, expected: 4, speaking: 'pageviews', partial: false },
    ]);
  });
});
