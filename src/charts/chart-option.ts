import type { CustomSeriesOption, LineSeriesOption } from 'echarts/charts';
import type { GraphicComponentOption, GridComponentOption } from 'echarts/components';
import type { ComposeOption } from 'echarts/core';
import { type Chart, type ChartPoint, worstPoint } from '../core/chart/chart.ts';
import { timeTicks, valueAxis } from '../core/chart/chart-axes.ts';
import { drawableName } from '../core/chart/chart-name.ts';
import { formatInUnit } from '../core/chart/metric-axis.ts';
import { EDGE, HEIGHT, type Layout, layOut, MARK_ROW, MARKS_ABOVE, PLOT_WIDTH, SMALL, WIDTH } from './layout.ts';
import { diamondAround, legendOf } from './legend.ts';
import { PALETTE } from './palette.ts';
import { textWidth } from './text-size.ts';

type Option = ComposeOption<CustomSeriesOption | LineSeriesOption | GraphicComponentOption | GridComponentOption>;

const FONT = 'Inter';
/** Two lines of the smallest title hold fewer characters. */
const LONGEST = 160;
/** Beyond so many points dots would touch. */
const MOST_DOTS = 40;
/** From a diamond's middle to its corners. */
const DIAMOND = 8;
const FIGURE = SMALL + 2;

/** What ECharts draws of the chart. */
export function chartOption(given: Chart): Option {
  const chart = {
    ...given,
    title: drawableName(given.title, LONGEST, 'Chart'),
    measure: drawableName(given.measure, LONGEST, 'Value'),
    points: given.points.map(finitePoint),
  };
  const layout = layOut(chart);
  const axis = valueAxis(chart);
  const ticks = new Map(timeTicks(chart).map(({ index, label }) => [index, label]));
  const count = Math.max(1, chart.points.length);
  const at = { customValues: [...ticks.keys()] };
  const label = { color: PALETTE.soft, fontSize: SMALL, fontFamily: FONT };
  return {
    animation: false,
    backgroundColor: 'transparent',
    textStyle: { fontFamily: FONT },
    grid: { ...layout.plot, outerBoundsMode: 'none' },
    xAxis: {
      type: 'value',
      min: -0.5,
      max: count - 0.5,
      splitLine: { show: false },
      axisLine: { show: true, onZero: false, lineStyle: { color: PALETTE.axis, width: 1.5 } },
      axisTick: { show: true, length: 5, lineStyle: { color: PALETTE.axis }, ...at },
      axisLabel: { ...label, margin: 9, formatter: (value: number) => ticks.get(value) ?? '', ...at },
    },
    yAxis: {
      type: 'value',
      min: axis.low,
      max: axis.high,
      splitLine: { lineStyle: { color: PALETTE.grid, width: 1 } },
      axisLine: { show: false },
      axisTick: { show: false, customValues: axis.ticks },
      axisLabel: {
        ...label,
        margin: 10,
        customValues: axis.ticks,
        formatter: (value: number) => axis.label(value),
      },
    },
    series: [
      bandSeries(chart.points),
      // In the middle of a band the line would say the same again.
      ...(chart.points.some(({ lower }) => lower !== null) ? [] : [expectedSeries(chart.points)]),
      marksSeries(layout, axis.high),
      valueSeries(chart.points),
      outsideSeries(chart.points),
      flaggedSeries(chart, layout),
    ],
    graphic: [card, ...words(layout), ...legendOf(chart, layout.marks.length)],
  };
}

/** Smaller figures are none that an axis could show. */
const LEAST = 1e-9;

function finite(value: number | null): number | null {
  if (value === null || !Number.isFinite(value)) return null;
  return Math.abs(value) < LEAST ? 0 : value;
}

function finitePoint(point: ChartPoint): ChartPoint {
  const [lower, upper] = [finite(point.lower), finite(point.upper)];
  return {
    ...point,
    value: finite(point.value),
    expected: finite(point.expected),
    lower: lower !== null && upper !== null ? Math.min(lower, upper) : null,
    upper: lower !== null && upper !== null ? Math.max(lower, upper) : null,
  };
}

