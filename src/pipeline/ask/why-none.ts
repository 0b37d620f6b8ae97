/** Whys without an answer: nothing to go by, or too little of it. */
import type { Metric } from '../../core/catalogue/define.ts';
import { findMetric } from '../../core/catalogue/index.ts';
import { formatCount } from '../../core/facts/render.ts';
import { labelOf, sampleName } from '../../core/query/answer/figure-words.ts';
import { periodPhrase } from '../../core/query/answer/period-words.ts';
import { phraseQuestion } from '../../core/query/answer/phrase-question.ts';
import { scopeWords } from '../../core/query/answer/scope-words.ts';
import { sourceNames, sourcesOf } from '../../core/query/answer/sources-of.ts';
import { bodyOf, plain, strong } from '../../core/query/answer/spans.ts';
import type { MetricQuery } from '../../core/query/metric-query.ts';
import { unknownPage } from '../../core/query/told/unknown-page.ts';
import type { DayMeasures, WhyMeasure } from '../../core/query/why/measured.ts';
import type { WhyWindows } from '../../core/query/why/windows.ts';
import type { DateRange } from '../../core/records.ts';
import { addDays, dateInZone } from '../../core/window.ts';
import type { AnswerOutcome, AskContext } from './ask-deps.ts';

/** The views or calls of the period, where they are fewer than the metric takes; null where they are enough. */
export function tooFew(
  days: readonly DayMeasures[],
  exposure: WhyMeasure,
  { minimum_sample }: Metric,
  { start, end }: DateRange,
): number | null {
  const sample = days.reduce((sum, day) => sum + (day.date >= start && day.date < end ? day[exposure] : 0), 0);
  return sample < minimum_sample.at_least ? sample : null;
}

export function tooSmall(
  sample: number,
  query: MetricQuery,
  metric: Metric,
  windows: WhyWindows,
  ask: AskContext,
): AnswerOutcome {
  const { at_least } = metric.minimum_sample;
  const { phrase } = periodPhrase(windows.now, dateInZone(ask.request.asOf, ask.timezone));
  const words = [
    strong(`Too few to tell: ${formatCount(sample)} ${sampleName(metric, sample)}${scopeWords(query)} ${phrase}.`),
    plain(` To look into ${labelOf(metric)} takes at least ${at_least}.`),
  ];
  const longer = { ...query, window: { start: addDays(windows.now.end, -30), end: windows.now.end }, compare: null };
  const followUps = [{ label: 'The past 30 days', question: phraseQuestion({ ...longer, group_by: [], grain: null }) }];
  return { body: bodyOf(words, { followUps }), reason: 'too_small' };
}

export function noData(
  query: MetricQuery,
  { now }: WhyWindows,
  { request, timezone, vocabulary }: AskContext,
): AnswerOutcome {
  const metric = query.metric === null ? undefined : findMetric(query.metric);
  const label = metric ? labelOf(metric) : 'error rate';
  const unknown = unknownPage(query, vocabulary, (page) => `why did ${label} on ${page} change?`);
  const what = metric ? `no data for ${label}` : 'no data';
  const { phrase } = periodPhrase(now, dateInZone(request.asOf, timezone));
  const from = metric ? ` It comes from ${sourceNames(sourcesOf(metric))}.` : '';
  const words = [
    strong(`There is ${what}${scopeWords(query)} ${phrase}`),
    plain(`, so there is no change to look into.${from}`),
  ];
  return { body: unknown ?? bodyOf(words), reason: 'no_data' };
}
