/** From a reading about a metric to its answer. */
import type { Metric } from '../../core/catalogue/define.ts';
import { findMetric } from '../../core/catalogue/index.ts';
import { accountsForbidden, isAboutAccounts } from '../../core/policy/account-answers.ts';
import { protectSmallGroups } from '../../core/policy/small-groups.ts';
import { abstain, isBeforeData, sinceFirstDay } from '../../core/query/answer/abstain.ts';
import type { MetricAsked } from '../../core/query/answer/asked.ts';
import { enoughFirst, undividedGroups, widened } from '../../core/query/answer/enough-first.ts';
import { cutByGaps, daysLeftOut, testedDespite, withheldAcrossTotals } from '../../core/query/answer/gap-days.ts';
import { cutByYouth } from '../../core/query/answer/maturity.ts';
import { answerMetric } from '../../core/query/answer/metric-answer.ts';
import { phraseQuestion } from '../../core/query/answer/phrase-question.ts';
import { accountsRefusal, faultBody } from '../../core/query/answer/refusal.ts';
import { sameTimeQuery } from '../../core/query/answer/same-time.ts';
import { cutByFirstDay } from '../../core/query/answer/told-buckets.ts';
import { latestFollowed } from '../../core/query/answer/too-early.ts';
import { type CheckedQuery, checkQuery, type QueryWindow } from '../../core/query/metric-query.ts';
import type { MetricResult } from '../../core/query/metric-result.ts';
import type { Reading } from '../../core/query/reading.ts';
import { dateInZone } from '../../core/window.ts';
import { SeepassError } from '../../errors.ts';
import type { AnswerOutcome, AskContext } from './ask-deps.ts';
import { findGaps } from './find-gaps.ts';
import { historyQuery, variationOf } from './metric-history.ts';
import { answerUnnamed } from './unnamed.ts';

/** The outcome with what a receipt has to hold; `computed` is null where nothing was. */
export interface MetricOutcome extends AnswerOutcome {
  computed: { query: CheckedQuery; metric: Metric; result: MetricResult } | null;
}

export async function answerMetricQuestion(reading: Reading, ask: AskContext): Promise<MetricOutcome> {
  const { query, fault } = checkQuery(reading.query);
  if (fault !== undefined) {
    return fault.kind === 'unsupported_dimension'
      ? { body: faultBody(fault), intent: 'refuse', reason: 'unsupported_dimension', computed: null }
      : { body: faultBody(fault), intent: 'clarify', reason: 'ambiguous', computed: null };
  }
  const metric = findMetric(query.metric);
  if (metric === undefined) throw new RangeError(`There is no metric called ${query.metric}.`);
  const refused = refuseAccounts(query, metric, ask);
  return refused ?? compute(query, metric, reading, ask);
}

/** Rows about accounts obey the asker's roles and the audience. */
function refuseAccounts(query: CheckedQuery, metric: Metric, { request }: AskContext): MetricOutcome | null {
  if (!isAboutAccounts(query, metric)) return null;
  const why = accountsForbidden(request.asker.roles, request.audience);
  if (why === null) return null;
  const { account: _, ...filters } = query.filters;
  const byPlan = { ...query, filters, group_by: metric.dimensions.includes('plan') ? ['plan'] : [] };
  const label = byPlan.group_by.length > 0 ? `${metric.label} by plan` : metric.label;
  const nearest = [{ label, question: phraseQuestion(byPlan) }];
  return { body: accountsRefusal(why, nearest), reason: 'private_data', intent: 'refuse', computed: null };
}

/** What is usual is worth a moment, not the answer. */
const unlessTooSlow = (history: Promise<MetricResult>): Promise<MetricResult | null> =>
  history.catch((error: unknown) => {
    if (error instanceof SeepassError && error.code === 'query_too_slow') return null;
    throw error;
  });

/** Of the period before what had come by the same point; rows stay as they were asked for. */
function upToSamePoint(result: MetricResult, earlier: MetricResult | null): MetricResult {
  if (earlier === null) return result;
  const both = (key: 'totals_only' | 'totals_partly') => [...new Set([...earlier[key], ...result[key]])].sort();
  return {
    ...result,
    total: { ...result.total, compared: earlier.total.figure },
    totals_only: both('totals_only'),
    totals_partly: both('totals_partly'),
  };
}

async function compute(
  query: CheckedQuery,
  metric: Metric,
  { notes }: Reading,
  ask: AskContext,
): Promise<MetricOutcome> {
  const { stores, config, request, timezone, currency, vocabulary } = ask;
  const setting = { asOf: request.asOf, zone: timezone, currency };
  const past = historyQuery(query, metric, setting);
  const same = sameTimeQuery(query, metric, setting);
  const lacking = await findGaps(query, metric, ask, past?.window ?? null);
  const without = daysLeftOut(lacking, metric);
  const gaps = lacking.filter(
    ({ date }) => isIn(query.window, date) || (query.compare !== null && isIn(query.compare, date)),
  );
  const run = (one: CheckedQuery) => stores.metrics.answer(one, { asOf: request.asOf, config, without });
  const [found, earlier, history] = await Promise.all([
    run(widened(query, metric)),
    same === null ? null : run(same),
    past === null ? null : unlessTooSlow(run(past)),
  ]);
  const chosen = enoughFirst(found, query, metric);
  const { result, withheld, rounded } = protectSmallGroups(query, metric, chosen);
  const met = upToSamePoint(cutByFirstDay(result), earlier);
  const today = dateInZone(request.asOf, timezone);
  const told = withheldAcrossTotals(cutByYouth(cutByGaps(met, query, gaps), query, today), query, metric);
  const tested = variationOf(query, metric, told, history, setting, { sameTime: same, without });
  const variation = testedDespite(gaps, query, metric, tested, told);
  const { compared: whole } = result.total;
  const sameTime =
    same === null || whole === null || told.total.compared?.value == null ? null : { until: same.window.end, whole };
  const asked: MetricAsked = {
    query,
    metric,
    result: told,
    sameTime,
    variation,
    gaps,
    undivided: undividedGroups(found, query, metric),
    withheld,
    rounded,
    notes,
    setting,
  };
  const first = isBeforeData(asked) ? result.first_date : null;
  const since = first === null ? null : await run(sinceFirstDay(query, first, today));
  const later = latestFollowed(query, today);
  const followed = later === null ? null : { query: later, figure: (await run(later)).total.figure };
  const outcome =
    (await answerUnnamed(asked, run)) ??
    abstain(asked, vocabulary, since?.total.figure ?? null, followed) ??
    answerMetric(asked);
  return { ...outcome, computed: { query, metric, result } };
}

const isIn = ({ start, end }: QueryWindow, date: string): boolean =>
  date >= start.slice(0, 10) && (end.endsWith('T00:00') ? date < end.slice(0, 10) : date < end);
