/** Judges days: measures, controls the day's false discoveries, relates, and follows episodes back. */
import type { EntityType, Finding, Profile, Sensitivity, SurfaceDetail } from '../records.ts';
import { benjaminiHochberg } from '../stats.ts';
import { dateOf, dayNumber } from '../window.ts';
import { entityId, flagOf, followEpisodes } from './episodes.ts';
import { findGaps, type Gap, usableDays } from './gaps.ts';
import type { History, Measure } from './history.ts';
import { followImprovements, type Improvement } from './improvement.ts';
import { deltaPct, type Measurement } from './measurement.ts';
import { PROFILE_SETTINGS, type ProfileSettings } from './profile.ts';
import type { DayContext, RelationContext, Rule } from './rule.ts';
import { RULES } from './rules/index.ts';
import { isTold, quietestLevel, SENSITIVITIES } from './sensitivity.ts';
import { tooSmallSurfaces } from './too-small.ts';

/** Everything said of one day. */
export interface DayVerdict {
  date: string;
  profile: Profile;
  /** Its place in the history. */
  slot: number;
  settings: ProfileSettings;
  findings: Finding[];
  /** Flagged only at a more eager setting than the one chosen: stored, and told to nobody. */
  faint: Finding[];
  /** Every metric measured that day, flagged or not, by entity. */
  measurements: ReadonlyMap<string, Measurement[]>;
  gaps: readonly Gap[];
  /** Surfaces with a row that day. */
  surfaces: number;
  tooSmall: string[];
  insufficientHistory: string[];
  underMaintenance: string[];
  /** What went significantly well, on the first day it did; none of a surface where something else is flagged. */
  improvements: Improvement[];
  /** Surfaces whose episode ended with this day; empty on a day without data. */
  backToNormal: string[];
  /** First day with enough history, where most surfaces have too little; null otherwise. */
  baselinesReadyOn: string | null;
  /** At most so many of the flagged are chance (largest q × number flagged); null where there are no p-values. */
  expectedFalse: number | null;
  /** Since when the metric's episode has lasted, and the days from then to this one. */
  episodeOf(entityType: EntityType, entityKey: string, metric: string): { since: string; days: number };
}

/** A detector over one history: days may be asked in any order, and a day's verdict never depends on later rows. */
export interface Detector {
  judgeDay(date: string, details?: readonly SurfaceDetail[]): DayVerdict;
  /** Surfaces flagged by a measuring rule that day: whose details are worth reading. */
  flaggedSurfaces(date: string): string[];
}

interface Measured {
  findings: Finding[];
  measurements: Measurement[];
}

/**
 * @param rules the registry; tests pass a part of it.
 * @param sensitivity from which level on findings are told; all else is `faint`.
 */
export function createDetector(
  history: History,
  profile: Profile,
  rules: readonly Rule[] = RULES,
  sensitivity: Sensitivity = 'normal',
): Detector {
  const settings = PROFILE_SETTINGS[profile];
  const active = rules.filter((rule) => rule.profiles.includes(profile));
  const gaps = profile === 'seed' ? [] : findGaps(history);
  const usableBy = new Map<string, Uint8Array>();
  const flagsByDay = new Map<string, ReadonlySet<string>>();
  let latest: { date: string; measured: Measured } | undefined;

  const told = ({ evidence }: Finding): boolean => isTold(levelOf(evidence), sensitivity);

  const contextOf = (date: string): DayContext => ({
    date,
    slot: dayNumber(date) - history.firstDay,
    profile,
    settings,
    history,
    gaps: gaps[dayNumber(date) - history.firstDay] ?? [],
    usable: (...measures: Measure[]) => {
      const key = measures.join();
      const known = usableBy.get(key) ?? usableDays(history, gaps, measures);
      usableBy.set(key, known);
      return known;
    },
  });

  const measured = (date: string): Measured => {
    const slot = dayNumber(date) - history.firstDay;
    return slot >= 0 && slot < history.days ? measureDay(contextOf(date), active) : { findings: [], measurements: [] };
  };

  const measure = (date: string): Measured => {
    if (latest?.date === date) return latest.measured;
    latest = { date, measured: measured(date) };
    flagsByDay.set(date, new Set(latest.measured.findings.filter(told).map(flagOf)));
    return latest.measured;
  };

  const flagsOn = (date: string): ReadonlySet<string> => {
    const known = flagsByDay.get(date);
    if (known) return known;
    const flags = new Set(measured(date).findings.filter(told).map(flagOf));
    flagsByDay.set(date, flags);
    return flags;
  };

  const improvements = followImprovements(settings, sensitivity, (date) =>
    profile === 'seed' ? [] : (latest?.date === date ? latest.measured : measured(date)).measurements,
  );

  const episodes = followEpisodes(history, settings, flagsOn);

  return {
    flaggedSurfaces: (date) => [
      ...new Set(
        measure(date)
          .findings.filter((finding) => told(finding) && finding.entity_type === 'surface')
          .map(({ entity_key }) => entity_key),
      ),
    ],
    judgeDay: (date, details = []) => {
      const day = contextOf(date);
      const { findings: widest, measurements } = measure(date);
      const flagged = widest.filter(told);
      const noted = active.flatMap((rule) => (rule.kind === 'note' ? rule.note(day) : []));
      const yesterday = dateOf(dayNumber(date) - 1);
      const related = relate(day, active, flagged, flagsOn(yesterday), details);
      const notedBy = (id: string): Finding[] => noted.filter(({ rule }) => rule === id);
      const insufficient = notedBy('insufficient-history');
      const surfaces = day.history.surfaces.filter(({ present }) => present[day.slot]).length;
      return {
        date,
        profile,
        slot: day.slot,
        settings,
        findings: [...flagged, ...related, ...noted],
        faint: widest.filter((finding) => !told(finding)),
        measurements: groupByEntity(measurements),
        gaps: day.gaps,
        surfaces,
        tooSmall: tooSmallSurfaces(day),
        insufficientHistory: insufficient.map(({ entity_key }) => entity_key),
        underMaintenance: notedBy('under-maintenance').map(({ entity_key }) => entity_key),
        improvements: improvements.begunOn(date, new Set(widest.map(({ entity_key }) => entity_key))),
        backToNormal: surfaces === 0 ? [] : episodes.recoveredOn(date),
        baselinesReadyOn: readyOn(day, insufficient.length, surfaces),
        expectedFalse: expectedFalse(flagged, profile),
        episodeOf: (...of) => episodes.episodeOf(date, ...of),
      };
    },
  };
}

