import { addDays, dayInstants, dayNumber, weekdayOf } from '../core/window.ts';
import type { ResolvedOptions } from './options.ts';

export interface Day {
  index: number;
  /** YYYY-MM-DD in the workspace's zone. */
  date: string;
  /** Epoch milliseconds of local midnight; a day may have 23 or 25 hours. */
  start: number;
  end: number;
  /** How busy this day is against an ordinary Monday of the first week. */
  busyness: number;
}

/** Monday first. People order supplies on weekdays; weekends keep the agencies and the shops that are open. */
const WEEKDAY = [1, 1.07, 1.08, 1.04, 0.94, 0.62, 0.58] as const;

/** Share of a day in each local hour: a morning and an afternoon hump over a thin night. */
const HOUR = [6, 4, 3, 3, 4, 8, 18, 36, 62, 82, 92, 88, 70, 76, 90, 92, 84, 68, 50, 40, 33, 27, 18, 10] as const;
const HOUR_TOTAL = HOUR.reduce((sum, share) => sum + share, 0);

/** How much the product grows over the whole span. */
const GROWTH = 0.22;

/** The days of the product's history, oldest first. */
export function listDays(options: ResolvedOptions): Day[] {
  return Array.from({ length: options.days }, (_, index) => {
    const date = addDays(options.endDate, index - options.days);
    const weekday = WEEKDAY[weekdayOf(dayNumber(date))] ?? 1;
    return {
      index,
      date,
      ...dayInstants(date, options.timezone),
      busyness: weekday * (1 + (GROWTH * index) / Math.max(options.days, 90)),
    };
  });
}

/** Share of the day's traffic in its n-th hour; the extra hour of a 25-hour day counts as the last. */
export function hourShare(hour: number): number {
  return (HOUR[Math.min(hour, HOUR.length - 1)] ?? 0) / HOUR_TOTAL;
}
