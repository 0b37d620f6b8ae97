/** What answers about causes and about texts need of a store, beyond the rollups. */

import type { DayMeasures, WhyMeasure } from '../core/query/why/measured.ts';
import type { ReleaseStarts } from '../core/query/why/releases.ts';
import type { ChangeRow, WhyDimension } from '../core/query/why/split.ts';
import type { DateRange, Source } from '../core/records.ts';

/** What of the product is looked at. */
export interface Slice {
  /** A surface, a pattern in which `*` stands for any characters, or null for all of them. */
  surface: string | null;
  /** Dimension to the values it may have. */
  filters: Readonly<Record<string, readonly string[]>>;
  /** Dimensions that views and requests do not carry: their filters leave those alone. */
  numeratorOnly: readonly string[];
}

export interface TextQuery {
  of: 'ticket' | 'error';
  range: DateRange;
  slice: Slice;
  limit: number;
  /** At most one of each theme, or signature: the latest. */
  distinct: boolean;
}

/** A single ticket or error as a person may read it. */
export interface FoundText {
  /** Epoch milliseconds. */
  at: number;
  source: Source;
  surface: string | null;
  release: string | null;
  /** What was written, redacted; at most a few hundred characters. */
  text: string;
  /** The theme of a ticket, the signature of an error. */
  group: string | null;
  /** http(s) only. */
  url: string | null;
}

/** A mark somebody set in time: a release note, a campaign, an outage elsewhere. */
export interface Annotation {
  kind: string;
  /** Epoch milliseconds. */
  at: number;
  surface_pattern: string | null;
  text: string;
}

export interface WhyStore {
  /**
   * The slice's figures of every day up to `asOf`, oldest first, the same as the metric store answers; a day without
   * events is zero. None of days before anybody sent anything.
   */
  readDays(range: DateRange, slice: Slice, asOf: number): Promise<DayMeasures[]>;
  /** The slice's events by value of each dimension, in two periods: parts add up to the days. */
  readChange(of: {
    now: DateRange;
    before: DateRange;
    slice: Slice;
    dimensions: readonly WhyDimension[];
    /** Dates that are in neither period. */
    without?: readonly string[];
    /**
     * The measures that are wanted by account, all by default: no rollup holds those, and the others may be 0. Without
     * views and requests among them, these stand with the events of no account.
     */
    measures?: readonly WhyMeasure[];
    asOf: number;
  }): Promise<ChangeRow[]>;
  /** When each release was first seen on these pages within the range, and by `asOf`. */
  readReleaseStarts(range: DateRange, surface: string | null, asOf: number): Promise<ReleaseStarts>;
  /** Distinct accounts and users with an error, a drop-off or a ticket. */
  readReach(range: DateRange, slice: Slice, asOf: number): Promise<{ accounts: number; users: number }>;
  /** How many there are, and the latest of them first. */
  readTexts(of: TextQuery, asOf: number): Promise<{ total: number; texts: FoundText[] }>;
  /** Set within the range (epoch ms, half-open), oldest first. */
  readAnnotations(range: { start: number; end: number }): Promise<Annotation[]>;
}
