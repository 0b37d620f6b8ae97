import { describe, expect, it } from 'vitest';
import { chartAltText } from '../../../src/core/chart/alt-text.ts';
import { type Chart, type ChartPoint, worstPoint } from '../../../src/core/chart/chart.ts';
import { placeOf, timeTicks, valueAxis } from '../../../src/core/chart/chart-axes.ts';
import { drawableName } from '../../../src/core/chart/chart-name.ts';
import { chartOfIncident } from '../../../src/core/chart/chart-of-incident.ts';
import { chartOfPriority } from '../../../src/core/chart/priority-chart.ts';
import { addDays, startOfDay } from '../../../src/core/window.ts';
import { CHARTS } from '../../charts/charts.ts';
import { incidentOf } from '../../slack/incident-models.ts';
import { finding, priority } from '../../support/priority.ts';

const timezone = 'Europe/Berlin';
const context = { timezone, currency: 'USD', marks: [] };
const HOUR = 3_600_000;

const hoursFrom = (first: number, count: number): Chart['points'] =>
  Array.from({ length: count }, (_, index) => pointAt(first + index * HOUR));
const daysTo = (last: string, count: number): Chart['points'] =>
  Array.from({ length: count }, (_, index) => pointAt(startOfDay(addDays(last, index + 1 - count), timezone)));
const pointAt = (start: number, change: Partial<ChartPoint> = {}): ChartPoint => ({
  start,
  value: 1,
  expected: null,
  lower: null,
  upper: null,
  flagged: false,
  ...change,
});

describe('the words for a chart', () => {
  it.each([
    [
      'checkout',
      '/checkout: errors 6.9x normal since Thu 29 Jan. Errors per view by day, Wed 31 Dec–Thu 29 Jan, Europe/Berlin. ' +
        'Lowest 1% (Sat 3 Jan), highest 8.3% (Thu 29 Jan). ' +
        'Outside normal: Thu 29 Jan with 8.3% against a normal 1–2%. No figure: Sun 11 Jan and Mon 12 Jan. ' +
        'Releases: web@1.41.0 (Wed 14 Jan) and web@1.42.0 (Wed 28 Jan).',
    ],
    [
      'incident',
      '/checkout: errors over 10x normal since 12:00. ' +
        'Errors per view by hour, Thu 29 Jan, 16:00 to Fri 30 Jan, 15:00, Europe/Berlin. ',
    ],
    ['week', 'Outside normal: 13 earlier, '],
    ['empty', 'Views by day, Wed 28–Thu 29 Jan, Europe/Berlin. There is no figure.'],
    ['none', 'Views by day, Europe/Berlin. There is no figure.'],
    ['zero', 'Always 0 (Tue 27 Jan).'],
  ])('say of "%s" the finding, the range, what is flagged, gaps and releases', (name, words) => {
    const chart = CHARTS[name];
    expect(chart && chartAltText(chart)).toContain(words);
  });

  it('stay within what Slack takes with an upload', () => {
    const marks = Array.from({ length: 50 }, (_, index) => ({ at: index, name: '😀'.repeat(600) }));
    expect(chartAltText({ ...CHARTS.checkout, marks } as Chart).length).toBeLessThanOrEqual(1_000);
  });
});

describe("a chart's value axis", () => {
  const axisFor = (values: readonly (number | null)[], unit: Chart['unit']) => {
    const axis = valueAxis({ points: values.map((value, index) => pointAt(index, { value })), unit });
    return axis.ticks.map(axis.label);
  };
  it.each([
    [[0.012, 0.083], 'share', ['0%', '2%', '4%', '6%', '8%']],
    [[0.9, 1], 'share', ['0%', '50%', '100%']],
    [[0.0004], 'share', ['0%', '0.01%', '0.02%', '0.03%', '0.04%']],
    [[310, 420], 'milliseconds', ['0', '100 ms', '200 ms', '300 ms', '400 ms']],
    [[900, 2_900], 'milliseconds', ['0', '1 s', '2 s', '3 s']],
    [[240_000], 'milliseconds', ['0', '1 min', '2 min', '3 min', '4 min']],
    [[3], 'count', ['0', '1', '2', '3']],
    [[41_000], 'count', ['0', '10k', '20k', '30k', '40k']],
    [[0], 'count', ['0', '1']],
    [[null], 'share', ['0%', '1%']],
    [[-2, 2], 'count', ['-2', '-1', '0', '1', '2']],
  ] as const)('of %j as %s has round ticks with their unit', (values, unit, labels) => {
    expect(axisFor(values, unit)).toEqual(labels);
  });
});

