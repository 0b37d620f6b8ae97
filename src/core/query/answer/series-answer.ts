/** A metric over time: the whole, and between what its buckets lie. */
import { kindOf } from '../../catalogue/index.ts';
import type { Span } from '../answer-body.ts';
import type { ResultRow } from '../metric-result.ts';
import type { MetricAsked } from './asked.ts';
import { againstBefore } from './comparison.ts';
import { formatNamed, formatValue, isAdditive } from './figure-words.ts';
import { isGap } from './gap-days.ts';
import { groupNoun } from './group-words.ts';
import { headlineFigures, wholeBuckets } from './headline-figures.ts';
import { bucketLabel, isOneDay } from './metric-series.ts';
import { scalarHeadline, withPeriod } from './scalar-headline.ts';
import { scopeWords } from './scope-words.ts';
import { toldBuckets } from './told-buckets.ts';

/** "**212 tickets last week, 22–41 a day** (…)"; distinct counts by their average bucket, as days do not add up. */
export function seriesHeadline(asked: MetricAsked): Span[] {
  const { query, metric, result, setting } = asked;
  const { currency } = setting;
  const scope = scopeWords(query);
  const per = query.grain === 'hour' ? 'an hour' : `a ${query.grain}`;
  if (query.group_by.length > 0) {
    const value = result.total.figure.value ?? 0;
    const by = groupNoun(query.group_by, 1);
    return withPeriod(
      asked,
      (phrase) => `${formatNamed(value, metric, currency)}${scope} ${phrase}, by ${by} and ${query.grain}`,
    );
  }
  const { figure, compared } = headlineFigures(query, metric, result);
  const against =
    figure.value !== null && compared?.value != null
      ? againstBefore(figure.value, compared.value, metric, currency)
      : '';
  if (result.rows.length === 1) return scalarHeadline(asked);
  if (kindOf(metric) === 'distinct')
    return withPeriod(
      asked,
      (phrase) => `${formatNamed(figure.value ?? 0, metric, currency)} ${per} on average${scope} ${phrase}${against}`,
    );
  const range = against === '' ? rangeOf(asked) : null;
  return withPeriod(
    asked,
    (phrase) =>
      `${formatNamed(figure.value ?? 0, metric, currency)}${scope} ${phrase}${against}${range === null ? '' : `, ${range} ${per}`}`,
  );
}

/** Where it was highest, and what distinct counts are over the whole. */
export function seriesSentences({ query, metric, result, gaps, setting }: MetricAsked): Span[][] {
  const { grain } = query;
  if (grain === null || query.group_by.length > 0) return [];
  const { currency } = setting;
  const full = wholeBuckets(result.rows);
  const sentences: string[] = [];
  const top = full.reduce<ResultRow | undefined>(
    (best, row) => ((row.figure.value ?? -1) > (best?.figure.value ?? -1) ? row : best),
    undefined,
  );
  if (top?.figure.value != null && full.length > 2)
    sentences.push(
      `Highest: ${formatValue(top.figure.value, metric, currency)}, ${bucketLabel(top.bucket ?? '', grain, isOneDay(query.window))}.`,
    );
  const { value } = result.total.figure;
  if (kindOf(metric) === 'distinct' && value !== null && full.length > 1)
    sentences.push(`Over the whole period: ${formatNamed(value, metric, currency)}, each counted once.`);
  // A day that lacks data is named beside why.
  const untold = new Set([...result.totals_only, ...result.totals_partly]);
  const cut = toldBuckets(result.rows).filter(
    ({ partial, bucket }) => partial && !isGap(gaps, bucket) && !untold.has(bucket ?? ''),
  ).length;
  if (cut > 0 && result.rows.length > 1)
    sentences.push(
      `The ${grain}${cut === 1 ? '' : 's'} marked "(part)" ${cut === 1 ? 'is' : 'are'} not complete and left out of what is said above.`,
    );
  return sentences.map((text) => [{ text }]);
}

function rangeOf({ metric, result, setting }: MetricAsked): string | null {
  const values = wholeBuckets(result.rows).flatMap(({ figure }) => figure.value ?? []);
  if (values.length < 2 || (!isAdditive(metric) && metric.unit !== 'share' && kindOf(metric) !== 'percentile'))
    return null;
  const [low, high] = [Math.min(...values), Math.max(...values)].map((value) =>
    formatValue(value, metric, setting.currency),
  );
  if (low === undefined || high === undefined || low === high) return high ?? null;
  const unit = /(?: [a-z]+|%)$/.exec(high)?.[0] ?? '';
  return `${unit !== '' && low.endsWith(unit) ? low.slice(0, -unit.length) : low}–${high}`;
}
