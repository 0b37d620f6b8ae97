import { expect, it } from 'vitest';
import type { DrillReport } from '../../src/core/backtest/drill.ts';
import { simulateProduct } from '../../src/core/simulate/product.ts';
import { runDrill } from '../../src/pipeline/drill.ts';
import type { Stores } from '../../src/pipeline/ports.ts';
import { storesOf } from '../slack/world.ts';
import { describeOnOneDatabase } from '../support/database.ts';
import { silentLog } from '../support/silent-log.ts';

const END = '2026-01-29';
const ASOF = Date.UTC(2026, 0, 30, 8);

describeOnOneDatabase('a fire drill', (open) => {
  const withDays = async (days: number, surfaces = 20): Promise<Stores> => {
    const stores = storesOf(await open());
    const { normal: _, surfaceDays } = simulateProduct({ seed: 4, surfaces, days, end: END, calmDays: days });
    await stores.rollups.upsertAggregates(
      surfaceDays.map((row) => ({ ...row, top_error_signatures: [], top_ticket_topics: [] })),
    );
    return stores;
  };
  const attempt = (stores: Stores) => runDrill({ stores, asOf: ASOF, timezone: 'Europe/Berlin', log: silentLog });
  const drill = async (stores: Stores): Promise<DrillReport> => {
    const outcome = await attempt(stores);
    if ('refused' in outcome) throw new Error(outcome.refused);
    return outcome;
  };

  it('finds most of what it planted, stores its report card, and leaves the real days as they were', async () => {
    const stores = await withDays(60);
    const range = { start: '2025-11-01', end: '2026-02-01' };
    const before = await stores.rollups.readSurfaceDays(range);
    const report = await drill(stores);
    expect(report).toMatchObject({ first: '2026-01-09', last: END, surfaces: 20 });
    expect(report.planted).toBeGreaterThan(5);
    expect(report.material_found).toBeGreaterThan(report.material / 2);
    expect(report.found).toBeGreaterThanOrEqual(report.material_found);
    expect(report.material - report.material_found).toBe(report.missed.length);
    expect(report.told_a_day).toBeLessThan(0.5);
    expect(await stores.rollups.readSurfaceDays(range)).toEqual(before);
    expect(await stores.drills.latest()).toEqual({ ...report, ran_at: expect.any(Number) });
    expect(await drill(stores)).toEqual(report);
  });

  it('says what it needs where there is too little', async () => {
    expect(await attempt(storesOf(await open()))).toMatchObject({ refused: expect.stringContaining('7 weeks') });
    expect(await attempt(await withDays(40, 1))).toMatchObject({ fix: expect.stringContaining('40 days so far') });
    expect(await attempt(await withDays(60, 1))).toMatchObject({ refused: expect.stringContaining('No surface') });
  });
});
