import fc from 'fast-check';
import type { EventType, Source, StorableEvent } from '../../src/core/records.ts';
import type { StoreContext } from '../../src/postgres/context.ts';
import type { DatabaseHandle } from '../../src/postgres/database.ts';
import { createEventStore } from '../../src/postgres/event.repository.ts';
import { silentLog } from '../support/silent-log.ts';
import { byKeys } from './rollup-brute-force.ts';

export const NOON = Date.UTC(2026, 2, 10, 12);
export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

let ids = 0;
const nextId = (): string => `00000000-0000-7000-8000-${(++ids).toString(16).padStart(12, '0')}`;

export function contextIn(timezone: string, more: Partial<StoreContext> = {}): StoreContext {
  return {
    workspace: 'local',
    timezone,
    clock: () => NOON,
    newId: nextId,
    failureStatuses: [403],
    log: silentLog,
    ...more,
  };
}

const SOURCE_OF: Partial<Record<EventType, Source>> = { ticket: 'intercom', request: 'api_log', error: 'sentry' };

/** A stored event with what the test says, and a key of its own. */
export function anEvent(type: EventType, more: Partial<StorableEvent> = {}): StorableEvent {
  return {
    event_key: nextId(),
    keyed_by: 'id',
    source_id: null,
    ts: NOON,
    source: SOURCE_OF[type] ?? 'posthog',
    type,
    account: null,
    user: null,
    key_id: null,
    surface: '/checkout',
    severity: null,
    value: null,
    amount_minor: null,
    error_signature: null,
    ticket_topic: null,
    release: null,
    env: null,
    status: null,
    endpoint: null,
    order_id: null,
    normaliser_version: 1,
    meta: {},
    ...more,
  };
}

/** Events of every kind crowded into few surfaces, accounts and releases, so that ties and repeats are common. */
export function randomEvents(seed: number, count: number, moments: fc.Arbitrary<number>): StorableEvent[] {
  const oneOf = <T>(...values: T[]) => fc.constantFrom(...values);
  const kinds = oneOf<EventType>(
    'pageview',
    'pageview',
    'action',
    'dropoff',
    'ticket',
    'ticket',
    'reply',
    'error',
    'error',
    'request',
    'request',
    'revenue',
    'session',
  );
  const arbitrary = fc
    .record({
      ts: moments,
      type: kinds,
      surface: oneOf('/checkout', '/checkout', '/reports/:id', '/ünïcode, "quoted" {x}', null),
      account: oneOf('acme', 'globex', 'initech', null),
      user: oneOf('u1', 'u2', 'u3', 'u4', null),
      release: oneOf('web@1.0', 'web@1.1', 'Web@1.1', null),
      env: oneOf('production', 'staging', null),
      label: oneOf(...'abcdefghijklmnop'),
      status: oneOf(200, 403, 404, 500, 503, null),
      amount: fc.integer({ min: -500, max: 90_000 }),
      latency: fc.double({ min: 0, max: 5_000, noNaN: true }),
      ordered: fc.boolean(),
      meta: oneOf(
        {},
        { message: 'it broke' },
        { text: 'please help', url: 'https://tool.example/1' },
        { message: 'no', url: 'https://tool.example/2' },
      ),
    })
    .map(({ type, label, status, amount, latency, ordered, meta, ...event }) =>
      anEvent(type, {
        ...event,
        meta,
        error_signature: type === 'error' || (type === 'request' && ordered) ? `sig ${label}` : null,
        ticket_topic: type === 'ticket' && label < 'o' ? `topic ${label}` : null,
        status: type === 'request' ? status : null,
        value: type === 'request' && label !== 'a' ? latency : null,
        amount_minor: type === 'revenue' ? amount : null,
        order_id: type === 'revenue' && ordered ? `order ${label}` : null,
      }),
    );
  return fc.sample(arbitrary, { seed, numRuns: count });
}

export async function store(handle: DatabaseHandle, context: StoreContext, events: readonly StorableEvent[]) {
  const session = await createEventStore(handle, context).beginImport();
  await session.write(events);
  await session.end();
}

/** All rows of the hourly rollup, in one order. */
export async function readHourRows({ kysely }: DatabaseHandle) {
  return (await kysely.selectFrom('hourly_surface_metrics').selectAll().execute()).sort(byKeys);
}

/** All rows of the three daily rollups, in one order. */
export async function readRollups({ kysely }: DatabaseHandle) {
  return {
    surfaces: (await kysely.selectFrom('daily_surface_metrics').selectAll().execute()).sort(byKeys),
    signatures: (await kysely.selectFrom('daily_signature_metrics').selectAll().execute()).sort(byKeys),
    releases: (await kysely.selectFrom('daily_release_metrics').selectAll().execute()).sort(byKeys),
  };
}
