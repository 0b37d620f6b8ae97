/** What should change, in a sentence for people. */
import { countOf, formatCount, formatMilliseconds, formatPercent } from '../facts/render.ts';
import type { Expectation } from './expectation.ts';

const DAY = 24;

const NOUNS: Readonly<Record<string, string>> = {
  error_rate: 'error rate',
  failure_rate: 'failed requests',
  dropoff_rate: 'drop-offs',
  ticket_rate: 'ticket rate',
  conversion_rate: 'conversion',
  latency_p95: 'p95 latency',
  pageviews: 'views an hour',
};

/** What a metric is called within a sentence. */
export const metricWords = (metric: string): string => NOUNS[metric] ?? metric;

/** "error rate on /checkout back near 1.2% within a day (8.3% when this was proposed)". */
export function expectationWords({ metric, surface, direction, observed, normal, horizonHours }: Expectation): string {
  const noun = metricWords(metric);
  const goal = normal === null ? (direction === 'down' ? 'lower' : 'higher') : `back near ${figure(metric, normal)}`;
  return `${noun} on ${surface} ${goal} within ${span(horizonHours)} (${figure(metric, observed)} when this was proposed)`;
}

/** "6 hours", "a day", "2 days" */
function span(hours: number): string {
  if (hours === DAY) return 'a day';
  return hours % DAY === 0 ? countOf(hours / DAY, 'day') : countOf(hours, 'hour');
}

function figure(metric: string, value: number): string {
  if (metric === 'latency_p95') return formatMilliseconds(value);
  return metric === 'pageviews' ? formatCount(Math.round(value)) : formatPercent(value);
}
