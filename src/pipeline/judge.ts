/** Judges days through the stores: reads the rollups once for the whole range, then detects, ranks and stores. */
import { createDetector, type DayVerdict, type Detector, entityId } from '../core/detect/detect.ts';
import { gapSources } from '../core/detect/gap-sources.ts';
import { createHistory, type History } from '../core/detect/history.ts';
import type { EntityDetail } from '../core/detect/pattern-record.ts';
import { HISTORY_DAYS } from '../core/detect/profile.ts';
import { flaggedEntities, rankDay } from '../core/rank/rank.ts';
import type { DateRange, Finding, Priority, Profile } from '../core/records.ts';
import { addDays, listDays } from '../core/window.ts';
import type { Clock, JudgedDay, Log, RollupStore, Stores } from './ports.ts';

const LINKS = 5;
/** Judging waits for nothing: without this, a long range on the main thread would keep Slack's acks waiting. */
const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

interface JudgeInput {
  stores: Pick<Stores, 'rollups' | 'priorities' | 'freshness'>;
  /** Epoch milliseconds the run is stamped with. */
  asOf: number;
  profile: Profile;
  log: Log;
  /** Minor units of money in a major one (100 where not given). */
  minorUnits?: number;
  /** To time detection and ranking; without it the seconds are 0. */
  clock?: Clock;
}

export interface JudgedDays {
  days: JudgedDay[];
  seconds: { detect: number; rank: number };
}

/** Judges one day and replaces what was stored of it. */
export async function judgeDay(input: JudgeInput & { date: string }): Promise<JudgedDay> {
  const { days } = await judgeDays({ ...input, first: input.date, last: input.date });
  const [day] = days;
  if (!day) throw new RangeError(`"${input.date}" is no range`);
  return day;
}

/** Judges every day from `first` to `last`, both included, oldest first; history is read once. */
export async function judgeDays(input: JudgeInput & { first: string; last: string }): Promise<JudgedDays> {
  const { stores, asOf, profile, log } = input;
  const clock = input.clock ?? (() => 0);
  const range = { start: input.first, end: addDays(input.last, 1) };
  const history = await readHistory(stores.rollups, range);
  const detector = createDetector(history, profile);
  const days: JudgedDay[] = [];
  let detectMs = 0;
  let rankMs = 0;
  for (const date of listDays(range)) {
    const detectFrom = clock();
    const details = await readDetails(stores.rollups, date, detector.flaggedSurfaces(date));
    const verdict = detector.judgeDay(date, details.surfaces);
    const rankFrom = clock();
    const known = await readKnown(stores.rollups, verdict, details.byId);
    const priorities = rankDay(verdict, { history, details: known, minorUnits: input.minorUnits ?? 100 });
    const day = await summarise(stores, verdict, priorities, asOf);
    await stores.priorities.replaceDay(day, verdict.findings, priorities);
    detectMs += rankFrom - detectFrom;
    rankMs += clock() - rankFrom;
    log.info({ date, profile, findings: verdict.findings.length, priorities: priorities.length }, 'day judged');
    days.push(day);
    await breathe();
  }
  return { days, seconds: { detect: detectMs / 1000, rank: rankMs / 1000 } };
}

/** The findings of every day from `first` to `last`, both included; computed from the rollups, nothing is stored. */
export async function findDays(input: {
  stores: Pick<Stores, 'rollups'>;
  first: string;
  last: string;
  profile: Profile;
  log: Log;
}): Promise<Finding[]> {
  const range = { start: input.first, end: addDays(input.last, 1) };
  const detector: Detector = createDetector(await readHistory(input.stores.rollups, range), input.profile);
  const findings: Finding[] = [];
  for (const date of listDays(range)) {
    const details = await readDetails(input.stores.rollups, date, detector.flaggedSurfaces(date));
    findings.push(...detector.judgeDay(date, details.surfaces).findings);
    await breathe();
  }
  input.log.debug({ ...range, profile: input.profile, findings: findings.length }, 'days judged without storing');
  return findings;
}

/** The rollups every verdict on the range may read, and nothing later. */
async function readHistory(rollups: RollupStore, range: DateRange): Promise<History> {
  const reading = { start: addDays(range.start, -HISTORY_DAYS), end: range.end };
  const surfaceDays = await rollups.readSurfaceDays(reading);
  const signatureDays = await rollups.readSignatureDays(reading);
  const releaseDays = await rollups.readReleaseDays(reading);
  return createHistory({ range: reading, surfaceDays, signatureDays, releaseDays });
}

async function readDetails(rollups: RollupStore, date: string, surfaces: readonly string[]) {
  const details = surfaces.length > 0 ? await rollups.readSurfaceDetails(date, surfaces) : [];
  return { surfaces: details, byId: new Map(details.map((detail) => [entityId('surface', detail.surface), detail])) };
}

async function readKnown(
  rollups: RollupStore,
  verdict: DayVerdict,
  details: ReadonlyMap<string, EntityDetail['detail']>,
): Promise<Map<string, EntityDetail>> {
  const known = new Map<string, EntityDetail>();
  for (const { entity_type, entity_key } of flaggedEntities(verdict.findings)) {
    const id = entityId(entity_type, entity_key);
    known.set(id, {
      detail: details.get(id),
      links: await rollups.readLinks(verdict.date, { entity_type, entity_key }, LINKS),
      reach: entity_type === 'error_signature' ? await rollups.readSignatureReach(verdict.date, entity_key) : undefined,
    });
  }
  return known;
}

async function summarise(
  stores: Pick<Stores, 'freshness'>,
  verdict: DayVerdict,
  priorities: readonly Priority[],
  asOf: number,
): Promise<JudgedDay> {
  const known = verdict.gaps.length > 0 ? (await stores.freshness.list()).map(({ source }) => source) : [];
  return {
    date: verdict.date,
    as_of: asOf,
    surfaces: verdict.surfaces,
    findings: verdict.findings.length,
    priorities: priorities.length,
    summary: {
      expected_false: verdict.expectedFalse,
      too_small: verdict.tooSmall.length,
      insufficient_history: verdict.insufficientHistory.length,
      baselines_ready_on: verdict.baselinesReadyOn,
      gap_sources: gapSources(verdict.gaps, known),
      back_to_normal: verdict.backToNormal,
    },
  };
}
