/** From a day's verdict to the ranked list of what to fix next. */
import type { DayVerdict } from '../detect/detect.ts';
import { entityId } from '../detect/episodes.ts';
import type { History } from '../detect/history.ts';
import { buildPatternRecord, type EntityDetail, signatureRowsOn } from '../detect/pattern-record.ts';
import { RULES } from '../detect/rules/index.ts';
import type { Funnel } from '../funnel.ts';
import type { EntityType, Finding, Priority } from '../records.ts';
import { type Feedback, feedbackDriver } from './feedback.ts';
import { groupByCause } from './group.ts';
import { impactOf, lossOf } from './impact.ts';
import { driversOf, scoreOf } from './score.ts';

export interface RankInput {
  history: History;
  /** By `entityId`; what is missing is simply not shown. */
  details?: ReadonlyMap<string, EntityDetail>;
  /** Minor units of money in a major one: 100 for most currencies. */
  minorUnits?: number;
  /** What people pass on their way: a fault at one step shows at the next. */
  funnels?: readonly Funnel[];
  /** What people said of digests of the weeks before. */
  feedback?: readonly Feedback[];
}

/** A signature with this share of its errors on one ranked surface is that surface's explanation, not an item. */
const EXPLAINS_FROM = 0.6;
/** A new signature that only one account meets is that account's problem. */
const MIN_ACCOUNTS = 2;

const MEASURING = new Set(RULES.filter(({ kind }) => kind === 'measure').map(({ id }) => id));
const RELATING = new Set(RULES.filter(({ kind }) => kind === 'relate').map(({ id }) => id));

/** Ranked best first: score, then surfaces before signatures, then key. */
export function rankDay(verdict: DayVerdict, input: RankInput): Priority[] {
  const entities = flaggedEntities(verdict.findings);
  const ranked = new Set(
    entities.filter((entity) => entity.entity_type === 'surface').map(({ entity_key }) => entity_key),
  );
  const priorities = entities.flatMap((entity) => {
    const known = input.details?.get(entityId(entity.entity_type, entity.entity_key)) ?? {};
    if (entity.entity_type === 'error_signature' && !standsAlone(verdict, input.history, entity, ranked, known))
      return [];
    return toPriority(verdict, input, entity, known);
  });
  return groupByCause(priorities, input.funnels)
    .sort(byScore)
    .map((priority, index) => ({ ...priority, rank: index + 1 }));
}

export interface FlaggedEntity {
  entity_type: EntityType;
  entity_key: string;
  findings: Finding[];
}

/** Entities a measuring rule flagged in the bad direction, each with all that was found of it. */
export function flaggedEntities(findings: readonly Finding[]): FlaggedEntity[] {
  const entities = new Map<string, FlaggedEntity>();
  for (const finding of findings) {
    if (!MEASURING.has(finding.rule)) continue;
    const id = entityId(finding.entity_type, finding.entity_key);
    const entity = entities.get(id) ?? {
      entity_type: finding.entity_type,
      entity_key: finding.entity_key,
      findings: [],
    };
    entity.findings.push(finding);
    entities.set(id, entity);
  }
  for (const finding of findings) {
    if (RELATING.has(finding.rule))
      entities.get(entityId(finding.entity_type, finding.entity_key))?.findings.push(finding);
  }
  return [...entities.values()];
}

function standsAlone(
  verdict: DayVerdict,
  history: History,
  entity: FlaggedEntity,
  ranked: ReadonlySet<string>,
  known: EntityDetail,
): boolean {
  const onlyNew = entity.findings.every(({ rule }) => rule === 'new-signature');
  if (onlyNew && known.reach && known.reach.accounts < MIN_ACCOUNTS) return false;
  const rows = signatureRowsOn(verdict, history, entity.entity_key);
  const total = rows.reduce((sum, { errors }) => sum + errors, 0);
  return !rows.some(({ surface, errors }) => ranked.has(surface) && errors >= EXPLAINS_FROM * total);
}

function toPriority(verdict: DayVerdict, input: RankInput, entity: FlaggedEntity, known: EntityDetail): Priority {
  const record = buildPatternRecord(verdict, input.history, entity, known, input.minorUnits);
  const lead = record.findings[0];
  const own = verdict.measurements.get(entityId(entity.entity_type, entity.entity_key)) ?? [];
  const surface =
    entity.entity_type === 'surface'
      ? input.history.surfaces.find((each) => each.surface === entity.entity_key)
      : undefined;
  const at = { slot: verdict.slot, days: record.days };
  const measured = own.find(({ metric }) => metric === lead?.metric);
  const impact = measured ? impactOf(measured, surface, at) : null;
  const flagged = new Set(record.findings.map(({ metric }) => metric));
  const loss = own
    .filter(({ metric }) => flagged.has(metric))
    .flatMap((each) => lossOf(each, surface, at, input.minorUnits ?? 100) ?? [])[0];
  const measuredDrivers = driversOf(record);
  const said = input.feedback?.find(
    ({ entity_type, entity_key, metric }) =>
      entity_type === entity.entity_type && entity_key === entity.entity_key && metric === lead?.metric,
  );
  const voted = feedbackDriver(said, scoreOf(measuredDrivers));
  const drivers = voted ? [...measuredDrivers, voted] : measuredDrivers;
  const members =
    entity.entity_type === 'error_signature'
      ? signatureRowsOn(verdict, input.history, entity.entity_key).map(({ surface }) => ({
          entity_type: 'surface' as const,
          entity_key: surface,
        }))
      : [];
  return {
    date: verdict.date,
    rank: 0,
    entity_type: entity.entity_type,
    entity_key: entity.entity_key,
    score: scoreOf(drivers),
    drivers,
    pattern_record: { ...record, ...(impact ? { impact } : {}), ...(loss ? { loss } : {}) },
    incident_id: null,
    members,
  };
}

function byScore(a: Priority, b: Priority): number {
  if (a.score !== b.score) return b.score - a.score;
  if (a.entity_type !== b.entity_type) return a.entity_type === 'surface' ? -1 : 1;
  return a.entity_key < b.entity_key ? -1 : 1;
}
