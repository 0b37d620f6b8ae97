import { expect, it } from 'vitest';
import type { CheckedQuery } from '../../src/core/query/metric-query.ts';
import type { StoreContext } from '../../src/postgres/context.ts';
import { createCountStore } from '../../src/postgres/count.repository.ts';
import type { DatabaseHandle } from '../../src/postgres/database.ts';
import { createMetricStore } from '../../src/postgres/metric.repository.ts';
import { describeOnEveryDatabase } from '../support/database.ts';
import { AS_OF, ask, CONFIG, metricEvents, ZONE } from './metric-fixture.ts';
import { contextIn, store } from './rollup-fixture.ts';

/** One of every way to count: once each of every kind, sums, ratios of both. */
const METRICS = [
  ...['active_users', 'affected_accounts', 'conversations', 'credit_exhausted_users', 'credit_exhaustion_rate'],
  ...['credits_used', 'error_rate', 'revenue'],
];
const QUESTIONS = METRICS.flatMap((metric): CheckedQuery[] => [
  ask({
    metric,
    window: { start: '2026-03-21', end: '2026-03-31' },
    compare: { start: '2026-03-20', end: '2026-03-24' },
  }),
  ask({ metric, window: { start: '2026-03-21', end: '2026-03-29' }, grain: 'day' }),
  // Over the end of a month, into a day that is not over.
  ask({ metric, window: { start: '2026-03-27', end: '2026-04-02' }, grain: 'week' }),
]);

async function readCounts({ kysely }: DatabaseHandle) {
  const cells = await kysely.selectFrom('daily_event_counts').selectAll().execute();
  const actors = await kysely.selectFrom('monthly_actors').selectAll().execute();
  const sorted = (rows: object[]) => rows.map((row) => JSON.stringify({ ...row, cell: null })).sort();
  return { cells: sorted(cells), actors: sorted(actors) };
}

describeOnEveryDatabase('counted days', (open) => {
  const stocked = async (changes: Partial<StoreContext> = {}) => {
    const handle = await open();
    const context = contextIn(ZONE, changes);
    const events = metricEvents(21, 400);
    await store(handle, context, events.slice(0, 300));
    return { handle, context, events, counts: createCountStore(handle.kysely, context) };
  };
  const answers = async (handle: DatabaseHandle, context: StoreContext) => {
    const metrics = createMetricStore(handle, context);
    const all = [];
    for (const query of QUESTIONS) all.push(await metrics.answer(query, { asOf: AS_OF, config: CONFIG }));
    return all;
  };

  it('answer as the events do, and questions about whole days without them', async () => {
    const { handle, context, events, counts } = await stocked();
    const before = await answers(handle, context);
    expect(new Set(before.map(({ served_by }) => served_by))).toEqual(new Set(['events']));
    expect(await counts.aggregateDirty()).toEqual({ days: 13 });
    const after = await answers(handle, context);
    expect(after.map((result, at) => ({ ...result, served_by: before[at]?.served_by }))).toEqual(before);
    const ended = await createMetricStore(handle, context).answer(
      ask({ metric: 'active_users', window: { start: '2026-03-22', end: '2026-03-29' }, grain: 'day' }),
      { asOf: AS_OF, config: CONFIG },
    );
    expect(ended.served_by).toBe('rollups');

    await store(handle, context, events.slice(300));
    const live = await answers(handle, context);
    expect(live).not.toEqual(after);
    await counts.aggregateDirty();
    const counted = await answers(handle, context);
    expect(counted.map((result, at) => ({ ...result, served_by: live[at]?.served_by }))).toEqual(live);
  });

  it('come out the same when made bit by bit, and when made again', async () => {
    const { handle, context, events, counts } = await stocked();
    await counts.aggregateDirty();
    for (let from = 300; from < 400; from += 50) {
      await store(handle, context, events.slice(from, from + 50));
      await counts.aggregateDirty();
    }
    const made = await readCounts(handle);
    expect(await counts.aggregateDirty()).toEqual({ days: 0 });
    await handle.kysely.deleteFrom('settings').where('key', '=', 'count_definition').execute();
    await counts.aggregateDirty();
    expect(await readCounts(handle)).toEqual(made);
    await handle.kysely
      .insertInto('dirty_days')
      .values(['2026-03-24', '2026-03-26'].map((date) => ({ workspace_id: 'local', date })))
      .execute();
    expect(await counts.aggregateDirty()).toEqual({ days: 2 });
    expect(await readCounts(handle)).toEqual(made);
  });

  it('forget what is not there any more', async () => {
    const { handle, context, counts } = await stocked();
    await counts.aggregateDirty();
    await handle.kysely.deleteFrom('events').where('user', '=', 'u1').execute();
    await handle.kysely.deleteFrom('settings').where('key', '=', 'count_definition').execute();
    const before = await answers(handle, context);
    await counts.aggregateDirty();
    expect(
      (await answers(handle, context)).map((result, at) => ({ ...result, served_by: before[at]?.served_by })),
    ).toEqual(before);
    const { actors } = await readCounts(handle);
    expect(actors.filter((row) => row.includes('"u1"'))).toEqual([]);
  });

  it('made under another definition are not read, and are made again', async () => {
    const { handle, counts } = await stocked();
    await counts.aggregateDirty();
    const elsewhere = contextIn('America/New_York', { failureStatuses: [404] });
    const before = await answers(handle, elsewhere);
    expect(new Set(before.map(({ served_by }) => served_by))).toEqual(new Set(['events']));
    await createCountStore(handle.kysely, elsewhere).aggregateDirty();
    const after = await answers(handle, elsewhere);
    expect(after.map((result, at) => ({ ...result, served_by: before[at]?.served_by }))).toEqual(before);
    expect(new Set(after.map(({ served_by }) => served_by))).toContain('rollups');
  });
});
