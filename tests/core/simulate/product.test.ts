import { mean, median } from 'simple-statistics';
import { describe, expect, it } from 'vitest';
import type { SurfaceDay } from '../../../src/core/records.ts';
import { simulateHours } from '../../../src/core/simulate/hours.ts';
import { simulateProduct } from '../../../src/core/simulate/product.ts';
import { exposureOf, RATED, usualVariance } from '../../../src/core/simulate/usual.ts';
import { addDays, daysBetween } from '../../../src/core/window.ts';

const END = '2026-06-30';
const shape = { seed: 21, surfaces: 60, days: 70, end: END };
const calm = simulateProduct({ ...shape, incidentsAMonth: 0, decoys: false });
const eventful = simulateProduct({ ...shape, incidentsAMonth: 1 });
const start = addDays(END, 1 - shape.days);

describe('a made-up product', () => {
  it('is the same for the same seed and another for any other', () => {
    const small = { ...shape, surfaces: 8 };
    expect(simulateProduct(small)).toEqual(simulateProduct(small));
    expect(simulateProduct({ ...small, seed: 22 }).surfaceDays).not.toEqual(simulateProduct(small).surfaceDays);
  });

  it('has few busy surfaces and many quiet ones, three orders of magnitude apart', () => {
    const levels = calm.normal.map(({ usual }) => mean(usual.map(({ traffic }) => traffic)));
    expect(Math.max(...levels) / Math.min(...levels)).toBeGreaterThan(1000);
    expect(mean(levels)).toBeGreaterThan(2 * median(levels));
  });

  it.each(RATED)('%s lie around their true rate, as far from it as the truth says', (measure) => {
    const squares: number[] = [];
    let counted = 0;
    let expected = 0;
    for (const { usual, rows } of calm.normal) {
      rows.forEach((row, slot) => {
        const normal = usual[slot];
        const exposure = exposureOf(row, measure);
        const rate = normal?.rate[measure] ?? 0;
        if (!normal || rate * exposure < 3) return;
        counted += row[measure];
        expected += rate * exposure;
        squares.push((row[measure] - rate * exposure) ** 2 / usualVariance(normal, measure, rate * exposure, exposure));
      });
    }
    expect(counted / expected).toBeGreaterThan(0.9);
    expect(counted / expected).toBeLessThan(1.1);
    expect(mean(squares)).toBeGreaterThan(0.8);
    expect(mean(squares)).toBeLessThan(1.25);
  });

  it('never counts more than there was to count', () => {
    for (const row of eventful.surfaceDays) {
      const gap = eventful.truth.decoys.find(
        ({ kind, metric, start: from, end }) =>
          kind === 'tracking-gap' && metric === 'pageviews' && row.date >= from && row.date < end,
      );
      if (!gap) expect(Math.max(row.actions, row.dropoffs)).toBeLessThanOrEqual(row.pageviews);
      expect(row.request_failures).toBeLessThanOrEqual(row.requests);
      expect(Object.values(row).every((value) => typeof value !== 'number' || value >= 0)).toBe(true);
    }
  });

  it('splits errors by signature and by release without losing or adding one', () => {
    const totals = (rows: readonly { date: string; surface: string; errors: number }[]): Map<string, number> => {
      const sums = new Map<string, number>();
      for (const { date, surface, errors } of rows) {
        const key = `${date} ${surface}`;
        if (errors > 0) sums.set(key, (sums.get(key) ?? 0) + errors);
      }
      return sums;
    };
    const product = simulateProduct({ ...shape, incidentsAMonth: 1, decoys: false });
    const bySurface = totals(product.surfaceDays);
    expect(totals(product.signatureDays)).toEqual(bySurface);
    expect(totals(product.releaseDays)).toEqual(bySurface);
  });
});

