import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSeriesDetector } from '../../../../src/core/detect/series/detector.ts';
import type { PointVerdict, SeriesPoint } from '../../../../src/core/detect/series/point.ts';
import { createRng } from '../../../../src/core/simulate/rng.ts';
import { normal, poisson } from '../../../../src/core/simulate/samplers.ts';
import { scoreEvents, simulateHourlySeries } from '../../../support/hourly-series.ts';

const START = Date.UTC(2026, 0, 5);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

function judge(points: readonly SeriesPoint[], settings: { zone?: string; asOf?: number } = {}): PointVerdict[] {
  const detector = createSeriesDetector({ zone: 'UTC', ...settings });
  return points.map((point) => detector.judge(point));
}

const flaggedAt = (verdicts: readonly PointVerdict[]): number[] =>
  verdicts.flatMap(({ flagged }, index) => (flagged ? [index] : []));

/** Crashes out of about a thousand sessions an hour, busier by day; `times` multiplies the crash rate. */
function crashes(days: number, times: (hour: number) => number = () => 1): SeriesPoint[] {
  const rng = createRng(7, 'crashes');
  return Array.from({ length: days * 24 }, (_, hour) => {
    const total = poisson(rng, 1000 + 600 * Math.sin((hour / 12) * Math.PI));
    return { at: START + hour * HOUR, value: Math.min(total, poisson(rng, total * 0.01 * times(hour))), total };
  });
}

/** A gauge around 40 every five minutes; `change` gets the reading. */
function gauge(days: number, change: (reading: number, index: number) => number = (reading) => reading): SeriesPoint[] {
  const rng = createRng(3, 'gauge');
  return Array.from({ length: days * 288 }, (_, index) => ({
    at: START + index * 5 * MINUTE,
    value: change(40 + 2 * normal(rng), index),
  }));
}

describe('a series of counts out of totals', () => {
  it('is quiet while nothing happens', () => {
    expect(flaggedAt(judge(crashes(60)))).toEqual([]);
  });

  it('is flagged once, at the first hour of a clear spike, in a sentence with the numbers', () => {
    const verdicts = judge(crashes(30, (hour) => (hour >= 633 && hour < 639 ? 4 : 1)));
    expect(flaggedAt(verdicts)).toEqual([633]);
    const { state, score, reason, expected, lower, upper } = verdicts[633] ?? expect.fail();
    expect(state).toBe('onset');
    expect(score).toBeGreaterThan(0.5);
    expect(reason).toMatch(/^High: \d+ in \d+, expected \d+–\d+ for a Saturday at 09:00\.$/);
    expect([lower < expected, expected < upper, upper < 60]).toEqual([true, true, true]);
    expect(verdicts[635]).toMatchObject({ state: 'ongoing', flagged: false });
    expect(verdicts[635]?.reason).toContain('; the episode began 2026-01-31 09:00.');
    expect(verdicts[700]?.state).toBe('normal');
  });

  it('finds in a few hours together what no single hour shows', () => {
    const verdicts = judge(crashes(40, (hour) => (hour >= 800 && hour < 830 ? 1.6 : 1)));
    const [first] = flaggedAt(verdicts);
    expect(first).toBeGreaterThan(800);
    expect(first).toBeLessThan(825);
    expect(verdicts[first ?? 0]?.reason).toMatch(/over the last (3|6|12) hours/);
  });

  it('takes a lasting change for the new normal after a day, and says so', () => {
    const verdicts = judge(crashes(40, (hour) => (hour >= 500 ? 3 : 1)));
    const flags = flaggedAt(verdicts);
    expect([500, 501]).toContain(flags[0]);
    expect(flags.length).toBeLessThanOrEqual(3);
    expect(verdicts.some(({ reason }) => reason.endsWith('which is now taken for the new normal.'))).toBe(true);
    expect(verdicts.slice(-72).every(({ state }) => state === 'normal')).toBe(true);
  });

  it('does not judge an hour without sessions, nor one that is not over', () => {
    const points = crashes(10);
    const last = points.at(-1) ?? expect.fail();
    points.push({ at: last.at + HOUR, value: 0, total: 0 }, { at: last.at + 2 * HOUR, value: 1, total: 9 });
    const [empty, partial] = judge(points, { asOf: last.at + 2.2 * HOUR }).slice(-2);
    expect(empty).toMatchObject({ state: 'unjudged', flagged: false });
    expect(empty?.reason).toBe('Not judged: 0 in 0, the total is 0.');
    expect(partial).toMatchObject({ state: 'unjudged', flagged: false });
    expect(partial?.reason).toBe('Not judged: 1 in 9, the bucket is not over yet.');
  });

  it('sees successes that fall from nearly all, as well as failures that rise from nearly none', () => {
    const failing = crashes(20, (hour) => (hour >= 400 && hour < 406 ? 4 : 1));
    const succeeding = failing.map(({ at, value, total = 0 }) => ({ at, value: total - value, total }));
    expect(flaggedAt(judge(succeeding))).toEqual(flaggedAt(judge(failing)));
  });
});

