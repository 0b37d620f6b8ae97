import type { DataVisualizationBlock } from '../../block-kit/blocks.ts';
import { LIMITS } from '../../block-kit/limits.ts';
import { axisOf, formatInUnit, type MetricUnit } from '../../core/chart/metric-axis.ts';
import { formatDay } from '../../core/facts/render.ts';
import type { JsonObject, PatternRecord } from '../../core/records.ts';
import { clip, escapeText } from '../mrkdwn.ts';

type Series = PatternRecord['series'];
const UNIT_LABELS: Readonly<Record<MetricUnit, string>> = { share: 'percent', milliseconds: 'seconds', count: 'count' };
const BARS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/**
 * Slack's native line chart of the lead metric against what was expected, over the last 20 days that have a
 * value: a day without data is left out, never drawn as zero. Null with fewer than two days.
 */
export function buildTrendChart(series: Series): DataVisualizationBlock | null {
  const days = series.points.filter((point) => point.value !== null).slice(-LIMITS.chart.points);
  if (days.length < 2) return null;
  const { label, unit } = axisOf(series.metric);
  const categories = days.map(({ date }) => formatDay(date).slice(4));
  const line = (name: string, pick: (point: Series['points'][number]) => number | null) => ({
    name,
    data: days.map((point, index) => ({
      label: categories[index] ?? '',
      value: chartValue(pick(point) ?? 0, unit),
    })),
  });
  const expectedKnown = days.every((point) => point.expected !== null);
  return {
    type: 'data_visualization',
    title: clip(`${label}: each day against normal`, LIMITS.chart.title),
    chart: {
      type: 'line',
      series: [
        line('Each day', (point) => point.value),
        ...(expectedKnown ? [line('Normal', (point) => point.expected)] : []),
      ],
      axis_config: { categories, y_label: UNIT_LABELS[unit] },
    },
  };
}

/** The same trend in words and one line of bars, where a chart cannot be shown. */
export function trendText(series: Series): string | null {
  const points = series.points.slice(-LIMITS.chart.points);
  const values = points.flatMap(({ value }) => (value === null ? [] : [value]));
  const [first, last] = [points[0], points.at(-1)];
  if (values.length < 2 || !first || !last) return null;
  const { label, unit } = axisOf(series.metric);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const bars = points.map(({ value }) => (value === null ? '·' : barOf(value, low, high))).join('');
  const gaps = points.length - values.length;
  const expected = last.expected === null ? '' : `, normal ${formatInUnit(last.expected, unit)}`;
  const now = last.value === null ? 'no data' : formatInUnit(last.value, unit);
  return [
    `*${escapeText(label)}*, ${formatDay(first.date)} to ${formatDay(last.date)}`,
    bars,
    `Lowest ${formatInUnit(low, unit)}, highest ${formatInUnit(high, unit)}; ${formatDay(last.date)}: ${now}${expected}.${
      gaps > 0 ? ` A dot is a day without data.` : ''
    }`,
  ].join('\n');
}

/** The chart as a plain object for a message's blocks. */
export function asBlock(chart: DataVisualizationBlock): JsonObject {
  return { type: chart.type, title: chart.title, chart: JSON.parse(JSON.stringify(chart.chart)) };
}

function barOf(value: number, low: number, high: number): string {
  if (high === low) return BARS[3] ?? '';
  return BARS[Math.min(BARS.length - 1, Math.floor(((value - low) / (high - low)) * BARS.length))] ?? '';
}

function chartValue(value: number, unit: MetricUnit): number {
  const scaled = unit === 'share' ? value * 100 : unit === 'milliseconds' ? value / 1000 : value;
  return Number(scaled.toPrecision(3));
}
