/** Which days a "why" looks at: the period asked about, the one before, and the weeks that say what is usual. */
import type { DateRange } from '../../records.ts';
import { addDays, dateInZone, daysBetween } from '../../window.ts';
import type { QueryWindow } from '../metric-query.ts';

export interface WhyWindows {
  now: DateRange;
  before: DateRange;
  /** The weeks before `now`, for what is usual. */
  history: DateRange;
  /** `now` is today, which is not over. */
  partial: boolean;
  /** Today was asked about among other days, and is left out as it is not over. */
  cut: boolean;
  /** Days on which what the metric counts did not arrive: looked at in no period. */
  without: readonly string[];
}

const HISTORY_DAYS = 56;
/** Where every day is read from events: what is usual is worth a moment, not the answer. */
export const SHORT_HISTORY_DAYS = 28;
const WEEK = 7;

/**
 * Whole days: hours are widened to their days, and a today that is not over is left out where other days are asked
 * about. Without a period to compare with it is the equally long one before on the same weekdays.
 * @param asOf epoch milliseconds.
 */
export function whyWindows(
  { window, compare }: { window: QueryWindow; compare: QueryWindow | null },
  asOf: number,
  zone: string,
): WhyWindows {
  const today = dateInZone(asOf, zone);
  const asked = wholeDays(window);
  const end = asked.end > today && asked.start < today ? today : asked.end;
  const now = { start: asked.start, end };
  const days = daysBetween(now.start, now.end);
  const shift = Math.ceil(days / WEEK) * WEEK;
  const before = compare ? wholeDays(compare) : { start: addDays(now.start, -shift), end: addDays(now.end, -shift) };
  return {
    now,
    before,
    history: { start: addDays(now.start, -Math.max(HISTORY_DAYS, 4 * shift)), end: now.start },
    partial: now.end > today,
    cut: now.end < asked.end,
    without: [],
  };
}

/** The days a window touches. */
export function wholeDays({ start, end }: QueryWindow): DateRange {
  const last = end.length > 10 && !end.endsWith('T00:00') ? addDays(end.slice(0, 10), 1) : end.slice(0, 10);
  return { start: start.slice(0, 10), end: last };
}
