import { spansText } from '../query/answer/spans.ts';
import type { Answer } from '../query/answer-body.ts';
import { localInstant, startOfDay } from '../window.ts';
import type { Chart, ChartPoint } from './chart.ts';
import { drawableName } from './chart-name.ts';
import type { MetricUnit } from './metric-axis.ts';

const HOUR = 3_600_000;
/** Two lines of a chart's title. */
const TITLE = 110;
/** More are a wall: a picture has some 500 dots for them on a phone. */
const MOST_POINTS = 400;
const UNITS: Readonly<Record<string, MetricUnit>> = { count: 'count', share: 'share', milliseconds: 'milliseconds' };

/**
 * An answer's one line by days or hours as a chart; null where there are several lines, or an axis that charts have not.
 * What is not over at either end is left out: a part of a day would be drawn as a fall.
 */
export function chartOfAnswer({ body, reading }: Answer, timezone: string): Chart | null {
  const { series, rows } = body;
  const grain = reading.query?.grain;
  const [line, ...others] = series?.lines ?? [];
  const unit = UNITS[series?.unit ?? ''];
  if (!series || !line || others.length > 0 || unit === undefined || (grain !== 'day' && grain !== 'hour')) return null;
  if (rows.length !== line.points.length) return null;
  const points: (ChartPoint & { isPart: boolean })[] = [];
  for (const [index, { bucket, partial }] of rows.entries()) {
    if (typeof bucket !== 'string') return null;
    const before = points.at(-1)?.start ?? Number.NEGATIVE_INFINITY;
    const start = grain === 'day' ? startOfDay(bucket, timezone) : localInstant(bucket, timezone);
    if (start === undefined) return null;
    const value = line.points[index]?.value ?? null;
    points.push({
      // The hour that a clock shows twice has one name.
      start: start > before ? start : before + HOUR,
      value,
      expected: null,
      lower: null,
      upper: null,
      flagged: false,
      isPart: partial === true && value !== null,
    });
  }
  const first = points.findIndex(({ isPart }) => !isPart);
  const whole = points.slice(first, points.findLastIndex(({ isPart }) => !isPart) + 1);
  if (first < 0 || whole.length > MOST_POINTS) return null;
  return {
    title: drawableName(spansText(body.headline).replace(/\.$/, ''), TITLE, series.title),
    measure: series.title,
    unit,
    grain,
    timezone,
    points: whole.map(({ isPart: _, ...point }) => point),
    marks: [],
  };
}
