/** Days and times as people read them. Names are fixed here, so that no ICU version changes a message. */
import { Temporal } from 'temporal-polyfill';
import type { DateRange } from '../records.ts';

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;
export const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

/** "Thu 29 Jan" from YYYY-MM-DD. */
export function formatDay(date: string): string {
  const day = Temporal.PlainDate.from(date);
  return `${weekday(day).slice(0, 3)} ${day.day} ${month(day).slice(0, 3)}`;
}

/** "Friday 30 January" from YYYY-MM-DD. */
export function formatLongDay(date: string): string {
  const day = Temporal.PlainDate.from(date);
  return `${weekday(day)} ${day.day} ${month(day)}`;
}

/** "Thursday" from YYYY-MM-DD. */
export function formatWeekday(date: string): string {
  return weekday(Temporal.PlainDate.from(date));
}

/** A half-open range of days by its first and last day: "Mon 19–Sun 25 Jan", "Thu 29 Jan–Wed 4 Feb". */
export function formatRange(range: DateRange): string {
  const first = Temporal.PlainDate.from(range.start);
  const last = Temporal.PlainDate.from(range.end).subtract({ days: 1 });
  if (Temporal.PlainDate.compare(first, last) >= 0) return formatDay(first.toString());
  const sameMonth = first.month === last.month && first.year === last.year;
  const start = `${weekday(first).slice(0, 3)} ${first.day}`;
  return `${sameMonth ? start : formatDay(first.toString())}–${formatDay(last.toString())}`;
}

/** "Thu 29 Jan, 15:20" on the wall clock of an IANA zone, from epoch milliseconds. */
export function formatMoment(epochMilliseconds: number, timezone: string): string {
  const local = Temporal.Instant.fromEpochMilliseconds(epochMilliseconds).toZonedDateTimeISO(timezone);
  return `${formatDay(local.toPlainDate().toString())}, ${two(local.hour)}:${two(local.minute)}`;
}

function weekday(day: Temporal.PlainDate): string {
  return WEEKDAYS[day.dayOfWeek - 1] ?? '';
}

function month(day: Temporal.PlainDate): string {
  return MONTHS[day.month - 1] ?? '';
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
