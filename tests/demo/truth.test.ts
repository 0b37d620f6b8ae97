import { quantileSorted } from 'simple-statistics';
import { describe, expect, it } from 'vitest';
import type { TruthEntry } from '../../src/core/backtest/truth.ts';
import { type ParsedEvent, parseEvent } from '../../src/core/event.ts';
import { EVENT_TYPES, SOURCES } from '../../src/core/records.ts';
import { redact } from '../../src/core/text/redact.ts';
import { errorSignature } from '../../src/core/text/signature.ts';
import { addDays, listDays } from '../../src/core/window.ts';
import type { DemoEvent } from '../../src/demo/demo-event.ts';
import { generateProduct } from '../../src/demo/generate.ts';
import { listSurfaces } from '../../src/demo/surfaces.ts';
import { keepDayBook } from './day-book.ts';

const END = '2026-01-30';
const LAST = '2026-01-29';
const TIMEZONE = 'Europe/Berlin';
const limits = { now: Date.parse('2026-01-30T12:00:00Z'), currency: 'USD' };

const { truth, events } = generateProduct({ endDate: END, timezone: TIMEZONE });
const refused: ParsedEvent[] = [];
const tickets: DemoEvent[] = [];
const errors: DemoEvent[] = [];
const texts: string[] = [];
const keys = new Set<string>();
let withId = 0;
const book = keepDayBook(events, TIMEZONE, (event) => {
  const parsed = parseEvent(event, limits);
  if (parsed.reason !== undefined) refused.push(parsed);
  if (event.type === 'ticket') tickets.push(event);
  if (event.type === 'error') errors.push(event);
  for (const key of ['text', 'subject', 'message', 'stack']) {
    const text = event.meta[key];
    if (typeof text === 'string') texts.push(text);
  }
  if (event.id === undefined) return;
  withId += 1;
  keys.add(`${event.source} ${event.id}`);
});

const entry = (id: string): TruthEntry => {
  const found = [...truth.incidents, ...truth.decoys].find((candidate) => candidate.id === id);
  if (found === undefined) throw new Error(`no ${id} in the truth`);
  return found;
};
const daysOf = ({ start, end }: TruthEntry): string[] => listDays({ start, end });
/** Three weeks that end a day before it begins; the tracking gap and other incidents of the same surface are rare in them. */
const before = (found: TruthEntry): string[] =>
  listDays({ start: addDays(found.start, -22), end: addDays(found.start, -1) });
const sum = (surface: string, days: readonly string[], measure: string): number =>
  days.reduce((total, day) => total + book.count(surface, day, measure), 0);
const rate = (surface: string, days: readonly string[], measure: string, per = 'pageview'): number => {
  const seen = days.filter((day) => book.count(surface, day, per) > 0);
  return sum(surface, seen, measure) / sum(surface, seen, per);
};

