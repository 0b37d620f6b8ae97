/** Runs a fire drill on a shadow copy of recent rollups; the tables themselves are only read. */
import { type DrillReport, plantDrill } from '../core/backtest/drill.ts';
import { countTold, episodesOf } from '../core/backtest/episodes.ts';
import { scoreTallies } from '../core/backtest/score.ts';
import { tallyRun } from '../core/backtest/tally.ts';
import { createDetector } from '../core/detect/detect.ts';
import { createHistory, type HistoryRows } from '../core/detect/history.ts';
import { HISTORY_DAYS } from '../core/detect/profile.ts';
import type { DateRange } from '../core/records.ts';
import { hashText } from '../core/simulate/rng.ts';
import { addDays, daysBetween, judgedDate } from '../core/window.ts';
import type { Log, Stores } from './ports.ts';
import { readMaintainedDays } from './read-history.ts';
import { type Replay, replayDays } from './replay.ts';

/** Days that incidents are planted in. */
const DAYS = 21;
/** Days before them that a baseline needs. */
const BASELINE = 28;

export interface DrillInput {
  stores: Pick<Stores, 'rollups' | 'drills' | 'settings' | 'maintenance'>;
  /** Epoch milliseconds. */
  asOf: number;
  timezone: string;
  log: Log;
}

/** Why there is nothing to drill on, and what it takes: a young workspace is no failure. */
export interface NoDrill {
  refused: string;
  fix: string;
}

/**
 * Judges the last three weeks as they were and again with planted incidents, and stores how that went. The same days
 * give the same drill. Refused with less than seven weeks of data, or without a surface of enough traffic.
 */
export async function runDrill({ stores, asOf, timezone, log }: DrillInput): Promise<DrillReport | NoDrill> {
  const span = await stores.rollups.dateSpan();
  const complete = judgedDate(asOf, timezone);
  const last = span !== null && span.last < complete ? span.last : complete;
  if (span === null || daysBetween(span.first, last) + 1 < DAYS + BASELINE)
    return {
      refused: `A drill needs ${(DAYS + BASELINE) / 7} weeks of data.`,
      fix:
        span === null
          ? 'Import events, then run: seepass run'
          : `There are ${Math.max(0, daysBetween(span.first, last) + 1)} days so far, from ${span.first} to ${last}.`,
    };
  const planting = { start: addDays(last, 1 - DAYS), end: addDays(last, 1) };
  const reading = { start: addDays(planting.start, -HISTORY_DAYS), end: planting.end };
  const surfaceDays = await stores.rollups.readSurfaceDays(reading);
  const signatureDays = await stores.rollups.readSignatureDays(reading);
  const releaseDays = await stores.rollups.readReleaseDays(reading);
  const maintenance = await readMaintainedDays(stores, reading, timezone);
  const shadow = { releaseDays, maintenance, range: reading };
  const asIs = await replay({ ...shadow, surfaceDays, signatureDays }, planting);
  const avoid = new Set([
    ...asIs.alerts.flatMap(({ entity_key, surface }) => [entity_key, surface ?? entity_key]),
    // Nothing is found where nothing is judged, and that would prove nothing.
    ...surfaceDays.flatMap(({ surface }) => (maintenance(surface) ? [surface] : [])),
  ]);
  const { rows, truth } = plantDrill({ surfaceDays, signatureDays }, planting, { seed: hashText(last), avoid });
  if (truth.incidents.length === 0)
    return {
      refused: 'No surface is busy and calm enough to plant an incident on.',
      fix: 'A drill needs a few surfaces with at least 50 views or requests a day that were not flagged lately.',
    };
  const planted = await replay({ ...shadow, ...rows }, planting);
  const tally = tallyRun({ ...planted, truth, judged: planting, surfaces: asIs.surfaces });
  const { daysToDetect } = scoreTallies([tally]);
  const found = tally.incidents.filter(({ delay }) => delay !== null);
  const material = tally.incidents.filter(({ entry }) => entry.material);
  const report: DrillReport = {
    first: planting.start,
    last,
    surfaces: asIs.surfaces,
    planted: tally.incidents.length,
    found: found.length,
    material: material.length,
    material_found: material.filter(({ delay }) => delay !== null).length,
    days_to_detect: daysToDetect.value,
    told_a_day: countTold(episodesOf(asIs.alerts)) / DAYS,
    missed: material
      .filter(({ delay }) => delay === null)
      .map(({ entry: { kind, entity_key, start } }) => ({ kind, surface: entity_key, start })),
  };
  await stores.drills.put(report);
  log.info({ ...report, missed: report.missed.length }, 'fire drill done');
  return report;
}

function replay(rows: HistoryRows, judged: DateRange): Promise<Replay> {
  const history = createHistory(rows);
  return replayDays(createDetector(history, 'default'), history, judged);
}
