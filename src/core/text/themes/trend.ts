import { wilsonInterval } from '../../stats.ts';
import { addDays, daysBetween } from '../../window.ts';

const WEEK = 7;
const WEEKS_BEFORE = 3;
/** Days that a trend looks at. */
export const TREND_DAYS = WEEK * (1 + WEEKS_BEFORE);
/** Tickets in the four weeks below which no share says anything. */
const ENOUGH = 8;

export interface ThemeTrend {
  /** `new`: its first ticket is of this week. `too_few`: too few tickets or too short a history to tell. */
  direction: 'new' | 'rising' | 'falling' | 'steady' | 'too_few';
  /** Tickets in the 7 days that end with the last day. */
  this_week: number;
  /** Tickets a week over the three weeks before; null where nothing was known of them. */
  before: number | null;
}

/**
 * This week against the three before. Were nothing changed, this week would have its share of the tickets of all
 * four; it rises or falls when Wilson's 95% interval of the share lies on one side of that.
 * @param days tickets a day of this theme; days without any may be missing.
 * @param last the last day of this week.
 * @param known the first day of which any ticket is known: weeks before it count for nothing.
 */
export function describeTrend(
  days: readonly { date: string; tickets: number }[],
  { firstSeen, last, known }: { firstSeen: string; last: string; known: string },
): ThemeTrend {
  const weekStart = addDays(last, 1 - WEEK);
  const start = addDays(weekStart, -WEEK * WEEKS_BEFORE);
  const count = (from: string, to: string): number =>
    days.reduce((sum, { date, tickets }) => (date >= from && date <= to ? sum + tickets : sum), 0);
  const this_week = count(weekStart, last);
  const earlier = count(start, addDays(weekStart, -1));
  const knownDays = Math.max(0, Math.min(WEEK * WEEKS_BEFORE, daysBetween(known, weekStart)));
  const before = knownDays === 0 ? null : (earlier * WEEK) / knownDays;
  const direction = (): ThemeTrend['direction'] => {
    if (knownDays < WEEK) return 'too_few';
    if (firstSeen >= weekStart && firstSeen <= last) return 'new';
    if (this_week + earlier < ENOUGH) return 'too_few';
    const [lower, upper] = wilsonInterval(this_week, this_week + earlier);
    const share = WEEK / (WEEK + knownDays);
    return lower > share ? 'rising' : upper < share ? 'falling' : 'steady';
  };
  return { direction: direction(), this_week, before };
}
