import { expect, it } from 'vitest';
import type { Funnel } from '../../src/core/funnel.ts';
import type { MetricQuery } from '../../src/core/query/metric-query.ts';
import type { StorableEvent } from '../../src/core/records.ts';
import { createMetricStore } from '../../src/postgres/metric.repository.ts';
import { describeOnEveryDatabase } from '../support/database.ts';
import { AS_OF, ask, CONFIG, metricEvents, ZONE } from './metric-fixture.ts';
import { bruteForceMethods, inShort } from './metric-methods-brute-force.ts';
import { anEvent, contextIn, DAY, HOUR, NOON, store } from './rollup-fixture.ts';

const MINUTE = 60_000;
const FUNNEL: Funnel = {
  id: 'paying',
  steps: [{ type: 'pageview' }, { type: 'action', surface: '/checkout' }, { type: 'revenue' }],
};
const METHODS = {
  new_users: ['plan', 'source'],
  retention_rate: ['plan'],
  activation_rate: ['plan'],
  churned_accounts: ['plan'],
  churn_rate: ['plan'],
  funnel_conversion: ['plan'],
  orders: ['plan', 'surface'],
  aov: ['plan'],
  checkout_success_rate: ['plan'],
  unanswered_tickets: ['plan', 'source', 'category'],
  first_response_minutes: ['plan', 'source'],
} as const;
type MethodId = keyof typeof METHODS;

