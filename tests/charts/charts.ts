/** Charts as they come in practice, and some that hardly ever do. */
import type { Chart, ChartPoint } from '../../src/core/chart/chart.ts';
import { chartOfPriority } from '../../src/core/chart/priority-chart.ts';
import { addDays, startOfDay } from '../../src/core/window.ts';
import { checkoutIncident } from '../support/priority.ts';

const timezone = 'Europe/Berlin';
const HOUR = 3_600_000;
const DATE = '2026-01-29';

/** Thirty days of the mock-up's page: quiet, two without data, then failing with a release. */
const checkout = (): Chart => {
  const plain = checkoutIncident();
  const points = Array.from({ length: 30 }, (_, index) => {
    const date = addDays(DATE, index - 29);
    if (index === 11 || index === 12) return { date, value: null, expected: null, interval: null };
    const expected = 0.0115 + (index % 7 < 2 ? 0.003 : 0);
    const value = index === 29 ? 0.083 : expected + (((index * 37) % 11) - 5) / 2_600;
    return { date, value, expected, interval: [expected * 0.72, expected * 1.35] as [number, number] };
  });
  const record = { ...plain.pattern_record, series: { metric: 'error_rate', points } };
  const marks = [
    { at: startOfDay('2026-01-14', timezone) + 15 * HOUR, name: 'web@1.41.0' },
    { at: startOfDay('2026-01-28', timezone) + 22 * HOUR, name: 'web@1.42.0' },
  ];
  const chart = chartOfPriority({ ...plain, pattern_record: record }, { timezone, currency: 'USD', marks });
  if (chart === null) throw new Error('there are points');
  return chart;
};

const point = (
  start: number,
  value: number | null,
  [expected, lower, upper]: [number, number, number],
): ChartPoint => ({
  start,
  value,
  expected,
  lower,
  upper,
  flagged: value !== null && value > upper,
});

/** A day of hours of an incident that is over its peak. */
const incident = (): Chart => {
  const last = startOfDay('2026-01-30', timezone) + 15 * HOUR;
  const points = Array.from({ length: 24 }, (_, index) => {
    const expected = 0.012 + 0.004 * Math.sin(index / 4);
    const rates = [0.062, 0.148, 0.121, 0.09];
    return point(last - (23 - index) * HOUR, rates[index - 20] ?? expected * (1 + (((index * 29) % 9) - 4) / 14), [
      expected,
      expected * 0.5,
      expected * 1.7,
    ]);
  });
  return {
    title: '/checkout: errors over 10x normal since 12:00',
    measure: 'Errors per view',
    unit: 'share',
    grain: 'hour',
    timezone,
    points,
    marks: [{ at: last - 3 * HOUR - 19 * 60_000, name: 'web@1.42.0' }],
  };
};

/** A week of hours of a slow page, with a hole and long names. */
const week = (): Chart => {
  const first = startOfDay('2026-01-23', timezone);
  const points = Array.from({ length: 168 }, (_, index) => {
    const daily = 700 + 260 * Math.sin(((index % 24) - 8) / 3.8);
    const value =
      index > 60 && index < 70 ? null : index > 150 ? 2_600 + (index % 5) * 90 : daily * (1 + ((index * 31) % 13) / 90);
    return point(first + index * HOUR, value, [daily, daily * 0.8, daily * 1.3]);
  });
  return {
    title: '/workspaces/<id>/rep…<id>/export: p95 latency 2.9 s, normally 0.9 s, since Thu 29 Jan',
    measure: 'p95 latency',
    unit: 'milliseconds',
    grain: 'hour',
    timezone: 'America/Argentina/Buenos_Aires',
    points,
    marks: [
      { at: first + 20 * HOUR, name: 'api@2026.01.23-very-long-build-name-7f3a9' },
      { at: first + 26 * HOUR, name: 'web@1.41.0' },
      { at: first + 149 * HOUR, name: 'api@2026.01.29' },
      { at: first + 149.4 * HOUR, name: 'web@1.42.0' },
    ],
  };
};

const days = (values: readonly (number | null)[], changes: Partial<Chart> = {}): Chart => ({
  title: '/orders: traffic 60% below normal since Wed 28 Jan',
  measure: 'Views',
  unit: 'count',
  grain: 'day',
  timezone,
  points: values.map((value, index) => ({
    start: startOfDay(addDays(DATE, index + 1 - values.length), timezone),
    value,
    expected: 41_000,
    lower: 33_000,
    upper: 49_500,
    flagged: value !== null && value < 33_000,
  })),
  marks: [],
  ...changes,
});

/** Typical charts, whose drawing is kept. */
export const TYPICAL = { checkout: checkout(), incident: incident(), week: week() };

export const CHARTS: Record<string, Chart> = {
  ...TYPICAL,
  traffic: days([40_100, 42_800, null, 39_900, 44_000, 41_700, 38_200, 40_400, null, 43_300, null, 16_800, 15_900]),
  rtl: days([40_100, 42_800, 15_900], { title: '/חנות/קופה/תשלום: traffic 60% below normal since Thu 29 Jan' }),
  arabic: days([40_100, 42_800, 15_900], { title: '/متجر/الدفع: traffic 60% below normal since Thu 29 Jan' }),
  empty: days([null, null]),
  none: days([]),
  one: days([7]),
  zero: days([0, 0, 0], {
    points: days([0, 0, 0]).points.map((one) => ({ ...one, expected: null, lower: null, upper: null })),
  }),
};
