/** What a subscription lets through of a day's priorities, and what is held back for which reason. */
import { severityOf } from '../rank/severity.ts';
import type { Priority, Severity } from '../records.ts';
import type { MuteFinder } from './mute.ts';
import type { Subscription } from './subscription.ts';
import { createSurfaceMatcher } from './surface-pattern.ts';
import type { HeldReason } from './told.ts';

export interface HeldBack {
  priority: Priority;
  reason: Extract<HeldReason, 'below_severity' | 'snoozed' | 'ignored' | 'not_subscribed'>;
  /** The snooze's end, epoch milliseconds; null for other reasons. */
  until: number | null;
}

const RANKS: Readonly<Record<Severity, number>> = { low: 0, medium: 1, high: 2 };

export const isAtLeast = (severity: Severity, floor: Severity): boolean => RANKS[severity] >= RANKS[floor];

/**
 * A priority with members is muted where each of them is, and subscribed to where one of them is. The others keep their
 * order and get ranks without holes.
 */
export function holdBack(
  priorities: readonly Priority[],
  { surfaces, severity }: Pick<Subscription, 'surfaces' | 'severity'>,
  findMute: MuteFinder,
): { told: Priority[]; held: HeldBack[] } {
  const patterns = surfaces.map(createSurfaceMatcher);
  const told: Priority[] = [];
  const held: HeldBack[] = [];
  for (const priority of priorities) {
    const entities = [priority, ...priority.members];
    const because = (reason: HeldBack['reason'], until: number | null = null) => held.push({ priority, reason, until });
    const mutes = entities.map(({ entity_type, entity_key }) => findMute(entity_type, entity_key));
    const [first] = mutes;
    if (patterns.length > 0 && !entities.some(({ entity_key }) => patterns.some((matches) => matches(entity_key))))
      because('not_subscribed');
    else if (first && mutes.every((mute) => mute !== undefined))
      because(first.until === null ? 'ignored' : 'snoozed', first.until);
    else if (!isAtLeast(severityOf(priority), severity)) because('below_severity');
    else told.push({ ...priority, rank: told.length + 1 });
  }
  return { told, held };
}
