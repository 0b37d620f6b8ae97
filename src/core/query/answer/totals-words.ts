/** Days that a team imported as daily totals: what those do not tell is not known, and never zero. */
import { findDimension } from '../../catalogue/index.ts';
import { addDays } from '../../window.ts';
import { type MetricAsked, todayOf } from './asked.ts';
import { dayWords } from './day-words.ts';
import { dimensionNoun, labelOf } from './figure-words.ts';
import { formatShortWindow, hasHours } from './period-words.ts';

/** What imported daily totals hold; the rest takes events. */
const OF_TOTALS: ReadonlySet<string> = new Set([
  ...['pageviews', 'actions', 'dropoffs', 'errors', 'tickets'],
  ...['error_rate', 'dropoff_rate', 'ticket_rate', 'conversion_rate'],
]);

const NAMED_BY_TOTALS: ReadonlySet<string> = new Set(['surface', 'release', 'error_signature', 'ticket_topic']);

/** What they do not tell: "active users", "pageviews by the hour", "errors by platform". */
export function untoldByTotals({ query, metric }: Pick<MetricAsked, 'query' | 'metric'>): string {
  const label = labelOf(metric);
  if (!OF_TOTALS.has(metric.id)) return label;
  const unnamed = Object.keys(query.filters).find((dimension) => !NAMED_BY_TOTALS.has(dimension));
  if (unnamed === undefined || query.grain === 'hour') return `${label} by the hour`;
  return `${label} by ${dimensionNoun(findDimension(unnamed)?.label ?? unnamed, unnamed, 1)}`;
}

/** Whether nothing is known of the whole window, as only its daily totals were imported. */
export const isBeyondTotals = ({ result }: Pick<MetricAsked, 'result'>): boolean =>
  result.total.figure.value === null && result.total.figure.sample === 0 && result.totals_only.length > 0;

/** Whether the window, or the compared one, holds such days. */
export function holdsTotals(
  { query, result }: Pick<MetricAsked, 'query' | 'result'>,
  of: 'window' | 'compare',
): boolean {
  const window = query[of];
  if (window === null) return false;
  const end = hasHours(window) ? addDays(window.end.slice(0, 10), 1) : window.end;
  return result.totals_only.some((date) => date >= window.start.slice(0, 10) && date < end);
}

/** "Of Mon 9–Wed 11 Nov only daily totals were imported, which do not tell active users: those days are left out." */
export function totalsSentences(asked: MetricAsked): string[] {
  const { query, result, setting } = asked;
  const today = todayOf(setting);
  const { totals_only: only, totals_partly: partly, total } = result;
  const days = only.length === 1 ? 'that day is' : 'those days are';
  const against =
    query.compare !== null && total.compared?.value == null
      ? `, and nothing is held against ${formatShortWindow(query.compare, today)}`
      : '';
  return [
    ...(only.length === 0
      ? []
      : [
          `Of ${dayWords(only, today)} only daily totals were imported, which do not tell ${untoldByTotals(asked)}: ${days} left out${against}.`,
        ]),
    ...(partly.length === 0
      ? []
      : [
          `Of some pages only daily totals were imported for ${dayWords(partly, today)}: what happened on them is not in the figure${only.length === 0 ? against : ''}.`,
        ]),
  ];
}
