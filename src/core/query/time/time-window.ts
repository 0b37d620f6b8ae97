/** The windows time language is read into. Strings compare in time order, days and date-times mixed. */
import { Temporal } from 'temporal-polyfill';
import { addDays, dayNumber, weekdayOf } from '../../window.ts';

/** Half-open. Dates `YYYY-MM-DD`, or local date-times `YYYY-MM-DDTHH:MM` where hours are named. */
export interface TimeWindow {
  readonly start: string;
  readonly end: string;
}

export type Unit = 'hour' | 'day' | 'week' | 'month' | 'quarter' | 'year';

/** When and where the question was asked. */
export interface AskedAt {
  /** Epoch milliseconds. */
  readonly asOf: number;
  /** IANA zone. */
  readonly zone: string;
}

/** The day a date or date-time lies on. */
export const dayOf = (moment: string): string => moment.slice(0, 10);

/** Whether the window's ends carry hours. */
export const hasHours = ({ start, end }: TimeWindow): boolean => start.length > 10 || end.length > 10;

/** The first day of the calendar unit a day lies in; weeks start on Monday. */
export function startOfUnit(day: string, unit: Unit): string {
  if (unit === 'week') return addDays(day, -weekdayOf(dayNumber(day)));
  if (unit === 'month') return `${day.slice(0, 7)}-01`;
  if (unit === 'year') return `${day.slice(0, 4)}-01-01`;
  if (unit !== 'quarter') return day;
  const month = Math.floor((Number(day.slice(5, 7)) - 1) / 3) * 3 + 1;
  return `${day.slice(0, 5)}${String(month).padStart(2, '0')}-01`;
}

const MONTHS = { month: 1, quarter: 3, year: 12 } as const;

/** Moves a day or date-time by calendar units; the day is cut to the month's last where the month is shorter. */
export function addUnits(moment: string, unit: Unit, count: number): string {
  if (unit === 'hour') return addMinutes(moment, count * 60);
  const day = dayOf(moment);
  const time = moment.slice(10);
  if (unit === 'day') return addDays(day, count) + time;
  if (unit === 'week') return addDays(day, count * 7) + time;
  return (
    Temporal.PlainDate.from(day)
      .add({ months: MONTHS[unit] * count })
      .toString() + time
  );
}

/** Moves a moment by minutes on the local clock; the answer carries hours. */
export function addMinutes(moment: string, minutes: number): string {
  return Temporal.PlainDateTime.from(moment).add({ minutes }).toString({ smallestUnit: 'minute' });
}

/** The whole calendar unit that holds a day, moved by `count` units. */
export function wholeUnit(day: string, unit: Unit, count = 0): TimeWindow {
  const start = addUnits(startOfUnit(day, unit), unit, count);
  return { start, end: addUnits(start, unit, 1) };
}

/** Length in minutes of the local clock. */
export function minutesIn({ start, end }: TimeWindow): number {
  return Temporal.PlainDateTime.from(start).until(Temporal.PlainDateTime.from(end), { largestUnit: 'minute' }).minutes;
}

/** Length in days of a window of whole days; a part of a day counts as a fraction. */
export const daysIn = (window: TimeWindow): number => minutesIn(window) / 1440;

/** The same part of the calendar, `count` units later: a whole month stays whole, the 1st to the 15th stays so. */
export function shiftWindow({ start, end }: TimeWindow, unit: Unit, count: number): TimeWindow {
  const shifted = addUnits(start, unit, count);
  if (end.length > 10 || end.endsWith('-01')) return { start: shifted, end: addUnits(end, unit, count) };
  return { start: shifted, end: addDays(addUnits(addDays(end, -1), unit, count), 1) };
}
