/** What a metric query gives: figures with everything an answer has to say about them. */

/** A figure of the metric over one period. Money in minor units, shares 0-1, durations as the metric's unit. */
export interface Figure {
  /** Null where the metric is undefined: a ratio over nothing, a percentile of nothing. */
  value: number | null;
  /** The parts of a ratio; null for what is none. */
  numerator: number | null;
  denominator: number | null;
  /** How many of the metric's `minimum_sample` measure it rests on. */
  sample: number;
}

export interface ResultRow {
  /** Values of `group_by`, by dimension; null where the events name none. */
  key: Readonly<Record<string, string | null>>;
  /** Start of the bucket where a grain was asked for: `YYYY-MM-DD`, or `YYYY-MM-DDTHH:00` local by the hour. */
  bucket: string | null;
  /** The bucket holds time that has not passed yet, or was cut by the window. */
  partial: boolean;
  figure: Figure;
  /** The same group, or the bucket at the same place, of the compared period. */
  compared: Figure | null;
}

export interface MetricResult {
  /** Groups in the query's order, at most its limit; buckets by time, all of them. One row where neither was asked for. */
  rows: readonly ResultRow[];
  /** Over all groups and buckets: what the rows are parts of. */
  total: { figure: Figure; compared: Figure | null };
  /** How many groups there are before the limit. */
  groups: number;
  /** Latest event (epoch ms) that had arrived from the sources this rests on; null without any. */
  watermark: number | null;
  /** The first day (YYYY-MM-DD) with any data for this metric, whatever its filters; null when there never was. */
  first_date: string | null;
  /** Where it was read from: `rollups` are exact sums of days or hours, `events` the events themselves. */
  served_by: 'rollups' | 'events';
  /**
   * Days (YYYY-MM-DD, oldest first) in the window, the compared one or what the metric looks back on, of which a team
   * imported daily totals that do not tell what is asked: nothing is known of them, and they are left out.
   */
  totals_only: readonly string[];
  /** Days of which the same holds for some pages, while of others there are events. */
  totals_partly: readonly string[];
}
