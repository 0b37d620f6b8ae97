/** Queries as questions: what a button asks has to be read as exactly that query. */
import type { Metric } from '../../catalogue/define.ts';
import { findDimension, findMetric } from '../../catalogue/index.ts';
import { joinWords } from '../../facts/render.ts';
import { addDays, daysBetween } from '../../window.ts';
import type { MetricQuery } from '../metric-query.ts';
import { labelOf } from './figure-words.ts';
import { hasHours } from './period-words.ts';

/** "error rate on /checkout by release from 2026-01-19 to 2026-01-25". */
export function phraseQuestion(query: MetricQuery): string {
  const metric = query.metric === null ? undefined : findMetric(query.metric);
  const parts = [
    metric === undefined ? 'overview' : questionName(metric),
    ...(query.surface === null ? [] : [`on ${query.surface}`]),
    ...Object.entries(query.filters).flatMap(([dimension, value]) =>
      value === undefined ? [] : [phraseFilter(dimension, value)],
    ),
    ...query.group_by.map((dimension) => `by ${questionNoun(dimension)}`),
    ...(query.grain === null ? [] : [`per ${query.grain}`]),
    phraseWindow(query.window),
  ];
  return parts.join(' ');
}

/** The label, unless a word of it would be read as a grain: "exposed monthly revenue". */
const questionName = (metric: Metric): string =>
  /\b(?:hourly|daily|weekly|monthly)\b/.test(metric.label) ? metric.id.replaceAll('_', ' ') : labelOf(metric);

const SHORT: Readonly<Record<string, string>> = {
  surface: 'page',
  error_signature: 'signature',
  ticket_topic: 'topic',
};

/** What a dimension is called in a question; "by ticket topic" would be about the texts. */
export const questionNoun = (dimension: string): string =>
  SHORT[dimension] ?? labelOf({ label: findDimension(dimension)?.label ?? dimension });

function phraseFilter(dimension: string, value: string | number | readonly string[]): string {
  if (dimension === 'cohort_day') return `day ${value}`;
  const values = joinWords(typeof value === 'object' ? value : [String(value)], 'or');
  return `for ${questionNoun(dimension)} ${values}`;
}

/** "from 2026-01-19 to 2026-01-25": read as just this window. */
export function phraseWindow(window: MetricQuery['window']): string {
  if (hasHours(window)) return `from ${window.start.replace('T', ' ')} to ${window.end.replace('T', ' ')}`;
  if (daysBetween(window.start, window.end) === 1) return `on ${window.start}`;
  return `from ${window.start} to ${addDays(window.end, -1)}`;
}