/** One line; a point without a figure breaks it. */
function lineOf(
  points: readonly ChartPoint[],
  of: (point: ChartPoint) => number | null,
  style: LineSeriesOption,
): LineSeriesOption {
  return {
    type: 'line',
    silent: true,
    symbol: 'none',
    connectNulls: false,
    emphasis: { disabled: true },
    data: points.map((point, index) => [index, of(point)]),
    ...style,
  };
}

const expectedSeries = (points: readonly ChartPoint[]): LineSeriesOption =>
  lineOf(points, ({ expected }) => expected, {
    lineStyle: { color: PALETTE.expected, width: 2, type: [4, 3] },
    z: 3,
  });

/** Dots where there is room for them, and on every point that a gap leaves alone, where no line would show it. */
function valueSeries(points: readonly ChartPoint[]): LineSeriesOption {
  const isKnown = (index: number): boolean => points[index]?.value != null;
  const hasDot = (index: number): boolean =>
    isKnown(index) && (points.length <= MOST_DOTS || (!isKnown(index - 1) && !isKnown(index + 1)));
  return {
    ...lineOf(points, ({ value }) => value, { lineStyle: { color: PALETTE.value, width: 3, join: 'round' }, z: 5 }),
    itemStyle: { color: PALETTE.value },
    showSymbol: true,
    showAllSymbol: true,
    symbolSize: 6,
    data: points.map(({ value }, index) => ({ value: [index, value], symbol: hasDot(index) ? 'circle' : 'none' })),
  };
}

/** The normal range as an area with an edge, piece by piece between days without one. */
function bandSeries(points: readonly ChartPoint[]): CustomSeriesOption {
  const pieces: { index: number; lower: number; upper: number }[][] = [];
  let piece: (typeof pieces)[number] = [];
  for (const [index, { lower, upper }] of points.entries()) {
    if (lower === null || upper === null) piece = [];
    else {
      if (piece.length === 0) pieces.push(piece);
      piece.push({ index, lower, upper });
    }
  }
  return {
    type: 'custom',
    silent: true,
    z: 2,
    data: pieces.map((_, index) => [index, 0]),
    renderItem: ({ dataIndex }, api) => {
      const own = pieces[dataIndex] ?? [];
      const at = (side: 'lower' | 'upper') => own.map((one) => api.coord([one.index, one[side]]));
      const [low, high] = [at('lower'), at('upper')];
      // A range of one day alone is drawn half a day wide, or nobody would see it.
      const wide = (row: number[][]) =>
        row.length === 1
          ? row.flatMap(([x = 0, y = 0]) => [
              [x - 5, y],
              [x + 5, y],
            ])
          : row;
      const edge = { stroke: PALETTE.bandEdge, lineWidth: 1, fill: 'none' };
      return {
        type: 'group',
        children: [
          {
            type: 'polygon',
            shape: { points: [...wide(high), ...wide(low).reverse()] },
            style: { fill: PALETTE.band },
          },
          { type: 'polyline', shape: { points: wide(high) }, style: edge },
          { type: 'polyline', shape: { points: wide(low) }, style: edge },
        ],
      };
    },
  };
}

/** The stretches outside of normal, over the line itself. */
const outsideSeries = (points: readonly ChartPoint[]): LineSeriesOption =>
  lineOf(points, ({ value, flagged }) => (flagged ? value : null), {
    lineStyle: { color: PALETTE.flagged, width: 3, join: 'round' },
    z: 6,
  });

/** Diamonds as far apart as leaves each its shape: the worst, and of the others so many. */
function pickFlagged(points: readonly ChartPoint[], worst: number | null): { index: number; value: number }[] {
  const apart = Math.ceil((DIAMOND * 2 * points.length) / PLOT_WIDTH);
  let last = Number.NEGATIVE_INFINITY;
  return points.flatMap(({ flagged, value }, index) => {
    if (!flagged || value === null) return [];
    const isNear = (other: number | null): boolean => other !== null && Math.abs(index - other) < apart;
    if (index !== worst && (isNear(last) || isNear(worst))) return [];
    last = index;
    return [{ index, value }];
  });
}