describe('a series of values', () => {
  it.each<[string, (reading: number, index: number) => number, RegExp]>([
    [
      'a spike',
      (reading, index) => (index === 3000 ? 80 : reading),
      /^High: 80, expected 3\d\.\d+–4\d\.\d+ at 10:00\.$/,
    ],
    ['a drop', (reading, index) => (index === 3000 ? 5 : reading), /^Low: 5, expected /],
    ['a shift of its level', (reading, index) => (index >= 3000 ? reading + 6 : reading), /^High: /],
    ['swings', (reading, index) => (index >= 3000 && index < 3040 ? 40 + 4 * (reading - 40) : reading), /./],
    [
      'a flat line',
      (reading, index) => (index >= 3000 ? 40 : reading),
      /^Still: 40, and readings hardly move any more\.$/,
    ],
  ])('is flagged for %s, within four hours', (_, change, words) => {
    expect(flaggedAt(judge(gauge(14))).filter((index) => index >= 2900 && index < 3060)).toEqual([]);
    const verdicts = judge(gauge(14, change));
    const first = flaggedAt(verdicts).find((index) => index >= 3000) ?? expect.fail('not flagged');
    expect(first).toBeLessThan(3048);
    expect(verdicts[first]?.reason).toMatch(words);
  });

  it('that is in line says no more than what was expected', () => {
    const { state, reason } = judge(gauge(2)).at(-1) ?? expect.fail();
    expect(state).toBe('normal');
    expect(reason).toMatch(/^Normal: [\d.]+, expected [\d.]+–[\d.]+ at 23:55\.$/);
  });

  it('is rarely flagged while it only makes noise', () => {
    expect(flaggedAt(judge(gauge(14))).length).toBeLessThanOrEqual(3);
  });

  it('is not flagged day after day for a job that runs around the same time', () => {
    const verdicts = judge(
      gauge(14, (reading, index) => (index % 288 === 100 + (Math.floor(index / 288) % 3) ? 90 : reading)),
    );
    const flags = flaggedAt(verdicts).filter((index) => Math.abs((index % 288) - 101) < 3);
    expect(flags.length).toBeGreaterThan(0);
    expect(flags.every((index) => index < 4 * 288)).toBe(true);
  });

  it('is counted by the hour: purchases that stop are an incident, and the reason names the hours', () => {
    const rng = createRng(5, 'purchases');
    const points = Array.from({ length: 30 * 24 }, (_, hour) => ({
      at: START + hour * HOUR,
      value: hour >= 634 && hour < 640 ? 0 : poisson(rng, 30 + 20 * Math.sin((hour / 12) * Math.PI)),
    }));
    const verdicts = judge(points);
    expect(flaggedAt(verdicts)).toEqual([634]);
    expect(verdicts[634]?.reason).toMatch(/^Low: 0, expected \d+–\d+ for a Saturday at 10:00\.$/);
  });

  it('of whole numbers that hardly vary is no count', () => {
    const rng = createRng(2, 'thermostat');
    const points = Array.from({ length: 40 * 24 }, (_, hour) => ({
      at: START + hour * HOUR,
      value: hour >= 900 ? 74 : 66 + rng.below(3),
    }));
    expect(flaggedAt(judge(points))).toContain(900);
  });

  it('may turn from whole numbers to fractions on the way', () => {
    const points = crashes(20).map(({ at, value }, hour) => ({ at, value: hour > 240 ? value + 0.5 : value }));
    expect(judge(points).map(({ state }) => state)).not.toContain('unjudged');
    expect(judge(points).every(({ score }) => Number.isFinite(score))).toBe(true);
  });
});

