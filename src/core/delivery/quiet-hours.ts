import { Temporal } from 'temporal-polyfill';
import type { QuietHours } from './subscription.ts';

/**
 * Whether the channel's own clock shows a time within its quiet hours, `from` included and `until` not. It follows the
 * clock where that is moved: a time that is skipped is over at once, one that comes twice is quiet twice. The same time
 * for both is no quiet hours.
 * @param at epoch milliseconds.
 */
export function isQuiet({ from, until, zone }: QuietHours, at: number): boolean {
  const { hour, minute } = Temporal.Instant.fromEpochMilliseconds(Math.floor(at)).toZonedDateTimeISO(zone);
  const now = 60 * hour + minute;
  return from <= until ? now >= from && now < until : now >= from || now < until;
}
