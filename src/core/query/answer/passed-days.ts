import { dateInZone, dayInstants, listDays } from '../../window.ts';
import type { QueryWindow } from '../metric-query.ts';

/** A day of a window; `part` is 1, and less for today. */
export interface PassedDay {
  date: string;
  part: number;
}

/**
 * The days of a window of whole days that have passed and that there is data for.
 * @param first the first day with any data; null where nothing is known of that.
 */
export function passedDays(
  window: QueryWindow,
  first: string | null,
  { asOf, zone }: { asOf: number; zone: string },
): PassedDay[] {
  const today = dateInZone(asOf, zone);
  const { start, end } = dayInstants(today, zone);
  const passed = Math.max(0.01, (asOf - start) / (end - start));
  return listDays(window)
    .filter((date) => date <= today && (first === null || date >= first))
    .map((date) => ({ date, part: date === today ? passed : 1 }));
}

export const lengthOf = (days: readonly PassedDay[]): number => days.reduce((sum, { part }) => sum + part, 0);
