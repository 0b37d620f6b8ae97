/** What a digest told, kept so that the next one can say what changed and a correction can say what was wrong. */
import type { EntityType, Severity } from '../records.ts';

export interface ToldItem {
  rank: number;
  entity_type: EntityType;
  entity_key: string;
  /** Other entities of the same cause. */
  members: string[];
  severity: Severity;
  score: number;
  metric: string;
  current: number | null;
  expected: number | null;
  /** The figure as it was read, with its unit: "8.3%". */
  text: string;
}

export interface Told {
  date: string;
  /** Every priority that passed the subscription's filter, not only the five shown. */
  items: ToldItem[];
  surfaces: number;
}

/** Why something that was found was not told in a channel. */
export const HELD_REASONS = [
  'below_severity',
  'snoozed',
  'ignored',
  'quiet_hours',
  'budget',
  'rule_demoted',
  'not_subscribed',
  'paused',
] as const;
export type HeldReason = (typeof HELD_REASONS)[number];
