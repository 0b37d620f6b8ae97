import { Temporal } from 'temporal-polyfill';
import type { GRAINS } from '../../core/catalogue/define.ts';
import { listHours } from '../../core/hours.ts';
import type { QueryWindow } from '../../core/query/metric-query.ts';
import {
  addDays,
  dateInZone,
  dateOf,
  dayNumber,
  listDays,
  localInstant,
  startOfDay,
  weekdayOf,
} from '../../core/window.ts';

export type Grain = (typeof GRAINS)[number];

/** Epoch milliseconds, half-open; cut at neither the window nor `asOf`. */
export interface Bucket {
  /** `YYYY-MM-DD`, or `YYYY-MM-DDTHH:mm` local by the hour: of an hour that comes twice, two have the same. */
  readonly label: string;
  readonly start: number;
  readonly end: number;
  /** Holds time that has not passed by `asOf`, or that the window leaves out. */
  readonly partial: boolean;
}

/** A window as instants, cut in buckets of the workspace's zone. */
export interface Period {
  readonly start: number;
  readonly end: number;
  /** Where events end that are seen: the window's end or `asOf`, which is still seen. */
  readonly until: number;
  readonly partial: boolean;
  /** None without a grain. */
  readonly buckets: readonly Bucket[];
  /** The calendar day of the last instant that is seen. */
  readonly lastDate: string;
}

/** @param asOf epoch ms; later events are not seen. */
export function toPeriod(
  window: QueryWindow,
  { grain, asOf, zone }: { grain: Grain | null; asOf: number; zone: string },
): Period {
  const start = instantOf(window.start, zone);
  const end = instantOf(window.end, zone);
  const until = Math.max(start, Math.min(end, asOf + 1));
  const buckets = grain === null ? [] : cut({ start, end }, grain, zone);
  return {
    start,
    end,
    until,
    partial: end > asOf + 1,
    buckets: buckets.map((bucket) => ({
      ...bucket,
      partial: bucket.start < start || bucket.end > end || bucket.end > asOf + 1,
    })),
    lastDate: dateInZone(Math.max(start, until - 1), zone),
  };
}

/** The equally long stretch before: as many calendar days where the window is days, else as much time. */
export function periodBefore(
  { start, end }: Pick<Bucket, 'start' | 'end'>,
  zone: string,
): { start: number; end: number } {
  const [first, last] = [dateInZone(start, zone), dateInZone(end, zone)];
  const isDays = startOfDay(first, zone) === start && startOfDay(last, zone) === end;
  if (!isDays) return { start: start - (end - start), end: start };
  return { start: startOfDay(addDays(first, dayNumber(first) - dayNumber(last)), zone), end: start };
}

function instantOf(bound: string, zone: string): number {
  if (!bound.includes('T')) return startOfDay(bound, zone);
  const instant = localInstant(bound, zone);
  if (instant === undefined) throw new RangeError(`"${bound}" is no local time: checkQuery lets none through.`);
  return instant;
}

function cut(span: { start: number; end: number }, grain: Grain, zone: string): Omit<Bucket, 'partial'>[] {
  if (span.start >= span.end) return [];
  if (grain === 'hour') return listHours(span, zone).map((hour) => ({ ...hour, label: localTime(hour.start, zone) }));
  const last = dateInZone(span.end - 1, zone);
  const firsts = firstDays(dateInZone(span.start, zone), last, grain);
  return firsts.map((label) => ({
    label,
    start: startOfDay(label, zone),
    end: startOfDay(nextFirst(label, grain), zone),
  }));
}

function firstDays(first: string, last: string, grain: 'day' | 'week' | 'month'): string[] {
  if (grain === 'day') return listDays({ start: first, end: addDays(last, 1) });
  const firsts: string[] = [];
  let day = grain === 'week' ? dateOf(dayNumber(first) - weekdayOf(dayNumber(first))) : `${first.slice(0, 7)}-01`;
  for (; day <= last; day = nextFirst(day, grain)) firsts.push(day);
  return firsts;
}

function nextFirst(date: string, grain: 'day' | 'week' | 'month'): string {
  if (grain === 'month') return Temporal.PlainDate.from(date).add({ months: 1 }).toString();
  return addDays(date, grain === 'week' ? 7 : 1);
}

const localTime = (instant: number, zone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(instant)
    .toZonedDateTimeISO(zone)
    .toPlainDateTime()
    .toString({ smallestUnit: 'minute' });
