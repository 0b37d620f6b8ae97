import { describe, expect, it } from 'vitest';
import { type DayVolume, testChange } from '../../../../src/core/query/why/change-test.ts';
import type { VolumeKind } from '../../../../src/core/query/why/measured.ts';
import { addDays } from '../../../../src/core/window.ts';
import { between, END, restlessDays } from './days.ts';

/** The last week against the one before, with eight weeks of history. */
function weekly(days: readonly DayVolume[], kind: VolumeKind = 'count') {
  return testChange({ now: between(days, 7, 0), before: between(days, 14, 7), history: between(days, 63, 7), kind });
}

const lastWeek = (date: string): boolean => date >= addDays(END, -7);

describe('whether a figure changed', () => {
  it('calls a restless week a change hardly more often than the one in twenty it promises', () => {
    const flagged = Array.from({ length: 200 }, (_, seed) => weekly(restlessDays(seed, 63, 0.02))).filter(
      ({ outside }) => outside,
    );
    expect(flagged.length / 200).toBeLessThan(0.08);
  });

  it('stays within its band about as often as it says', () => {
    const tests = Array.from({ length: 200 }, (_, seed) => weekly(restlessDays(seed + 500, 63, 0.02)));
    const within = tests.filter(({ band, change }) => band === null || Math.abs(change) <= band);
    expect(within.length / 200).toBeGreaterThan(0.92);
  });

  it('finds a rate that doubled, and where it began', () => {
    const doubled = Array.from({ length: 40 }, (_, seed) =>
      weekly(restlessDays(seed, 63, 0.02, (date) => (lastWeek(date) ? 2 : 1))),
    );
    expect(doubled.filter(({ outside }) => outside).length).toBeGreaterThan(36);
    const spike = weekly(restlessDays(3, 63, 0.02, (date) => (date >= addDays(END, -3) ? 6 : 1)));
    expect(spike).toMatchObject({ outside: true, onset: addDays(END, -3) });
  });

  it('is not fooled by weekends when it compares counts', () => {
    const counts = restlessDays(1, 63, 1).map((day) => ({ ...day, exposure: 1 }));
    expect(weekly(counts).outside).toBe(false);
    const midweek = counts.filter(({ date }) => date >= addDays(END, -5) && date < addDays(END, -2));
    const weekend = counts.filter(({ date }) => date >= addDays(END, -9) && date < addDays(END, -7));
    const history = between(counts, 63, 7);
    const unlike = testChange({ now: midweek, before: weekend, history, kind: 'count' });
    expect(unlike.change).toBeGreaterThan(0.5 * unlike.before);
    expect(unlike.outside).toBe(false);
  });

  it('is not made blind by an incident weeks ago', () => {
    const days = restlessDays(5, 63, 0.02, (date) =>
      lastWeek(date) ? 2 : date >= addDays(END, -30) && date < addDays(END, -28) ? 20 : 1,
    );
    expect(weekly(days).outside).toBe(true);
  });

  it('says of shares, which cannot pass their whole, what it says of counts', () => {
    const change = (times: number) => restlessDays(8, 63, 0.3, (date) => (lastWeek(date) ? times : 1));
    const capped = (days: DayVolume[]) => days.map((day) => ({ ...day, count: Math.min(day.count, day.exposure) }));
    expect(weekly(capped(change(1)), 'share').outside).toBe(false);
    expect(weekly(capped(change(1.5)), 'share').outside).toBe(true);
  });

  it('does not depend on the unit of an amount', () => {
    const cents = restlessDays(2, 63, 40).map(({ date, count }) => ({ date, count: count * 100, exposure: 1 }));
    const major = cents.map((day) => ({ ...day, count: day.count / 100 }));
    expect(weekly(cents, 'sum').p).toBeCloseTo(weekly(major, 'sum').p ?? 1, 9);
  });

  it.each([
    ['too few days before', restlessDays(1, 20, 0.02)],
    ['no days at all', []],
    [
      'no views in the week',
      restlessDays(1, 63, 0.02).map((day) => (lastWeek(day.date) ? { ...day, exposure: 0 } : day)),
    ],
  ])('says that nobody can tell given %s', (_, days) => {
    expect(weekly(days)).toMatchObject({ p: null, outside: null, band: null });
  });

  it('is calm about a page that never fails, and about its first error', () => {
    const never = restlessDays(1, 63, 0);
    expect(weekly(never)).toMatchObject({ change: 0, outside: false });
    const once = never.map((day) => (day.date === addDays(END, -2) ? { ...day, count: 1 } : day));
    expect(weekly(once).outside).toBe(false);
    const often = never.map((day) => (day.date === addDays(END, -2) ? { ...day, count: 40 } : day));
    expect(weekly(often).outside).toBe(true);
  });
});
