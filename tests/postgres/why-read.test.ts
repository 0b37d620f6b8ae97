import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import type { Metric } from '../../src/core/catalogue/define.ts';
import { METRICS } from '../../src/core/catalogue/metrics.ts';
import type { MetricQuery } from '../../src/core/query/metric-query.ts';
import { type DayMeasures, measuredOf, WHY_MEASURES } from '../../src/core/query/why/measured.ts';
import { sliceOf } from '../../src/pipeline/ask/slice.ts';
import type { Slice } from '../../src/pipeline/why.ts';
import { createCountStore } from '../../src/postgres/count.repository.ts';
import type { DatabaseHandle } from '../../src/postgres/database.ts';
import { createMetricStore } from '../../src/postgres/metric.repository.ts';
import { createRollupStore } from '../../src/postgres/rollup.repository.ts';
import { createWhyStore } from '../../src/postgres/why.repository.ts';
import { describeOnEveryDatabase } from '../support/database.ts';
import { ask, CONFIG } from './metric-fixture.ts';
import { anEvent, contextIn, DAY, HOUR, NOON, randomEvents, store } from './rollup-fixture.ts';

const ALL: Slice = { surface: null, filters: {}, numeratorOnly: [] };
const RANGE = { start: '2026-03-02', end: '2026-03-11' };
const MEASURED = METRICS.filter((metric) => measuredOf(metric) !== undefined);

/** Null where nothing was sent that could tell. */
function figureOf(days: readonly DayMeasures[], metric: Metric): number | null {
  const measured = measuredOf(metric);
  if (!measured) throw new RangeError(`${metric.id} does not add up from day to day`);
  const sum = (of: (typeof WHY_MEASURES)[number]) => days.reduce((all, day) => all + day[of], 0);
  if (measured.exposure === null) return sum(measured.count);
  return sum(measured.exposure) === 0 ? null : sum(measured.count) / sum(measured.exposure);
}

const PERIODS = { before: { start: '2026-03-02', end: '2026-03-06' }, now: { start: '2026-03-06', end: '2026-03-11' } };

