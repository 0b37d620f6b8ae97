import type { TimeWindow, Unit } from './time-window.ts';
import { addMinutes, addUnits, dayOf, daysIn, hasHours, minutesIn, shiftWindow, startOfUnit } from './time-window.ts';

/** A part of the unit counts as "so far" only when it is longer than these days: shorter ones are just some days. */
const UNITS: readonly { unit: Unit; longerThan: number }[] = [
  { unit: 'week', longerThan: 1 },
  { unit: 'month', longerThan: 7 },
  { unit: 'quarter', longerThan: 31 },
  { unit: 'year', longerThan: 92 },
];

/**
 * The earlier period a window is fairly compared with when none is named.
 * Whole months: as many months right before. From the start of a week, month, quarter or year: the same part of the
 * one before (Monday to Wednesday against Monday to Wednesday). All else: the equally long time right before.
 */
export function periodBefore(window: TimeWindow): TimeWindow {
  const { start, end } = window;
  if (hasHours(window)) return { start: addMinutes(start, -minutesIn(window)), end: addMinutes(start, 0) };
  const days = Math.round(daysIn(window));
  const months = wholeMonths(window);
  if (months > 0) return { start: addUnits(start, 'month', -months), end: start };
  for (const { unit, longerThan } of UNITS) {
    const inside = startOfUnit(start, unit) === start && end <= addUnits(start, unit, 1);
    if (inside && days > longerThan) return shiftWindow(window, unit, -1);
  }
  return { start: addUnits(start, 'day', -days), end: dayOf(start) };
}

/** How many whole calendar months the window is; 0 when it is none. */
function wholeMonths({ start, end }: TimeWindow): number {
  if (!start.endsWith('-01') || !end.endsWith('-01')) return 0;
  const index = (day: string): number => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7));
  return index(end) - index(start);
}