describe("a chart's time axis", () => {
  const labels = (chart: Parameters<typeof timeTicks>[0]) => timeTicks(chart).map(({ label }) => label);
  const day = startOfDay('2026-01-29', timezone);

  it.each([
    ['five days', daysTo('2026-01-29', 5), ['Sun 25 Jan', 'Mon 26 Jan', 'Tue 27 Jan', 'Wed 28 Jan', 'Thu 29 Jan']],
    ['thirty', daysTo('2026-01-29', 30), ['Thu 1 Jan', 'Thu 8 Jan', 'Thu 15 Jan', 'Thu 22 Jan', 'Thu 29 Jan']],
    ['ninety', daysTo('2026-01-29', 90), ['Thu 6 Nov']],
  ])('dates %s, whole weeks apart, up to the last', (_name, points, expected) => {
    const found = labels({ points, grain: 'day', timezone });
    expect(found.at(-1)).toBe('Thu 29 Jan');
    expect(found.length).toBeLessThanOrEqual(6);
    if (points.length <= 30) expect(found).toEqual(expected);
  });

  it('shows the local clock by the hour, and the date where a day begins', () => {
    const points = hoursFrom(day + 16 * HOUR, 24);
    expect(labels({ points, grain: 'hour', timezone })).toEqual(['18:00', 'Fri 30 Jan', '06:00', '12:00']);
  });

  it('dates a week of hours by days on the clock that moved between them', () => {
    const points = hoursFrom(startOfDay('2026-03-27', timezone), 168);
    expect(labels({ points, grain: 'hour', timezone })).toEqual([
      'Fri 27 Mar',
      'Sun 29 Mar',
      'Tue 31 Mar',
      'Thu 2 Apr',
    ]);
  });

  it.each([
    ['the start of the first day', day - 2 * 24 * HOUR, -0.5],
    ['noon of the second', day - 12 * HOUR, 1],
    ['before everything', day - 9 * 24 * HOUR, null],
    ['after everything', day + 24 * HOUR, null],
  ])('finds the place of %s', (_name, instant, place) => {
    expect(placeOf({ points: daysTo('2026-01-29', 3) }, instant)).toBe(place);
  });
});

describe('a name in a picture', () => {
  it.each([
    ['/checkout', '/checkout'],
    ['/🛒 cart/👩‍👩‍👧 family', '/ cart/ family'],
    ['/1️⃣/step #2', '/1/step #2'],
    ['/購入/checkout', '/…/checkout'],
    ['購入', 'One page'],
    ['🛒', 'One page'],
    ['\u202e/gnp.exe\u0000\n', '/gnp.exe'],
    ['/חנות/تسجيل', '/חנות/تسجيل'],
    ['/cafe\u0301', '/café'],
    [`/z${'\u0334'.repeat(40)}`, '/z\u0334\u0334'],
    [`/${'a'.repeat(40)}/${'b'.repeat(40)}`, `/${'a'.repeat(17)}…${'b'.repeat(11)}`],
    ['', 'One page'],
  ])('%j is drawn as %j', (name, drawn) => {
    expect(drawableName(name, 30, 'One page')).toBe(drawn);
  });
});

