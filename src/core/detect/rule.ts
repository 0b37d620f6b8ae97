/** What a rule is. Adding one: a file in rules/ and a line in rules/index.ts. */
import type { EntityType, Finding, JsonObject, Profile, SurfaceDetail } from '../records.ts';
import type { Gap } from './gaps.ts';
import type { History, Measure } from './history.ts';
import type { Measurement } from './measurement.ts';
import type { ProfileSettings } from './profile.ts';

/** One judged day, as rules see it. Nothing here reaches past `slot`. */
export interface DayContext {
  date: string;
  /** The judged day's place in the history. */
  slot: number;
  profile: Profile;
  settings: ProfileSettings;
  history: History;
  /** Gaps of the judged day. */
  gaps: readonly Gap[];
  /** Days on which all these measures can be trusted: 1 each. */
  usable(...measures: Measure[]): Uint8Array;
}

/** What relating rules see besides: the day's measuring findings, and what was flagged the day before. */
export interface RelationContext extends DayContext {
  findings: readonly Finding[];
  /** The measuring findings of the same entity. */
  findingsOf(entityKey: string): readonly Finding[];
  /** Whether the metric was flagged on the day before. */
  flaggedYesterday(entityType: EntityType, entityKey: string, metric: string): boolean;
  /** Top lists of the judged day, where they were read; the fallback where no signature rows exist. */
  details: ReadonlyMap<string, SurfaceDetail>;
}

interface RuleBase {
  readonly id: string;
  readonly summary: string;
  readonly entityTypes: readonly EntityType[];
  readonly profiles: readonly Profile[];
}

/** Measures entities; what is substantial and improbable enough becomes a finding. */
export interface MeasuringRule extends RuleBase {
  readonly kind: 'measure';
  measure(day: DayContext): Measurement[];
}

/** Says something about the day itself or about an entity's data, not about its metrics. */
export interface NotingRule extends RuleBase {
  readonly kind: 'note';
  note(day: DayContext): Finding[];
}

/** Relates findings of the day to each other, to yesterday's or to releases and signatures. */
export interface RelatingRule extends RuleBase {
  readonly kind: 'relate';
  relate(day: RelationContext): Finding[];
}

export type Rule = MeasuringRule | NotingRule | RelatingRule;

/** A finding that carries evidence only. */
export function plainFinding(
  day: DayContext,
  rule: string,
  entity: { entity_type: EntityType; entity_key: string },
  metric: string,
  evidence: JsonObject,
  values: { current?: number; expected?: number; p_value?: number; direction?: 'up' | 'down' } = {},
): Finding {
  return {
    date: day.date,
    entity_type: entity.entity_type,
    entity_key: entity.entity_key,
    rule,
    metric,
    direction: values.direction ?? null,
    current: values.current ?? null,
    expected: values.expected ?? null,
    p_value: values.p_value ?? null,
    q_value: null,
    z: null,
    delta_pct: null,
    evidence,
  };
}
