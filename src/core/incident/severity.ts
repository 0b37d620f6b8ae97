/** How bad one hour of a page is. */
import type { HourlyMetricId } from '../detect/hours/hourly-finding.ts';
import type { Severity } from '../records.ts';
import type { HourFigures } from './incident.ts';

/** A ratio this far from normal is as bad as ratios get; shares of people who leave move less than errors do. */
const WORST_RATIO: Readonly<Record<HourlyMetricId, number>> = {
  error_rate: 8,
  failure_rate: 8,
  dropoff_rate: 3,
  traffic: 8,
};
/** A fifth of all views or requests hit beyond normal is as bad as it gets. */
const WORST_SHARE = 0.2;
/** So many views or requests hit beyond normal within the hour are as bad as it gets. */
const WORST_EXCESS = 500;

/** With fewer hit beyond normal within the hour, nothing is high: a rate of a handful is soon over ten times normal. */
const HIGH_EXCESS = 10;

const HIGH_FROM = 0.6;
const MEDIUM_FROM = 0.35;

/**
 * harm = 0.4 ln(r) / ln(worst r) + 0.3 s / 0.2 + 0.3 ln(1 + e) / ln(501), each part within 0 and 1, where r is how many
 * times normal the hour is, s the share of views or requests hit beyond normal (for traffic: of those expected, the
 * missing ones; a half is then as bad as a tenth of failures), e how many they are. High from 0.6 where e is 10 or more,
 * medium from 0.35.
 * @param exposure views or requests of the hour; null where not known: then the share alone says how many were hit.
 */
export function severityOfHour(
  metric: HourlyMetricId,
  { current, expected }: Pick<HourFigures, 'current' | 'expected'>,
  exposure: number | null,
): Severity {
  const harm = harmOfHour(metric, { current, expected }, exposure);
  const excess = excessOf(metric, { current, expected }, exposure);
  if (harm >= HIGH_FROM && (excess === null || excess >= HIGH_EXCESS)) return 'high';
  return harm >= MEDIUM_FROM ? 'medium' : 'low';
}

/** The hour's harm, 0 to 1. */
export function harmOfHour(
  metric: HourlyMetricId,
  { current, expected }: Pick<HourFigures, 'current' | 'expected'>,
  exposure: number | null,
): number {
  const [high, low] = metric === 'traffic' ? [expected, current] : [current, expected];
  const ratio = low > 0 ? Math.max(1, high / low) : high > 0 ? Number.POSITIVE_INFINITY : 1;
  const relative = within(Math.log(ratio) / Math.log(WORST_RATIO[metric]));
  const share = within(shareBeyond(metric, high, low));
  const excess = excessOf(metric, { current, expected }, exposure);
  const many = excess === null ? share : within(Math.log1p(excess) / Math.log1p(WORST_EXCESS));
  return 0.4 * relative + 0.3 * share + 0.3 * many;
}

const RANKS: Readonly<Record<Severity, number>> = { low: 0, medium: 1, high: 2 };

export const isWorse = (severity: Severity, than: Severity): boolean => RANKS[severity] > RANKS[than];

/** Low where there are none. */
export const worstOf = (severities: readonly Severity[]): Severity =>
  severities.reduce((worst, each) => (isWorse(each, worst) ? each : worst), 'low');

/** Views or requests hit beyond normal, or missing; null where nobody knows of how many. */
export function excessOf(
  metric: HourlyMetricId,
  { current, expected }: Pick<HourFigures, 'current' | 'expected'>,
  exposure: number | null,
): number | null {
  if (metric === 'traffic') return Math.max(0, expected - current);
  return exposure === null ? null : Math.max(0, (current - expected) * exposure);
}

function shareBeyond(metric: HourlyMetricId, high: number, low: number): number {
  if (metric !== 'traffic') return (high - low) / WORST_SHARE;
  return high > 0 ? (high - low) / high : 0;
}

const within = (value: number): number => (Number.isNaN(value) ? 0 : Math.min(1, Math.max(0, value)));
