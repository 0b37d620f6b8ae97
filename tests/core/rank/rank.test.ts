import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDetector } from '../../../src/core/detect/detect.ts';
import { rankDay } from '../../../src/core/rank/rank.ts';
import { DRIVER_POINTS, driversOf, scoreOf } from '../../../src/core/rank/score.ts';
import { severityOf } from '../../../src/core/rank/severity.ts';
import type { PatternRecord, Priority, SurfaceDay } from '../../../src/core/records.ts';
import { END, historyOf, steadySurface } from '../detect/simulated.ts';

const onLastDay = (surface: string, today: Partial<SurfaceDay>): SurfaceDay[] =>
  steadySurface(60, { surface }, (row, back) => {
    if (back === 0) Object.assign(row, today);
  });

function rank(rows: SurfaceDay[], profile: 'seed' | 'default' = 'default'): Priority[] {
  const history = historyOf(rows);
  return rankDay(createDetector(history, profile).judgeDay(END), { history });
}

const first = (priorities: Priority[]): Priority => {
  const [priority] = priorities;
  if (!priority) throw new Error('nothing was ranked');
  return priority;
};

describe('the pattern record', () => {
  const { pattern_record: record } = first(
    rank(onLastDay('/checkout', { errors: 83, dropoffs: 410, tickets: 19, affected_accounts: 37 })),
  );

  it("holds seed 000's keys", () => {
    expect(record).toMatchObject({
      entity_type: 'surface',
      entity_key: '/checkout',
      window: { start: '2026-06-24', end: '2026-07-01' },
      hints: ['errors+dropoffs co-occur', 'errors+tickets co-occur'],
      context: { release_top: 'web@1.0.0', release_share: 1, env: null },
    });
    expect(record.signals).toMatchObject({ pageviews: 1000, affected_accounts: 37, revenue_at_risk: 12_800 });
    for (const signal of [record.signals.error_rate, record.signals.dropoff_rate, record.signals.ticket_rate])
      expect(Object.keys(signal)).toEqual(['current', 'baseline', 'delta_pct', 'z', 'p_value', 'interval']);
  });

  it('leads with errors, says how far from normal they are, and since when', () => {
    const { error_rate } = record.signals;
    expect(record.findings[0]).toMatchObject({ rule: 'spike', metric: 'error_rate', direction: 'up' });
    expect(error_rate.current).toBe(0.083);
    expect(error_rate.baseline).toBeCloseTo(0.01, 3);
    expect(error_rate.delta_pct).toBeCloseTo((0.083 / (error_rate.baseline ?? 1) - 1) * 100, 9);
    expect(error_rate.interval?.[1]).toBeLessThan(0.083);
    expect([record.since, record.days]).toEqual([END, 1]);
  });

  it('draws 30 days that end with the judged one', () => {
    expect(record.series.metric).toBe('error_rate');
    expect(record.series.points).toHaveLength(30);
    expect(record.series.points.at(-1)).toMatchObject({ date: END, value: 0.083 });
    expect(record.series.points[0]).toMatchObject({ date: '2026-06-01', value: 0.01 });
  });

  it('has the normal range of each of them, on the judged day the one that it was judged by', () => {
    const { points } = record.series;
    expect(points.at(-1)?.interval).toEqual(record.signals.error_rate.interval);
    for (const { value, expected, interval } of points.slice(0, -1)) {
      const [low, high] = interval ?? [Number.NaN, Number.NaN];
      expect(low).toBeLessThan(expected ?? Number.NaN);
      expect(high).toBeGreaterThan(value ?? Number.NaN);
    }
  });

  it('says what it cost beyond a normal day, with a range around it', () => {
    const impact = record.impact ?? { counts: '', excess: 0, low: 0, high: 0 };
    expect(impact.counts).toBe('errors');
    expect(impact.excess).toBeCloseTo(73, 0);
    expect(impact.low).toBeLessThan(impact.excess);
    expect(impact.high).toBeGreaterThan(impact.excess);
  });
});

