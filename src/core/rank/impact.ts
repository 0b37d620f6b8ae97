/** What a finding cost beyond a normal day: Σ(observed − expected), with the interval of what a normal day holds. */
import type { Measurement } from '../detect/measurement.ts';
import type { Impact } from '../records.ts';

const COUNTED: Readonly<Record<string, string>> = {
  error_rate: 'errors',
  errors: 'errors',
  dropoff_rate: 'dropoffs',
  ticket_rate: 'tickets',
  failure_rate: 'request_failures',
  conversion_rate: 'actions',
  pageviews: 'pageviews',
  requests: 'requests',
};

/**
 * The judged day's excess in events, low and high end from the interval a normal day falls in (95%), never below 0.
 * Null for what is no count (latency, surfaces) and where nothing was expected of it.
 */
export function impactOf(measurement: Measurement): Impact | null {
  const counts = COUNTED[measurement.metric];
  const { count, exposure } = measurement.evidence();
  if (!counts || measurement.expected === null || !measurement.interval || typeof count !== 'number') return null;
  const isRate = measurement.metric.endsWith('_rate');
  const unit = isRate && typeof exposure === 'number' ? exposure : 1;
  const sign = measurement.bad === 'up' ? 1 : -1;
  const beyond = (expected: number): number => Math.max(0, sign * (count - expected * unit));
  const ends = measurement.interval.map(beyond).sort((a, b) => a - b);
  return {
    counts,
    excess: beyond(measurement.expected),
    low: ends[0] ?? 0,
    high: ends[1] ?? 0,
  };
}
