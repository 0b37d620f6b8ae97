import { describe, expect, it } from 'vitest';
import {
  hourlyMaintenance,
  layOutMaintenance,
  type MaintenanceWindow,
  toMaintenanceWindow,
} from '../../src/core/maintenance.ts';

const ZONE = 'Europe/Berlin';
const RANGE = { start: '2026-03-27', end: '2026-03-31' };
const at = (text: string): number => Date.parse(text);
const window = (from: string, until: string, surface_pattern: string | null = null, reason = 'move') =>
  ({ starts_at: at(from), ends_at: at(until), surface_pattern, reason }) satisfies MaintenanceWindow;
const days = (windows: MaintenanceWindow[], surface = '/checkout'): string =>
  (layOutMaintenance(windows, RANGE, ZONE)(surface)?.covered ?? new Uint8Array(4)).join('');

describe("a page's day under maintenance", () => {
  it.each<[string, MaintenanceWindow[], string]>([
    [
      'is one of which more than an hour is covered',
      [window('2026-03-28T10:00+01:00', '2026-03-28T11:01+01:00')],
      '0100',
    ],
    ['is none of which an hour is covered', [window('2026-03-28T10:00+01:00', '2026-03-28T11:00+01:00')], '0000'],
    ['counts by the clock of the workspace', [window('2026-03-27T23:30Z', '2026-03-28T01:00Z')], '0100'],
    [
      'adds up what lies apart, and once what overlaps',
      [
        window('2026-03-27T08:00+01:00', '2026-03-27T08:40+01:00'),
        window('2026-03-27T18:00+01:00', '2026-03-27T18:40+01:00'),
        window('2026-03-28T08:00+01:00', '2026-03-28T08:50+01:00'),
        window('2026-03-28T08:10+01:00', '2026-03-28T08:55+01:00'),
      ],
      '1000',
    ],
    ['may be one of many, on both sides of the range', [window('2025-01-01T00:00Z', '2027-01-01T00:00Z')], '1111'],
    ['ends with the day of 23 hours', [window('2026-03-29T00:00+01:00', '2026-03-30T00:00+02:00')], '0010'],
    ['is none of another page', [window('2026-03-28T00:00Z', '2026-03-29T00:00Z', '/search*')], '0000'],
  ])('%s', (_, windows, covered) => expect(days(windows)).toBe(covered));

  it('says why', () => {
    const windows = [
      window('2026-03-28T10:00Z', '2026-03-28T14:00Z', '/check*', 'second'),
      window('2026-03-28T08:00Z', '2026-03-28T11:00Z', null, 'first'),
    ];
    expect(layOutMaintenance(windows, RANGE, ZONE)('/Checkout')?.reasons[1]).toBe('first');
  });
});

describe('an hour under maintenance', () => {
  const { covers, coversAll } = hourlyMaintenance([
    window('2026-03-28T10:50Z', '2026-03-28T11:10Z', '/checkout'),
    window('2026-03-28T20:00Z', '2026-03-28T21:00Z'),
  ]);
  const hour = (start: string) => ({ start: at(start), end: at(start) + 3_600_000 });

  it('is one of which any part is covered, for the pages it is about', () => {
    expect([9, 10, 11, 12].map((h) => covers('/checkout', hour(`2026-03-28T${h < 10 ? '0' : ''}${h}:00Z`)))).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect(covers('/search', hour('2026-03-28T11:00Z'))).toBe(false);
  });

  it('may be that of the whole product', () => {
    expect([coversAll(hour('2026-03-28T11:00Z')), coversAll(hour('2026-03-28T20:00Z'))]).toEqual([false, true]);
    expect(covers('/search', hour('2026-03-28T20:00Z'))).toBe(true);
  });
});

it("is declared by the workspace's clock, or with an offset", () => {
  const of = (from: string, until: string) => {
    const { starts_at, ends_at } = toMaintenanceWindow({ id: 'move', from, until, reason: 'move' }, ZONE);
    return [new Date(starts_at).toISOString(), new Date(ends_at).toISOString()];
  };
  expect(of('2026-02-07T22:00', '2026-02-08T02:00')).toEqual(['2026-02-07T21:00:00.000Z', '2026-02-08T01:00:00.000Z']);
  expect(of('2026-02-07T22:00-05:00', '2026-02-08T04:00Z')).toEqual([
    '2026-02-08T03:00:00.000Z',
    '2026-02-08T04:00:00.000Z',
  ]);
});
