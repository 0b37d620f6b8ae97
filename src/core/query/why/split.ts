/** What a change is made of: by value of each dimension, and for a count by traffic against rate. Parts add up exactly. */
import type { Contributors } from '../../records.ts';
import {
  findContributors,
  type Segment,
  type SegmentedDimension,
  type SegmentPart,
  splitChange,
} from '../contributors.ts';
import type { PeriodDays } from './change-test.ts';
import type { Measured, WhyMeasure } from './measured.ts';

/** What a change may be split by, in the order people think of it. */
export const WHY_DIMENSIONS = [
  'release',
  'error_signature',
  'surface',
  'platform',
  'plan',
  'account',
  'source',
  'endpoint',
  'stage',
  'ticket_topic',
] as const;
export type WhyDimension = (typeof WHY_DIMENSIONS)[number];

/** Events with one value of one dimension, in the later period or the earlier. */
export type ChangeRow = Record<WhyMeasure, number> & {
  dimension: WhyDimension;
  value: string | null;
  is_now: boolean;
};

/** The part of events that name no page. */
export const NO_PAGE = '(no page)';

/**
 * One dimension's segments of a metric. A plain count is a count a day: the days stand with the events without a value,
 * so that every part is a change of events a day.
 */
export function segmentsOf(
  rows: readonly ChangeRow[],
  dimension: WhyDimension,
  { count, exposure }: Measured,
  days: PeriodDays,
): Segment[] {
  const segments = new Map<string | null, Segment>();
  const at = (value: string | null): Segment => {
    const known = segments.get(value) ?? {
      value,
      before: { count: 0, exposure: 0 },
      now: { count: 0, exposure: 0 },
    };
    segments.set(value, known);
    return known;
  };
  if (exposure === null) {
    const none = at(null);
    none.now.exposure = days.now;
    none.before.exposure = days.before;
  }
  for (const row of rows) {
    if (row.dimension !== dimension) continue;
    const value = dimension === 'surface' ? (row.value ?? NO_PAGE) : row.value;
    const volume = row.is_now ? at(value).now : at(value).before;
    volume.count += row[count];
    if (exposure !== null) volume.exposure += row[exposure];
  }
  const ordered = [...segments.values()].sort((a, b) => ((a.value ?? '') < (b.value ?? '') ? -1 : 1));
  return ordered.filter(({ before, now }) => before.count + now.count + before.exposure + now.exposure > 0);
}

/** What explains the change, of the dimensions that are in the rows; undefined where no event is. */
export function explainChange(
  rows: readonly ChangeRow[],
  measured: Measured,
  days: PeriodDays,
): Contributors | undefined {
  const dimensions = WHY_DIMENSIONS.flatMap((dimension): SegmentedDimension[] => {
    const segments = segmentsOf(rows, dimension, measured, days);
    // A release replaces another: without views under each, the newer ones would seem to bring what the older had.
    const replaced = dimension === 'release' && (measured.exposure === null || !carriesExposure(segments));
    return replaced || !carries(segments) ? [] : [{ dimension, segments }];
  });
  return dimensions.length === 0 ? undefined : findContributors(dimensions);
}

/**
 * Whether most of the events have a value, and the same values as the views have where those have any: errors that one
 * tool names and views that another names are no parts of one whole.
 */
export function carries(segments: readonly Segment[]): boolean {
  const sum = (of: readonly Segment[], what: 'count' | 'exposure'): number =>
    of.reduce((all, { before, now }) => all + before[what] + now[what], 0);
  const named = segments.filter(({ value }) => value !== null);
  const counted = sum(segments, 'count');
  if (sum(named, 'exposure') * 2 < sum(segments, 'exposure')) return sum(named, 'count') * 2 >= Math.max(counted, 1);
  const shared = named.filter(({ before, now }) => before.exposure + now.exposure > 0);
  return sum(shared, 'count') * 2 >= Math.max(counted, 1);
}

const carriesExposure = (segments: readonly Segment[]): boolean =>
  segments.every(({ value, now, before }) => value === null || now.exposure + before.exposure > 0);

/**
 * The largest parts first and the rest as one, so that what is listed adds up to the change.
 * @param only the values to list; null for any.
 */
export function listParts(
  segments: readonly Segment[],
  most: number,
  only: readonly string[] | null = null,
): { parts: SegmentPart[]; rest: { values: number; change: number } } {
  const { parts } = splitChange(segments);
  const named = parts.filter(({ segment: { value } }) => value !== null && (only === null || only.includes(value)));
  const listed = named.toSorted((a, b) => Math.abs(b.change) - Math.abs(a.change)).slice(0, most);
  const others = parts.filter((part) => !listed.includes(part));
  return {
    parts: listed,
    rest: {
      values: others.filter(({ segment }) => segment.value !== null).length,
      change: others.reduce((sum, { change }) => sum + change, 0),
    },
  };
}

/**
 * A count's change by what drives it: ΔC = r̄ ΔV + V̄ Δr, with means of both periods, exact (Das Gupta 1978).
 * Undefined where there was no traffic in either period.
 */
export function splitByTraffic(
  before: { count: number; volume: number },
  now: { count: number; volume: number },
): { traffic: number; rate: number } | undefined {
  if (!(before.volume > 0) || !(now.volume > 0)) return undefined;
  const [was, is] = [before.count / before.volume, now.count / now.volume];
  const traffic = ((was + is) / 2) * (now.volume - before.volume);
  return { traffic, rate: now.count - before.count - traffic };
}

/** How often a value came up in each period. */
export interface Counted {
  value: string;
  before: number;
  now: number;
}

/** Every value that has any of the events, in no order. */
export function countValues(rows: readonly ChangeRow[], dimension: WhyDimension, of: WhyMeasure): Counted[] {
  const values = new Map<string, Counted>();
  for (const row of rows) {
    if (row.dimension !== dimension || row.value === null || row[of] === 0) continue;
    const known = values.get(row.value) ?? { value: row.value, before: 0, now: 0 };
    known[row.is_now ? 'now' : 'before'] += row[of];
    values.set(row.value, known);
  }
  return [...values.values()];
}
