/** Ingest gaps: a measure that falls silent everywhere while others go on is broken tracking, not a quiet day. */
import { median } from 'simple-statistics';
import type { History, Measure } from './history.ts';
import { WATCHED, type Watched } from './watched.ts';

/** Below this expected total silence may be chance: a Poisson of 30 is under 2 once in 10^11 days. */
const MIN_EXPECTED = 30;
const SILENT_BELOW = 0.05;
const SPEAKING_FROM = 0.5;
/** Views halved on a day with requests as usual: part of the day's views is missing, so rates over them are wrong. */
const PARTLY_SILENT_BELOW = 0.5;
const AS_USUAL_FROM = 0.9;
export const LOOK_BACK = 28;
const MIN_DAYS = 7;

export interface Gap {
  measure: Watched;
  observed: number;
  expected: number;
  /** A measure that went on, as evidence. */
  speaking: Watched;
  partial: boolean;
}

/** What gaps are found in: days' totals, and the pages that are left out under maintenance. */
export type GapHistory = Pick<History, 'days' | 'hasData' | 'surfaces' | 'silent'> & {
  totals: Readonly<Record<Watched, Float64Array>>;
};

/** Gaps by slot. A slot's gaps depend on it and the 28 days before only. */
export function findGaps(history: GapHistory): Gap[][] {
  const gaps: Gap[][] = Array.from({ length: history.days }, () => []);
  for (let slot = 0; slot < history.days; slot++) if (history.hasData[slot]) gaps[slot] = gapsOn(history, gaps, slot);
  return gaps;
}

function gapsOn(history: GapHistory, earlier: readonly Gap[][], slot: number): Gap[] {
  const levels = new Map<Watched, { observed: number; expected: number; ratio: number }>();
  // Like with like: what is under maintenance today is left out of the days before, too.
  const away = history.surfaces.filter(({ maintenance }) => maintenance?.covered[slot]);
  const totalOf = (measure: Watched, at: number): number =>
    away.reduce((sum, { measures }) => sum - (measures[measure][at] ?? 0), history.totals[measure][at] ?? 0);
  for (const measure of WATCHED) {
    const expected = expectedTotal(history, earlier, measure, slot, totalOf);
    if (expected < MIN_EXPECTED) continue;
    const observed = totalOf(measure, slot);
    levels.set(measure, { observed, expected, ratio: observed / expected });
  }
  const found: Gap[] = [];
  for (const [measure, { observed, expected, ratio }] of levels) {
    const others = [...levels].filter(([other]) => other !== measure).sort((a, b) => b[1].ratio - a[1].ratio);
    const loudest = others[0];
    if (!loudest) continue;
    const silent = ratio < SILENT_BELOW && loudest[1].ratio >= SPEAKING_FROM;
    const requests = levels.get('requests')?.ratio ?? 0;
    const partial = !silent && measure === 'pageviews' && ratio < PARTLY_SILENT_BELOW && requests >= AS_USUAL_FROM;
    if (silent || partial)
      found.push({ measure, observed, expected, speaking: partial ? 'requests' : loudest[0], partial });
  }
  for (const measure of WATCHED) {
    if (!history.silent?.[slot]?.includes(measure)) continue;
    const expected = expectedTotal(history, earlier, measure, slot, totalOf);
    const speaking = WATCHED.find((other) => other !== measure && totalOf(other, slot) > 0);
    const known = found.some((gap) => gap.measure === measure);
    if (known || expected === 0 || speaking === undefined || totalOf(measure, slot) > 0) continue;
    found.push({ measure, observed: 0, expected, speaking, partial: false });
  }
  return found;
}

/** Median of the same weekday's totals in the four weeks before, gap days left out; of all days where too few. */
function expectedTotal(
  history: GapHistory,
  earlier: readonly Gap[][],
  measure: Watched,
  slot: number,
  totalOf: (measure: Watched, at: number) => number,
): number {
  const sameWeekday: number[] = [];
  const all: number[] = [];
  for (let back = 1; back <= LOOK_BACK && back <= slot; back++) {
    const before = slot - back;
    if (!history.hasData[before] || earlier[before]?.some((gap) => gap.measure === measure)) continue;
    const total = totalOf(measure, before);
    all.push(total);
    if (back % 7 === 0) sameWeekday.push(total);
  }
  if (all.length < MIN_DAYS) return 0;
  return median(sameWeekday.length >= 2 ? sameWeekday : all);
}

/** 1 on the days that have data and no gap in any of the measures. */
export function usableDays(history: History, gaps: readonly Gap[][], measures: readonly Measure[]): Uint8Array {
  return history.hasData.map((has, slot) =>
    has && !gaps[slot]?.some((gap) => (measures as readonly string[]).includes(gap.measure)) ? 1 : 0,
  );
}
