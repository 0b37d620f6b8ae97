/** A fire drill: incidents planted in a copy of real days, to see how many are found here, with this data. */
import { countOf } from '../facts/render.ts';
import type { DateRange, SignatureDay, SurfaceDay } from '../records.ts';
import { drawPlan } from '../simulate/plan.ts';
import { plantIncidents } from '../simulate/plant.ts';
import { createRng } from '../simulate/rng.ts';
import { listDays } from '../window.ts';
import type { Truth } from './truth.ts';

export interface DrillReport {
  /** Days the incidents were planted in, both ends included. */
  first: string;
  last: string;
  surfaces: number;
  planted: number;
  found: number;
  /** Of the planted, those a normal day's spread leaves no doubt of, and how many of them were found. */
  material: number;
  material_found: number;
  /** Mean days from the start of a found one to its first flag, 0 the same day; null where none was found. */
  days_to_detect: number | null;
  /** What is told a day without anything planted: false alarms and real incidents together. */
  told_a_day: number;
  /** What was missed of the material ones: kind and surface. */
  missed: { kind: string; surface: string; start: string }[];
}

const MOST_PLANTED = 20;
/** Most last days of three weeks, so on any one day most surfaces are as they were: what the others are compared with. */
const A_SURFACE = 0.8;
/** Views or requests a day a surface needs to be worth planting into. */
const MIN_TRAFFIC = 50;

export interface DrillRows {
  surfaceDays: SurfaceDay[];
  signatureDays: SignatureDay[];
}

/**
 * Plants incidents of every kind the rollups can show into copies of rows.
 * @param avoid surfaces flagged as they are: what is found there would prove nothing.
 */
export function plantDrill(
  rows: DrillRows,
  planting: DateRange,
  { seed, avoid }: { seed: number; avoid: ReadonlySet<string> },
): { rows: DrillRows; truth: Truth } {
  const rng = createRng(seed, 'drill');
  const able = surfacesIn(rows.surfaceDays, planting).filter(({ surface }) => !avoid.has(surface));
  const days = listDays(planting).length;
  const count = Math.min(MOST_PLANTED, Math.floor(able.length * A_SURFACE));
  const plan = drawPlan(rng, able, { start: planting.start, days, releases: [] }, count)
    // Which errors, not how many, and ten pages at once: both need more of the history than is copied.
    .filter(({ kind }) => kind.changes !== 'signatures' && kind.surfaces === 1);
  const planted = plantIncidents(rows.surfaceDays, plan, { seed });
  const named = planted.added.flatMap(({ date, surface, errors, signature, release }): SignatureDay[] =>
    signature === null || errors <= 0
      ? []
      : [{ date, surface, signature, errors, example: '', url: null, release_top: release }],
  );
  return {
    rows: { surfaceDays: planted.rows, signatureDays: [...rows.signatureDays, ...named] },
    truth: { incidents: planted.incidents, decoys: [] },
  };
}

/** "found 18 of 20 planted incidents (16 of 16 plain ones), 0.2 days after they began; without them 0.05 are told a day". */
export function describeDrill(report: DrillReport): string {
  const { planted, found, material, material_found, days_to_detect: delay, told_a_day: told } = report;
  const plain = material > 0 ? ` (${material_found} of ${material} plain ones)` : '';
  const after = delay === null ? '' : `, ${delay.toFixed(1)} days after they began`;
  return `found ${found} of ${countOf(planted, 'planted incident')}${plain}${after}; without them ${told.toFixed(2)} are told a day, real ones included`;
}

function surfacesIn(rows: readonly SurfaceDay[], { start, end }: DateRange) {
  const sums = new Map<string, { views: number; requests: number }>();
  for (const { date, surface, pageviews, requests } of rows) {
    if (date < start || date >= end) continue;
    const known = sums.get(surface) ?? { views: 0, requests: 0 };
    sums.set(surface, { views: known.views + pageviews, requests: known.requests + requests });
  }
  const least = MIN_TRAFFIC * listDays({ start, end }).length;
  return [...sums]
    .map(([surface, { views, requests }]) => ({ surface, views: views >= least, requests: requests >= least }))
    .filter(({ views, requests }) => views || requests)
    .sort((a, b) => (a.surface < b.surface ? -1 : 1));
}
