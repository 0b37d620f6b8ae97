import type { Metric } from '../../catalogue/define.ts';
import type { Source } from '../../records.ts';
import { dateInZone } from '../../window.ts';
import type { CheckedQuery } from '../metric-query.ts';
import type { Figure, MetricResult, ResultRow } from '../metric-result.ts';
import type { Variation } from './variation.ts';

/** When and where an answer is given. */
export interface AnswerSetting {
  /** Epoch milliseconds. */
  asOf: number;
  /** IANA zone of the workspace. */
  zone: string;
  /** ISO 4217. */
  currency: string;
}

/** What the compared figure was cut to, and what all of that period had. */
export interface SameTime {
  /** `YYYY-MM-DDTHH:MM`, local. */
  until: string;
  whole: Figure;
}

/** A metric query with all that is known for its answer. */
export interface MetricAsked {
  query: CheckedQuery;
  metric: Metric;
  result: MetricResult;
  /** Where the window is not over: the compared total is the period before up to the same point. */
  sameTime: SameTime | null;
  /** Null where nothing is compared, or nothing can be tested. */
  variation: Variation | null;
  /** Days of the window, or of the compared one, on which a source of this metric was silent while others spoke. */
  gaps: readonly { date: string; sources: readonly Source[] }[];
  /** Groups without a figure, as they have nothing to divide by: what was counted of each. */
  undivided: readonly { key: ResultRow['key']; counted: number }[];
  /** Rows that policy keeps back: groups of too few people. */
  withheld: number;
  /** People are counted in fives, as the answer is about single accounts. */
  rounded: boolean;
  /** What was read differently from how it was written. */
  notes: readonly string[];
  setting: AnswerSetting;
}

export const todayOf = ({ asOf, zone }: AnswerSetting): string => dateInZone(asOf, zone);
