import fc from 'fast-check';
import { METRICS } from '../../src/core/catalogue/metrics.ts';
import { type CheckedQuery, checkQuery, type MetricQuery } from '../../src/core/query/metric-query.ts';
import { EVENT_TYPES, SOURCES, type StorableEvent } from '../../src/core/records.ts';
import { addDays } from '../../src/core/window.ts';
import { withDefaults } from '../../src/core/workspace-config.ts';
import { anEvent, HOUR } from './rollup-fixture.ts';

/** Berlin's clock goes forward on 29 March 2026. */
export const ZONE = 'Europe/Berlin';
export const START = Date.UTC(2026, 2, 20, 22, 30);
export const CONFIG = withDefaults({});

/** Values as hostile as a filter may be; each is somebody's page, plan or message. */
const SURFACES = ['/checkout', '/checkout/pay_now', '/checkout/pay-now', '/100%', "/o'clock", '/ünï*', null];
export const VALUES: Readonly<Record<string, readonly (string | null)[]>> = {
  surface: SURFACES,
  source: SOURCES,
  release: ['web@1.0', 'web@1.1', null],
  env: ['production', 'staging', null],
  error_signature: ['TypeError in a', 'TypeError in b', "'; DROP TABLE events; --", null],
  ticket_topic: ['refunds', 'login', null],
  category: ['billing', null],
  platform: ['web', 'ios', null],
  severity: ['0', '3', '4', null],
  status: ['200', '403', '404', '500', '503', null],
  endpoint: ['POST /api/pay', 'GET /api/items/:id', null],
  stage: ['shipping', 'payment', null],
  account: ['acme', 'globex', 'initech', null],
  plan: ['pro', 'free', '', null],
  tool: ['search', 'order', null],
  use_case: ['reorder', null],
};
const META = ['category', 'platform', 'stage', 'plan', 'tool', 'use_case'];

const oneOf = <T>(values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);

/** Events of every type, crowded into eleven days around the change of the clock. */
export function metricEvents(seed: number, count: number): StorableEvent[] {
  const dimension = (name: string) => oneOf(VALUES[name] ?? [null]);
  const arbitrary = fc
    .record({
      ts: fc.integer({ min: 0, max: 11 * 24 * 60 }).map((minutes) => START + minutes * 60_000),
      type: oneOf(EVENT_TYPES),
      source: oneOf(SOURCES),
      account: dimension('account'),
      user: oneOf(['u1', 'u2', 'u3', 'u4', 'u5', null]),
      surface: dimension('surface'),
      release: dimension('release'),
      env: dimension('env'),
      endpoint: dimension('endpoint'),
      error_signature: dimension('error_signature'),
      ticket_topic: dimension('ticket_topic'),
      severity: dimension('severity'),
      status: dimension('status'),
      value: oneOf([0, 1, 2.5, 120, 33.3, null]),
      amount_minor: fc.integer({ min: -500, max: 90_000 }),
      order_id: oneOf(['o1', 'o2', null]),
      meta: fc.record(Object.fromEntries(META.map((name) => [name, dimension(name)]))),
      conversation_id: oneOf(['c1', 'c2', 'c3', null]),
      success: oneOf([true, false, null]),
      completion_status: oneOf(['completed', 'abandoned', 'blocked_by_credits', null]),
      role: oneOf(['agent', 'customer', null]),
    })
    .map(
      ({
        severity,
        status,
        meta,
        conversation_id,
        success,
        completion_status,
        role,
        amount_minor,
        order_id,
        ...event
      }) =>
        anEvent(event.type, {
          ...event,
          severity: severity === null ? null : Number(severity),
          status: event.type === 'request' && status !== null ? Number(status) : null,
          endpoint: event.type === 'request' ? event.endpoint : null,
          error_signature: event.type === 'error' || event.type === 'request' ? event.error_signature : null,
          ticket_topic: event.type === 'ticket' ? event.ticket_topic : null,
          amount_minor: event.type === 'revenue' ? amount_minor : null,
          order_id: event.type === 'revenue' ? order_id : null,
          meta: Object.fromEntries(
            Object.entries({ ...meta, conversation_id, success, completion_status, role }).filter(
              ([, value]) => value !== null,
            ),
          ),
        }),
    );
  return fc.sample(arbitrary, { seed, numRuns: count });
}

export const ask = (changes: Partial<MetricQuery> & { metric: string }): CheckedQuery => {
  const { query, fault } = checkQuery({
    surface: null,
    filters: {},
    window: { start: '2026-03-23', end: '2026-03-30' },
    compare: null,
    group_by: [],
    grain: null,
    order: 'desc',
    limit: 10,
    ...changes,
  });
  if (!query) throw new Error(`not a sound query: ${JSON.stringify(fault)}`);
  return query;
};

const window = fc
  .tuple(fc.integer({ min: 18, max: 31 }), fc.integer({ min: 1, max: 9 }), oneOf(['', 'T00:00', 'T02:30', 'T13:15']))
  .map(([day, days, time]) => {
    const start = `2026-03-${day}`;
    return { start: `${start}${time}`, end: `${addDays(start, days)}${time}` };
  });

/** Any question about any metric that is made of measures. */
export const queries: fc.Arbitrary<CheckedQuery> = oneOf(
  METRICS.filter(({ of }) => !('method' in of) && !('measure' in of && of.measure === 'revenue_at_risk')),
).chain((metric) => {
  const dimensions = metric.dimensions.filter((name) => VALUES[name] !== undefined);
  const value = (name: string) => oneOf((VALUES[name] ?? []).flatMap((one) => one || []));
  const filter = (name: string) =>
    fc.oneof(
      value(name),
      fc.uniqueArray(value(name), { minLength: 1, maxLength: 3 }),
      ...(name === 'status' ? [fc.constant('5xx')] : []),
      oneOf(["x' OR 1=1 --", '%', '\\', '🙂']),
    );
  return fc
    .record({
      filters: fc
        .uniqueArray(oneOf(dimensions), { maxLength: 2 })
        .chain((names) => fc.record(Object.fromEntries(names.map((name) => [name, filter(name)])))),
      surface: fc.option(oneOf(['/checkout', '/checkout*', '*pay_now', '/100%', '/*', "/o'clock"]), { freq: 3 }),
      group_by: fc.uniqueArray(oneOf(dimensions), { maxLength: 2 }),
      grain: fc.option(oneOf(metric.grains)),
      window,
      compare: fc.option(window),
      order: oneOf(['asc', 'desc'] as const),
      limit: fc.integer({ min: 1, max: 6 }),
    })
    .map((rest) =>
      ask({ metric: metric.id, ...rest, surface: metric.dimensions.includes('surface') ? rest.surface : null }),
    );
});

export const AS_OF = START + 10 * 24 * HOUR + 7.7 * HOUR;
