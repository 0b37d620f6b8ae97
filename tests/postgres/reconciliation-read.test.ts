import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { EventSelector } from '../../src/core/event-selector.ts';
import { JOIN_KEYS, type JoinKey, type Reconciliation } from '../../src/core/reconciliation.ts';
import type { EventType, StorableEvent } from '../../src/core/records.ts';
import { dateInZone } from '../../src/core/window.ts';
import { createRollupStore } from '../../src/postgres/rollup.repository.ts';
import { describeOnEveryDatabase, type OpenDatabase } from '../support/database.ts';
import { anEvent, contextIn, DAY, HOUR, NOON, store } from './rollup-fixture.ts';

const MINUTE = 60_000;
const ZONE = 'Europe/Berlin';
const RANGE = { start: '2026-03-08', end: '2026-03-11' };

const PAID: Reconciliation = {
  id: 'paid_without_order',
  label: 'paid without order',
  left: { type: 'request', endpoint: 'POST /payments', status: ['2xx'] },
  right: { type: 'revenue', event: 'order_placed' },
  by: 'order_id',
  within: 15,
  tolerance: 0.01,
};
/** Something else happens later, so that the time of all events before has passed. */
const LATER = anEvent('session', { ts: NOON + 2 * DAY });

const paid = (order_id: string | null, ts = NOON, more: Partial<StorableEvent> = {}): StorableEvent =>
  anEvent('request', { endpoint: 'POST /payments', status: 200, order_id, ts, ...more });
const ordered = (order_id: string | null, ts = NOON + MINUTE, more: Partial<StorableEvent> = {}): StorableEvent =>
  anEvent('revenue', { order_id, ts, amount_minor: 100, surface: null, meta: { event: 'order_placed' }, ...more });

async function read(open: OpenDatabase, events: StorableEvent[], changes: Partial<Reconciliation> = {}, range = RANGE) {
  const handle = await open();
  const context = contextIn(ZONE);
  await store(handle, context, events);
  const [only] = await createRollupStore(handle, context).readReconciled(range, [{ ...PAID, ...changes }]);
  return only;
}
const brief = (result: Awaited<ReturnType<typeof read>>) =>
  result?.days.map(({ date, surface, left, unmatched }) => `${date} ${surface} ${unmatched}/${left}`).sort();