describe('the chart of a priority', () => {
  const series = (points: { value: number | null; interval?: [number, number] | null }[]) => ({
    metric: 'error_rate',
    points: points.map((point, index) => ({
      date: addDays('2026-01-29', index + 1 - points.length),
      expected: 0.012,
      ...point,
    })),
  });
  const flagsOf = (changes: Parameters<typeof priority>[0]) =>
    chartOfPriority(priority(changes), context)?.points.map(({ flagged }) => flagged);
  const normal: [number, number] = [0.009, 0.016];

  it('flags the judged day and what lies beyond the range since the episode began, never what came before', () => {
    const points = [0.09, 0.02, 0.012, 0.08].map((value) => ({ value, interval: normal }));
    expect(flagsOf({ series: series(points), since: '2026-01-27' })).toEqual([false, true, false, true]);
  });

  it('flags below the range where the fall is what was found, and never a day without a figure', () => {
    const points = [
      { value: null, interval: null },
      { value: 0.001, interval: normal },
      { value: 0.02, interval: normal },
      { value: null, interval: null },
    ];
    const findings = [finding('conversion-drop', 'conversion_rate', { direction: 'down' })];
    expect(flagsOf({ series: series(points), since: '2026-01-26', findings })).toEqual([false, true, false, false]);
  });

  it('has no band where the record is older than bands, and none is made up', () => {
    const chart = chartOfPriority(priority({ series: series([{ value: 0.01 }, { value: 0.09 }]) }), context);
    expect(chart?.points.map(({ lower, upper }) => [lower, upper])).toEqual([
      [null, null],
      [null, null],
    ]);
  });

  it('marks the release that the finding names, on the day it began', () => {
    const findings = [
      finding('spike', 'error_rate'),
      finding('release', 'error_rate', { evidence: { release: 'web@1.42.0', began: '2026-01-28' } }),
    ];
    const chart = chartOfPriority(priority({ series: series([{ value: 0.01 }, { value: 0.09 }]), findings }), context);
    expect(chart?.marks).toEqual([{ at: startOfDay('2026-01-28', timezone), name: 'web@1.42.0' }]);
  });

  it('is none with fewer than two figures', () => {
    expect(chartOfPriority(priority({ series: series([{ value: 0.01 }, { value: null }]) }), context)).toBeNull();
  });
});

describe('the chart of an incident', () => {
  const hour = Date.UTC(2026, 0, 30, 12);
  const points = [
    { hour, value: 0.012, expected: null, lower: null, upper: null, told: false },
    { hour: hour + HOUR, value: null, expected: 0.02, lower: 0.01, upper: 0.03, told: false },
    { hour: hour + 2 * HOUR, value: 0.148, expected: 0.02, lower: -0.001, upper: 0.03, told: true },
    { hour: hour + 3 * HOUR, value: 0.031, expected: 0.02, lower: 0.01, upper: 0.03, told: false },
    { hour: hour + 4 * HOUR, value: 0.029, expected: 0.02, lower: 0.01, upper: 0.03, told: true },
  ];

  it('says since when, flags what was told and lies beyond its range, and marks the release', () => {
    const release = { name: 'web@1.42.0', firstSeen: hour + HOUR, share: 0.9 };
    const chart = chartOfIncident(incidentOf({}, { release }), { points }, timezone);
    expect(chart.title).toMatch(/^\/checkout: errors .* since /);
    expect(chart.points.map(({ flagged, lower, upper }) => [flagged, lower, upper])).toEqual([
      [false, null, null],
      [false, 0.01, 0.03],
      [true, 0, 0.03],
      [false, 0.01, 0.03],
      [false, 0.01, 0.03],
    ]);
    expect(chart.marks).toEqual([{ at: hour + HOUR, name: 'web@1.42.0' }]);
  });

  it('counts traffic, and says of what is over how bad it was and when', () => {
    const lead = { surface: '/checkout', metric: 'traffic', direction: 'down' } as const;
    const low = { hour, current: 20, expected: 80, lower: 60, upper: 95 };
    const over = incidentOf({ lead, state: 'resolved' }, { release: null, peak: low });
    const chart = chartOfIncident(over, { points }, timezone);
    expect(chart.unit).toBe('count');
    expect(chart.title).toBe('/checkout: traffic 75% below normal at worst, 14:00 to 15:00');
    expect(chart.marks).toEqual([]);
  });
});

it('the worst of the flagged points is the farthest from what is expected of it, the last of equals', () => {
  const points = [
    pointAt(0, { value: 99, expected: 1 }),
    pointAt(1, { value: 5, expected: 1, flagged: true }),
    pointAt(2, { value: 5, expected: 1, flagged: true }),
    pointAt(3, { value: null, expected: 1, flagged: true }),
  ];
  expect(worstPoint(points)).toBe(2);
  expect(worstPoint(points.slice(0, 1))).toBeNull();
});
