/** Retention of people whose day has not come yet: the latest period that can be told, in place of a false nothing. */
import { formatCount } from '../../facts/render.ts';
import { addDays, daysBetween } from '../../window.ts';
import type { CheckedQuery } from '../metric-query.ts';
import type { Figure } from '../metric-result.ts';
import { type MetricAsked, todayOf } from './asked.ts';
import { contextLine } from './context-line.ts';
import { formatValue, labelOf, sampleName } from './figure-words.ts';
import { cohortDay } from './maturity.ts';
import type { MetricAnswer } from './metric-answer.ts';
import { choice } from './other-window.ts';
import { formatShortWindow, periodPhrase } from './period-words.ts';
import { bodyOf, plain, strong } from './spans.ts';

/**
 * The query over the latest equally long period all of whose newcomers have had their day; null where the period asked
 * about is one, or the metric follows nobody.
 */
export function latestFollowed(query: CheckedQuery, today: string): CheckedQuery | null {
  if (query.metric !== 'retention_rate') return null;
  const day = cohortDay(query);
  const { start, end } = query.window;
  if (addDays(start.slice(0, 10), day) < today) return null;
  const until = addDays(today, -day);
  const length = Math.max(1, daysBetween(start.slice(0, 10), end.slice(0, 10)));
  return { ...query, window: { start: addDays(until, -length), end: until }, compare: null, group_by: [], grain: null };
}

/** "Too early to tell: day 7 of people new in the past 7 days is still to come. The latest 7 days …: 31%." */
export function tooEarly(asked: MetricAsked, followed: CheckedQuery, figure: Figure): MetricAnswer {
  const { query, metric, setting } = asked;
  const today = todayOf(setting);
  const { phrase } = periodPhrase(query.window, today);
  const days = daysBetween(followed.window.start, followed.window.end);
  const latest =
    figure.value === null || figure.sample < metric.minimum_sample.at_least
      ? `Of the latest ${days} days that can be told there are too few: ${formatCount(figure.sample)} ${sampleName(metric, figure.sample)}.`
      : `The latest ${days === 1 ? 'day' : `${days} days`} that can be told (${formatShortWindow(followed.window, today)}): ${formatValue(figure.value, metric, setting.currency)} of ${formatCount(figure.sample)} ${sampleName(metric, figure.sample)}.`;
  const body = bodyOf(
    [strong('Too early to tell:'), plain(` day ${cohortDay(query)} of people new ${phrase} is still to come.`)],
    {
      sentences: [[plain(latest)]],
      context: contextLine(asked),
      followUps: [choice(`${labelOf(metric)} then`, followed)],
    },
  );
  return { body, reason: null, listed: [] };
}