describeOnEveryDatabase('metrics with a method', (open) => {
  const config = { ...CONFIG, funnels: [FUNNEL] };
  const stocked = async (events: readonly StorableEvent[]) => {
    const handle = await open();
    const context = contextIn(ZONE);
    await store(handle, context, events);
    const metrics = createMetricStore(handle, context);
    return (metric: MethodId, changes: Omit<Partial<MetricQuery>, 'metric'> = {}, asOf = AS_OF) =>
      metrics.answer(ask({ metric, ...changes }), { asOf, config });
  };

  it.each<[string, StorableEvent[]]>([
    ['signed up', metricEvents(3, 400)],
    // So many users that some are new on every day.
    [
      'were first seen',
      metricEvents(4, 400)
        .filter(({ type }) => type !== 'signup')
        .map((event, n) => ({ ...event, user: event.user === null ? null : `${event.user} ${n % 40}` })),
    ],
  ])('are what their definitions say, of users who %s', async (_, events) => {
    const answer = await stocked(events);
    const world = { events, zone: ZONE, failureStatuses: [403], asOf: AS_OF };
    const windows = [
      { start: '2026-03-23', end: '2026-03-30' },
      { start: '2026-03-28', end: '2026-03-31' },
    ];
    for (const window of windows)
      for (const [metric, dimensions] of Object.entries(METHODS) as [MethodId, readonly string[]][]) {
        const filters = { ...(metric === 'retention_rate' ? { cohort_day: 2 } : {}) };
        const query = { window, filters, compare: { start: '2026-03-21', end: '2026-03-25' } };
        const of = (more: object) =>
          bruteForceMethods(world, ask({ metric, ...query, filters: { ...filters, ...more } }), window, FUNNEL)[metric];
        const { total, rows } = await answer(metric, query);
        expect([metric, inShort(total.figure)]).toEqual([metric, of({})]);
        expect(rows).toEqual([expect.objectContaining({ key: {}, bucket: null, figure: total.figure })]);
        for (const dimension of dimensions) {
          const cut = await answer(metric, { ...query, group_by: [dimension] });
          expect(cut.rows.length).toBe(cut.groups);
          expect(cut.total).toEqual(total);
          for (const { key, figure } of cut.rows) {
            const value = key[dimension];
            if (value) expect([metric, key, inShort(figure)]).toEqual([metric, key, of({ [dimension]: value })]);
          }
        }
      }
  });

  it.each([
    'new_users',
    'retention_rate',
    'activation_rate',
    'funnel_conversion',
    'orders',
    'unanswered_tickets',
  ] as const)('gives %s by the day as it gives each day alone', async (metric) => {
    const answer = await stocked(metricEvents(5, 300));
    const filters = metric === 'retention_rate' ? { cohort_day: 1 } : {};
    const { rows } = await answer(metric, { grain: 'day', filters });
    expect(rows).toHaveLength(7);
    for (const { bucket, figure } of rows) {
      const end = new Date(Date.parse(bucket ?? '') + DAY).toISOString().slice(0, 10);
      expect(figure).toEqual((await answer(metric, { window: { start: bucket ?? '', end }, filters })).total.figure);
    }
  });

  it('gives churn by the week as it gives each week alone, and of a longer window that window', async () => {
    const at = (date: string, account: string) => anEvent('action', { ts: Date.parse(`${date}T12:00Z`), account });
    const answer = await stocked([
      ...[at('2026-03-03', 'stays'), at('2026-03-10', 'stays'), at('2026-03-17', 'stays')],
      ...[at('2026-03-04', 'leaves'), at('2026-03-05', 'returns'), at('2026-03-18', 'returns')],
    ]);
    const asOf = Date.UTC(2026, 2, 25);
    const weeks = { window: { start: '2026-03-09', end: '2026-03-23' }, grain: 'week' as const };
    const byWeek = await answer('churn_rate', weeks, asOf);
    expect(byWeek.rows.map(({ bucket, figure }) => [bucket, inShort(figure)])).toEqual([
      ['2026-03-09', { numerator: 2, denominator: 3 }],
      ['2026-03-16', { numerator: 0, denominator: 1 }],
    ]);
    expect(inShort(byWeek.total.figure)).toEqual({ numerator: 1, denominator: 3 });
    const [first] = (await answer('churned_accounts', { window: { start: '2026-03-03', end: '2026-03-10' } }, asOf))
      .rows;
    expect(first?.figure.value).toBeNull();
  });

  it('leaves out a cohort whose day is not over, and says nothing of nobody', async () => {
    const answer = await stocked([
      anEvent('signup', { user: 'early', ts: NOON - 3 * DAY }),
      anEvent('action', { user: 'early', ts: NOON - 2 * DAY }),
      anEvent('signup', { user: 'late', ts: NOON - DAY }),
    ]);
    const window = { start: '2026-03-01', end: '2026-03-12' };
    const of = async (cohort_day: number) =>
      inShort((await answer('retention_rate', { window, filters: { cohort_day } }, NOON)).total.figure);
    expect(await of(1)).toEqual({ numerator: 1, denominator: 1 });
    expect(await of(2)).toEqual({ numerator: 0, denominator: 1 });
    expect(await of(5)).toEqual({ numerator: 0, denominator: 0 });
  });

  it('takes the steps of a funnel in their order, one event a step, by user or else by account', async () => {
    const step = (type: 'pageview' | 'action' | 'revenue', at: number, more: Partial<StorableEvent>) =>
      anEvent(type, { ts: NOON + at * MINUTE, ...more });
    const answer = await stocked([
      ...[
        step('pageview', 0, { user: 'done' }),
        step('action', 1, { user: 'done' }),
        step('revenue', 2, { user: 'done' }),
      ],
      ...[
        step('revenue', 0, { user: 'backwards' }),
        step('pageview', 1, { user: 'backwards' }),
        step('action', 2, { user: 'backwards' }),
      ],
      ...[
        step('pageview', 0, { account: 'nameless' }),
        step('action', 1, { account: 'nameless' }),
        step('revenue', 2, { account: 'nameless' }),
      ],
      ...[step('pageview', 0, {}), step('action', 1, { surface: '/cart', user: 'elsewhere' })],
    ]);
    const window = { start: '2026-03-10', end: '2026-03-11' };
    const of = async (changes: Omit<Partial<MetricQuery>, 'metric'> = {}) =>
      answer('funnel_conversion', { window, ...changes }, NOON + DAY);
    expect(inShort((await of()).total.figure)).toEqual({ numerator: 2, denominator: 3 });
    expect((await of({ group_by: ['funnel'] })).rows.map(({ key }) => key)).toEqual([{ funnel: 'paying' }]);
    await expect(of({ filters: { funnel: 'nowhere' } })).rejects.toThrow(
      expect.objectContaining({ code: 'not_found', fix: expect.stringContaining('paying') }),
    );
    const none = createMetricStore(await open(), contextIn(ZONE));
    const empty = await none.answer(ask({ metric: 'funnel_conversion' }), {
      asOf: NOON,
      config: { ...config, funnels: [] },
    });
    expect(empty.first_date).toBeNull();
  });

  it('takes an answer for one from then on only, by an agent, in the same conversation of the same tool', async () => {
    const of = (conversation_id: string, more: object = {}) => ({ meta: { conversation_id, ...more } });
    const reply = (minutes: number, id: string, role = 'agent', more: Partial<StorableEvent> = {}) =>
      anEvent('reply', { source: 'intercom', ts: NOON + minutes * MINUTE, ...of(id, { role }), ...more });
    const answer = await stocked([
      ...['a', 'b', 'c', 'd'].map((id) => anEvent('ticket', of(id))),
      anEvent('ticket', { meta: {} }),
      ...[reply(-5, 'a'), reply(10, 'a'), reply(5, 'a', 'customer'), reply(30, 'b')],
      ...[reply(5, 'c', 'agent', { source: 'helpscout' }), reply(2 * 24 * 60, 'd')],
    ]);
    const query = { window: { start: '2026-03-10', end: '2026-03-11' } };
    const asOf = NOON + HOUR;
    expect((await answer('unanswered_tickets', query, asOf)).total.figure).toMatchObject({ value: 3, sample: 5 });
    expect((await answer('first_response_minutes', query, asOf)).total.figure).toMatchObject({ value: 20, sample: 2 });
    expect((await answer('unanswered_tickets', query, asOf + 2 * DAY)).total.figure.value).toBe(2);
  });
});
