/**
 * Rollups of a made-up product with planted incidents, decoys and the truth of both, for judging detectors: counts as
 * over-dispersed as products have them, a week, growth, holidays, releases, moods that linger, and mostly small pages.
 * Deterministic by seed. It knows nothing of how detection works, and detection nothing of it.
 */
import type { Truth } from '../backtest/truth.ts';
import type { ReleaseDay, SignatureDay, SurfaceDay } from '../records.ts';
import { addDays, dayNumber, daysBetween } from '../window.ts';
import { splitByRelease, splitBySignature } from './breakdown.ts';
import { type Calendar, drawCalendar } from './calendar.ts';
import { type Decoys, drawDecoys, NO_DECOYS, silence } from './decoys.ts';
import { drawPlan, Occupied } from './plan.ts';
import { type AddedErrors, plantIncidents } from './plant.ts';
import { createRng } from './rng.ts';
import { drawSurfaceDays, type NormalSurface } from './surface-days.ts';
import { drawSurfaces } from './surfaces.ts';

export interface ProductOptions {
  seed: number;
  surfaces: number;
  days: number;
  /** Last day, YYYY-MM-DD. */
  end: string;
  /** First days without incidents and decoys, from which a detector can learn. */
  calmDays?: number;
  /** Incidents for each surface in 30 days. */
  incidentsAMonth?: number;
  /** Whether surges, holidays, tracking gaps and noisy accounts occur. */
  decoys?: boolean;
  /** Whether errors are split by signature and release as well. */
  breakdown?: boolean;
}

export interface Product {
  surfaceDays: SurfaceDay[];
  signatureDays: SignatureDay[];
  releaseDays: ReleaseDay[];
  truth: Truth;
  /** What a normal day of each surface is, day by day: what no detector can know, for an oracle. */
  normal: readonly NormalSurface[];
}

/** A product of so many surfaces; by default with an incident for four surfaces in ten each month, after four weeks. */
export function simulateProduct(options: ProductOptions): Product {
  const {
    seed,
    days,
    end,
    calmDays = 28,
    incidentsAMonth = 0.4,
    decoys: withDecoys = true,
    breakdown = true,
  } = options;
  const start = addDays(end, 1 - days);
  const calm = Math.min(calmDays, days);
  const calendar = drawCalendar(createRng(seed, 'calendar'), {
    days,
    firstDay: dayNumber(start),
    calm,
    decoys: withDecoys,
  });
  const shapes = drawSurfaces(createRng(seed, 'surfaces'), options.surfaces);
  const occupied = new Occupied();
  const window = {
    start: addDays(start, calm),
    days: days - calm,
    releases: calendar.releases.map(({ release, slot }) => ({ release, date: addDays(start, slot) })),
  };
  const plan = drawPlan(
    createRng(seed, 'plan'),
    shapes.map(({ surface, page }) => ({ surface, views: page, requests: true })),
    window,
    Math.round((shapes.length * (days - calm) * incidentsAMonth) / 30),
    occupied,
  );
  const decoys = withDecoys
    ? drawDecoys(createRng(seed, 'decoys'), shapes, calendar, { calm, start, occupied })
    : NO_DECOYS;
  const normal = shapes.map((shape) =>
    drawSurfaceDays(createRng(seed, shape.surface), shape, calendar, start, decoys.surges.get(shape.surface)),
  );
  const bySurface = new Map(normal.map((each) => [each.surface, each]));
  const { rows, incidents, added } = plantIncidents(
    normal.flatMap((each) => each.rows),
    plan,
    { seed, usualOn: (surface, date) => bySurface.get(surface)?.usual[daysBetween(start, date)] },
  );
  const told = finishDays(rows, { seed, start, calendar, decoys, added, breakdown });
  return { ...told, truth: { incidents, decoys: decoys.entries }, normal };
}

interface Finishing {
  seed: number;
  start: string;
  calendar: Calendar;
  decoys: Decoys;
  added: readonly AddedErrors[];
  breakdown: boolean;
}

/** Adds what one account did, splits errors, and leaves out what did not arrive. */
function finishDays(
  rows: readonly SurfaceDay[],
  { seed, start, calendar, decoys, added, breakdown }: Finishing,
): Pick<Product, 'surfaceDays' | 'signatureDays' | 'releaseDays'> {
  const surfaceDays: SurfaceDay[] = [];
  const signatureDays: SignatureDay[] = [];
  const releaseDays: ReleaseDay[] = [];
  const addedOn = new Map<string, AddedErrors[]>();
  for (const each of added) {
    const key = `${each.date} ${each.surface}`;
    addedOn.set(key, [...(addedOn.get(key) ?? []), each]);
  }
  const rng = createRng(seed, 'breakdown');
  for (const planted of rows) {
    const slot = daysBetween(start, planted.date);
    const noise = decoys.noisy.get(planted.surface)?.get(slot) ?? 0;
    const silent = decoys.silent.get(slot);
    const row = { ...planted, errors: planted.errors + noise };
    if (breakdown) {
      const own = addedOn.get(`${row.date} ${row.surface}`) ?? [];
      const releases = splitByRelease(rng, row, slot, calendar.releases, own);
      const [top] = [...releases].sort((a, b) => b.errors - a.errors);
      row.release_top = top?.release ?? null;
      row.release_share = top && row.errors > 0 ? top.errors / row.errors : null;
      releaseDays.push(...releases);
      if (silent !== 'errors') signatureDays.push(...splitBySignature(rng, row, own));
    }
    surfaceDays.push(silent ? silence(row, silent) : row);
  }
  return { surfaceDays, signatureDays, releaseDays };
}
