/** The rates that are judged, and what each demands before it is worth a person's time. */
import type { Family } from './baseline.ts';
import type { Measure } from './history.ts';

/** A rate of two measures of the rollup. */
export interface RateMetric extends JudgedRate {
  count: Measure;
  exposure: Measure;
}

/** What the count model has to know of a rate, whatever it is made of. */
export interface JudgedRate {
  id: string;
  family: Family;
  bad: 'up' | 'down';
  /** Views or requests in the window, below which a rate over them means nothing. */
  minExposure: number;
  /** Events in the window; for a metric that is bad when it falls, events expected in it. */
  minCount: number;
  /** Events more (or fewer) than expected in the window. */
  minExcess: number;
  /** Ratio to expected, inverted where bad is down; for proportions the ratio of the odds. */
  minRatio: number;
  /** Difference of the rates. */
  minDifference: number;
  /** Dispersion assumed before data, and the least ever assumed. */
  dispersionGuess: number;
  dispersionFloor: number;
}

const COUNT = { family: 'count', bad: 'up', minRatio: 1.3, dispersionGuess: 0.1, dispersionFloor: 0.04 } as const;
const PROPORTION = { family: 'proportion', minRatio: 1.3, dispersionGuess: 0.006, dispersionFloor: 0.003 } as const;

export const ERROR_RATE: RateMetric = {
  ...COUNT,
  id: 'error_rate',
  minExposure: 30,
  count: 'errors',
  exposure: 'pageviews',
  minCount: 6,
  minExcess: 5,
  minDifference: 0.002,
};

export const DROPOFF_RATE: RateMetric = {
  ...PROPORTION,
  id: 'dropoff_rate',
  minExposure: 40,
  count: 'dropoffs',
  exposure: 'pageviews',
  bad: 'up',
  minCount: 12,
  minExcess: 8,
  minDifference: 0.03,
};

export const TICKET_RATE: RateMetric = {
  ...COUNT,
  id: 'ticket_rate',
  minExposure: 10,
  count: 'tickets',
  exposure: 'pageviews',
  minCount: 5,
  minExcess: 4,
  minDifference: 0.0005,
};

export const CONVERSION_RATE: RateMetric = {
  ...PROPORTION,
  id: 'conversion_rate',
  minExposure: 40,
  count: 'actions',
  exposure: 'pageviews',
  bad: 'down',
  minCount: 12,
  minExcess: 8,
  minDifference: 0.02,
};

export const FAILURE_RATE: RateMetric = {
  ...COUNT,
  id: 'failure_rate',
  minExposure: 30,
  count: 'request_failures',
  exposure: 'requests',
  minCount: 8,
  minExcess: 6,
  minDifference: 0.005,
};

/** Where there are no views to divide by: the count itself, given the day's requests where there are any. */
export const ERROR_COUNT: RateMetric = {
  ...COUNT,
  id: 'errors',
  minExposure: 0,
  count: 'errors',
  exposure: 'requests',
  minCount: 12,
  minExcess: 10,
  minRatio: 2,
  minDifference: 0,
};

/** Errors of one signature over all surfaces, given the day's views and requests. */
export const SIGNATURE_COUNT: RateMetric = { ...ERROR_COUNT, minCount: 15, minExcess: 12, dispersionFloor: 0.08 };

/** Left events of a reconciliation without a right one: normally none, so that few are news. */
export const UNMATCHED_RATE: JudgedRate = {
  ...PROPORTION,
  id: 'unmatched_rate',
  bad: 'up',
  minExposure: 5,
  minCount: 3,
  minExcess: 2,
  minRatio: 1.5,
  minDifference: 0.005,
};
