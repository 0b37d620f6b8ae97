/** One figure for the whole window. */
import { getMeasure } from '../../catalogue/index.ts';
import { formatCount } from '../../facts/render.ts';
import type { Span } from '../answer-body.ts';
import { type MetricAsked, todayOf } from './asked.ts';
import { againstBefore } from './comparison.ts';
import { counted, formatNamed, labelOf, sampleName } from './figure-words.ts';
import { formatShortWindow, formatWindow, periodPhrase } from './period-words.ts';
import { scopeWords } from './scope-words.ts';
import { plain, strong } from './spans.ts';

/** "**2.1% error rate on /checkout last week, up from 1.3%** (Mon 19–Sun 25 Jan against 12–18 Jan)." */
export function scalarHeadline(asked: MetricAsked): Span[] {
  const { query, metric, result, setting } = asked;
  const { figure, compared } = result.total;
  const about = asked.rounded ? 'About ' : '';
  const figureText = `${about}${formatNamed(figure.value ?? 0, metric, setting.currency)}${scopeWords(query)}`;
  const before =
    figure.value !== null && compared !== null && compared.value !== null
      ? againstBefore(figure.value, compared.value, metric, setting.currency)
      : '';
  return withPeriod(asked, (phrase) => `${figureText} ${phrase}${before}`);
}

/** A sentence about the window, its dates in brackets unless the phrase names them. */
export function withPeriod({ query, setting }: MetricAsked, say: (phrase: string) => string): Span[] {
  const today = todayOf(setting);
  const { phrase, named } = periodPhrase(query.window, today);
  const dates = [
    ...(named ? [formatWindow(query.window, today)] : []),
    ...(query.compare === null ? [] : [`against ${formatShortWindow(query.compare, today)}`]),
  ].join(' ');
  return [strong(say(phrase)), plain(dates === '' ? '.' : ` (${dates}).`)];
}

/** What the figure is made of: "261 errors in 12,450 pageviews." Null where it is a plain count. */
export function partsSentence({ metric, result }: MetricAsked): string | null {
  const { numerator, denominator, sample } = result.total.figure;
  if (numerator !== null && denominator !== null && metric.unit === 'share') {
    if (!('numerator' in metric.of))
      return `${formatCount(numerator)} of ${formatCount(denominator)} ${sampleName(metric, denominator)}.`;
    const [part, whole] = [labelOf(getMeasure(metric.of.numerator)), labelOf(getMeasure(metric.of.denominator))];
    return `${formatCount(numerator)} ${counted(part, numerator)} in ${formatCount(denominator)} ${counted(whole, denominator)}.`;
  }
  if (metric.unit === 'money' && denominator !== null)
    return `Over ${formatCount(denominator)} ${counted('orders', denominator)}.`;
  if (metric.unit === 'milliseconds' || metric.unit === 'minutes')
    return `Over ${formatCount(sample)} ${sampleName(metric, sample)}.`;
  return null;
}
