import { describe, expect, it } from 'vitest';
import { MEASURES } from '../../../src/core/detect/history.ts';
import type { SurfaceHour } from '../../../src/core/detect/hour-history.ts';
import { expectHours } from '../../../src/core/detect/hours/expect-hours.ts';
import type { HourlyMetricId } from '../../../src/core/detect/hours/hourly-finding.ts';
import { createHourJudge } from '../../../src/core/detect/judge-hours.ts';
import { HOUR } from '../../../src/core/detect/series/grain.ts';
import { hourlyMaintenance } from '../../../src/core/maintenance.ts';
import { busiestPage, layOutHours, type SimulatedHours, simulatedHours } from './simulated-hours.ts';

const ZONE = 'Europe/Berlin';
const calm = simulatedHours({ zone: ZONE });
const PAGE = busiestPage(calm.rows);
/** Thursday 5 March, ten in the morning. */
const TEN = Date.UTC(2026, 2, 5, 9);
const NONE = hourlyMaintenance([]);
const NOTHING = { pageviews: 0, actions: 0, dropoffs: 0, errors: 0, tickets: 0, requests: 0, request_failures: 0 };

/** Six hours in which the page fails and is left. */
const broken: SimulatedHours = {
  hours: calm.hours,
  rows: calm.rows.map((row) =>
    row.surface === PAGE && row.hour >= TEN && row.hour < TEN + 6 * HOUR
      ? {
          ...row,
          errors: 6 * row.errors + 20,
          dropoffs: Math.min(row.pageviews, 5 * row.dropoffs + 20),
          pageviews: Math.ceil(row.pageviews / 5),
          requests: Math.ceil(row.requests / 5),
        }
      : row,
  ),
};
/** As the store reads it: what is not the page stands together. */
const together: SimulatedHours = { hours: broken.hours, rows: [...sumOthers(broken.rows).values()] };

function sumOthers(rows: readonly SurfaceHour[]): Map<string, SurfaceHour> {
  const sums = new Map<string, SurfaceHour>();
  for (const row of rows) {
    const surface = row.surface === PAGE ? PAGE : '';
    const sum = sums.get(`${row.hour} ${surface}`) ?? { ...row, ...NOTHING, surface };
    for (const measure of MEASURES) sum[measure] += row[measure];
    sums.set(`${row.hour} ${surface}`, sum);
  }
  return sums;
}

const expected = (metric: HourlyMetricId, maintenance = NONE) =>
  expectHours(layOutHours(together), { surface: PAGE, metric, timezone: ZONE, maintenance });

describe('what is expected of an hour', () => {
  it.each<HourlyMetricId>(['error_rate', 'traffic'])('is what the judge told of it (%s)', (metric) => {
    const findings = createHourJudge(ZONE)
      .judge(layOutHours(broken))
      .findings.filter((one) => one.surface === PAGE && one.metric === metric && one.sensitivity === 'normal');
    const hours = new Map(expected(metric).map((one) => [one.hour, one]));
    expect(findings.filter(({ hour }) => hour >= TEN).length).toBeGreaterThan(2);
    for (const { hour, expected: mean, lower, upper } of findings)
      expect(hours.get(hour)).toEqual({ hour, expected: mean, lower, upper });
  });

  it('is known of normal hours too, goes with the hour of the day, and is seldom passed', () => {
    const quiet = expected('error_rate').filter(({ hour }) => hour >= TEN - 24 * HOUR && hour < TEN);
    expect(quiet).toHaveLength(24);
    expect(new Set(quiet.map(({ upper }) => upper)).size).toBeGreaterThan(12);
    const rows = new Map(calm.rows.filter(({ surface }) => surface === PAGE).map((row) => [row.hour, row]));
    const held = quiet.filter(({ hour, upper }) => {
      const { errors = 0, pageviews = 1 } = rows.get(hour) ?? {};
      return errors / pageviews <= upper;
    });
    expect(held.length).toBeGreaterThan(21);
  });

  it('is nothing while too little was learned, and nothing in an hour that is not judged', () => {
    const first = calm.hours[0]?.start ?? 0;
    const maintenance = hourlyMaintenance([
      { starts_at: TEN, ends_at: TEN + 2 * HOUR, surface_pattern: PAGE, reason: 'move' },
    ]);
    const hours = expected('error_rate', maintenance).map(({ hour }) => hour);
    expect(hours.some((hour) => hour < first + 24 * HOUR)).toBe(false);
    expect(hours.includes(TEN - HOUR)).toBe(true);
    expect(hours.includes(TEN) || hours.includes(TEN + HOUR)).toBe(false);
    expect(hours.includes(TEN + 2 * HOUR)).toBe(true);
  });
});