/** Runs the measuring rules and flags what is substantial and, at the most eager setting, improbable enough. Sorted by entity, rule, metric. */
function measureDay(day: DayContext, rules: readonly Rule[]): Measured {
  const all: { rule: string; measurement: Measurement }[] = [];
  for (const rule of rules) {
    if (rule.kind !== 'measure' || !day.history.hasData[day.slot]) continue;
    for (const measurement of rule.measure(day)) {
      all.push({ rule: rule.id, measurement });
    }
  }
  const tested = all.filter(({ measurement }) => measurement.p_value !== null);
  const adjusted = benjaminiHochberg(tested.map(({ measurement }) => measurement.p_value ?? 1));
  const qOf = new Map(tested.map(({ measurement }, index) => [measurement, adjusted[index] ?? 1]));
  const findings = all.flatMap(({ rule, measurement }) => {
    const q = qOf.get(measurement) ?? null;
    return measurement.substantial ? (toFinding(day, rule, measurement, q) ?? []) : [];
  });
  return { findings: findings.sort(byEntity), measurements: all.map(({ measurement }) => measurement) };
}

function groupByEntity(measurements: readonly Measurement[]): Map<string, Measurement[]> {
  const groups = new Map<string, Measurement[]>();
  for (const measurement of measurements) {
    const id = entityId(measurement.entity_type, measurement.entity_key);
    const group = groups.get(id);
    if (group) group.push(measurement);
    else groups.set(id, [measurement]);
  }
  return groups;
}

function levelOf({ sensitivity }: Finding['evidence']): Sensitivity {
  return SENSITIVITIES.find((level) => level === sensitivity) ?? 'normal';
}

function toFinding(day: DayContext, rule: string, measurement: Measurement, q: number | null): Finding | undefined {
  const { entity_type, entity_key, metric, direction, current, expected, z, p_value, interval } = measurement;
  const evidence = measurement.evidence();
  const count = typeof evidence.count === 'number' ? evidence.count : 0;
  const judged = { current, expected, p_value, q_value: q, direction, count };
  const sensitivity = day.profile === 'seed' ? 'normal' : quietestLevel(judged, day.settings);
  if (sensitivity === null) return undefined;
  return {
    date: day.date,
    entity_type,
    entity_key,
    rule,
    metric,
    direction,
    current,
    expected,
    p_value,
    q_value: q,
    z,
    delta_pct: deltaPct(current, expected),
    evidence: { ...evidence, interval, sensitivity },
  };
}

function relate(
  day: DayContext,
  rules: readonly Rule[],
  findings: readonly Finding[],
  yesterday: ReadonlySet<string>,
  details: readonly SurfaceDetail[],
): Finding[] {
  const context: RelationContext = {
    ...day,
    findings,
    findingsOf: (entityKey) => findings.filter(({ entity_key }) => entity_key === entityKey),
    flaggedYesterday: (entityType, entityKey, metric) => yesterday.has(`${entityId(entityType, entityKey)} ${metric}`),
    details: new Map(details.map((detail) => [detail.surface, detail])),
  };
  return rules.flatMap((rule) => (rule.kind === 'relate' ? rule.relate(context) : []));
}

/** The day the median young surface has its two weeks; told only where most surfaces are young. */
function readyOn(day: DayContext, insufficient: number, surfaces: number): string | null {
  if (insufficient === 0 || insufficient * 2 < surfaces) return null;
  const from = Math.max(0, day.slot - day.settings.baselineDays);
  const days = day.history.hasData.subarray(from, day.slot).reduce((sum, has) => sum + has, 0);
  return dateOf(dayNumber(day.date) + Math.max(1, day.settings.minHistoryDays - days));
}

function expectedFalse(findings: readonly Finding[], profile: Profile): number | null {
  if (profile === 'seed') return null;
  const q = findings.flatMap(({ q_value }) => q_value ?? []);
  return q.length === 0 ? 0 : Math.max(...q) * q.length;
}

function byEntity(a: Finding, b: Finding): number {
  const key = (finding: Finding): string =>
    [finding.entity_type === 'surface' ? 0 : 1, finding.entity_key, finding.rule, finding.metric].join('\u0000');
  return key(a) < key(b) ? -1 : 1;
}