describe('the truth', () => {
  const { incidents, decoys } = eventful.truth;
  const without = simulateProduct({ ...shape, incidentsAMonth: 0 });

  it('names incidents of many kinds, some material and some hopeless, after four calm weeks', () => {
    expect(new Set(incidents.map(({ kind }) => kind)).size).toBeGreaterThan(7);
    const material = incidents.filter((each) => each.material).length / incidents.length;
    expect(material).toBeGreaterThan(0.2);
    expect(material).toBeLessThan(0.7);
    for (const { start: first, end } of [...incidents, ...decoys]) {
      expect(daysBetween(start, first)).toBeGreaterThanOrEqual(28);
      expect(daysBetween(first, end)).toBeGreaterThan(0);
      expect(end <= addDays(END, 1)).toBe(true);
    }
  });

  it('has every kind of decoy, and no incident on a surface while a decoy of its own lasts', () => {
    expect([...new Set(decoys.map(({ kind }) => kind))].sort()).toEqual([
      'holiday',
      'one-account',
      'tracking-gap',
      'traffic-surge',
    ]);
    for (const decoy of decoys.filter(({ entity_key }) => entity_key !== '*'))
      for (const incident of incidents)
        if (incident.members?.some(({ entity_key }) => entity_key === decoy.entity_key))
          expect(incident.end <= decoy.start || decoy.end <= incident.start).toBe(true);
  });

  it('a material error incident adds errors, and an outage takes views', () => {
    const total = (
      rows: readonly SurfaceDay[],
      surface: string,
      from: string,
      end: string,
      name: 'errors' | 'pageviews',
    ) =>
      rows
        .filter((row) => row.surface === surface && row.date >= from && row.date < end)
        .reduce((sum, row) => sum + row[name], 0);
    const plain = incidents.filter(
      ({ material, kind }) => material && ['error-spike', 'error-step', 'outage'].includes(kind),
    );
    expect(plain.length).toBeGreaterThan(3);
    for (const { entity_key, start: from, end, kind } of plain) {
      const name = kind === 'outage' ? 'pageviews' : 'errors';
      const normal = calm.normal.find(({ surface }) => surface === entity_key);
      if (kind === 'outage' && !normal?.page) continue;
      const now = total(eventful.surfaceDays, entity_key, from, end, name);
      const usual = normal?.usual.slice(daysBetween(start, from), daysBetween(start, end)) ?? [];
      const expected = usual.reduce(
        (sum, { traffic, rate }) => sum + traffic * (name === 'errors' ? rate.errors : 1),
        0,
      );
      if (name === 'errors') expect(now).toBeGreaterThan(expected * 1.2);
      else expect(now).toBeLessThan(expected * 0.6);
    }
    expect(without.truth.incidents).toEqual([]);
  });

  it('a tracking gap leaves nothing of its measure and the rest as it was', () => {
    const gaps = decoys.filter(({ kind }) => kind === 'tracking-gap');
    expect(gaps.length).toBeGreaterThan(0);
    for (const { metric, start: day } of gaps) {
      const rows = eventful.surfaceDays.filter(({ date }) => date === day);
      const sums = { pageviews: 0, actions: 0, dropoffs: 0, errors: 0, tickets: 0, requests: 0 };
      for (const row of rows)
        for (const name of ['pageviews', 'actions', 'dropoffs', 'errors', 'tickets', 'requests'] as const)
          sums[name] += row[name];
      expect(
        Object.entries(sums)
          .filter(([, sum]) => sum === 0)
          .map(([name]) => name),
      ).toEqual([metric]);
    }
  });
});

describe('hours of made-up days', () => {
  const busy = calm.surfaceDays.filter(({ date }) => date === END);
  const hours = simulateHours(busy, 3);

  it('add up to their day, 24 of them, none with more than it had', () => {
    expect(hours).toHaveLength(busy.length * 24);
    busy.forEach((day, index) => {
      const own = hours.slice(index * 24, index * 24 + 24);
      for (const name of [
        'pageviews',
        'actions',
        'dropoffs',
        'errors',
        'tickets',
        'requests',
        'request_failures',
      ] as const)
        expect(own.reduce((sum, hour) => sum + hour[name], 0)).toBe(day[name]);
      for (const hour of own) {
        expect(Math.max(hour.actions, hour.dropoffs)).toBeLessThanOrEqual(hour.pageviews);
        expect(hour.request_failures).toBeLessThanOrEqual(hour.requests);
      }
    });
  });

  it('are busier by day than by night, and the same for the same seed', () => {
    const at = (hour: number): number =>
      hours.filter((row) => row.hour === hour).reduce((sum, { requests }) => sum + requests, 0);
    expect(at(10)).toBeGreaterThan(5 * at(3));
    expect(simulateHours(busy, 3)).toEqual(hours);
  });
});
