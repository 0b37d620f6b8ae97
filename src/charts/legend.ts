/** What each stroke means, in one row under the days. */
import type { Chart } from '../core/chart/chart.ts';
import { EDGE, HEIGHT, SMALL } from './layout.ts';
import { PALETTE } from './palette.ts';
import { textWidth } from './text-size.ts';

const ROW = HEIGHT - 20;
const GAP = 22;
/** Between a key and its words. */
const NEAR = 7;

/** A flagged point's outline around its middle: a diamond, so that shape tells it as well as colour. */
export const diamondAround = (x: number, y: number, reach: number): [number, number][] => [
  [x, y - reach],
  [x + reach, y],
  [x, y + reach],
  [x - reach, y],
];

interface Entry {
  label: string;
  /** How wide its key is. */
  width: number;
  key(x: number): object;
}

/** Elements of ECharts' `graphic`. */
export function legendOf(chart: Chart, markCount: number): object[] {
  let x = EDGE;
  return entriesOf(chart, markCount).flatMap(({ label, width, key }) => {
    const at = x;
    x += width + NEAR + textWidth(label, SMALL) * 0.95 + GAP;
    const style = { text: label, fill: PALETTE.soft, fontSize: SMALL, fontFamily: 'Inter', verticalAlign: 'middle' };
    return [key(at), { type: 'text', silent: true, style: { ...style, x: at + width + NEAR, y: ROW } }];
  });
}

function entriesOf({ points, grain }: Chart, markCount: number): Entry[] {
  const has = (is: (point: Chart['points'][number]) => boolean): boolean => points.some(is);
  const hasBand = has(({ lower, upper }) => lower !== null && upper !== null);
  return [
    {
      label: grain === 'day' ? 'each day' : 'each hour',
      width: 20,
      key: (x) => line([x, ROW, x + 20, ROW], { stroke: PALETTE.value, lineWidth: 3 }),
    },
    ...(hasBand ? [{ label: 'normal range', width: 20, key: box }] : []),
    ...(!hasBand && has(({ expected }) => expected !== null)
      ? [
          {
            label: 'normal',
            width: 20,
            key: (x: number) =>
              line([x, ROW, x + 20, ROW], { stroke: PALETTE.expected, lineWidth: 2, lineDash: [4, 3] }),
          },
        ]
      : []),
    ...(has(({ flagged, value }) => flagged && value !== null)
      ? [{ label: 'outside normal', width: 14, key: diamond }]
      : []),
    ...(markCount > 0
      ? [
          {
            label: 'release',
            width: 4,
            key: (x: number) =>
              line([x + 2, ROW - 9, x + 2, ROW + 9], { stroke: PALETTE.mark, lineWidth: 2, lineDash: [5, 3] }),
          },
        ]
      : []),
  ];
}

const line = ([x1, y1, x2, y2]: [number, number, number, number], style: object): object => ({
  type: 'line',
  silent: true,
  shape: { x1, y1, x2, y2 },
  style,
});

const box = (x: number): object => ({
  type: 'rect',
  silent: true,
  shape: { x, y: ROW - 6, width: 20, height: 12 },
  style: { fill: PALETTE.band, stroke: PALETTE.bandEdge, lineWidth: 1 },
});

const diamond = (x: number): object => ({
  type: 'polygon',
  silent: true,
  shape: { points: diamondAround(x + 7, ROW, 7) },
  style: { fill: PALETTE.flagged },
});