function flaggedSeries({ points, unit }: Chart, { plot, marks }: Layout): CustomSeriesOption {
  const worst = worstPoint(points);
  const shown = pickFlagged(points, worst);
  return {
    type: 'custom',
    silent: true,
    clip: false,
    z: 7,
    data: shown.map(({ index, value }) => [index, value]),
    renderItem: ({ dataIndex }, api) => {
      const { index, value } = shown[dataIndex] ?? { index: 0, value: 0 };
      const [x = 0, y = 0] = api.coord([index, value]);
      const lines = marks.map((mark) => api.coord([mark.x, 0])[0] ?? 0);
      const diamond = {
        type: 'polygon' as const,
        shape: { points: diamondAround(x, y, DIAMOND) },
        style: { fill: PALETTE.flagged, stroke: PALETTE.card, lineWidth: 1.5 },
      };
      const said = { text: formatInUnit(value, unit), y: y - DIAMOND - 5 };
      return {
        type: 'group',
        children:
          index === worst ? [diamond, figure({ ...said, x: besideLines(said.text, x, plot.left, lines) })] : [diamond],
      };
    },
  };
}

/** Over its point, or beside a release's line that would run through it. */
function besideLines(said: string, x: number, left: number, lines: readonly number[]): number {
  const half = textWidth(said, FIGURE) / 2;
  const clamp = (middle: number): number => Math.min(Math.max(middle, left + half), WIDTH - 10 - half);
  const middle = clamp(x);
  const crossed = lines.find((at) => Math.abs(at - middle) < half + 3);
  if (crossed === undefined) return middle;
  const right = crossed + half + 5;
  return crossed <= x && clamp(right) === right ? right : clamp(crossed - half - 5);
}

const figure = (where: { x: number; y: number; text: string }) => ({
  type: 'text' as const,
  style: {
    ...where,
    align: 'center' as const,
    verticalAlign: 'bottom' as const,
    fill: PALETTE.flagged,
    stroke: PALETTE.card,
    lineWidth: 4,
    fontSize: FIGURE,
    fontWeight: 600,
    fontFamily: FONT,
  },
});

/** Releases: a dashed upright line with its name above the plot. */
function marksSeries({ marks, plot }: Layout, high: number): CustomSeriesOption {
  return {
    type: 'custom',
    silent: true,
    clip: false,
    z: 4,
    data: marks.map(({ x }) => [x, high]),
    renderItem: ({ dataIndex }, api) => {
      const mark = marks[dataIndex];
      if (mark === undefined) return null;
      const [x = 0] = api.coord([mark.x, high]);
      const top = mark.row === null ? plot.top : plot.top - 22 - MARKS_ABOVE - mark.row * MARK_ROW;
      return {
        type: 'group',
        children: [
          {
            type: 'line',
            shape: { x1: x, y1: top, x2: x, y2: HEIGHT - plot.bottom },
            style: { stroke: PALETTE.mark, lineWidth: 2, lineDash: [5, 3] },
          },
          ...(mark.row === null
            ? []
            : [
                {
                  type: 'text' as const,
                  style: {
                    x: mark.side === 'right' ? x + 6 : x - 6,
                    y: top + 7,
                    text: mark.name,
                    align: mark.side === 'right' ? ('left' as const) : ('right' as const),
                    verticalAlign: 'middle' as const,
                    fill: PALETTE.mark,
                    fontSize: SMALL - 1,
                    fontWeight: 600,
                    fontFamily: FONT,
                  },
                },
              ]),
        ],
      };
    },
  };
}

const card = {
  type: 'rect' as const,
  silent: true,
  z: -10,
  shape: { x: 0.5, y: 0.5, width: WIDTH - 1, height: HEIGHT - 1, r: 10 },
  style: { fill: PALETTE.card, stroke: PALETTE.frame, lineWidth: 1 },
};

function words({ title, subtitle }: Layout): object[] {
  const text = (said: string, y: number, style: object): object => ({
    type: 'text',
    silent: true,
    style: { x: EDGE, y, text: said, verticalAlign: 'top', fontFamily: FONT, ...style },
  });
  const titleLine = title.size + 5;
  return [
    ...title.lines.map((said, index) =>
      text(said, EDGE - 4 + index * titleLine, { fill: PALETTE.ink, fontSize: title.size, fontWeight: 600 }),
    ),
    text(subtitle.text, EDGE - 1 + title.lines.length * titleLine, { fill: PALETTE.soft, fontSize: subtitle.size }),
  ];
}
