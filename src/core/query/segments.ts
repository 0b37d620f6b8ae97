/** Which dimensions a flagged ratio is split by, and how the counted rows become segments. */
import type { Measure } from '../detect/history.ts';
import type { Contributors } from '../records.ts';
import { findContributors, type Segment, type SegmentedDimension } from './contributors.ts';

export const SEGMENT_DIMENSIONS = [
  'release',
  'account',
  'plan',
  'platform',
  'source',
  'endpoint',
  'error_signature',
] as const;
export type SegmentDimension = (typeof SEGMENT_DIMENSIONS)[number];

/** Events of a surface with one value of one dimension, on the judged day or before it. */
export type SegmentRow = Record<Measure, number> & {
  surface: string;
  is_now: boolean;
  dimension: SegmentDimension;
  value: string | null;
};

interface Split {
  count: Measure;
  exposure: Measure;
  dimensions: readonly SegmentDimension[];
}

const PEOPLE = ['release', 'account', 'plan', 'platform'] as const;
/** By metric. A source is no part of a ratio whose two sides come from different tools. */
const SPLITS: Readonly<Record<string, Split>> = {
  error_rate: {
    count: 'errors',
    exposure: 'pageviews',
    dimensions: [...PEOPLE, 'source', 'endpoint', 'error_signature'],
  },
  dropoff_rate: { count: 'dropoffs', exposure: 'pageviews', dimensions: PEOPLE },
  conversion_rate: { count: 'actions', exposure: 'pageviews', dimensions: PEOPLE },
  ticket_rate: { count: 'tickets', exposure: 'pageviews', dimensions: PEOPLE },
  failure_rate: {
    count: 'request_failures',
    exposure: 'requests',
    dimensions: [...PEOPLE, 'endpoint', 'error_signature'],
  },
};

/** Whether a change of the metric can be split at all. */
export const isSplit = (metric: string): boolean => SPLITS[metric] !== undefined;

/** What moved a surface's metric; undefined where it cannot be split or no event of the surface is known. */
export function contributorsOf(metric: string, surface: string, rows: readonly SegmentRow[]): Contributors | undefined {
  const split = SPLITS[metric];
  const own = rows.filter((row) => row.surface === surface);
  if (!split || own.length === 0) return undefined;
  return findContributors(split.dimensions.map((dimension) => segmented(dimension, split, own)));
}

function segmented(dimension: SegmentDimension, split: Split, rows: readonly SegmentRow[]): SegmentedDimension {
  const segments = new Map<string | null, Segment>();
  for (const row of rows) {
    if (row.dimension !== dimension) continue;
    const known = segments.get(row.value) ?? {
      value: row.value,
      before: { count: 0, exposure: 0 },
      now: { count: 0, exposure: 0 },
    };
    const volume = { count: row[split.count], exposure: row[split.exposure] };
    segments.set(row.value, row.is_now ? { ...known, now: volume } : { ...known, before: volume });
  }
  const ordered = [...segments.values()].sort((a, b) => ((a.value ?? '') < (b.value ?? '') ? -1 : 1));
  return { dimension, segments: ordered };
}
