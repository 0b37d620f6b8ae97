import { describe, expect, it } from 'vitest';
import { findGapDays } from '../../../../src/core/query/why/gap-days.ts';
import { whyWindows } from '../../../../src/core/query/why/windows.ts';
import { addDays, listDays } from '../../../../src/core/window.ts';
import { dayOf } from './days.ts';

const AS_OF = Date.parse('2026-01-30T08:00:00Z');
const windows = (start: string, end: string, compare: { start: string; end: string } | null = null) =>
  whyWindows({ window: { start, end }, compare }, AS_OF, 'Europe/Berlin');

describe('the days a why looks at', () => {
  it.each([
    ['a week against the week before', '2026-01-19', '2026-01-26', '2026-01-12', '2026-01-19'],
    ['a day against the same weekday', '2026-01-29', '2026-01-30', '2026-01-22', '2026-01-23'],
    ['ten days against ten on the same weekdays', '2026-01-16', '2026-01-26', '2026-01-02', '2026-01-12'],
    ['hours as their days', '2026-01-29T14:00', '2026-01-29T16:00', '2026-01-22', '2026-01-23'],
    ['hours until midnight as one day', '2026-01-29T14:00', '2026-01-30T00:00', '2026-01-22', '2026-01-23'],
  ])('are %s', (_, start, end, before, until) => {
    expect(windows(start, end)).toMatchObject({
      before: { start: before, end: until },
      history: { end: start.slice(0, 10) },
      partial: false,
    });
  });

  it('leave out a today that is not over, unless only today is asked about', () => {
    expect(windows('2026-01-26', '2026-01-31')).toMatchObject({ now: { end: '2026-01-30' }, partial: false });
    expect(windows('2026-01-30', '2026-01-31')).toMatchObject({ now: { start: '2026-01-30' }, partial: true });
  });

  it('keep the period that was named', () => {
    const named = { start: '2025-12-01', end: '2025-12-08' };
    expect(windows('2026-01-19', '2026-01-26', named).before).toEqual(named);
  });
});

describe('days whose data is missing', () => {
  const days = listDays({ start: '2026-01-01', end: '2026-01-15' }).map((date) => dayOf(date));
  const rate = { count: 'errors', exposure: 'pageviews', kind: 'count' } as const;

  it('are those with next to no views, where a ratio over views is looked at', () => {
    const silent = days.map((day) => (day.date === '2026-01-09' ? { ...day, pageviews: 12 } : day));
    expect(findGapDays(silent, rate, [])).toEqual(['2026-01-09']);
    expect(findGapDays(silent, { ...rate, exposure: null }, [])).toEqual([]);
    expect(findGapDays(days, rate, [])).toEqual([]);
  });

  it('are those the daily judge found, where they are about what is counted', () => {
    const gap = (metric: string) => ({ date: addDays('2026-01-01', 3), rule: 'ingest-gap', metric });
    expect(findGapDays(days, rate, [gap('pageviews')])).toEqual(['2026-01-04']);
    expect(findGapDays(days, rate, [gap('tickets'), { ...gap('errors'), rule: 'spike' }])).toEqual([]);
  });
});
