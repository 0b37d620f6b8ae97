/** A chart of one metric against what is normal for it, before anything draws it. */
import { formatDay, formatMoment, formatRange } from '../facts/render.ts';
import { addDays, dateInZone } from '../window.ts';
import type { MetricUnit } from './metric-axis.ts';

export interface ChartPoint {
  /** Start of the day or hour, epoch milliseconds. */
  start: number;
  /** In the chart's unit; null where there is no figure, which is a gap and never zero. */
  value: number | null;
  expected: number | null;
  /** The normal range; null where none is known. */
  lower: number | null;
  upper: number | null;
  /** Told as outside of normal. */
  flagged: boolean;
}

/** Something that happened at one time: a release. */
export interface ChartMark {
  /** Epoch milliseconds. */
  at: number;
  name: string;
}

export interface Chart {
  /** The finding: "/checkout: errors 6.9x normal since Thu 29 Jan". */
  title: string;
  /** What is drawn: "Errors per view". */
  measure: string;
  unit: MetricUnit;
  grain: 'day' | 'hour';
  /** IANA zone of the days and hours. */
  timezone: string;
  /** One for each day or hour of the stretch, oldest first. */
  points: readonly ChartPoint[];
  marks: readonly ChartMark[];
}

/** When a point is: "Thu 29 Jan", "Thu 29 Jan, 15:00". */
export function momentOf({ grain, timezone }: Pick<Chart, 'grain' | 'timezone'>, start: number): string {
  return grain === 'day' ? formatDay(dateInZone(start, timezone)) : formatMoment(start, timezone);
}

/** What is drawn, of when and on which clock: "Errors per view by day", "Fri 2–Thu 29 Jan", "Europe/Berlin". */
export function describeStretch(chart: Chart): { what: string; when: string | null; zone: string } {
  const { grain, timezone, measure, points } = chart;
  const [first, last] = [points[0], points.at(-1)];
  const drawn = { what: `${measure} by ${grain}`, zone: timezone };
  if (first === undefined || last === undefined) return { ...drawn, when: null };
  if (grain === 'hour') return { ...drawn, when: `${momentOf(chart, first.start)} to ${momentOf(chart, last.start)}` };
  const [start, end] = [dateInZone(first.start, timezone), addDays(dateInZone(last.start, timezone), 1)];
  return { ...drawn, when: formatRange({ start, end }) };
}

/** The flagged point farthest from what is expected of it, the last of equals; null where none is flagged. */
export function worstPoint(points: readonly ChartPoint[]): number | null {
  let worst: { index: number; far: number } | null = null;
  for (const [index, { value, expected, flagged }] of points.entries()) {
    if (!flagged || value === null) continue;
    const far = Math.abs(value - (expected ?? 0));
    if (worst === null || far >= worst.far) worst = { index, far };
  }
  return worst?.index ?? null;
}