describe('what is judged', () => {
  it('begins after enough points, by their grain', () => {
    const learning = (points: readonly SeriesPoint[]): number =>
      judge(points).filter(({ state }) => state === 'learning').length;
    const every = (gap: number, total?: number): SeriesPoint[] =>
      Array.from({ length: 300 }, (_, index) => ({ at: START + index * gap, value: index % 7, total }));
    expect([learning(every(MINUTE)), learning(every(HOUR)), learning(every(DAY)), learning(every(HOUR, 50))]).toEqual([
      150, 48, 24, 48,
    ]);
  });

  it.each<[string, SeriesPoint[]]>([
    ['one point', [{ at: START, value: 3 }]],
    ['nothing but zeros', gauge(3, () => 0)],
    ['a constant', gauge(3, () => 45)],
    ['no crash ever', crashes(10).map((point) => ({ ...point, value: 0 }))],
    ['all of the total', crashes(10).map((point) => ({ ...point, value: point.total ?? 0 }))],
    ['a constant share of 1e15', crashes(10).map(({ at }) => ({ at, value: 1e12, total: 1e15 }))],
  ])('is never flagged for %s', (_, points) => {
    expect(flaggedAt(judge(points))).toEqual([]);
  });

  it.each<[string, SeriesPoint[]]>([
    ['numbers as large as 1e15', gauge(3, (reading) => reading * 1e15)],
    [
      'counts of 1e15',
      crashes(10).map(({ at, value, total = 0 }) => ({ at, value: value * 1e12, total: total * 1e12 })),
    ],
    ['numbers as small as 1e-300', gauge(3, (reading) => reading * 1e-300)],
    ['one leap to 1e18', gauge(3, (_reading, index) => (index === 500 ? 1e18 : 0))],
    ['the same time again and again', gauge(3).map(({ value }) => ({ at: START, value }))],
    ['days that are missing', gauge(9).filter((_, index) => index % 900 < 500)],
    ['negative numbers by the hour', crashes(10).map(({ at, value }) => ({ at, value: -value }))],
  ])('holds finite numbers for %s', (_, points) => {
    for (const { score, expected, lower, upper } of judge(points)) {
      expect([score, expected, lower, upper].every(Number.isFinite)).toBe(true);
      expect(lower).toBeLessThanOrEqual(upper);
      expect(score).toBeGreaterThanOrEqual(0);
      expect(score).toBeLessThanOrEqual(1);
    }
  });

  it('follows the wall clock of the zone through days of 23 and 25 hours', () => {
    const points = Array.from({ length: 70 * 24 }, (_, hour) => {
      const at = Date.UTC(2026, 1, 1) + hour * HOUR;
      const local = (hour + (at >= Date.UTC(2026, 2, 29, 1) ? 2 : 1)) % 24;
      return { at, value: local === 9 ? 900 : 100 };
    });
    const afterTheChange = (zone: string): number =>
      flaggedAt(judge(points, { zone })).filter((index) => index > 56 * 24 && index < 60 * 24).length;
    expect(afterTheChange('Europe/Berlin')).toBe(0);
    expect(afterTheChange('UTC')).toBeGreaterThan(0);
  });

  it('rests on no later point', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 3 }), fc.double({ min: -1e6, max: 1e6, noNaN: true })), {
          minLength: 20,
          maxLength: 260,
        }),
        fc.nat(),
        (steps, cut) => {
          let at = START;
          const points = steps.map(([gap, value]) => {
            at += gap * MINUTE;
            return { at, value };
          });
          const length = cut % points.length;
          expect(judge(points.slice(0, length))).toEqual(judge(points).slice(0, length));
        },
      ),
      { numRuns: 30 },
    );
  });

  it('is better than chance and than the old rule on series with planted incidents', () => {
    const runs = (['crashes', 'purchases'] as const).flatMap((kind) =>
      [201, 202, 203, 204].map((seed) => {
        const series = simulateHourlySeries(seed, kind);
        return { series, flags: judge(series.points).map(({ flagged }) => flagged) };
      }),
    );
    const { f1, falsePerMonth } = scoreEvents(runs);
    expect(f1).toBeGreaterThan(0.6);
    expect(falsePerMonth).toBeLessThan(1.5);
  });
});
