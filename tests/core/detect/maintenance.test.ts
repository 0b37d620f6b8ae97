import { describe, expect, it } from 'vitest';
import { createDetector } from '../../../src/core/detect/detect.ts';
import { createHistory } from '../../../src/core/detect/history.ts';
import { layOutMaintenance, type MaintenanceWindow } from '../../../src/core/maintenance.ts';
import type { SurfaceDay } from '../../../src/core/records.ts';
import { addDays, startOfDay } from '../../../src/core/window.ts';
import { END, steadySurface } from './simulated.ts';

const range = { start: addDays(END, -95), end: addDays(END, 1) };
/** All of the days from so many to so many back. */
const away = (from: number, to = from, surface_pattern: string | null = '/checkout'): MaintenanceWindow => ({
  starts_at: startOfDay(addDays(END, -from), 'UTC'),
  ends_at: startOfDay(addDays(END, 1 - to), 'UTC'),
  surface_pattern,
  reason: 'database move',
});
const detectorWith = (surfaceDays: readonly SurfaceDay[], ...windows: MaintenanceWindow[]) =>
  createDetector(
    createHistory({ surfaceDays, range, maintenance: layOutMaintenance(windows, range, 'UTC') }),
    'default',
  );
const on = (surface: string, changes: Record<number, Partial<SurfaceDay>> = {}) =>
  steadySurface(60, { surface }, (row, back) => void Object.assign(row, changes[back] ?? {}));
const failing = { errors: 400, dropoffs: 700, pageviews: 1000, latency_p95: 4000, request_failures: 900 };
const peers = ['/a', '/b', '/c', '/d', '/e', '/f'].flatMap((surface) => on(surface));
const down = { pageviews: 4, actions: 0, dropoffs: 0, errors: 0, tickets: 0, requests: 3, request_failures: 0 };

describe('a page under maintenance', () => {
  it.each<[string, Partial<SurfaceDay>]>([
    ['fails', failing],
    ['has no traffic', down],
  ])('is said to be, and not judged, when it %s', (_, today) => {
    const rows = [...on('/checkout', { 0: today }), ...peers];
    expect(detectorWith(rows).judgeDay(END).findings.length).toBeGreaterThan(0);
    const verdict = detectorWith(rows, away(0)).judgeDay(END);
    expect(verdict.findings).toMatchObject([
      { rule: 'under-maintenance', entity_key: '/checkout', evidence: { reason: 'database move' } },
    ]);
    expect(verdict.underMaintenance).toEqual(['/checkout']);
    expect([verdict.surfaces, verdict.gaps, verdict.tooSmall]).toEqual([6, [], []]);
  });

  it('and without a row that day is said to be, too', () => {
    const rows = [...on('/checkout').filter(({ date }) => date !== END), ...peers];
    expect(detectorWith(rows, away(0)).judgeDay(END).underMaintenance).toEqual(['/checkout']);
  });

  it('leaves the others judged as ever', () => {
    const rows = [
      ...on('/checkout', { 0: down }),
      ...peers.filter(({ surface }) => surface !== '/f'),
      ...on('/f', { 0: failing }),
    ];
    const found = detectorWith(rows, away(0)).judgeDay(END).findings;
    expect(found.filter(({ rule }) => rule === 'spike').map(({ entity_key }) => entity_key)).toContain('/f');
    expect(found.some(({ entity_key }) => entity_key === '/checkout')).toBe(true);
  });

  it('lets no measure of the product pass for silent that only it brought', () => {
    const checkout = steadySurface(60, { errors: 60 }, (row, back) => void (back === 0 && Object.assign(row, down)));
    const rows = [...checkout, ...peers.map((row) => ({ ...row, errors: 0 }))];
    expect(detectorWith(rows).judgeDay(END).gaps).toHaveLength(1);
    expect(detectorWith(rows, away(0)).judgeDay(END).gaps).toEqual([]);
  });

  it('has a past that says nothing of normal', () => {
    // Eleven of 28 days are too many for the engine to leave out by itself.
    const eleven = Object.fromEntries(Array.from({ length: 11 }, (_, index) => [index + 5, failing]));
    const rows = [...on('/checkout', { ...eleven, 0: { errors: 40 } }), ...peers];
    const rate = (...windows: MaintenanceWindow[]) =>
      detectorWith(rows, ...windows)
        .judgeDay(END)
        .measurements.get('surface /checkout')
        ?.find(({ metric }) => metric === 'error_rate');
    expect(rate()?.expected).toBeGreaterThan(0.05);
    expect(rate(away(15, 5))?.expected).toBeCloseTo(0.01, 3);
    expect(rate(away(15, 5))?.at(95 - 7)).toEqual({ value: null, expected: null, interval: null });
  });

  it('has lost no traffic afterwards, and gained none', () => {
    const gone = Object.fromEntries(Array.from({ length: 11 }, (_, index) => [index + 5, down]));
    const rows = [...on('/checkout', { ...gone, 0: { pageviews: 400 } }), ...peers];
    const traffic = detectorWith(rows, away(15, 5))
      .judgeDay(END)
      .measurements.get('surface /checkout')
      ?.find(({ metric }) => metric === 'pageviews');
    expect(traffic?.expected).toBeCloseTo(1000, -1);
    expect(traffic?.substantial).toBe(true);
  });

  it('neither ends an episode nor counts among its normal days', () => {
    const rows = [
      ...on('/checkout', { 4: { errors: 90 }, 3: down, 2: down, 1: { errors: 90 }, 0: { errors: 90 } }),
      ...peers,
    ];
    expect(detectorWith(rows, away(3, 2)).judgeDay(END).episodeOf('surface', '/checkout', 'error_rate')).toEqual({
      since: addDays(END, -4),
      days: 5,
    });
    const over = [...on('/checkout', { 4: { errors: 90 }, 3: down, 2: down }), ...peers];
    const detector = detectorWith(over, away(3, 2));
    expect([3, 2, 1, 0].map((back) => detector.judgeDay(addDays(END, -back)).backToNormal)).toEqual([
      [],
      [],
      [],
      ['/checkout'],
    ]);
  });

  it('that is all of the product leaves nothing to judge', () => {
    const verdict = detectorWith([...on('/checkout', { 0: down }), ...peers], away(0, 0, null)).judgeDay(END);
    expect(verdict.findings.map(({ rule }) => rule)).toEqual(Array(7).fill('under-maintenance'));
    expect([verdict.surfaces, verdict.gaps]).toEqual([0, []]);
  });
});
