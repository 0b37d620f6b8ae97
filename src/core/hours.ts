/** Hour buckets: the hours of the workspace's local clock, as instants in epoch milliseconds. */
import { Temporal } from 'temporal-polyfill';
import { type ClockStretch, clockStretch } from './clock-stretch.ts';

const HOUR = 3_600_000;
const MINUTE = 60_000;

/** Half-open. An hour long, except where a clock moves by half an hour (Lord Howe): there a piece stands alone. */
export interface Hour {
  readonly start: number;
  readonly end: number;
}

/**
 * The bucket an instant lies in. Local hours are cut where the local clock shows a full hour and wherever it is moved,
 * so the hour that comes twice in autumn is two buckets, and a day's buckets always fill exactly that day.
 */
export function hourAt(instant: number, zone: string): Hour {
  return hourIn(clockStretch(instant, zone), instant);
}

function hourIn({ from, until, ahead }: ClockStretch, instant: number): Hour {
  const full = instant - modulo(instant + ahead, HOUR);
  return { start: Math.max(full, from), end: Math.min(full + HOUR, until) };
}

/** What the local clock's hour reads at an instant, 0-23: the same for both hours where one comes twice. */
export function hourOfDay(instant: number, zone: string): number {
  return Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone).hour;
}

/** Every bucket that overlaps the half-open range, oldest first. */
export function listHours({ start, end }: Hour, zone: string): Hour[] {
  const hours: Hour[] = [];
  let stretch = clockStretch(start, zone);
  for (let at = start; at < end; at = hours.at(-1)?.end ?? end) {
    if (at >= stretch.until) stretch = clockStretch(at, zone);
    hours.push(hourIn(stretch, at));
  }
  return hours;
}

/** The hour to judge: the last one that had ended `settleMinutes` before `asOf`, so that late sources have arrived. */
export function lastSettledHour(asOf: number, zone: string, settleMinutes: number): Hour {
  return hourAt(hourAt(asOf - settleMinutes * MINUTE, zone).start - 1, zone);
}

/** Never negative, also for instants before 1970. */
const modulo = (value: number, by: number): number => ((value % by) + by) % by;
