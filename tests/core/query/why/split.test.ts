import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitChange } from '../../../../src/core/query/contributors.ts';
import { type Measured, WHY_MEASURES } from '../../../../src/core/query/why/measured.ts';
import {
  type ChangeRow,
  explainChange,
  listParts,
  segmentsOf,
  splitByTraffic,
  type WhyDimension,
} from '../../../../src/core/query/why/split.ts';

const NOTHING = Object.fromEntries(WHY_MEASURES.map((measure) => [measure, 0])) as Record<
  (typeof WHY_MEASURES)[number],
  number
>;

const row = (
  dimension: WhyDimension,
  value: string | null,
  is_now: boolean,
  counts: Partial<ChangeRow>,
): ChangeRow => ({
  ...NOTHING,
  dimension,
  value,
  is_now,
  ...counts,
});

const ERROR_RATE: Measured = { count: 'errors', exposure: 'pageviews', kind: 'count' };
const ERRORS: Measured = { count: 'errors', exposure: null, kind: 'count' };
const DAYS = { now: 7, before: 7 };

const anyRows = fc.array(
  fc
    .record({
      value: fc.option(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'), { nil: null }),
      is_now: fc.boolean(),
      errors: fc.nat(500),
      pageviews: fc.nat(20_000),
    })
    .map(({ value, is_now, ...counts }) => row('plan', value, is_now, counts)),
  { minLength: 1, maxLength: 30 },
);

describe('what a change is made of', () => {
  it('adds up to the change exactly, what is listed and the rest, for ratios and for counts', () => {
    fc.assert(
      fc.property(anyRows, fc.constantFrom(ERROR_RATE, ERRORS), fc.nat(6), (rows, measured, most) => {
        // A ratio over nothing has no change.
        const views = [true, false].map((is_now) => row('plan', null, is_now, { pageviews: 1 }));
        const segments = segmentsOf([...rows, ...views], 'plan', measured, DAYS);
        const { before, now } = splitChange(segments);
        const { parts, rest } = listParts(segments, most);
        const listed = parts.reduce((sum, { change }) => sum + change, 0);
        expect(parts.length).toBeLessThanOrEqual(most);
        expect(listed + rest.change).toBeCloseTo(now - before, 8);
      }),
    );
  });

  it('splits a count by days: the parts are its change a day', () => {
    const rows = [row('release', 'old', false, { errors: 70 }), row('release', 'new', true, { errors: 210 })];
    const segments = segmentsOf(rows, 'release', ERRORS, DAYS);
    expect(splitChange(segments)).toMatchObject({ before: 10, now: 30 });
    expect(listParts(segments, 5).parts.map(({ segment, change }) => [segment.value, Math.round(change)])).toEqual([
      ['new', 30],
      ['old', -10],
    ]);
  });

  it('splits a count by traffic and by rate without a remainder', () => {
    const volume = fc.record({ count: fc.nat(10_000), volume: fc.integer({ min: 1, max: 100_000 }) });
    fc.assert(
      fc.property(volume, volume, (before, now) => {
        const parts = splitByTraffic(before, now);
        expect((parts?.traffic ?? 0) + (parts?.rate ?? 0)).toBeCloseTo(now.count - before.count, 6);
      }),
    );
    expect(splitByTraffic({ count: 10, volume: 1000 }, { count: 20, volume: 2000 })).toEqual({ traffic: 10, rate: 0 });
    expect(splitByTraffic({ count: 10, volume: 0 }, { count: 20, volume: 2000 })).toBeUndefined();
  });

  it('blames no dimension that errors and views name differently', () => {
    const views = (is_now: boolean) => row('platform', 'web', is_now, { pageviews: 1000 });
    const rows = [
      views(true),
      views(false),
      row('platform', 'javascript', false, { errors: 5 }),
      row('platform', 'javascript', true, { errors: 90 }),
    ];
    expect(explainChange(rows, ERROR_RATE, DAYS)).toBeUndefined();
  });

  it('does not take a release that replaced another for what is behind a count', () => {
    const rows = [
      row('release', 'web@1', false, { errors: 50, pageviews: 5000 }),
      row('release', 'web@2', true, { errors: 100, pageviews: 5000 }),
      row('account', 'acme', false, { errors: 25, pageviews: 2500 }),
      row('account', 'acme', true, { errors: 50, pageviews: 2500 }),
      row('account', 'globex', false, { errors: 25, pageviews: 2500 }),
      row('account', 'globex', true, { errors: 50, pageviews: 2500 }),
    ];
    expect(explainChange(rows, ERRORS, DAYS)).toMatchObject({ explained: [], outside: true });
  });
});
