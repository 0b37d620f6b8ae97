import { faker } from '@faker-js/faker';
import { describe, expect, it } from 'vitest';
import { createRng } from '../../src/core/simulate/rng.ts';
import { normaliseRoute } from '../../src/core/text/route.ts';
import { createAddress } from '../../src/demo/addresses.ts';
import { generateProduct } from '../../src/demo/generate.ts';
import type { ProductOptions } from '../../src/demo/options.ts';
import { listSurfaces } from '../../src/demo/surfaces.ts';
import { keepDayBook } from './day-book.ts';

const SMALL: ProductOptions = {
  days: 12,
  surfaces: 15,
  events: 6000,
  endDate: '2026-01-30',
  timezone: 'Europe/Berlin',
};

const bytes = (options: ProductOptions): string =>
  Array.from(generateProduct(options).events, (event) => JSON.stringify(event)).join('\n');

describe('a made-up product', () => {
  it('is the same, byte for byte, whenever it is asked for with the same options', () => {
    const first = bytes(SMALL);
    faker.seed(99);
    expect(bytes(SMALL)).toBe(first);
    expect(bytes({ ...SMALL, seed: 8 })).not.toBe(first);
  });

  it('gives the same events again when it is read again, also halfway through another reading', () => {
    const product = generateProduct(SMALL);
    const reading = product.events[Symbol.iterator]();
    for (let i = 0; i < 100; i++) reading.next();
    const again = [...product.events];
    const rest: unknown[] = [];
    for (let next = reading.next(); !next.done; next = reading.next()) rest.push(next.value);
    expect(rest).toEqual(again.slice(100));
  });

  it('leaves the global faker as it found it', () => {
    faker.seed(1);
    const expected = faker.number.int();
    faker.seed(1);
    bytes(SMALL);
    expect(faker.number.int()).toBe(expected);
  });

  it.each<[string, ProductOptions, number]>([
    ['a month', { ...SMALL, days: 30, surfaces: 40, events: 20_000 }, 0.06],
    ['a short and tiny one', { ...SMALL, days: 3, surfaces: 2, events: 800, accounts: 20 }, 0.25],
    ['one day', { ...SMALL, days: 1, surfaces: 40, events: 4000 }, 0.15],
    ['one of 600 surfaces', { ...SMALL, days: 20, surfaces: 600, events: 15_000 }, 0.08],
    ['a single surface', { ...SMALL, surfaces: 1, events: 3000 }, 0.2],
  ])('has about as many events as asked, in time order: %s', (_, options, tolerance) => {
    const book = keepDayBook(generateProduct(options).events, 'Europe/Berlin');
    expect(book.outOfOrder).toBe(0);
    expect(Math.abs(book.total / (options.events ?? 0) - 1)).toBeLessThan(tolerance);
    for (const surface of book.surfaces) expect(normaliseRoute(surface)).toBe(surface);
  });

  it.each([
    ['Europe/Berlin', '2026-03-31', '2026-03-28T23:00:00.000Z'],
    ['Asia/Kolkata', '2026-03-31', '2026-03-28T18:30:00.000Z'],
    ['America/New_York', '2026-11-03', '2026-11-01T04:00:00.000Z'],
    ['Australia/Lord_Howe', '2026-04-07', '2026-04-04T13:00:00.000Z'],
  ])('keeps to the local days of %s, also where the clock changes', (timezone, endDate, midnight) => {
    const { events, truth } = generateProduct({ days: 2, surfaces: 10, events: 3000, endDate, timezone });
    const times = Array.from(events, ({ ts }) => (typeof ts === 'number' ? ts : Date.parse(ts)));
    expect(truth.end).toBe(endDate);
    expect(Math.min(...times)).toBeGreaterThanOrEqual(Date.parse(midnight));
    const book = keepDayBook(events, timezone);
    expect(book.outOfOrder).toBe(0);
    const { start } = truth;
    const lastDay = start.slice(0, 8) + String(Number(start.slice(8)) + 1).padStart(2, '0');
    const counted = ['pageview', 'request', 'action'].map(
      (type) => book.count('*', start, type) + book.count('*', lastDay, type) - (book.kinds.get(type) ?? 0),
    );
    expect(counted).toEqual([0, 0, 0]);
  });

  it.each<[string, Partial<ProductOptions>, RegExp]>([
    ['no days', { days: 0 }, /days is 0.*1 to 3650/],
    ['half an event', { events: 0.5 }, /events is 0.5/],
    ['a day that does not exist', { endDate: '2026-02-30' }, /2026-02-30.*YYYY-MM-DD/],
    ['a zone that does not exist', { timezone: 'Mars/Base' }, /Mars\/Base.*IANA/],
  ])('refuses %s with words', (_, fault, words) => {
    expect(() => generateProduct({ ...SMALL, ...fault })).toThrow(
      expect.objectContaining({ code: 'bad_arguments', line: expect.stringMatching(words) }),
    );
  });
});

describe('its addresses', () => {
  it('come in the shapes tools send and normalise to one template each, for thousands of surfaces', () => {
    const surfaces = listSurfaces(3000);
    expect(new Set(surfaces.map((surface) => surface.route)).size).toBe(3000);
    const rng = createRng(1, 'addresses');
    const sent = surfaces.flatMap((surface) => {
      const address = createAddress(surface);
      return [1, 2, 3].map(() => ({ route: surface.route, raw: address(rng) }));
    });
    expect(sent.filter(({ route, raw }) => normaliseRoute(raw) !== route)).toEqual([]);
    expect(sent.filter(({ route, raw }) => raw !== route).length).toBeGreaterThan(3000);
  });
});
