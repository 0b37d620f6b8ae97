/** Which daily figures a metric is made of, where it is a count or a ratio of counts: those can be tested and split. */
import type { Metric } from '../../catalogue/define.ts';

export const WHY_MEASURES = [
  'pageviews',
  'actions',
  'dropoffs',
  'errors',
  'tickets',
  'replies',
  'requests',
  'request_failures',
  'revenue',
] as const;
export type WhyMeasure = (typeof WHY_MEASURES)[number];

/** A day of a page, or of several together. Revenue in minor units. */
export type DayMeasures = Record<WhyMeasure, number> & {
  /** YYYY-MM-DD. */
  date: string;
  /** Measures that nobody had sent any of by then: their zeros say nothing. */
  unknown: readonly WhyMeasure[];
};

/** `share`: at most one event a view. `count`: events, with or without what they are divided by. `sum`: an amount. */
export type VolumeKind = 'share' | 'count' | 'sum';

export interface Measured {
  count: WhyMeasure;
  /** Null for a plain count, which is held against days. */
  exposure: WhyMeasure | null;
  kind: VolumeKind;
}

const SHARES = new Set(['dropoff_rate', 'conversion_rate']);

/** Undefined for what does not add up from day to day: distinct people, percentiles, cohorts. */
export function measuredOf({ id, of }: Pick<Metric, 'id' | 'of'>): Measured | undefined {
  if ('measure' in of) {
    const count = findMeasure(of.measure);
    return count && { count, exposure: null, kind: count === 'revenue' ? 'sum' : 'count' };
  }
  if (!('numerator' in of)) return undefined;
  const [count, exposure] = [findMeasure(of.numerator), findMeasure(of.denominator)];
  return count && exposure && { count, exposure, kind: SHARES.has(id) ? 'share' : 'count' };
}

/** What one more of the count has to do with: views, or requests. Null where nothing drives it. */
export function drivenBy(count: WhyMeasure): WhyMeasure | null {
  if (count === 'request_failures') return 'requests';
  return ['actions', 'dropoffs', 'errors', 'tickets'].includes(count) ? 'pageviews' : null;
}

const findMeasure = (id: string): WhyMeasure | undefined => WHY_MEASURES.find((measure) => measure === id);