describeOnEveryDatabase('reading reconciliations', (open) => {
  it('counts the payments of a day and those that no order came for, and the orders', async () => {
    const result = await read(open, [
      LATER,
      ...[paid('a'), ordered('a'), paid('b'), paid('c'), ordered('c', NOON + HOUR)],
      // Neither is a payment that went through.
      ...[paid('d', NOON, { status: 402 }), paid('e', NOON, { endpoint: 'POST /refunds' })],
      ...[paid('f', NOON - DAY), ordered('f', NOON - DAY)],
    ]);
    expect(brief(result)).toEqual(['2026-03-09 /checkout 0/1', '2026-03-10 /checkout 2/3']);
    expect(result?.right.toSorted((a, b) => (a.date < b.date ? -1 : 1))).toEqual([
      { date: '2026-03-09', count: 1 },
      { date: '2026-03-10', count: 2 },
    ]);
  });

  it.each<[string, StorableEvent[], string[]]>([
    ['an order on the last second', [paid('a'), ordered('a', NOON + 15 * MINUTE)], ['2026-03-10 /checkout 0/1']],
    ['an order a second late', [paid('a'), ordered('a', NOON + 15 * MINUTE + 1000)], ['2026-03-10 /checkout 1/1']],
    [
      'an order a little earlier, by another clock',
      [paid('a'), ordered('a', NOON - 5000)],
      ['2026-03-10 /checkout 0/1'],
    ],
    ['an order from another day', [paid('a'), ordered('a', NOON - DAY)], ['2026-03-10 /checkout 1/1']],
    ["another payment's order", [paid('a'), ordered('b')], ['2026-03-10 /checkout 1/1']],
    ['a payment that names no order', [paid(null), ordered(null)], []],
    ['a payment that names no page', [paid('a', NOON, { surface: null })], []],
    // 23:55 in Berlin: the order belongs to the day after the last one that is read.
    [
      'an order after midnight',
      [paid('a', NOON + 10.9 * HOUR), ordered('a', NOON + 11.1 * HOUR)],
      ['2026-03-10 /checkout 0/1'],
    ],
    ['an order after midnight that never came', [paid('a', NOON + 10.9 * HOUR)], ['2026-03-10 /checkout 1/1']],
    [
      'pages apart',
      [paid('a'), paid('b', NOON, { surface: '/shop' }), ordered('b')],
      ['2026-03-10 /checkout 1/1', '2026-03-10 /shop 0/1'],
    ],
  ])('takes %s for what it is', async (_, events, expected) => {
    expect(brief(await read(open, [LATER, ...events]))).toEqual(expected);
  });

  it('leaves out what has time left by the latest event there is', async () => {
    const late = paid('late', NOON + 10.9 * HOUR);
    expect(brief(await read(open, [paid('a'), late]))).toEqual(['2026-03-10 /checkout 1/1']);
  });

  it('counts it once anything came later, whatever source sent it', async () => {
    const ticket = anEvent('ticket', { ts: NOON + 11.2 * HOUR });
    expect(brief(await read(open, [paid('a'), paid('late', NOON + 10.9 * HOUR), ticket]))).toEqual([
      '2026-03-10 /checkout 2/2',
    ]);
  });

  it('tells on the page that is named, also what names none', async () => {
    const events = [LATER, paid('a', NOON, { surface: null }), paid('b', NOON, { surface: '/shop' })];
    expect(brief(await read(open, events, { surface: '/pay' }))).toEqual(['2026-03-10 /pay 2/2']);
  });

  it('joins an account by what came after only', async () => {
    const by = { by: 'account' as const };
    const mine = { account: 'acme' };
    const first = [paid(null, NOON, mine), ordered(null, NOON + MINUTE, mine)];
    const second = paid(null, NOON + 5 * MINUTE, mine);
    expect(brief(await read(open, [LATER, ...first, second], by))).toEqual(['2026-03-10 /checkout 1/2']);
  });

  it('keeps workspaces apart, and reads nothing where nothing is declared', async () => {
    const handle = await open();
    await store(handle, contextIn(ZONE), [LATER, paid('a')]);
    await store(handle, contextIn(ZONE, { workspace: 'other' }), [ordered('a'), LATER]);
    const rollups = createRollupStore(handle, contextIn(ZONE));
    expect((await rollups.readReconciled(RANGE, [PAID])).map(brief)).toEqual([['2026-03-10 /checkout 1/1']]);
    expect(await rollups.readReconciled(RANGE, [])).toEqual([]);
  });

  it('counts as a person would who looks at each event alone', async () => {
    const handle = await open();
    const context = contextIn(ZONE);
    const events = randomEvents(11, 600);
    await store(handle, context, events);
    const declared = randomReconciliations(12, 12);
    const read = await createRollupStore(handle, context).readReconciled(RANGE, declared);
    const latest = Math.max(...events.map(({ ts }) => ts));
    expect(read.map(brief)).toEqual(declared.map((each) => countOneByOne(each, events, latest)));
    expect(read.flatMap(({ days }) => days).reduce((sum, { unmatched }) => sum + unmatched, 0)).toBeGreaterThan(20);
  });
});

describeOnEveryDatabase('selecting events', (open) => {
  it('takes what holds in everything that is named, and text for text', async () => {
    const selectors: [EventSelector, boolean][] = [
      [{ type: 'request' }, true],
      [{ type: 'action' }, false],
      [{ type: 'request', source: 'api_log' }, true],
      [{ type: 'request', source: 'app' }, false],
      [{ type: 'request', surface: '/checkout' }, true],
      [{ type: 'request', surface: '/check' }, false],
      [{ type: 'request', surface: '/check*' }, true],
      [{ type: 'request', surface: '*_out' }, false],
      [{ type: 'request', endpoint: 'POST /pay' }, true],
      [{ type: 'request', endpoint: 'GET /pay' }, false],
      [{ type: 'request', status: ['403'] }, true],
      [{ type: 'request', status: ['4xx'] }, true],
      [{ type: 'request', status: ['2xx', '404'] }, false],
      [{ type: 'request', status: ['2xx', '403'] }, true],
      [{ type: 'request', event: 'charge' }, true],
      [{ type: 'request', event: "charge' OR true --" }, false],
      [{ type: 'request', meta: { plan: 'pro', release: 'web@1' } }, true],
      [{ type: 'request', meta: { plan: 'pro', release: 'web@2' } }, false],
    ];
    const handle = await open();
    const context = contextIn(ZONE);
    const charge = { endpoint: 'POST /pay', status: 403, release: 'web@1', order_id: 'k' };
    await store(handle, context, [LATER, anEvent('request', { ...charge, meta: { event: 'charge', plan: 'pro' } })]);
    const declared = selectors.map(([left]) => ({ ...PAID, left }));
    const read = await createRollupStore(handle, context).readReconciled(RANGE, declared);
    expect(read.map(({ days }, index) => [selectors[index]?.[0], days.length === 1])).toEqual(selectors);
  });
});

