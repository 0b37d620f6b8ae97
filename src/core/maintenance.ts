/** Declared maintenance: while somebody works on a page, what it does is neither judged nor taken for normal. */
import type { z } from 'zod';
import { createSurfaceMatcher } from './delivery/surface-pattern.ts';
import { configId, configObject, configText, isObject, surfaceSchema } from './event-selector.ts';
import type { Hour } from './hours.ts';
import { parseInstant } from './instant.ts';
import type { DateRange } from './records.ts';
import { addDays, dateInZone, dayInstants, daysBetween, localInstant } from './window.ts';

/** Half-open, epoch milliseconds. */
export interface MaintenanceWindow {
  starts_at: number;
  ends_at: number;
  /** Pages it is about, `*` for any characters; null for all of them. */
  surface_pattern: string | null;
  reason: string;
}

/** More of a day than this, in milliseconds, and the day says too little of the page. */
const SUBSTANTIAL = 3_600_000;

/** An instant with an offset, or the time a clock in the workspace's zone shows. */
const moment = configText(40)
  .transform((text) => text.replace(' ', 'T'))
  .refine((text) => instantOf(text, 'UTC') !== undefined, {
    error: "must be a date and time such as 2026-02-07 22:00, in the workspace's zone unless it ends in an offset",
  });

export const maintenanceSchema = configObject({
  id: configId,
  from: moment,
  until: moment,
  surface: surfaceSchema.optional(),
  reason: configText(200),
}).refine(({ from, until }) => (instantOf(from, 'UTC') ?? 0) < (instantOf(until, 'UTC') ?? Number.POSITIVE_INFINITY), {
  error: 'must be later than from',
  path: ['until'],
  when: isObject,
});
export type DeclaredMaintenance = z.infer<typeof maintenanceSchema>;

export function toMaintenanceWindow(
  { from, until, surface, reason }: DeclaredMaintenance,
  zone: string,
): MaintenanceWindow {
  return {
    starts_at: instantOf(from, zone) ?? 0,
    ends_at: instantOf(until, zone) ?? 0,
    surface_pattern: surface ?? null,
    reason,
  };
}

function instantOf(text: string, zone: string): number | undefined {
  return typeof text === 'string' ? (parseInstant(text) ?? localInstant(text, zone)) : undefined;
}

/** A page's days under maintenance, by their place in a range. */
export interface MaintainedDays {
  /** 1 where more than an hour of the day is covered. */
  covered: Uint8Array;
  /** Why, on those days; of several the one that began first. */
  reasons: (string | undefined)[];
}

/** What is known of a page's maintenance; undefined where no day of the range is covered. */
export type MaintenanceOf = (surface: string) => MaintainedDays | undefined;

/** Windows that overlap or repeat each other count once. */
export function layOutMaintenance(
  windows: readonly MaintenanceWindow[],
  { start, end }: DateRange,
  zone: string,
): MaintenanceOf {
  const about = matchingWindows(windows);
  const known = new Map<string, MaintainedDays | undefined>();
  const layOut = (own: readonly MaintenanceWindow[]): MaintainedDays | undefined => {
    const days = daysBetween(start, end);
    const found: MaintainedDays = { covered: new Uint8Array(days), reasons: new Array(days).fill(undefined) };
    for (const { starts_at, ends_at } of own) {
      const last = dateInZone(ends_at - 1, zone);
      for (let date = later(dateInZone(starts_at, zone), start); date <= last && date < end; date = addDays(date, 1)) {
        const day = dayInstants(date, zone);
        if (coveredTime(own, day) <= SUBSTANTIAL) continue;
        found.covered[daysBetween(start, date)] = 1;
        found.reasons[daysBetween(start, date)] = own.find((window) => overlap(window, day) > 0)?.reason;
      }
    }
    return found.covered.includes(1) ? found : undefined;
  };
  return (surface) => {
    const own = about(surface);
    if (own.length === 0) return undefined;
    const key = own.map((window) => windows.indexOf(window)).join();
    if (!known.has(key)) known.set(key, layOut(own));
    return known.get(key);
  };
}

/** Which pages are under maintenance in any part of an hour. */
export interface HourlyMaintenance {
  covers(surface: string, hour: Hour): boolean;
  /** Whether the whole product is. */
  coversAll(hour: Hour): boolean;
}

export function hourlyMaintenance(windows: readonly MaintenanceWindow[]): HourlyMaintenance {
  const about = matchingWindows(windows);
  const overall = windows.filter(({ surface_pattern }) => isOverall(surface_pattern));
  const known = new Map<string, readonly MaintenanceWindow[]>();
  const touches = (own: readonly MaintenanceWindow[], hour: Hour): boolean =>
    own.some((window) => overlap(window, hour) > 0);
  return {
    covers(surface, hour) {
      const own = known.get(surface) ?? about(surface);
      known.set(surface, own);
      return touches(own, hour);
    },
    coversAll: (hour) => touches(overall, hour),
  };
}

const isOverall = (pattern: string | null): boolean => pattern === null || /^\*+$/.test(pattern);

/** By beginning. */
function matchingWindows(windows: readonly MaintenanceWindow[]): (surface: string) => MaintenanceWindow[] {
  const matchers = windows
    .map((window) => ({ window, matches: createSurfaceMatcher(window.surface_pattern ?? '*') }))
    .sort((a, b) => a.window.starts_at - b.window.starts_at);
  return (surface) => matchers.filter(({ matches }) => matches(surface)).map(({ window }) => window);
}

/** Milliseconds of the day that are covered. @param windows by beginning. */
function coveredTime(windows: readonly MaintenanceWindow[], day: Hour): number {
  let sum = 0;
  let from = day.start;
  for (const { starts_at, ends_at } of windows) {
    sum += overlap({ starts_at, ends_at }, { start: from, end: day.end });
    from = Math.max(from, ends_at);
  }
  return sum;
}

function overlap({ starts_at, ends_at }: Pick<MaintenanceWindow, 'starts_at' | 'ends_at'>, { start, end }: Hour) {
  return Math.max(0, Math.min(ends_at, end) - Math.max(starts_at, start));
}

const later = (a: string, b: string): string => (a > b ? a : b);
