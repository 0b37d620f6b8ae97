/** A metric over time, as a chart and as a table. */
import type { Metric } from '../../catalogue/define.ts';
import { formatDay } from '../../facts/render.ts';
import { addDays } from '../../window.ts';
import type { AnswerSeries, AnswerTable } from '../answer-body.ts';
import type { QueryWindow } from '../metric-query.ts';
import type { ResultRow } from '../metric-result.ts';
import { type MetricAsked, todayOf } from './asked.ts';
import { contractValue, formatValue } from './figure-words.ts';
import { isGap } from './gap-days.ts';
import { groupName, groupNoun } from './group-words.ts';
import { wholeBuckets } from './headline-figures.ts';
import { formatShortWindow } from './period-words.ts';
import { left, right } from './table.ts';

/** More points than this are a chart's work. */
const MOST_TABLE_ROWS = 31;
const MOST_LINES = 8;

type Grain = Exclude<MetricAsked['query']['grain'], null>;

/** "Thu 29 Jan", "week of 19 Jan", "Jan 2026", "Thu 29 Jan, 14:00"; of hours of one day the time alone. */
export function bucketLabel(bucket: string, grain: Grain, oneDay = false): string {
  const [date = bucket, time] = bucket.split('T');
  const day = formatDay(date);
  if (grain === 'hour') return oneDay ? (time ?? '00:00') : `${day}, ${time ?? '00:00'}`;
  if (grain === 'month') return `${day.split(' ')[2]} ${date.slice(0, 4)}`;
  return grain === 'week' ? `week of ${day.slice(4)}` : day;
}

const labelOf = ({ bucket, partial }: ResultRow, grain: Grain, oneDay: boolean): string =>
  `${bucketLabel(bucket ?? '', grain, oneDay)}${partial ? ' (part)' : ''}`;

/** One line a group, at most eight; the compared period is a line of its own where there are no groups. */
export function metricSeries(asked: MetricAsked, alt: string): AnswerSeries | null {
  const { query, metric, result, setting } = asked;
  const { grain } = query;
  if (grain === null || result.rows.length === 0) return null;
  const oneDay = isOneDay(query.window);
  // Next to nothing of a day that was not sent would be drawn as a crash.
  const untold = new Set([...result.totals_only, ...result.totals_partly]);
  const lacks = (bucket: string | null): boolean =>
    bucket !== null && grain === 'day' && (isGap(asked.gaps, bucket) || untold.has(bucket));
  const point = (row: ResultRow, figure: ResultRow['compared']) => ({
    label: labelOf(row, grain, oneDay),
    value: lacks(row.bucket) ? null : contractValue(figure?.value ?? null, metric, setting.currency),
  });
  const lines =
    query.group_by.length > 0
      ? [...byGroup(result.rows, query.group_by)]
          .slice(0, MOST_LINES)
          .map(([name, rows]) => ({ name, points: rows.map((row) => point(row, row.figure)) }))
      : [
          { name: metric.label, points: result.rows.map((row) => point(row, row.figure)) },
          ...(query.compare === null
            ? []
            : [
                {
                  name: `Before, ${formatShortWindow(query.compare, todayOf(setting))}`,
                  points: result.rows.map((row) => point(row, row.compared)),
                },
              ]),
        ];
  return { title: metric.label, unit: metric.unit, lines, alt };
}

/** Hours of one day need no date beside them. */
export function isOneDay({ start, end }: QueryWindow): boolean {
  const last = end.endsWith('T00:00') || !end.includes('T') ? addDays(end.slice(0, 10), -1) : end.slice(0, 10);
  return start.slice(0, 10) === last;
}

function byGroup(rows: readonly ResultRow[], dimensions: readonly string[]): Map<string, ResultRow[]> {
  const groups = new Map<string, ResultRow[]>();
  for (const row of rows) {
    const name = groupName(row.key, dimensions);
    groups.set(name, [...(groups.get(name) ?? []), row]);
  }
  return groups;
}

/** One row a bucket, and nothing where there are too many; of several groups one row each, its first and last bucket. */
export function bucketTable(asked: MetricAsked): AnswerTable | null {
  const { query, metric, result, setting } = asked;
  const { grain } = query;
  if (grain === null) return null;
  if (query.group_by.length > 0) return endsTable(asked, grain);
  if (result.rows.length > MOST_TABLE_ROWS) return null;
  const compared = query.compare !== null;
  const cell = (figure: ResultRow['compared']): string => figureCell(figure, metric, setting.currency);
  return {
    columns: [
      left(grain.charAt(0).toUpperCase() + grain.slice(1)),
      right(metric.label),
      ...(compared ? [right('Before')] : []),
    ],
    rows: result.rows.map((row) => [
      labelOf(row, grain, isOneDay(query.window)),
      cell(row.figure),
      ...(compared ? [cell(row.compared)] : []),
    ]),
    cut: null,
  };
}

/** Where each group began and where it is now, by complete buckets. */
function endsTable({ query, metric, result, setting }: MetricAsked, grain: Grain): AnswerTable | null {
  const whole = wholeBuckets(result.rows);
  const buckets = [...new Set(whole.map(({ bucket }) => bucket ?? ''))].sort();
  const ends = [...new Set([buckets[0], buckets.at(-1)])].filter((bucket) => bucket !== undefined);
  if (ends.length === 0) return null;
  return {
    columns: [
      left(groupNoun(query.group_by, 1)),
      ...ends.map((bucket) => right(bucketLabel(bucket, grain, isOneDay(query.window)))),
    ],
    rows: [...byGroup(whole, query.group_by)].map(([name, rows]) => [
      name,
      ...ends.map((end) =>
        figureCell(rows.find(({ bucket }) => bucket === end)?.figure ?? null, metric, setting.currency),
      ),
    ]),
    cut: null,
  };
}

/** What is missing is a dash, never a zero. */
export const figureCell = (figure: ResultRow['compared'], metric: Metric, currency: string): string =>
  figure?.value == null ? '–' : formatValue(figure.value, metric, currency);
