/**
 * Calendar days, zones and windows. A day is `YYYY-MM-DD`; inside loops it is an integer day number
 * (days since 1970-01-01), because date objects are a hundred times slower there.
 */
import { Temporal } from 'temporal-polyfill';
import type { DateRange } from './records.ts';

const EPOCH = Temporal.PlainDate.from('1970-01-01');
const numbers = new Map<string, number>();
const dates = new Map<number, string>();

/** Days since 1970-01-01 of a calendar day. @throws RangeError when `date` is no real `YYYY-MM-DD`. */
export function dayNumber(date: string): number {
  const known = numbers.get(date);
  if (known !== undefined) return known;
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) throw new RangeError(`"${date}" is not a date like 2026-01-31`);
  const day = EPOCH.until(Temporal.PlainDate.from(date, { overflow: 'reject' }), { largestUnit: 'days' }).days;
  numbers.set(date, day);
  dates.set(day, date);
  return day;
}

/** The calendar day of a day number. */
export function dateOf(day: number): string {
  const known = dates.get(day);
  if (known !== undefined) return known;
  const date = EPOCH.add({ days: day }).toString();
  dates.set(day, date);
  numbers.set(date, day);
  return date;
}

/** Whether the text is a real calendar day, `YYYY-MM-DD`. */
export function isDate(text: string): boolean {
  try {
    dayNumber(text);
    return true;
  } catch {
    return false;
  }
}

/** The day `days` after `date` (before it when negative). */
export function addDays(date: string, days: number): string {
  return dateOf(dayNumber(date) + days);
}

/** Days from `start` to `end`; negative when `end` is earlier. */
export function daysBetween(start: string, end: string): number {
  return dayNumber(end) - dayNumber(start);
}

/** Every day of a half-open range, oldest first. */
export function listDays(range: DateRange): string[] {
  const first = dayNumber(range.start);
  const count = Math.max(0, dayNumber(range.end) - first);
  return Array.from({ length: count }, (_, index) => dateOf(first + index));
}

/** Weekday of a day number: 0 Monday … 6 Sunday. 1970-01-01 was a Thursday. */
export function weekdayOf(day: number): number {
  return (((day + 3) % 7) + 7) % 7;
}

/** The calendar day an instant (epoch ms) falls on in an IANA zone. */
export function dateInZone(instant: number, zone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone).toPlainDate().toString();
}

/** The judged day: the last complete calendar day before `asOf` (epoch ms) in the zone. */
export function judgedDate(asOf: number, zone: string): string {
  return addDays(dateInZone(asOf, zone), -1);
}

/** First instant (epoch ms) of a day in the zone; where the clock skips midnight, the first one that exists. */
export function startOfDay(date: string, zone: string): number {
  return Temporal.PlainDate.from(date).toZonedDateTime(zone).epochMilliseconds;
}

/**
 * The instant (epoch ms) at which a clock in the zone shows `2026-02-07T22:00`; of a time that comes twice the first,
 * of one that the clock skips the instant it is set on. Undefined when the text is no such time.
 */
export function localInstant(text: string, zone: string): number | undefined {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?$/.test(text)) return undefined;
  try {
    return Temporal.PlainDateTime.from(text, { overflow: 'reject' }).toZonedDateTime(zone).epochMilliseconds;
  } catch {
    return undefined;
  }
}

/** A day as instants `[start, end)`, epoch ms: 23 or 25 hours where the clock changes. */
export function dayInstants(date: string, zone: string): { start: number; end: number } {
  return { start: startOfDay(date, zone), end: startOfDay(addDays(date, 1), zone) };
}

/** Half-open: the `days` days that end with `date`. */
export function windowEndingOn(date: string, days: number): DateRange {
  return { start: addDays(date, 1 - days), end: addDays(date, 1) };
}

/** The pattern record's window: half-open, the 7 days that end after the judged day. */
export function weekEndingOn(date: string): DateRange {
  return windowEndingOn(date, 7);
}
