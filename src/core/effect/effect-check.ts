/** Whether an action helped: its metric against matched surfaces, before and after (difference in differences). */
import type { Expectation } from '../proposal/expectation.ts';

export const EFFECT_VERDICTS = ['helped', 'did_not_help', 'worse', 'cannot_tell'] as const;
export type EffectVerdict = (typeof EFFECT_VERDICTS)[number];

/** All differences in the metric's own unit; positive is up. */
export interface EffectResult {
  verdict: EffectVerdict;
  /** Change of the page beyond the change of its matched surfaces, with a 95% interval; null where nothing can be told. */
  difference: number | null;
  low: number | null;
  high: number | null;
  /** What was compared, half-open in epoch milliseconds. */
  before: { start: number; end: number };
  after: { start: number; end: number };
  /** Exposure (views or requests) of the page after; what the figures stand on. */
  exposure: { before: number; after: number };
  /** The surfaces it was held against. */
  matched: string[];
  /** Why nothing can be told, in words; null otherwise. */
  reason: string | null;
}

export interface EffectCheck {
  proposalId: string;
  actionType: string;
  expectation: Expectation;
  /** When it was done, and when it is looked at; epoch milliseconds. */
  doneAt: number;
  dueAt: number;
  /** Null before it was looked at. */
  checkedAt: number | null;
  result: EffectResult | null;
}

/** How often one action type helped, of the checks that could tell. */
export interface TrackRecord {
  actionType: string;
  helped: number;
  didNotHelp: number;
  worse: number;
  cannotTell: number;
}
