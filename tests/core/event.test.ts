import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventSchema, parseEvent } from '../../src/core/event.ts';
import { EVENT_TYPES, SOURCES } from '../../src/core/records.ts';
import { codePoint } from '../support/code-point.ts';

const now = Date.UTC(2026, 0, 30);
const limits = { now, currency: 'USD' };
const good = { ts: '2026-01-29T14:05:00Z', source: 'app', type: 'pageview' };
const reasonFor = (change: object): string | undefined => parseEvent({ ...good, ...change }, limits).reason;

describe('an event', () => {
  it('is read with every field of the contract', () => {
    const sent = {
      ...good,
      account: 'acme',
      user: 'u1',
      surface: '/x',
      severity: 2,
      value: 1.5,
      id: 'e1',
      meta: { plan: 'pro' },
      extra: 1,
    };
    expect(parseEvent(sent, limits).event).toEqual({
      ts: Date.UTC(2026, 0, 29, 14, 5),
      source: 'app',
      type: 'pageview',
      account: 'acme',
      user: 'u1',
      surface: '/x',
      severity: 2,
      value: 1.5,
      id: 'e1',
      meta: { plan: 'pro' },
    });
  });

  it.each([
    ['2026-01-29T14:05:00Z', Date.UTC(2026, 0, 29, 14, 5)],
    ['2026-01-29T14:05:00.123456+02:00', Date.UTC(2026, 0, 29, 12, 5, 0, 123)],
    ['2026-01-29 14:05-0530', Date.UTC(2026, 0, 29, 19, 35)],
    [1_769_695_500_000, 1_769_695_500_000],
    [1_769_695_500_000.9, 1_769_695_500_000],
  ])('takes %s as its time', (ts, epoch) => {
    expect(parseEvent({ ...good, ts }, limits).event?.ts).toBe(epoch);
  });

  it.each([
    [{ ts: undefined }, /^ts is missing: add it/],
    [{ ts: '' }, /^ts is empty/],
    [{ ts: '2026-01-29T14:05:00' }, /^ts has no offset: end it with Z/],
    [{ ts: '2026-01-29' }, /^ts has no offset/],
    [{ ts: '2026-02-30T00:00:00Z' }, /^ts must be ISO-8601|does not exist/],
    [{ ts: 'yesterday' }, /^ts must be ISO-8601 with an offset/],
    [{ ts: true }, /^ts must be ISO-8601/],
    [{ ts: 1_769_695_500 }, /^ts is before 2000 \(1970-01-21\): send epoch milliseconds/],
    [{ ts: '1999-12-31T23:59:59Z' }, /^ts is before 2000/],
    [{ ts: '2031-01-01T00:00:00Z' }, /^ts is in the future \(2031-01-01\): more than 1 day ahead/],
    [{ ts: 1e300 }, /^ts is in the future \(far out of range\)/],
    [{ type: 'foo' }, /^type "foo" is not one of pageview, action/],
    [{ type: undefined }, /^type is missing: add one of pageview/],
    [{ source: 'fax' }, /^source "fax" is not one of posthog/],
    [{ source: 's3cr3t-'.repeat(20) }, /^source \(text of 140 characters\) is not one of/],
    [{ account: 5 }, /^account must be text/],
    [{ severity: 9 }, /^severity must be a whole number from 0 to 4/],
    [{ severity: 1.5 }, /^severity must be a whole number/],
    [{ value: 'ten' }, /^value must be a finite number/],
    [{ value: Number.POSITIVE_INFINITY }, /^value must be a finite number/],
    [{ type: 'revenue' }, /^value is missing: a revenue event needs/],
    [{ type: 'request', value: -1 }, /^value is negative/],
    [{ id: 'x'.repeat(301) }, /^id is longer than 300 characters/],
    [{ meta: [1] }, /^meta must be an object/],
    [{ meta: 'x' }, /^meta must be an object/],
    [{ meta: { currency: 'EUR' } }, /^meta.currency is "EUR", this workspace counts USD: convert/],
    [{ meta: { status: 'teapot' } }, /^meta.status "teapot" is not an HTTP status/],
  ])('with %j is refused with a reason that names the field', (change, reason) => {
    expect(reasonFor(change)).toMatch(reason);
  });

  it.each([null, undefined, 5, 'text', [], [good]])('is not %j', (value) => {
    expect(parseEvent(value, limits).reason).toMatch(/not an event|missing/);
  });

  it.each([
    [' Jane.Doe+x@Example.com ', 'jane.doe+x@example.com'],
    ['jane', undefined],
    ['id:jane@example.com', undefined],
    ['jane@example.com, joe@example.com', undefined],
    [7, undefined],
    [{ toString: 1 }, undefined],
    [`${'j'.repeat(65)}@example.com`, undefined],
  ])('with the e-mail %j is of %s, and never refused for it', (email, expected) => {
    expect(parseEvent({ ...good, email }, limits).event?.email).toBe(expected);
  });

  it('cannot reach a prototype and holds nothing PostgreSQL refuses', () => {
    const sent: unknown = JSON.parse(
      '{"ts":"2026-01-29T14:05:00Z","source":"app","type":"action","account":"a\\u0000b\\ud800","__proto__":{"type":"error"},"meta":{"__proto__":{"polluted":1},"a\\u0000":"\\ud800x\\u0000"}}',
    );
    const { event } = parseEvent(sent, limits);
    expect(event?.account).toBe('ab\uFFFD');
    expect(JSON.stringify(event?.meta)).toBe('{"a":"\uFFFDx"}');
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });

  it('is read the same by the fast path and the schema', () => {
    const text = fc.option(fc.oneof(fc.string({ unit: codePoint }), fc.constantFrom('', '  ', '/x')), {
      nil: undefined,
    });
    const odd = <T>(usual: fc.Arbitrary<T>) =>
      fc.oneof({ arbitrary: usual, weight: 12 }, { arbitrary: fc.anything(), weight: 1 });
    const event = fc.record(
      {
        ts: odd(
          fc.oneof(
            fc.integer({ min: Date.UTC(2001, 0), max: now }),
            fc
              .date({ min: new Date('2001-01-01'), max: new Date(now), noInvalidDate: true })
              .map((date) => date.toISOString()),
          ),
        ),
        source: odd(fc.constantFrom(...SOURCES)),
        type: odd(fc.constantFrom(...EVENT_TYPES.filter((type) => type !== 'revenue'))),
        account: odd(text),
        user: odd(text),
        email: odd(fc.oneof(text, fc.emailAddress())),
        surface: odd(text),
        severity: odd(fc.option(fc.integer({ min: 0, max: 4 }))),
        value: odd(fc.option(fc.double({ min: 0, max: 1e9, noNaN: true }))),
        id: odd(text),
        meta: odd(
          fc.option(
            fc.dictionary(
              fc.string({ unit: codePoint }).filter((key) => key !== 'status' && key !== 'currency'),
              fc.jsonValue(),
            ),
          ),
        ),
      },
      { requiredKeys: ['ts', 'source', 'type'] },
    );
    fc.assert(
      fc.property(event, (sent) => {
        const read = parseEvent(sent, limits);
        const schema = eventSchema.safeParse(sent);
        if (schema.success) expect(read.event ?? schema.data).toEqual(schema.data);
        else expect(read.reason).toBe(schema.error.issues[0]?.message);
      }),
      { numRuns: 400 },
    );
  });
});
