/** Which metric a reply is about, given the one before. */
import type { MetricQuery } from '../metric-query.ts';
import type { Sentence } from './sentence.ts';
import { wordList } from './word-list.ts';

const REQUESTS = wordList('requests request_failures failure_rate latency_p50 latency_p95 errors');

const TROUBLE = wordList('errors error_rate dropoffs dropoff_rate');
/** "How many users?" after errors are those that had one. */
const HOW_MANY_HIT =
  /^(?:(?:and|so|ok|but) )*how many (?:users|people|accounts|customers|companies)(?: (?:is|was|are|were) (?:that|it))?$/u;

/** The metric of a reply: "users?" after affected accounts are the affected ones. */
export function metricInThread(query: MetricQuery, own: string | null, { plain }: Sentence): string | null {
  const affected = query.metric === 'affected_accounts' || query.metric === 'affected_users';
  if (affected && own === 'active_users') return 'affected_users';
  if (affected && own === 'active_accounts') return 'affected_accounts';
  const hit = HOW_MANY_HIT.test(plain) && TROUBLE.has(query.metric ?? '');
  if (hit && own === 'active_users') return 'affected_users';
  if (hit && own === 'active_accounts') return 'affected_accounts';
  // "502 only" limits whatever was asked about requests.
  const byStatus = own === 'requests' && !/\brequests?|calls?\b/u.test(plain);
  if (byStatus && REQUESTS.has(query.metric ?? '')) return query.metric;
  return own ?? otherForm(query.metric, plain) ?? query.metric;
}

/** Counts and the rates that are made of them. */
const RATES: Readonly<Record<string, string>> = {
  errors: 'error_rate',
  dropoffs: 'dropoff_rate',
  tickets: 'ticket_rate',
  actions: 'conversion_rate',
  request_failures: 'failure_rate',
  churned_accounts: 'churn_rate',
  credit_exhausted_users: 'credit_exhaustion_rate',
};

/** "And the rate?" after a count is its rate; "how many is that" after a rate is what it counts. */
function otherForm(metric: string | null, plain: string): string | undefined {
  if (metric === null) return undefined;
  if (/\b(?:rates?|percentages?|ratio)\b|\bas (?:a )?(?:percent|share)\b/u.test(plain)) return RATES[metric];
  const latency = otherPercentile(metric, plain);
  if (latency !== undefined) return latency;
  const isCount =
    /\b(?:counts?|absolute(?: numbers?)?|raw numbers?|how many(?: (?:is|was|are|were) (?:that|it))?$)\b/u.test(plain);
  return isCount ? Object.entries(RATES).find(([, rate]) => rate === metric)?.[0] : undefined;
}

/** "And the median?" after a 95th percentile, and the other way round. */
function otherPercentile(metric: string, plain: string): string | undefined {
  if (metric === 'latency_p95') return /\b(?:median|p50|50th)\b/u.test(plain) ? 'latency_p50' : undefined;
  return metric === 'latency_p50' && /\b(?:p95|95th)\b/u.test(plain) ? 'latency_p95' : undefined;
}
