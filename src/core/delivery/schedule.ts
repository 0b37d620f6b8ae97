/** When a subscription is due: one time of day on days of the week, in a zone whose clock may be set. */
import { Temporal } from 'temporal-polyfill';
import type { Schedule } from './subscription.ts';

const MINUTE_MS = 60_000;
/** Two weeks: one day of the week only, and a zone that skips that very day. */
const MOST_DAYS = 16;

/**
 * The first instant after `after` at which the schedule is due; epoch milliseconds both. Each matching day of the local
 * calendar has one: of a time that comes twice the first, of one that the clock skips the end of the gap (where that is
 * another day, the minute before the gap).
 * @throws RangeError when the schedule has no day or an unknown zone.
 */
export function nextDue(schedule: Schedule, after: number): number {
  return firstDue(schedule, after, 1);
}

/** The last instant at or before `at` at which the schedule was due; epoch milliseconds both. */
export function latestDue(schedule: Schedule, at: number): number {
  return firstDue(schedule, at, -1);
}

function firstDue(schedule: Schedule, from: number, step: 1 | -1): number {
  const today = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(schedule.zone).toPlainDate();
  // A day early: a clock set back over midnight shows yesterday's times once more.
  for (let days = -1; days < MOST_DAYS; days++) {
    const day = today.add({ days: days * step });
    if (!schedule.weekdays.includes(day.dayOfWeek)) continue;
    const due = dueOn(day, schedule);
    if (due !== null && (step === 1 ? due > from : due <= from)) return due;
  }
  throw new RangeError('The schedule has no day of the week.');
}

/** Null where the zone has no such day: it went over the date line. */
function dueOn(day: Temporal.PlainDate, { minute, zone }: Schedule): number | null {
  const wanted = day.toPlainDateTime({ hour: Math.floor(minute / 60), minute: minute % 60 });
  const first = wanted.toZonedDateTime(zone, { disambiguation: 'earlier' });
  if (first.toPlainDateTime().equals(wanted)) return first.epochMilliseconds;
  const set = first.getTimeZoneTransition('next')?.epochMilliseconds ?? first.epochMilliseconds;
  for (const instant of [set, set - MINUTE_MS]) {
    const shown = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone);
    if (shown.toPlainDate().equals(day)) return instant;
  }
  return null;
}

const CRON_DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

/**
 * Reads a cron of the form `M H * * DAYS`: one time of day, on days of the week.
 * @returns undefined for every other text, a valid cron or not.
 */
export function parseCron(cron: string): Omit<Schedule, 'zone'> | undefined {
  const [minutes = '', hours = '', dayOfMonth, month, days = '', ...more] = cron.trim().toLowerCase().split(/\s+/);
  const minute = wholeUpTo(minutes, 59);
  const hour = wholeUpTo(hours, 23);
  const weekdays = cronWeekdays(days);
  if (minute === null || hour === null || weekdays === null) return undefined;
  if (dayOfMonth !== '*' || month !== '*' || more.length > 0) return undefined;
  return { minute: hour * 60 + minute, weekdays };
}

const wholeUpTo = (text: string, most: number): number | null =>
  /^\d{1,2}$/.test(text) && Number(text) <= most ? Number(text) : null;

/** 1 Monday … 7 Sunday, ascending; null where the field is none. Cron's own Sunday is 0 or 7. */
function cronWeekdays(field: string): number[] | null {
  const found = new Set<number>();
  for (const part of (field === '*' ? '0-6' : field).split(',')) {
    const [first = '', last = first, ...more] = part.split('-');
    const [from, to] = [cronDay(first), cronDay(last)];
    if (from === null || to === null || from > to || more.length > 0) return null;
    for (let day = from; day <= to; day++) found.add(day === 0 ? 7 : day);
  }
  return [...found].sort((a, b) => a - b);
}

function cronDay(text: string): number | null {
  const named = CRON_DAYS.indexOf(text);
  return named >= 0 ? named : wholeUpTo(text, 7);
}