describe('the events of a product', () => {
  it('are all accepted at the door', () => {
    expect(refused).toEqual([]);
    expect(book.outOfOrder).toBe(0);
    expect(Math.abs(book.total / 220_000 - 1)).toBeLessThan(0.03);
  });

  it('hold every type and every source', () => {
    for (const kind of [...EVENT_TYPES, ...SOURCES]) expect([kind, book.kinds.get(kind) ?? 0]).not.toEqual([kind, 0]);
  });

  it('happen on the 40 surfaces and nowhere else', () => {
    const routes = listSurfaces(40).map((surface) => surface.route);
    expect([...book.surfaces].toSorted()).toEqual(routes.toSorted());
  });

  it('carry ids that are used once, and sometimes none', () => {
    expect(keys.size).toBe(withId);
    expect(book.total - withId).toBeGreaterThan(1000);
  });

  it('fail in at least 25 ways in the background', () => {
    const quiet = errors.filter(({ ts }) => String(ts) < '2025-12-01');
    const signatures = quiet.map(
      ({ meta }) =>
        errorSignature({
          error_code: meta.error_code === undefined ? undefined : String(meta.error_code),
          message: String(meta.message),
          stack: meta.stack === undefined ? undefined : String(meta.stack),
        })?.signature,
    );
    expect(new Set(signatures).size).toBeGreaterThanOrEqual(25);
  });

  it('leave no slot of a text unfilled', () => {
    expect(texts.filter((text) => /\{[a-z]+\}|undefined undefined|\bNaN\b(?!,|L)|\[object/.test(text))).toEqual([]);
  });

  it('hold tickets that differ, give redaction work, and are labelled in part only', () => {
    const bodies = tickets.map(({ meta }) => String(meta.text));
    expect(new Set(bodies).size / bodies.length).toBeGreaterThan(0.85);
    const redacted = bodies.map((body) => redact(body));
    expect(redacted.filter((body) => body.includes('[email]')).length).toBeGreaterThan(10);
    expect(redacted.filter((body) => body.includes('[phone]')).length).toBeGreaterThan(10);
    const labelled = tickets.filter(({ meta }) => meta.ticket_topic !== undefined).length / tickets.length;
    expect(labelled).toBeGreaterThan(0.3);
    expect(labelled).toBeLessThan(0.6);
  });
});

describe('the truth', () => {
  it('names incidents that are over, half a dozen that last to the end, and four decoys', () => {
    const active = truth.incidents.filter((incident) => incident.end === END);
    expect(new Set(active.map(({ entity_key }) => entity_key)).size).toBeGreaterThanOrEqual(6);
    expect(truth.incidents.length - active.length).toBeGreaterThanOrEqual(9);
    expect(truth.decoys.map(({ kind }) => kind)).toEqual(['traffic-surge', 'holiday', 'tracking-gap', 'one-account']);
    for (const decoy of truth.decoys) expect(decoy.material).toBe(false);
    for (const { id, start, end } of truth.incidents) expect([id, start < end && end <= END]).toEqual([id, true]);
  });

  it.each<[string, string, string, number]>([
    ['checkout-provider-timeout', 'error', 'pageview', 4],
    ['checkout-provider-timeout', 'dropoff', 'pageview', 1.3],
    ['checkout-provider-timeout', 'ticket', 'pageview', 3],
    ['invoice-downloads', 'error', 'pageview', 5],
    ['invoice-downloads', 'ticket', 'pageview', 3],
    ['webhook-403-storm', 'failed', 'request', 20],
    ['webhook-403-storm', 'error', 'request', 10],
    ['dashboard-leak', 'error', 'pageview', 1.4],
    ['reports-filter-crash', 'error', 'pageview', 6],
    ['login-loop', 'error', 'pageview', 5],
    ['cart-conflicts', 'error', 'pageview', 4],
    ['cart-conflicts', 'dropoff', 'pageview', 1.4],
    ['orders-outage', 'failed', 'request', 30],
    ['integration-sync', 'ticket', 'pageview', 3],
    ['products-spike', 'error', 'pageview', 3],
  ])('of %s shows in the data: %s per %s at least %d times as before', (id, measure, per, factor) => {
    const found = entry(id);
    const surface = found.entity_key;
    expect(rate(surface, daysOf(found), measure, per) / rate(surface, before(found), measure, per)).toBeGreaterThan(
      factor,
    );
  });

  it('of what fell shows in the data too', () => {
    const outage = entry('orders-outage');
    const usual = sum('/orders', before(outage), 'pageview') / 21;
    expect(sum('/orders', daysOf(outage), 'pageview')).toBeLessThan(usual * 0.4);
    const pricing = entry('pricing-conversion');
    expect(rate('/pricing', daysOf(pricing), 'action')).toBeLessThan(rate('/pricing', before(pricing), 'action') * 0.3);
  });

  it('of the lag: errors first, drop-offs a day later', () => {
    const [first = '', , third = ''] = daysOf(entry('onboarding-lag'));
    const usual = before(entry('onboarding-lag'));
    const times = (day: string, measure: string) =>
      rate('/onboarding', [day], measure) / rate('/onboarding', usual, measure);
    expect(times(first, 'error')).toBeGreaterThan(4);
    expect(times(first, 'dropoff')).toBeLessThan(1.6);
    expect(times(third, 'error')).toBeLessThan(4);
    expect(times(third, 'dropoff')).toBeGreaterThan(1.5);
  });

  it('of the latency rise: p95 from about 0.9 s to about 2.4 s', () => {
    const found = entry('search-latency');
    const p95 = (days: readonly string[]) =>
      quantileSorted(
        days.flatMap((day) => book.latencies('/search', day)).toSorted((a, b) => a - b),
        0.95,
      );
    expect(p95(before(found))).toBeGreaterThan(750);
    expect(p95(before(found))).toBeLessThan(1050);
    expect(p95(daysOf(found))).toBeGreaterThan(1900);
    expect(p95(daysOf(found))).toBeLessThan(3000);
  });

  it('of the release: its errors run under web@1.42.0 and under nothing else', () => {
    const faulty = errors.filter(
      ({ meta, ts }) => meta.error_code === 'PAYMENT_PROVIDER_TIMEOUT' && String(ts) > `${LAST}T06:00`,
    );
    const all = book.count('/checkout', LAST, 'error');
    expect(faulty.length / all).toBeGreaterThan(0.6);
    expect(new Set(faulty.map(({ meta }) => meta.release))).toEqual(new Set(['web@1.42.0']));
  });

  it('of the new signature: never before it begins, then on many surfaces', () => {
    const found = entry('rate-limited-spread');
    const limited = errors.filter(({ meta }) => meta.error_code === found.entity_key);
    expect(limited.every(({ ts }) => Date.parse(String(ts)) >= Date.parse(`${found.start}T00:00+01:00`))).toBe(true);
    expect(new Set(limited.map(({ surface }) => surface?.split(/[/?]/)[1])).size).toBeGreaterThanOrEqual(8);
  });

  it('of what is over: /reports is back to normal on the last day', () => {
    const found = entry('reports-filter-crash');
    expect(found.end).toBe(LAST);
    expect(rate('/reports', [LAST], 'error')).toBeLessThan(rate('/reports', daysOf(found), 'error') / 3);
  });

  it('of the decoys: a surge keeps its rates, a gap has no PostHog event, a holiday is everywhere', () => {
    const surge = entry('campaign-surge');
    const usual = before(surge);
    const views = (days: readonly string[]) => sum('/products', days, 'pageview') / days.length;
    expect(views(daysOf(surge)) / views(usual)).toBeGreaterThan(1.6);
    for (const measure of ['action', 'dropoff']) {
      const change = rate('/products', daysOf(surge), measure) / rate('/products', usual, measure);
      expect(change).toBeGreaterThan(0.6);
      expect(change).toBeLessThan(1.6);
    }
    const gap = entry('posthog-gap').start;
    expect(book.count('*', gap, 'posthog')).toBe(0);
    for (const source of ['api_log', 'sentry', 'app']) expect(book.count('*', gap, source)).toBeGreaterThan(3);
    const holiday = entry('public-holiday').start;
    for (const surface of ['/checkout', '/search', '/dashboard']) {
      const week = book.count(surface, addDays(holiday, -7), 'pageview');
      expect(book.count(surface, holiday, 'pageview')).toBeLessThan(week * 0.6);
    }
  });

  it('calls an incident material by its size: in a product a fiftieth as busy hardly any is', () => {
    const material = (size: number) =>
      generateProduct({ endDate: END, events: size }).truth.incidents.filter((incident) => incident.material).length;
    expect(material(220_000)).toBeGreaterThanOrEqual(13);
    expect(material(4000)).toBeLessThan(5);
  });

  it('of a product of many surfaces has incidents on the generated ones, weak and strong', () => {
    const { incidents } = generateProduct({ endDate: END, surfaces: 1000, events: 10_000_000 }).truth;
    const scattered = incidents.filter(({ id }) => id.startsWith('scattered'));
    expect(scattered).toHaveLength(48);
    expect(scattered.some(({ material }) => material)).toBe(true);
    expect(scattered.some(({ material }) => !material)).toBe(true);
  });
});
