/** What a reader has to know to read the figure right. */
import type { Metric } from '../../catalogue/define.ts';
import { countOf, formatDay } from '../../facts/render.ts';
import type { Source } from '../../records.ts';
import { addDays, daysBetween } from '../../window.ts';
import { type MetricAsked, todayOf } from './asked.ts';
import { dayWords } from './day-words.ts';
import { leavesOutGaps } from './gap-days.ts';
import { youngSentence } from './maturity.ts';
import { formatShortWindow, hasHours, periodPhrase } from './period-words.ts';
import { isHeldAgainstWhole } from './same-time.ts';
import { sourceNames } from './sources-of.ts';
import { noteSentence } from './spans.ts';
import { holdsTotals, totalsSentences } from './totals-words.ts';

/** One sentence each: read differently, data that begins late, the unfinished day, groups kept back. */
export function caveats(asked: MetricAsked): string[] {
  const { query, result, notes, setting } = asked;
  const today = todayOf(setting);
  const { compared } = result.total;
  const said: string[] = notes.map(noteSentence);
  const ofTotals = (of: 'window' | 'compare') => holdsTotals(asked, of);
  const isTotals = result.totals_only.length + result.totals_partly.length > 0;
  if (query.compare !== null && (compared === null || compared.value === null) && !isTotals)
    said.push(`Nothing to compare with: there is no data for ${formatShortWindow(query.compare, today)}.`);
  const { first_date: first } = result;
  if (
    first !== null &&
    !ofTotals('compare') &&
    query.compare !== null &&
    query.compare.start < first &&
    first < query.compare.end
  )
    said.push(`Of the compared period there is data from ${formatDay(first)} on.`);
  if (
    first !== null &&
    !ofTotals('window') &&
    !hasHours(query.window) &&
    query.window.start < first &&
    first < query.window.end
  ) {
    const days = daysBetween(first, query.window.end);
    said.push(
      `There is no data for this before ${formatDay(first)}: the figure covers ${days} of ${daysBetween(query.window.start, query.window.end)} days.`,
    );
  }
  said.push(...churnBefore(asked), ...totalsSentences(asked), ...gapSentences(asked));
  const young = youngSentence(asked);
  if (young !== null) said.push(young);
  if (young === null && isHeldAgainstWhole(asked))
    said.push('Today is not over yet, and the period before is counted whole.');
  else if (isUnfinished(asked, today)) said.push('Today is not over yet.');
  if (asked.withheld > 0)
    said.push(
      `${asked.withheld} ${asked.withheld === 1 ? 'group' : 'groups'} of very few people ${asked.withheld === 1 ? 'is' : 'are'} not shown, so that nobody can be told by a figure.`,
    );
  if (asked.rounded) said.push('People of single accounts are counted in fives.');
  return said;
}

/** Who left is known only of those who were seen before: with data from a day of that period on, there are too few of them. */
function churnBefore({ query: { window }, metric, result: { first_date: first } }: MetricAsked): string[] {
  if (!isChurn(metric) || first === null || hasHours(window)) return [];
  const days = daysBetween(window.start, window.end);
  const start = addDays(window.start, -days);
  if (first <= start || first >= window.start) return [];
  return [
    `Only accounts seen in the ${countOf(days, 'day')} before can have left, and of those days there is data from ${formatDay(first)} on: ${daysBetween(first, window.start)} of ${days}.`,
  ];
}

/** Whether the metric looks at the period before as well. */
export const isChurn = ({ of }: Metric): boolean =>
  'method' in of && (of.method === 'churned_accounts' || of.method === 'churn_rate');

/** "PostHog sent nothing on Mon 9 Nov: the figure lacks what it would have sent." */
function gapSentences({ gaps, query, metric, setting }: MetricAsked): string[] {
  const bySource = new Map<Source, string[]>();
  for (const { date, sources } of gaps)
    for (const source of sources) bySource.set(source, [...(bySource.get(source) ?? []), date]);
  return [...bySource].map(([source, dates]) => {
    const when = dayWords(dates, todayOf(setting));
    const days = dates.length === 1 ? 'that day is' : 'those days are';
    const so = leavesOutGaps(query, metric) ? `${days} left out` : 'the figure lacks what it would have sent';
    return `${capital(sourceNames([source]))} sent nothing on ${when}: ${so}.`;
  });
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Today counts in, and the sentence above does not say "so far". */
function isUnfinished({ query: { window, grain } }: MetricAsked, today: string): boolean {
  if (grain !== null || hasHours(window) || window.start > today || window.end <= today) return false;
  return !periodPhrase(window, today).phrase.endsWith('so far');
}
