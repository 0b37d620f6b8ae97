/** What should change, in a sentence for people. */
import { formatCount, formatMilliseconds, formatMinutes, formatPercent } from '../facts/render.ts';
import type { Expectation } from './expectation.ts';

const NOUNS: Readonly<Record<string, string>> = {
  error_rate: 'error rate',
  failure_rate: 'failed requests',
  dropoff_rate: 'drop-offs',
  ticket_rate: 'ticket rate',
  conversion_rate: 'conversion',
  latency_p95: 'p95 latency',
  pageviews: 'views an hour',
};

/** "error rate on /checkout back near 1.2% within 24 h (8.3% now)". */
export function expectationWords({ metric, surface, direction, observed, normal, horizonHours }: Expectation): string {
  const noun = NOUNS[metric] ?? metric;
  const goal = normal === null ? (direction === 'down' ? 'lower' : 'higher') : `back near ${figure(metric, normal)}`;
  return `${noun} on ${surface} ${goal} within ${formatMinutes(horizonHours * 60)} (${figure(metric, observed)} when this was proposed)`;
}

function figure(metric: string, value: number): string {
  if (metric === 'latency_p95') return formatMilliseconds(value);
  return metric === 'pageviews' ? formatCount(Math.round(value)) : formatPercent(value);
}
