import { joinWords } from '../facts/render.ts';
import { type Chart, type ChartPoint, describeStretch, momentOf } from './chart.ts';
import { formatInUnit, formatRangeInUnit } from './metric-axis.ts';

/** Slack takes 1,000 characters with an upload. */
const MOST = 1_000;
const NAMED = 4;

/** What the chart shows, for those who cannot see it: the finding first, then range, what is flagged, gaps, releases. */
export function chartAltText(chart: Chart): string {
  const { points, marks } = chart;
  const known = points.filter((point): point is ChartPoint & { value: number } => point.value !== null);
  const missing = points.filter(({ value }) => value === null);
  const flagged = known.filter((point) => point.flagged);
  const when = ({ start }: ChartPoint): string => momentOf(chart, start);
  const { what, when: stretch, zone } = describeStretch(chart);
  const told = [
    `${chart.title}.`,
    `${[what, stretch, zone].filter(Boolean).join(', ')}.`,
    extremes(chart, known),
    flagged.length === 0 ? '' : `Outside normal: ${list(flagged.map((point) => flaggedWords(chart, point)))}.`,
    known.length > 0 && missing.length > 0 ? `No figure: ${list(missing.map(when))}.` : '',
    marks.length === 0 ? '' : `Releases: ${list(marks.map(({ at, name }) => `${name} (${momentOf(chart, at)})`))}.`,
  ].filter(Boolean);
  const text = told.join(' ');
  return text.length <= MOST ? text : `${text.slice(0, MOST - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}

function extremes(chart: Chart, known: readonly (ChartPoint & { value: number })[]): string {
  const [first] = known;
  if (first === undefined) return 'There is no figure.';
  const low = known.reduce((least, point) => (point.value < least.value ? point : least), first);
  const high = known.reduce((most, point) => (point.value > most.value ? point : most), first);
  const words = ({ value, start }: { value: number; start: number }): string =>
    `${formatInUnit(value, chart.unit)} (${momentOf(chart, start)})`;
  return low.value === high.value ? `Always ${words(low)}.` : `Lowest ${words(low)}, highest ${words(high)}.`;
}

function flaggedWords(chart: Chart, { start, value, lower, upper }: ChartPoint & { value: number }): string {
  const range =
    lower === null || upper === null ? '' : ` against a normal ${formatRangeInUnit(lower, upper, chart.unit)}`;
  return `${momentOf(chart, start)} with ${formatInUnit(value, chart.unit)}${range}`;
}

/** The last few, since these are what is asked about. */
function list(words: readonly string[]): string {
  const shown = words.slice(-NAMED);
  const left = words.length - shown.length;
  return joinWords(left === 0 ? shown : [`${left} earlier`, ...shown]);
}
