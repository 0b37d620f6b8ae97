/** Where things stand in a chart's picture, in its own pixels: the picture shows each of them as two. */
import { type Chart, type ChartMark, describeStretch } from '../core/chart/chart.ts';
import { placeOf } from '../core/chart/chart-axes.ts';
import { drawableName } from '../core/chart/chart-name.ts';
import { clipToWidth, type FittedText, fitText, textWidth } from './text-size.ts';

export const WIDTH = 600;
export const HEIGHT = 300;
/** The card's inner edge, left and right. */
export const EDGE = 20;
/** Slack shows the picture some 340 wide on a phone: 16 here are 9 there. */
export const SMALL = 16;
const TITLE_SIZES = [22, 20, 18];
const SUBTITLE_SIZES = [16, 15, 14, 13];
const PLOT = { left: 66, right: 44 };
export const PLOT_WIDTH = WIDTH - PLOT.left - PLOT.right;
const LEGEND = 36;
const DAYS_BELOW = 28;
/** Between the plot and the names of releases: the highest figure's label reaches there. */
export const MARKS_ABOVE = 6;
/** How high a row of release names is. */
export const MARK_ROW = 20;
const MARK_NAME = 20;
const MOST_ROWS = 2;

/** A release as it is drawn. */
export interface PlacedMark {
  /** Between the points, as `placeOf` gives it. */
  x: number;
  name: string;
  /** Of its name, counted upwards from the plot; null where no room is left for it. */
  row: number | null;
  /** On which side of the line the name stands. */
  side: 'left' | 'right';
}

export interface Layout {
  title: FittedText;
  subtitle: { size: number; text: string };
  plot: { left: number; right: number; top: number; bottom: number };
  marks: PlacedMark[];
}

export function layOut(chart: Chart): Layout {
  const inner = WIDTH - 2 * EDGE;
  const title = fitText(chart.title, inner, TITLE_SIZES);
  const subtitle = fitSubtitle(chart, inner);
  const marks = placeMarks(chart);
  const rows = Math.max(0, ...marks.map(({ row }) => (row === null ? 0 : row + 1)));
  return {
    title,
    subtitle,
    marks,
    plot: {
      left: PLOT.left,
      right: PLOT.right,
      top:
        EDGE -
        4 +
        title.lines.length * (title.size + 5) +
        subtitle.size +
        18 +
        (rows === 0 ? 0 : MARKS_ABOVE + rows * MARK_ROW),
      bottom: LEGEND + DAYS_BELOW,
    },
  };
}

/** Where all of it is too long, the dates give way: the axis has them. */
function fitSubtitle(chart: Chart, width: number): Layout['subtitle'] {
  const { what, when, zone } = describeStretch(chart);
  const whole = [what, when, zone].filter(Boolean).join(' · ');
  const size = SUBTITLE_SIZES.find((one) => textWidth(whole, one) <= width);
  if (size !== undefined) return { size, text: whole };
  return { size: SUBTITLE_SIZES[1] ?? SMALL, text: clipToWidth(`${what} · ${zone}`, SMALL, width) };
}

/** From the last back, since names stand to the right of their lines: a name never crosses another's line or name. */
function placeMarks(chart: Chart): PlacedMark[] {
  const placed: { at: number; from: number; to: number; row: number }[] = [];
  const tries = Array.from({ length: MOST_ROWS }, (_, row) => [
    { row, side: 'right' as const },
    { row, side: 'left' as const },
  ]).flat();
  return groupByPlace(chart)
    .reverse()
    .map(({ x, name }): PlacedMark => {
      const at = ((x + 0.5) / Math.max(1, chart.points.length)) * PLOT_WIDTH;
      const width = textWidth(name, SMALL) + 10;
      for (const { row, side } of tries) {
        const [from, to] = side === 'left' ? [at - width, at] : [at, at + width];
        const isFree = placed.every(
          (one) =>
            (one.row !== row || to < one.from || from > one.to) &&
            (one.row < row || one.at < from || one.at > to) &&
            (one.row > row || at < one.from || at > one.to),
        );
        if (!isFree || from < 0 || to > PLOT_WIDTH + PLOT.right - 8) continue;
        placed.push({ at, from, to, row });
        return { x, name, row, side };
      }
      return { x, name, row: null, side: 'right' };
    });
}

/** Releases of the same point are one line: "web@1.42.0 and 2 more". */
function groupByPlace(chart: Chart): { x: number; name: string }[] {
  const groups = new Map<number, { x: number; marks: ChartMark[] }>();
  for (const mark of [...chart.marks].sort((a, b) => a.at - b.at)) {
    const x = placeOf(chart, mark.at);
    if (x === null) continue;
    const point = Math.round(x);
    const group = groups.get(point) ?? { x, marks: [] };
    group.marks.push(mark);
    groups.set(point, group);
  }
  return [...groups.values()].map(({ x, marks }) => {
    const name = drawableName(marks[0]?.name ?? '', MARK_NAME, 'release');
    return { x, name: marks.length === 1 ? name : `${name} and ${marks.length - 1} more` };
  });
}
