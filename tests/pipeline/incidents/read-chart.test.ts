import { expect, it } from 'vitest';
import type { ReadExpected } from '../../../src/pipeline/incidents/expected-hours.ts';
import { readIncidentChart } from '../../../src/pipeline/incidents/read-chart.ts';
import { incidentOf, SINCE } from '../../slack/incident-models.ts';

const HOUR = 3_600_000;
const unknown = { expected: null, lower: null, upper: null, told: false };

function storesWith(rows: { hour: number; pageviews: number; errors: number }[]) {
  const empty = { surface: '/checkout', requests: 0, request_failures: 0, dropoffs: 0, signature: null, release: null };
  const finding = {
    hour: SINCE,
    surface: '/checkout',
    metric: 'error_rate' as const,
    direction: 'up' as const,
    current: 0.148,
    expected: 0.02,
    lower: 0.01,
    upper: 0.03,
    score: 0.9,
    state: 'onset' as const,
    since: SINCE,
    reason: '',
  };
  return {
    hours: {
      readPageHours: async () => rows.map((row) => ({ ...empty, ...row })),
    },
    hourlyFindings: {
      judgedUntil: async () => SINCE + HOUR,
      list: async () => [finding, { ...finding, surface: '/x', current: 1 }],
    },
  };
}

/** Known of one hour that was normal. */
const expectedOf: ReadExpected = async () =>
  new Map([[SINCE - 2 * HOUR, { hour: SINCE - 2 * HOUR, expected: 0.025, lower: 0.01, upper: 0.04 }]]);

const read = (rows: { hour: number; pageviews: number; errors: number }[]) =>
  readIncidentChart({ stores: storesWith(rows), expectedOf, sensitivity: 'normal' }, incidentOf());

it('has twenty hours up to the last judged one, and no figure where nothing was seen', async () => {
  const chart = await read([
    { hour: SINCE - 2 * HOUR, pageviews: 100, errors: 3 },
    { hour: SINCE - HOUR, pageviews: 0, errors: 0 },
  ]);
  expect(chart?.points).toHaveLength(20);
  expect(chart?.points.slice(-4)).toEqual([
    { hour: SINCE - 3 * HOUR, value: null, ...unknown },
    { hour: SINCE - 2 * HOUR, value: 0.03, expected: 0.025, lower: 0.01, upper: 0.04, told: false },
    { hour: SINCE - HOUR, value: null, ...unknown },
    { hour: SINCE, value: 0.148, expected: 0.02, lower: 0.01, upper: 0.03, told: true },
  ]);
});

it('is nothing where there are not two figures', async () => {
  expect(await read([])).toBeNull();
});