describe('ranking', () => {
  it('puts what hits more people, harder, first', () => {
    const ranked = rank([
      ...onLastDay('/small', { errors: 40, affected_accounts: 2, revenue_at_risk: 10_000 }),
      ...onLastDay('/checkout', { errors: 200, dropoffs: 500, affected_accounts: 90, revenue_at_risk: 9_000_000 }),
      ...onLastDay('/fine', {}),
    ]);
    expect(ranked.map(({ rank: place, entity_key }) => [place, entity_key])).toEqual([
      [1, '/checkout'],
      [2, '/small'],
    ]);
  });

  it('breaks ties by name', () => {
    const same = ['/b', '/c', '/a'].flatMap((surface) => onLastDay(surface, { errors: 83 }));
    expect(rank(same).map(({ entity_key }) => entity_key)).toEqual(['/a', '/b', '/c']);
  });

  it("ranks the seed profile's findings too", () => {
    expect(rank(onLastDay('/checkout', { errors: 83 }), 'seed').map(({ entity_key }) => entity_key)).toEqual([
      '/checkout',
    ]);
  });

  it.each<[string, Partial<SurfaceDay>, string]>([
    ['a fifth of all views failing, with drop-offs', { errors: 220, dropoffs: 500 }, 'high'],
    ['errors doubled', { errors: 45 }, 'medium'],
    ['latency up by half', { latency_p95: 620 }, 'low'],
  ])('%s is of severity %s', (_, today, expected) =>
    expect(severityOf(first(rank(onLastDay('/checkout', today))))).toBe(expected),
  );
});

describe('the score', () => {
  const base = first(rank(onLastDay('/checkout', { errors: 83 }))).pattern_record;
  const records = fc
    .record({
      accounts: fc.nat(10_000),
      users: fc.nat(50_000),
      money: fc.double({ min: 0, max: 1e9, noNaN: true }),
      days: fc.integer({ min: 1, max: 28 }),
      current: fc.double({ min: 0, max: 1, noNaN: true }),
      values: fc.array(fc.option(fc.double({ min: 0, max: 1, noNaN: true })), { minLength: 28, maxLength: 28 }),
    })
    .map(
      ({ accounts, users, money, days, current, values }): PatternRecord => ({
        ...base,
        signals: { ...base.signals, affected_accounts: accounts, affected_users: users, revenue_at_risk: money },
        days,
        findings: base.findings.map((finding) => ({ ...finding, current })),
        series: {
          metric: 'error_rate',
          points: values.map((value, index) => ({ date: String(index), value, expected: 0.01 })),
        },
      }),
    );

  it('is exactly the sum of its drivers, whatever the record', () => {
    fc.assert(
      fc.property(records, (record) => {
        const drivers = driversOf(record);
        const score = scoreOf(drivers);
        expect(drivers.map(({ points }) => points).reduceRight((sum, points) => sum + points, 0)).toBe(score);
        expect(JSON.parse(JSON.stringify(score))).toBe(score);
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(100);
        expect(drivers.map(({ name }) => name)).toEqual(expect.arrayContaining(Object.keys(DRIVER_POINTS)));
        for (const [name, most] of Object.entries(DRIVER_POINTS))
          expect(drivers.find((driver) => driver.name === name)?.points).toBeLessThanOrEqual(most);
      }),
    );
  });

  it('never falls when more accounts or more money are hit', () => {
    fc.assert(
      fc.property(records, fc.nat(1000), fc.nat(1e6), (record, accounts, money) => {
        const more = structuredClone(record);
        more.signals.affected_accounts += accounts;
        more.signals.revenue_at_risk += money;
        const reached = record.signals.affected_accounts > 0 || record.signals.affected_users === 0;
        if (reached) expect(scoreOf(driversOf(more))).toBeGreaterThanOrEqual(scoreOf(driversOf(record)));
      }),
    );
  });

  it('has 100 points to give', () => {
    expect(Object.values(DRIVER_POINTS).reduce((sum, points) => sum + points, 0)).toBe(100);
  });
});
