import type { Metric } from '../../core/catalogue/define.ts';
import { findMetric } from '../../core/catalogue/index.ts';
import { accountsForbidden } from '../../core/policy/account-answers.ts';
import type { AnswerSetting } from '../../core/query/answer/asked.ts';
import { countsPeople } from '../../core/query/answer/figure-words.ts';
import { daysLeftOut, testedDespite } from '../../core/query/answer/gap-days.ts';
import { accountsRefusal } from '../../core/query/answer/refusal.ts';
import { sameTimeQuery } from '../../core/query/answer/same-time.ts';
import { bodyOf, plain } from '../../core/query/answer/spans.ts';
import { type CheckedQuery, checkQuery, type MetricQuery, type QueryWindow } from '../../core/query/metric-query.ts';
import { periodBefore } from '../../core/query/time/period-before.ts';
import { type Score, writeOverview } from '../../core/query/told/overview.ts';
import { freshness } from '../../core/query/why/why-body.ts';
import { dateInZone } from '../../core/window.ts';
import type { AnswerIntent, AskContext } from './ask-deps.ts';
import { findGaps } from './find-gaps.ts';
import { findJudgedDay, prioritiesAbout } from './judged.ts';
import { historyQuery, variationOf } from './metric-history.ts';
import { watermarkOf } from './watermark.ts';

/** One of each group, the first that has data. */
const SCORECARD: readonly (readonly string[])[] = [
  ['active_users'],
  ['pageviews', 'requests'],
  ['error_rate', 'failure_rate'],
  ['ticket_rate', 'tickets'],
  ['conversion_rate', 'orders'],
  ['revenue', 'credits_used'],
  ['latency_p95'],
];
/** Fewer people than this are not told as a number. */
const FEWEST_PEOPLE = 5;

/** "How are we doing?": the figures that say so, and what is first to fix. */
export const answerOverview: AnswerIntent = async ({ query }, ask) => {
  if (query === null) return { body: bodyOf([plain('The overview of which time?')]), reason: 'ambiguous' };
  const { request, timezone, currency } = ask;
  const forbidden =
    query.filters.account === undefined ? null : accountsForbidden(request.asker.roles, request.audience);
  if (forbidden !== null) return { body: accountsRefusal(forbidden, []), reason: 'private_data', intent: 'refuse' };
  const setting = { asOf: request.asOf, zone: timezone, currency };
  const compared = { ...query, compare: query.compare ?? periodBefore(query.window), group_by: [], grain: null };
  const scores = (await Promise.all(SCORECARD.map((ids) => firstScore(ids, compared, ask)))).flatMap(
    (score) => score ?? [],
  );
  if (scores.length === 0)
    return {
      body: bodyOf([plain('There is no data in that time: nothing to put on a scorecard.')]),
      reason: 'no_data',
    };
  const day = await findJudgedDay(ask.stores, query.window, dateInZone(request.asOf, timezone));
  const priorities =
    day === undefined ? [] : prioritiesAbout(query, await ask.stores.priorities.listPriorities(day.date));
  const body = writeOverview({
    query: compared,
    scores,
    priority: priorities[0] ?? null,
    open: day === undefined ? null : priorities.length,
    judged: day?.date ?? null,
    sameTime: isUnfinished(compared, setting),
    freshness: freshness(await watermarkOf(ask), setting),
    setting,
  });
  const listed =
    priorities[0]?.entity_type === 'surface' ? [{ dimension: 'surface', value: priorities[0].entity_key }] : [];
  return { body, reason: null, listed };
};

function isUnfinished(
  query: MetricQuery & { compare: QueryWindow },
  setting: Pick<AnswerSetting, 'asOf' | 'zone'>,
): boolean {
  const pageviews = findMetric('pageviews');
  const checked = checkQuery({ ...query, metric: 'pageviews' }).query;
  return pageviews !== undefined && checked !== undefined && sameTimeQuery(checked, pageviews, setting) !== null;
}

async function firstScore(
  ids: readonly string[],
  query: MetricQuery & { compare: QueryWindow },
  ask: AskContext,
): Promise<Score | null> {
  for (const id of ids) {
    const metric = findMetric(id);
    const checked = checkQuery({ ...query, metric: id }).query;
    const score = metric && checked ? await scoreOf(metric, checked, ask) : null;
    if (score !== null) return score;
  }
  return null;
}

/** Null where the metric has no data in the period, or too little to be told. */
async function scoreOf(metric: Metric, query: CheckedQuery, ask: AskContext): Promise<Score | null> {
  const { stores, request, config, timezone, currency } = ask;
  const setting = { asOf: request.asOf, zone: timezone, currency };
  const past = historyQuery(query, metric, setting);
  const gaps = await findGaps(query, metric, ask);
  const without = daysLeftOut(gaps, metric);
  const at = { asOf: request.asOf, config, without };
  const result = await stores.metrics.answer(query, at);
  const { figure, compared } = result.total;
  if (figure.value === null || figure.sample < metric.minimum_sample.at_least) return null;
  if (countsPeople(metric) && figure.value < FEWEST_PEOPLE) return null;
  const history = past === null ? null : await stores.metrics.answer(past, at);
  const same = sameTimeQuery(query, metric, setting);
  const earlier = same === null ? compared : (await stores.metrics.answer(same, at)).total.figure;
  const told = { ...result, total: { figure, compared: earlier } };
  const variation = variationOf(query, metric, told, history, setting, { sameTime: same, without });
  return {
    metric,
    now: figure.value,
    before: earlier?.value ?? null,
    variation: testedDespite(gaps, query, metric, variation),
    gaps,
  };
}
