import type { AnswerBody } from '../answer-body.ts';
import type { Figure } from '../metric-result.ts';
import type { Reason, ThreadContext } from '../reading.ts';
import type { MetricAsked } from './asked.ts';
import { caveats } from './caveats.ts';
import { againstBefore, changeSentence, isUnequal, perDaySentence } from './comparison.ts';
import { contextLine } from './context-line.ts';
import { formatNamed, isAdditive } from './figure-words.ts';
import { metricFollowUps } from './follow-ups.ts';
import { groupHeadline, groupSentences, groupTable, listedValues } from './group-answer.ts';
import { headlineFigures } from './headline-figures.ts';
import { metricFacts } from './metric-facts.ts';
import { metricRows } from './metric-rows.ts';
import { bucketTable, metricSeries } from './metric-series.ts';
import { lengthOf, passedDays } from './passed-days.ts';
import { hasHours } from './period-words.ts';
import { sameTimeSentence } from './same-time.ts';
import { partsSentence, scalarHeadline } from './scalar-headline.ts';
import { seriesHeadline, seriesSentences } from './series-answer.ts';
import { bodyOf, fixed, plain, spansText } from './spans.ts';
import { toldBuckets } from './told-buckets.ts';

/** What became of a metric question. */
export interface MetricAnswer {
  body: AnswerBody;
  reason: Reason | null;
  listed: ThreadContext['listed'];
}

/**
 * The answer to a metric question that has one: the number first, then what changed and whether that is normal, then
 * what stands out and what to know, then the table or series. Whether it has one is for `abstain` to say.
 */
export function answerMetric(asked: MetricAsked): MetricAnswer {
  const { query } = asked;
  const grouped = query.group_by.length > 0;
  const headline =
    query.grain !== null ? seriesHeadline(asked) : grouped ? groupHeadline(asked) : scalarHeadline(asked);
  const body = bodyOf(headline, {
    sentences: [
      ...textSpans(totalSentences(asked)).map(fixed),
      ...(query.grain !== null ? seriesSentences(asked) : grouped ? groupSentences(asked) : []),
      ...textSpans(caveats(asked)).map(fixed),
    ],
    table: query.grain === null ? (grouped ? groupTable(asked) : null) : bucketTable(told(asked)),
    series: metricSeries(asked, spansText(headline)),
    context: contextLine(asked),
    followUps: metricFollowUps(asked),
    facts: metricFacts(asked),
    rows: metricRows(asked),
  });
  return { body, reason: null, listed: listedValues(asked) };
}

const told = (asked: MetricAsked): MetricAsked => ({
  ...asked,
  result: { ...asked.result, rows: toldBuckets(asked.result.rows) },
});

/** What the whole is made of and how it moved; periods of different length are held against each other by the day. */
function totalSentences(asked: MetricAsked): string[] {
  const { query, metric, result, setting, variation } = asked;
  const { figure, compared } = headlineFigures(query, metric, result);
  const { currency } = setting;
  const parts = query.group_by.length > 0 ? null : partsSentence(asked);
  if (compared === null) return [parts].filter((sentence) => sentence !== null);
  const lengths = lengthsOf(asked);
  const [whole, earlier] = isAdditive(metric) && isUnequal(...lengths) ? lengths : [1, 1];
  const same = asked.sameTime === null ? null : sameTimeSentence(asked.sameTime, metric, currency);
  const daily = isAdditive(metric) ? perDaySentence(figure, compared, lengths, metric, currency) : null;
  const moved = changeSentence(divided(figure, whole), divided(compared, earlier), metric, currency, variation);
  return [parts, allTogether(asked), same, daily, moved].filter((sentence) => sentence !== null);
}

/** What the compared groups are parts of. */
function allTogether({ query, metric, result, setting }: MetricAsked): string | null {
  const { figure, compared } = result.total;
  if (query.group_by.length === 0 || figure.value === null || compared === null || compared.value === null) return null;
  const against = againstBefore(figure.value, compared.value, metric, setting.currency);
  return `All together: ${formatNamed(figure.value, metric, setting.currency)}${against}.`;
}

function lengthsOf({ query, result, sameTime, setting }: MetricAsked): readonly [number, number] {
  if (sameTime !== null || query.compare === null || hasHours(query.window) || hasHours(query.compare)) return [1, 1];
  const [now, before] = [query.window, query.compare].map((window) =>
    lengthOf(passedDays(window, result.first_date, setting)),
  );
  return [now ?? 1, before ?? 1];
}

const divided = (figure: Figure, by: number): Figure =>
  by === 1 || figure.value === null ? figure : { ...figure, value: figure.value / by };

const textSpans = (sentences: readonly string[]) => sentences.map((text) => [plain(text)]);
