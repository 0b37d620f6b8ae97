import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { CheckedQuery } from '../../src/core/query/metric-query.ts';
import type { Figure, MetricResult } from '../../src/core/query/metric-result.ts';
import { createCountStore } from '../../src/postgres/count.repository.ts';
import { createMetricStore } from '../../src/postgres/metric.repository.ts';
import { describeOnEveryDatabase } from '../support/database.ts';
import { bruteForceAnswer, type World } from './metric-brute-force.ts';
import { AS_OF, CONFIG, metricEvents, queries, START, ZONE } from './metric-fixture.ts';
import { contextIn, HOUR, store } from './rollup-fixture.ts';

const near = (figure: Figure): Figure => ({
  ...figure,
  value: figure.value === null ? null : Number(figure.value.toPrecision(12)),
  numerator: figure.numerator === null ? null : Number(figure.numerator.toPrecision(12)),
});
const nothing: Figure = { value: null, numerator: null, denominator: null, sample: 0 };

/** The SQL's rows, each held against the figure that the definition gives. */
function expectAgrees(result: MetricResult, world: World, query: CheckedQuery): void {
  const brute = bruteForceAnswer(world, query);
  if (!brute) throw new Error('a method has a test of its own');
  const known = (figure: Figure | null | undefined, row: Figure | null) =>
    figure && row && (row.value === null && row.sample === 0 && row.numerator === null ? nothing : near(figure));
  expect(result.first_date).toBe(brute.first);
  expect(result.groups).toBe(brute.groups);
  expect([...new Map(result.rows.map(({ key }) => [JSON.stringify(key), key])).values()]).toEqual(brute.keys);
  for (const { key, bucket, figure, compared } of result.rows) {
    expect(near(figure)).toEqual(known(brute.figure(key, bucket), figure));
    // A bucket is compared with the one at the same place, which is looked at in a test of its own.
    if (bucket === null) expect(compared && near(compared)).toEqual(known(brute.compared(key, null), compared));
  }
  expect(near(result.total.figure)).toEqual(known(brute.total.figure, result.total.figure));
}

describeOnEveryDatabase('metrics of measures', (open) => {
  const ways = [
    ['from events', [{ until: 600, counted: false }]],
    ['from counted days', [{ until: 600, counted: true }]],
    // What came late makes days dirty that were counted before.
    [
      'from counted days and, where something came since, from events',
      [
        { until: 570, counted: true },
        { until: 600, counted: false },
      ],
    ],
  ] as const;

  it.each(ways)('are what their definitions say, read %s', async (_, steps) => {
    const handle = await open();
    const context = contextIn(ZONE);
    const events = metricEvents(7, 600).map((event, n) =>
      n < 570 ? event : { ...event, ts: START + (n % 50) * HOUR },
    );
    const metrics = createMetricStore(handle, context);
    for (const [at, { until, counted }] of steps.entries()) {
      await store(handle, context, events.slice(steps[at - 1]?.until ?? 0, until));
      if (counted) await createCountStore(handle.kysely, context).aggregateDirty();
    }
    const world: World = { events, zone: ZONE, failureStatuses: context.failureStatuses, asOf: AS_OF };
    await fc.assert(
      fc.asyncProperty(queries, async (query) => {
        const result = await metrics.answer(query, { asOf: AS_OF, config: CONFIG });
        expectAgrees(result, world, query);
      }),
      { numRuns: 12, seed: 12, endOnFailure: true },
    );
  });
});
