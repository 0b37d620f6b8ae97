import { describe, expect, it } from 'vitest';
import { readSeriesRow } from '../../../../src/core/detect/series/row.ts';

const AT = Date.UTC(2026, 2, 29, 12);

describe('a row of a series', () => {
  it.each<[string, string, number]>([
    ['2026-03-29T12:00:00Z', 'UTC', AT],
    ['2026-03-29 12:00:00', 'UTC', AT],
    ['2026-03-29T14:00+02:00', 'UTC', AT],
    ['2026-03-29 14:00', 'Europe/Berlin', AT],
    ['2026-03-29', 'Europe/Berlin', Date.UTC(2026, 2, 28, 23)],
    ['1774785600', 'UTC', AT],
    ['1774785600.5', 'UTC', AT + 500],
    ['1774785600000', 'UTC', AT],
    ['1774785600000000', 'UTC', AT],
    ['1774785600000000000', 'UTC', AT],
  ])('has its time read: %s in %s', (timestamp, zone, at) => {
    expect(readSeriesRow({ timestamp, value: '7.5' }, zone)).toEqual({ timestamp, point: { at, value: 7.5 } });
  });

  it.each<[Record<string, unknown>, { value: number; total?: number }]>([
    [{ Timestamp: '2026-03-29', Value: ' -1e3 ' }, { value: -1000 }],
    [
      { ts: 1774785600, count: 3, total: 9 },
      { value: 3, total: 9 },
    ],
    [
      { date: '2026-03-29', count: '0', total: '0' },
      { value: 0, total: 0 },
    ],
    [{ time: '2026-03-29', count: '4' }, { value: 4 }],
    [{ timestamp: '2026-03-29', value: '1e15' }, { value: 1e15 }],
  ])('has its columns found, in any case: %j', (row, point) => {
    expect(readSeriesRow(row, 'UTC')).toMatchObject({ point });
  });

  it.each<[unknown, RegExp]>([
    [
      { timestamp: 'yesterday', value: '1' },
      /^"yesterday" is no time: write 2026-01-31T14:00:00Z or seconds since 1970$/,
    ],
    [{ timestamp: '2026-02-30', value: '1' }, /is no time/],
    [{ timestamp: '9999-01-01', value: '1' }, /is no time/],
    [{ value: '1' }, /^"" is no time/],
    [{ timestamp: '2026-03-29', value: 'NaN' }, /^"NaN" is no number$/],
    [{ timestamp: '2026-03-29', value: '' }, /^"" is no number$/],
    [{ timestamp: '2026-03-29', value: null }, /^"" is no number$/],
    [{ timestamp: '2026-03-29', value: 'Infinity' }, /is no number/],
    [{ timestamp: '2026-03-29', value: '1e400' }, /is no number/],
    [{ timestamp: '2026-03-29', value: '1,020' }, /is no number/],
    [{ timestamp: '2026-03-29', count: '-1', total: '9' }, /^a count is negative$/],
    [{ timestamp: '2026-03-29', count: '10', total: '9' }, /^the count 10 is greater than the total 9$/],
    [{ timestamp: '2026-03-29', count: '10', total: 'many' }, /^"many" is no number$/],
    [{ timestamp: '2026-03-29', price: '10' }, /^it has neither a value, nor a count and a total$/],
    ['text', /^it is no row of columns$/],
    [null, /^it is no row of columns$/],
  ])('that cannot be used says why: %j', (row, reason) => {
    expect(readSeriesRow(row, 'UTC')).toEqual({ reason: expect.stringMatching(reason) });
  });
});