const EVENT_NAMES = ['order_placed', 'order_seen', undefined];

function randomEvents(seed: number, count: number): StorableEvent[] {
  const name = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', null);
  const arbitrary = fc
    .record({
      type: fc.constantFrom<EventType>('request', 'revenue', 'action'),
      ts: fc.integer({ min: NOON - 3 * DAY, max: NOON + 1.5 * DAY }).map((ts) => ts - (ts % MINUTE)),
      order_id: name,
      account: name,
      request_id: name,
      conversation_id: name,
      surface: fc.constantFrom('/checkout', '/shop', null),
      event: fc.constantFrom(...EVENT_NAMES),
    })
    .map(({ type, request_id, conversation_id, event, ...columns }) => {
      const meta = { request_id, conversation_id, event: event ?? null };
      const kept = Object.entries(meta).filter(([, value]) => value !== null);
      return anEvent(type, { ...columns, meta: Object.fromEntries(kept) });
    });
  return fc.sample(arbitrary, { seed, numRuns: count });
}

function randomReconciliations(seed: number, count: number): Reconciliation[] {
  const selector: fc.Arbitrary<EventSelector> = fc
    .record({
      type: fc.constantFrom<EventType>('request', 'revenue', 'action'),
      event: fc.constantFrom(...EVENT_NAMES),
      surface: fc.constantFrom('/checkout', '/*', undefined),
    })
    .map(({ type, event, surface }) => ({ type, ...(event ? { event } : {}), ...(surface ? { surface } : {}) }));
  const arbitrary = fc
    .record({
      left: selector,
      right: selector,
      by: fc.constantFrom(...JOIN_KEYS),
      within: fc.constantFrom(1, 60, 600, 1440),
      surface: fc.constantFrom('/told', undefined),
    })
    .map(({ surface, ...each }) => ({ ...PAID, ...each, ...(surface ? { surface } : {}) }));
  return fc.sample(arbitrary, { seed, numRuns: count });
}

function countOneByOne(each: Reconciliation, events: readonly StorableEvent[], latest: number): string[] {
  const selects = ({ type, event, surface }: EventSelector, one: StorableEvent): boolean =>
    one.type === type &&
    (event === undefined || one.meta.event === event) &&
    (surface === undefined || (surface === '/*' ? one.surface !== null : one.surface === surface));
  const keyOf = (one: StorableEvent, by: JoinKey) =>
    by === 'order_id' || by === 'account' ? one[by] : (one.meta[by] ?? null);
  const within = each.within * MINUTE;
  const counts = new Map<string, { left: number; unmatched: number }>();
  for (const one of events) {
    const [date, page, key] = [dateInZone(one.ts, ZONE), each.surface ?? one.surface, keyOf(one, each.by)];
    if (!selects(each.left, one) || page === null || key === null || one.ts + within > latest) continue;
    if (date < RANGE.start || date >= RANGE.end) continue;
    const earliest = one.ts - (each.by === 'account' ? 0 : within);
    const matched = events.some(
      (other) =>
        selects(each.right, other) &&
        keyOf(other, each.by) === key &&
        other.ts >= earliest &&
        other.ts <= one.ts + within,
    );
    const known = counts.get(`${date} ${page}`) ?? { left: 0, unmatched: 0 };
    counts.set(`${date} ${page}`, { left: known.left + 1, unmatched: known.unmatched + (matched ? 0 : 1) });
  }
  return [...counts].map(([place, { left, unmatched }]) => `${place} ${unmatched}/${left}`).sort();
}