describeOnEveryDatabase('what a why reads', (open) => {
  const context = contextIn('Europe/Berlin');
  let handle: DatabaseHandle;
  beforeAll(async () => {
    handle = await open();
    const moments = fc.integer({ min: 0, max: 8 * 24 * 60 }).map((minutes) => NOON - 8 * DAY + minutes * 60_000);
    await store(handle, context, randomEvents(11, 600, moments));
    const errors = (platform: string, count: number) =>
      Array.from({ length: count }, (_, index) =>
        anEvent('error', { ts: NOON - index, surface: '/pay', error_signature: 'TIMEOUT', meta: { platform } }),
      );
    const views = Array.from({ length: 30 }, (_, index) => anEvent('pageview', { ts: NOON - index, surface: '/pay' }));
    const tickets = ['Where is my refund? Write to jo@example.com', 'Refund again', 'Login is broken'].map(
      (text, index) =>
        anEvent('ticket', {
          ts: NOON - index * 60_000,
          surface: '/pay',
          ticket_topic: index < 2 ? 'refunds' : 'login',
          meta: { text, url: index === 0 ? 'https://tool.example/7' : 'javascript:alert(1)' },
        }),
    );
    await store(handle, context, [...errors('ios', 4), ...errors('web', 9), ...views, ...tickets]);
    await createRollupStore(handle, context).aggregateDirty();
  });
  const why = () => createWhyStore(handle.kysely, context);

  it('adds up to what the metric store answers, on any pages and with any filters, whatever time it is', async () => {
    const metrics = createMetricStore(handle, context);
    const slices: Pick<MetricQuery, 'surface' | 'filters'>[] = [
      { surface: null, filters: {} },
      { surface: '/checkout', filters: {} },
      { surface: '/re*', filters: {} },
      { surface: null, filters: { release: ['web@1.0'] } },
      { surface: null, filters: { account: 'acme' } },
    ];
    for (const asOf of [NOON + DAY, NOON - DAY + 5 * HOUR])
      for (const { surface, filters } of slices)
        for (const metric of MEASURED) {
          const query = ask({ metric: metric.id, surface, filters, window: RANGE });
          const { total } = await metrics.answer(query, { asOf, config: CONFIG });
          const days = await why().readDays(RANGE, sliceOf(query), asOf);
          expect(figureOf(days, metric), `${metric.id} ${JSON.stringify({ surface, filters, asOf })}`).toEqual(
            total.figure.value,
          );
        }
  });

  it('splits the same events by every dimension', async () => {
    const dimensions = ['release', 'account', 'source', 'error_signature', 'ticket_topic', 'surface'] as const;
    const days = await why().readDays(RANGE, ALL, NOON + DAY);
    const rows = await why().readChange({ ...PERIODS, slice: ALL, dimensions, asOf: NOON + DAY });
    // Of topics nobody asks for more than tickets, and what they are a rate of.
    const ofTopics = ['tickets', 'pageviews', 'requests'];
    for (const dimension of dimensions)
      for (const measure of WHY_MEASURES.filter((each) => dimension !== 'ticket_topic' || ofTopics.includes(each))) {
        const parts = rows.filter((row) => row.dimension === dimension);
        const sum = (counted: readonly Record<typeof measure, number>[]) =>
          counted.reduce((all, one) => all + one[measure], 0);
        expect(sum(parts), `${measure} by ${dimension}`).toBe(sum(days));
        const now = days.filter(({ date }) => date >= PERIODS.now.start);
        expect(sum(parts.filter(({ is_now }) => is_now))).toBe(sum(now));
      }
  });

  it('leaves views alone that do not carry what is filtered', async () => {
    const slice = { surface: '/pay', filters: { platform: ['ios'] }, numeratorOnly: ['platform'] };
    const [day] = await why().readDays({ start: '2026-03-10', end: '2026-03-11' }, slice, NOON);
    expect(day).toMatchObject({ errors: 4, pageviews: 30 });
    const carried = { ...slice, numeratorOnly: [] };
    const days = await why().readDays(RANGE, carried, NOON);
    expect(days.filter(({ errors }) => errors > 0)).toMatchObject([{ errors: 4, pageviews: 0 }]);
    const rows = await why().readChange({ ...PERIODS, slice, dimensions: ['error_signature'], asOf: NOON });
    expect(rows.find(({ value }) => value === 'TIMEOUT')).toMatchObject({ is_now: true, errors: 4 });
    expect(rows.reduce((sum, { pageviews }) => sum + pageviews, 0)).toBe(30);
  });

  it('reads the same where days were counted, a day that came in since included', async () => {
    const dimensions = ['release', 'platform', 'account', 'ticket_topic'] as const;
    const filters = { source: ['sentry', 'posthog'] };
    const read = async () => {
      const slice = { ...ALL, filters };
      const rows = await why().readChange({ ...PERIODS, slice, dimensions, asOf: NOON + DAY });
      const sorted = rows
        .filter(({ pageviews, errors }) => pageviews + errors > 0)
        .map((row) => JSON.stringify(row, Object.keys(row).sort()));
      return [sorted.sort(), await why().readDays(RANGE, slice, NOON + DAY)];
    };
    const fromEvents = await read();
    await createCountStore(handle.kysely, context).aggregateDirty();
    expect(await read()).toEqual(fromEvents);
    await store(handle, context, [
      anEvent('error', { ts: NOON - 2 * DAY, surface: '/late', meta: { platform: 'tv' } }),
    ]);
    const rows = await why().readChange({
      ...PERIODS,
      slice: { ...ALL, surface: '/late' },
      dimensions: ['platform'],
      asOf: NOON,
    });
    expect(rows).toMatchObject([{ value: 'tv', is_now: true, errors: 1 }]);
  });

  it('looks at no day that is left out, and at nothing later than asked', async () => {
    const slice = { ...ALL, surface: '/pay' };
    const of = { ...PERIODS, slice, dimensions: ['source', 'surface'] as const };
    expect(await why().readChange({ ...of, without: ['2026-03-10'], asOf: NOON })).toEqual([]);
    const earlier = await why().readChange({ ...of, dimensions: ['source'], asOf: NOON - 5 });
    expect(earlier.reduce((sum, { pageviews }) => sum + pageviews, 0)).toBe(25);
  });

  it('reads single texts, the latest first, redacted, with links that are links', async () => {
    const slice = { ...ALL, surface: '/pay' };
    const tickets = { of: 'ticket', range: RANGE, slice, limit: 5, distinct: false } as const;
    const { total, texts } = await why().readTexts(tickets, NOON);
    expect(total).toBe(3);
    expect(texts.map(({ text, group, url }) => ({ text, group, url }))).toEqual([
      { text: 'Where is my refund? Write to [email]', group: 'refunds', url: 'https://tool.example/7' },
      { text: 'Refund again', group: 'refunds', url: null },
      { text: 'Login is broken', group: 'login', url: null },
    ]);
    const each = await why().readTexts({ ...tickets, distinct: true }, NOON);
    expect(each.texts.map(({ group }) => group)).toEqual(['refunds', 'login']);
    const refunds = { ...slice, filters: { ticket_topic: ['login'] } };
    expect((await why().readTexts({ ...tickets, slice: refunds }, NOON)).texts).toHaveLength(1);
    const errors = await why().readTexts({ ...tickets, of: 'error', distinct: true }, NOON);
    expect(errors).toMatchObject({ total: 13, texts: [{ group: 'TIMEOUT', text: 'TIMEOUT' }] });
  });

  it('gives events that name no page a part of their own', async () => {
    const rows = await why().readChange({ ...PERIODS, slice: ALL, dimensions: ['surface'], asOf: NOON + DAY });
    const [without] = rows.filter(({ value, is_now }) => value === null && is_now);
    expect(without?.revenue).not.toBe(0);
  });

  it('knows when a release was first seen on a page', async () => {
    const { known_from, starts } = await why().readReleaseStarts(RANGE, '/checkout', NOON);
    expect(starts.map(({ release }) => release).sort()).toEqual(['Web@1.1', 'web@1.0', 'web@1.1']);
    expect(known_from).toBe(starts[0]?.began);
    expect(await why().readReleaseStarts(RANGE, '/nowhere', NOON)).toEqual({ known_from: null, starts: [] });
  });
});
