/** What a digest told, kept so that the next one can say what changed and a correction can say what was wrong. */
import { headline } from '../explain/describe.ts';
import { buildFacts, type FactContext } from '../facts/ledger.ts';
import { severityOf } from '../rank/severity.ts';
import type { EntityType, Priority, Severity } from '../records.ts';

export interface ToldItem {
  rank: number;
  entity_type: EntityType;
  entity_key: string;
  /** Keys of other entities of the same cause. */
  members: string[];
  severity: Severity;
  metric: string;
  /** How many times normal, 1 or more in the direction that is bad; null where nothing is expected. */
  ratio: number | null;
  /** As it was read: "/checkout: errors 6.9x normal". */
  headline: string;
  /** The main finding's figure as it is read, with its unit: "8.3%"; null where it has none. */
  figure: string | null;
}

export interface Told {
  /** The judged day. */
  date: string;
  /** Every priority that the subscription lets through, not only those shown, by rank. */
  items: ToldItem[];
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

/** @param priorities those let through, ranked. */
export function toldOf(date: string, priorities: readonly Priority[], context: FactContext): Told {
  return { date, items: priorities.map((priority) => toldItem(priority, context)) };
}

function toldItem(priority: Priority, context: FactContext): ToldItem {
  const { rank, entity_type, entity_key, members, pattern_record } = priority;
  const facts = buildFacts(priority, context);
  const lead = pattern_record.findings[0];
  return {
    rank,
    entity_type,
    entity_key,
    members: members.map((member) => member.entity_key),
    severity: severityOf(priority),
    metric: lead?.metric ?? '',
    ratio: lead === undefined ? null : ratioOf(lead),
    headline: headline(priority, facts),
    figure: facts.find(({ id }) => id === 'lead.current')?.text ?? null,
  };
}

function ratioOf({ current, expected, direction }: Priority['pattern_record']['findings'][number]): number | null {
  if (current === null || expected === null || expected <= 0 || current < 0) return null;
  if (direction !== 'down') return current / expected;
  return current > 0 ? expected / current : null;
}
