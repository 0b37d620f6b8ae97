import { isCalendarDay, parseInstant } from '../core/instant.ts';
import { dayInstants, localInstant } from '../core/window.ts';

/**
 * A moment as people write it: with an offset, on the zone's clock without one, and of a date its last millisecond.
 * @returns epoch milliseconds; undefined when it is none of these.
 */
export function readMoment(text: string, zone: string): number | undefined {
  const moment = isCalendarDay(text)
    ? dayInstants(text, zone).end - 1
    : (parseInstant(text) ?? localInstant(text, zone));
  return moment !== undefined && isWithinReach(moment) ? moment : undefined;
}

const [FIRST, LAST] = [Date.UTC(1971, 0, 1), Date.UTC(2999, 0, 1)];

/** Whether anybody could mean it; beyond, databases and calendars differ in what they hold. */
export const isWithinReach = (moment: number): boolean => moment >= FIRST && moment < LAST;
