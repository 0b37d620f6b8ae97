/** The series that are judged by the hour, and what each demands before it is worth interrupting somebody. */
import type { Measure } from '../history.ts';
import { DROPOFF_RATE, ERROR_RATE, FAILURE_RATE, type RateMetric } from '../rate-metrics.ts';
import type { SeriesPoint } from '../series/point.ts';
import type { HourlyMetricId } from './hourly-finding.ts';

/** What a surface's errors and traffic are counted in: views where it has any, else requests. */
export type Basis = 'pageviews' | 'requests';

export interface HourlyMetric {
  id: HourlyMetricId;
  bad: 'up' | 'down';
  /** Measures without which nothing can be said, beside the basis where that is needed. */
  needs: readonly Measure[];
  onBasis: boolean;
  /** Whether the exposure holds the counted events, as requests hold failed ones; a view may bring several errors. */
  within: boolean;
  /** In the hours that are judged together: exposure and count at least, and how far from what was expected. */
  minExposure: number;
  minCount: number;
  minExcess: number;
  minRatio: number;
  /** Of the rates. */
  minDifference: number;
}

/** An hour interrupts where a day only reports, so the effect must be larger; what makes a rate a rate is the same. */
const MIN_RATIO = 1.5;
const DIFFERENCE_OF_DAY = 2;
/** As by the day: half of the traffic is missing, of what the peers and the surface's usual share make it. */
const TRAFFIC_RATIO = 2;
const MIN_TRAFFIC = 40;
/** With fewer views elsewhere in the hour, a share of the whole says nothing. */
const MIN_PEERS = 10;

const RATE = { bad: 'up', minRatio: MIN_RATIO } as const;

function floors({ minExposure, minCount, minExcess, minDifference }: RateMetric) {
  return { minExposure, minCount, minExcess, minDifference: DIFFERENCE_OF_DAY * minDifference };
}

export const HOURLY_METRICS: readonly HourlyMetric[] = [
  { ...RATE, ...floors(ERROR_RATE), id: 'error_rate', needs: ['errors'], onBasis: true, within: false },
  {
    ...RATE,
    ...floors(FAILURE_RATE),
    id: 'failure_rate',
    needs: ['requests', 'request_failures'],
    onBasis: false,
    within: true,
  },
  {
    ...RATE,
    ...floors(DROPOFF_RATE),
    id: 'dropoff_rate',
    needs: ['pageviews', 'dropoffs'],
    onBasis: false,
    within: true,
  },
  {
    id: 'traffic',
    bad: 'down',
    needs: [],
    onBasis: true,
    within: true,
    minExposure: 0,
    minCount: MIN_TRAFFIC,
    minExcess: MIN_TRAFFIC / TRAFFIC_RATIO,
    minRatio: TRAFFIC_RATIO,
    minDifference: 0,
  },
];

/** What the models take of an hour; undefined where there is nothing to divide by. */
export function pointOf(
  { id, within }: HourlyMetric,
  { at, basis, count, total }: { at: number; basis: Basis; count: (measure: Measure) => number; total: number },
): SeriesPoint | undefined {
  const of = (value: number, whole: number): SeriesPoint | undefined =>
    whole > 0 ? { at, value, total: within ? Math.max(whole, value) : whole + value } : undefined;
  switch (id) {
    case 'error_rate':
      return of(count('errors'), count(basis));
    case 'failure_rate':
      return of(count('request_failures'), count('requests'));
    case 'dropoff_rate':
      return of(count('dropoffs'), count('pageviews'));
    case 'traffic':
      return total - count(basis) < MIN_PEERS ? undefined : of(count(basis), total);
  }
}

/** Counts with the exposure they came from. */
export interface Counted {
  value: number;
  expected: number;
  exposure: number;
}

/** From what the model calls a total, which holds errors beside their views, to the exposure itself. */
export function countedOf(
  { within }: HourlyMetric,
  { value, total, mean }: { value: number; total: number; mean: number },
): Counted {
  const exposure = within ? total : total - value;
  return { value, exposure, expected: within ? mean : (exposure * mean) / Math.max(total - mean, 0.5) };
}

/**
 * Whether an effect is worth interrupting for.
 * @param surge how far the whole product is above its usual: a surface does not drop because another one surges.
 */
export function isWorthIt(metric: HourlyMetric, { value, expected, exposure }: Counted, surge: number): boolean {
  if (metric.bad === 'down') {
    const usual = expected / Math.max(1, surge);
    return usual >= metric.minCount && usual - value >= metric.minExcess && value * metric.minRatio <= usual;
  }
  const excess = value - expected;
  return (
    isExposed(metric, { value, expected, exposure }) &&
    value >= metric.minCount &&
    excess >= metric.minExcess &&
    excess >= metric.minDifference * exposure &&
    value >= metric.minRatio * expected
  );
}

/** Whether there is enough to test at all; the rest is too small and costs the others nothing. */
export function isExposed({ bad, minExposure, minCount }: HourlyMetric, { exposure, expected }: Counted): boolean {
  return bad === 'down' ? expected >= minCount : exposure >= minExposure;
}
