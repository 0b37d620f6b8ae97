import { describe, expect, it } from 'vitest';
import type { SurfaceDay } from '../../../src/core/records.ts';
import { INCIDENT_KINDS } from '../../../src/core/simulate/incident-kinds.ts';
import { drawPlan, type PlannedIncident } from '../../../src/core/simulate/plan.ts';
import { plantIncidents } from '../../../src/core/simulate/plant.ts';
import { createRng } from '../../../src/core/simulate/rng.ts';
import { addDays, daysBetween } from '../../../src/core/window.ts';
import { END, steadySurface } from '../detect/simulated.ts';

const rows = [...steadySurface(60), ...steadySurface(60, { surface: '/quiet', pageviews: 20, errors: 0, requests: 0 })];

const planned = (kind: string, size: number, days: number, surface = '/checkout'): PlannedIncident => {
  const known = INCIDENT_KINDS.find(({ id }) => id === kind);
  if (!known) throw new Error(`no kind ${kind}`);
  const [start, end] = [addDays(END, 1 - days), addDays(END, 1)];
  return { id: 'drill', kind: known, surfaces: [surface], start, end, size, signature: null, release: null };
};
const lastDay = (days: readonly SurfaceDay[], surface = '/checkout'): SurfaceDay | undefined =>
  days.find((row) => row.surface === surface && row.date === END);

describe('an incident planted into days that are not made up', () => {
  it.each<[string, number, (row: SurfaceDay) => number, low: number, high: number]>([
    ['error-spike', 5, ({ errors }) => errors, 30, 75],
    ['dropoff-rise', 3, ({ dropoffs }) => dropoffs, 450, 550],
    ['conversion-drop', 3, ({ actions }) => actions, 70, 130],
    ['ticket-burst', 10, ({ tickets }) => tickets, 15, 50],
    ['outage', 20, ({ pageviews }) => pageviews, 25, 80],
    ['failure-storm', 10, ({ request_failures: failures }) => failures, 50, 110],
    ['latency-rise', 2, ({ latency_p95: p95 }) => p95 ?? 0, 800, 800],
  ])('%s of size %d changes what it should, about as much as it should', (kind, size, pick, low, high) => {
    const { rows: after, incidents } = plantIncidents(rows, [planned(kind, size, 1)], { seed: 1 });
    const row = lastDay(after);
    expect(row && pick(row)).toBeGreaterThanOrEqual(low);
    expect(row && pick(row)).toBeLessThanOrEqual(high);
    expect(incidents).toMatchObject([{ kind, entity_key: '/checkout', start: END, material: true }]);
  });

  it('leaves the given rows, other surfaces and other days as they were', () => {
    const before = structuredClone(rows);
    const { rows: after } = plantIncidents(rows, [planned('error-spike', 5, 3)], { seed: 1 });
    expect(rows).toEqual(before);
    const changed = after.filter((row, index) => row !== rows[index]);
    expect(changed.map(({ date, surface }) => [surface, date])).toEqual([
      ['/checkout', addDays(END, -2)],
      ['/checkout', addDays(END, -1)],
      ['/checkout', END],
    ]);
  });

  it('a leak grows', () => {
    const { rows: after } = plantIncidents(rows, [planned('error-leak', 30, 6)], { seed: 1 });
    const errors = after
      .filter(({ surface, date }) => surface === '/checkout' && date > addDays(END, -6))
      .map((row) => row.errors);
    expect(errors[5]).toBeGreaterThan(3 * (errors[0] ?? 0));
  });

  it('is immaterial where there is nothing to see it by', () => {
    const { incidents } = plantIncidents(rows, [planned('error-spike', 12, 2, '/quiet')], { seed: 1 });
    expect(incidents).toMatchObject([{ entity_key: '/quiet', material: false }]);
  });
});

describe('a plan', () => {
  const surfaces = Array.from({ length: 30 }, (_, index) => ({
    surface: `/p${index}`,
    views: index % 3 > 0,
    requests: true,
  }));
  const window = { start: '2026-04-01', days: 60, releases: [{ release: 'web@2', date: '2026-04-20' }] };
  const plan = drawPlan(createRng(5, 'plan'), surfaces, window, 60);

  it('stays within its days and needs, and keeps incidents of a surface apart', () => {
    expect(plan.length).toBeGreaterThan(40);
    const views = new Set(surfaces.filter((each) => each.views).map(({ surface }) => surface));
    plan.forEach(({ kind, surfaces: hit, start, end, size }, index) => {
      expect(daysBetween(window.start, start)).toBeGreaterThanOrEqual(0);
      expect(daysBetween(window.start, end)).toBeLessThanOrEqual(window.days);
      expect(size).toBeGreaterThanOrEqual(kind.size[0]);
      expect(size).toBeLessThanOrEqual(kind.size[1]);
      expect(hit).toHaveLength(kind.surfaces);
      if (kind.needs === 'views') expect(hit.every((surface) => views.has(surface))).toBe(true);
      for (const other of plan.slice(index + 1))
        if (other.surfaces.some((surface) => hit.includes(surface)))
          expect(daysBetween(end, other.start) >= 6 || daysBetween(other.end, start) >= 6).toBe(true);
    });
  });

  it('begins what came with a release on the day of it', () => {
    for (const { kind, start, release } of plan.filter((each) => each.kind.released))
      expect([kind.id, start, release]).toEqual(['release-regression', '2026-04-20', 'web@2']);
  });
});
