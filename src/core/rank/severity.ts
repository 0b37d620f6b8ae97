/** How bad, between 0 and 1, and in one word. */
import type { Finding, Priority, Severity } from '../records.ts';

/** How much each kind of finding hurts people when it is as far off as it gets. */
const WEIGHT: Readonly<Record<string, number>> = {
  'traffic-drop': 1,
  'failure-storm': 1,
  reconciliation: 1,
  'error-count': 0.9,
  error_rate: 1,
  'conversion-drop': 0.95,
  dropoff_rate: 0.9,
  ticket_rate: 0.8,
  latency: 0.75,
  'signature-spike': 0.8,
  'new-signature': 0.7,
  'spreading-signature': 0.7,
};

/** A ratio this far from normal is as bad as ratios get; shares of people move less than error rates do. */
const WORST_RATIO = 8;
const WORST_SHARE_RATIO = 3;
/** Points beyond normal that are as bad as it gets: a fifth of all views failing, say. */
const WORST_DIFFERENCE = 0.2;
const WORST_EXTRA_MS = 3000;
const WORST_EXTRA_COUNT = 200;

/** 0-1: three fifths how many times normal, two fifths how much more in absolute terms, times the kind's weight. */
export function harmOf(finding: Finding): number {
  const weight = WEIGHT[finding.rule] ?? WEIGHT[finding.metric] ?? 0.7;
  const worst = /dropoff|conversion|latency/.test(finding.metric) ? WORST_SHARE_RATIO : WORST_RATIO;
  const relative = clamp(Math.log(timesNormal(finding)) / Math.log(worst));
  return weight * (0.6 * relative + 0.4 * clamp(absoluteOf(finding)));
}

/** How many times normal, 1 or more in the finding's direction; at most 100, also where nothing was expected. */
export function timesNormal({ current, expected, direction, evidence }: Finding): number {
  if (current === null || expected === null) return 1;
  // Over several days the window's own ratio says more than its last day.
  if (typeof evidence.window_days === 'number' && evidence.window_days > 1 && typeof evidence.ratio === 'number')
    return Math.min(100, Math.max(1, direction === 'down' ? 1 / Math.max(evidence.ratio, 0.01) : evidence.ratio));
  const [high, low] = direction === 'down' ? [expected, current] : [current, expected];
  return Math.min(100, Math.max(1, low > 0 ? high / low : 100));
}

function absoluteOf({ metric, current, expected }: Finding): number {
  if (current === null || expected === null) return 0;
  const difference = Math.abs(current - expected);
  if (metric === 'ticket_rate') return difference / (WORST_DIFFERENCE / 10);
  if (metric.endsWith('_rate')) return difference / WORST_DIFFERENCE;
  if (metric === 'latency_p95') return difference / WORST_EXTRA_MS;
  if (metric === 'pageviews' || metric === 'requests') return expected > 0 ? difference / expected : 0;
  return difference / WORST_EXTRA_COUNT;
}

/** Of the 25 points a priority can get for severity: high from 14, or from 11 when a second kind of signal agrees. */
export function severityOf({ drivers }: Pick<Priority, 'drivers'>): Severity {
  const points = (name: string): number => drivers.find((driver) => driver.name === name)?.points ?? 0;
  const severity = points('severity');
  if (severity >= 14 || (severity >= 11 && points('corroboration') > 0)) return 'high';
  return severity >= 7 ? 'medium' : 'low';
}

function clamp(value: number): number {
  return Number.isFinite(value) ? Math.min(1, Math.max(0, value)) : 0;
}
