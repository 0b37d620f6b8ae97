import type { DataVisualizationBlock } from '../../block-kit/blocks.ts';
import { LIMITS } from '../../block-kit/limits.ts';
import { findDimension, findMetric } from '../../core/catalogue/index.ts';
import { countOf, joinWords } from '../../core/facts/render.ts';
import type { Answer, AnswerSeries } from '../../core/query/answer-body.ts';
import { clip } from '../mrkdwn.ts';
import { completePlaces, pickPoints, uniqueLabels } from './chart-points.ts';

/** A native chart, and what a reader has to know of what it leaves out. */
export interface DrawnChart {
  block: DataVisualizationBlock;
  notes: string[];
}

type Unit = AnswerSeries['unit'];

const { points: MOST_POINTS, series: MOST_LINES } = LIMITS.chart;
/** Points left out that are named one by one. */
const NAMED = 3;

/** The answer as a chart: its lines over time, else a bar for each of its groups; null where there are not two points. */
export function drawAnswer({ body, reading }: Answer): DrawnChart | null {
  return body.series === null ? drawGroups(body.rows, reading.query) : drawSeries(body.series);
}

/** Lines over time: at most six, at most twenty points each. */
export function drawSeries(series: AnswerSeries): DrawnChart | null {
  const { lines, places } = completePlaces(series.lines.slice(0, MOST_LINES));
  const [first] = lines;
  if (first === undefined || places.length < 2) return null;
  const kept = pickPoints(
    places.map((place) => first.points[place]?.value ?? 0),
    MOST_POINTS,
  ).map((index) => places[index] ?? 0);
  const categories = uniqueLabels(kept.map((place) => first.points[place]?.label ?? ''));
  const scale = scaleOf(
    series.unit,
    lines.flatMap(({ points }) => kept.map((place) => points[place]?.value ?? 0)),
  );
  const names = uniqueLabels(lines.map(({ name }) => name));
  const missing = first.points.flatMap(({ label }, place) =>
    places.includes(place) ? [] : [label.replace(/ \(part\)$/, '')],
  );
  return {
    block: {
      type: 'data_visualization',
      title: titleOf(series.title),
      chart: {
        type: 'line',
        series: lines.map(({ points }, line) => ({
          name: names[line] ?? '',
          data: kept.map((place, index) => ({
            label: categories[index] ?? '',
            value: scale.of(points[place]?.value ?? 0),
          })),
        })),
        axis_config: { categories, y_label: scale.label },
      },
    },
    notes: [
      ...(lines.length < series.lines.length
        ? [`The chart shows ${lines.length} of ${series.lines.length} lines.`]
        : []),
      ...(missing.length === 0
        ? []
        : missing.length <= NAMED
          ? [`Not in the chart, for lack of a figure: ${joinWords(missing)}.`]
          : [`The chart leaves out ${countOf(missing.length, 'point')} without a figure.`]),
      ...(kept.length < places.length
        ? [`The chart shows ${kept.length} of ${places.length} points, the furthest from average of each stretch.`]
        : []),
    ],
  };
}

/** One bar a group, best first as the answer has them. */
function drawGroups(rows: Answer['body']['rows'], query: Answer['reading']['query']): DrawnChart | null {
  const [dimension, second] = query?.group_by ?? [];
  const metric = findMetric(query?.metric ?? '');
  if (dimension === undefined || second !== undefined || metric === undefined) return null;
  const groups = rows.flatMap((row) =>
    typeof row.value === 'number' ? [{ name: String(row[dimension] ?? 'none'), value: row.value }] : [],
  );
  const shown = groups.slice(0, MOST_POINTS);
  if (shown.length < 2) return null;
  const categories = uniqueLabels(shown.map(({ name }) => name));
  const scale = scaleOf(
    metric.unit,
    shown.map(({ value }) => value),
  );
  const noun = dimension === 'surface' ? 'page' : (findDimension(dimension)?.label ?? dimension).toLowerCase();
  return {
    block: {
      type: 'data_visualization',
      title: titleOf(`${metric.label} by ${noun}`),
      chart: {
        type: 'bar',
        series: [
          {
            name: clip(metric.label, LIMITS.chart.label),
            data: shown.map(({ value }, index) => ({ label: categories[index] ?? '', value: scale.of(value) })),
          },
        ],
        axis_config: { categories, y_label: scale.label },
      },
    },
    notes: shown.length < rows.length ? [`The chart shows ${shown.length} of ${rows.length} rows.`] : [],
  };
}

const titleOf = (text: string): string => clip(text.trim() || 'Chart', LIMITS.chart.title);

/** Figures as an axis shows them: shares in percent, long times in seconds, six digits at most. */
function scaleOf(unit: Unit, values: readonly number[]): { label: string; of: (value: number) => number } {
  const by = (factor: number) => (value: number) => Number((value * factor).toPrecision(6));
  switch (unit) {
    case 'share':
      return { label: 'percent', of: by(100) };
    case 'milliseconds':
      return Math.max(...values) >= 1_000
        ? { label: 'seconds', of: by(1 / 1_000) }
        : { label: 'milliseconds', of: by(1) };
    case 'money':
      return { label: 'money', of: by(1) };
    default:
      return { label: unit, of: by(1) };
  }
}
