/** Judges days through the stores: reads the rollups once for the whole range, then detects, ranks and stores. */
import { createDetector, type DayVerdict, type Detector } from '../core/detect/detect.ts';
import { entityId } from '../core/detect/episodes.ts';
import { gapSources } from '../core/detect/gap-sources.ts';
import { nameFailures, pagesThatFail } from '../core/detect/name-failures.ts';
import { type EntityDetail, leadOf } from '../core/detect/pattern-record.ts';
import { RULES } from '../core/detect/rules/index.ts';
import { contributorsOf, isSplit } from '../core/query/segments.ts';
import { type FlaggedEntity, flaggedEntities, rankDay } from '../core/rank/rank.ts';
import type { Finding, Priority, Profile, Sensitivity } from '../core/records.ts';
import { addDays, listDays } from '../core/window.ts';
import type { Clock, JudgedDay, Log, RollupStore, Stores } from './ports.ts';
import { type HistoryStores, readHistory } from './read-history.ts';
import { readWorkspaceConfig } from './workspace-config.ts';

const LINKS = 5;
/** How long a vote on a digest counts. */
const FEEDBACK_DAYS = 28;
/** Judging waits for nothing: without this, a long range on the main thread would keep Slack's acks waiting. */
export const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

interface JudgeInput {
  stores: HistoryStores & Pick<Stores, 'priorities' | 'votes'>;
  /** Epoch milliseconds the run is stamped with. */
  asOf: number;
  /** IANA zone of the workspace. */
  timezone: string;
  profile: Profile;
  sensitivity?: Sensitivity;
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
  const { funnels } = await readWorkspaceConfig(stores.settings);
  const history = await readHistory(stores, range, input.timezone);
  const detector = createDetector(history, profile, RULES, input.sensitivity);
  const days: JudgedDay[] = [];
  let detectMs = 0;
  let rankMs = 0;
  for (const date of listDays(range)) {
    const detectFrom = clock();
    const details = await readDetails(stores.rollups, date, detector.flaggedSurfaces(date));
    const verdict = await withFailures(stores.rollups, detector.judgeDay(date, details.surfaces));
    const rankFrom = clock();
    const known = await readKnown(stores.rollups, verdict, details.byId);
    const feedback = await stores.votes.count({ start: addDays(date, -FEEDBACK_DAYS), end: date });
    const ranking = { history, details: known, minorUnits: input.minorUnits ?? 100, funnels, feedback };
    const priorities = rankDay(verdict, ranking);
    const day = await summarise(stores, verdict, priorities, asOf);
    await stores.priorities.replaceDay(day, [...verdict.findings, ...verdict.faint], priorities);
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
  stores: HistoryStores;
  timezone: string;
  first: string;
  last: string;
  profile: Profile;
  sensitivity?: Sensitivity;
  log: Log;
}): Promise<Finding[]> {
  const range = { start: input.first, end: addDays(input.last, 1) };
  const detector: Detector = createDetector(
    await readHistory(input.stores, range, input.timezone),
    input.profile,
    RULES,
    input.sensitivity,
  );
  const findings: Finding[] = [];
  for (const date of listDays(range)) {
    const details = await readDetails(input.stores.rollups, date, detector.flaggedSurfaces(date));
    const verdict = await withFailures(input.stores.rollups, detector.judgeDay(date, details.surfaces));
    findings.push(...verdict.findings);
    await breathe();
  }
  input.log.debug({ ...range, profile: input.profile, findings: findings.length }, 'days judged without storing');
  return findings;
}

/** What fails is known from events only: where days were imported as aggregates, nothing is added. */
async function withFailures(rollups: RollupStore, verdict: DayVerdict): Promise<DayVerdict> {
  const counts = await rollups.readFailures(verdict.date, pagesThatFail(verdict.findings));
  return { ...verdict, findings: nameFailures(verdict.findings, counts) };
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
  const entities = flaggedEntities(verdict.findings);
  const episodes = await readEpisodes(rollups, verdict, entities);
  for (const { entity_type, entity_key } of entities) {
    const id = entityId(entity_type, entity_key);
    known.set(id, {
      ...(entity_type === 'surface' ? episodes.get(entity_key) : {}),
      detail: details.get(id),
      links: await rollups.readLinks(verdict.date, { entity_type, entity_key }, LINKS),
      reach: entity_type === 'error_signature' ? await rollups.readSignatureReach(verdict.date, entity_key) : undefined,
    });
  }
  return known;
}

/** Days before an episode that its contributors are held against. */
const CONTRAST_DAYS = 7;

/** Whom each flagged surface's episode hit and what its lead metric's change is made of, as far as events tell. */
async function readEpisodes(
  rollups: RollupStore,
  verdict: DayVerdict,
  entities: readonly FlaggedEntity[],
): Promise<Map<string, Pick<EntityDetail, 'episodeReach' | 'contributors'>>> {
  const { date } = verdict;
  const episodes = entities.flatMap(({ entity_type, entity_key: surface, findings }) => {
    const metric = leadOf(findings)?.metric;
    if (entity_type !== 'surface' || metric === undefined) return [];
    return { surface, metric, since: verdict.episodeOf('surface', surface, metric).since };
  });
  const reached = await rollups.readEpisodeReach(date, episodes);
  const known = new Map<string, Pick<EntityDetail, 'episodeReach' | 'contributors'>>();
  for (const { surface, reach } of reached) known.set(surface, { episodeReach: reach });
  for (const since of new Set(episodes.map((episode) => episode.since))) {
    const own = episodes.filter((episode) => episode.since === since && isSplit(episode.metric));
    const surfaces = own.map(({ surface }) => surface);
    const rows = await rollups.readSegments({ date, since, days: CONTRAST_DAYS, surfaces });
    for (const { surface, metric } of own)
      known.set(surface, { ...known.get(surface), contributors: contributorsOf(metric, surface, rows) });
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
      under_maintenance: verdict.underMaintenance.length,
      baselines_ready_on: verdict.baselinesReadyOn,
      gap_sources: gapSources(verdict.gaps, known),
      back_to_normal: verdict.backToNormal,
      improvements: verdict.improvements,
    },
  };
}
