/** A few neighbouring buckets of counts as one: how far are they from what was expected of them together? */
import {
  betaBinomialLowerTail,
  betaBinomialUpperTail,
  negativeBinomialLowerTail,
  negativeBinomialUpperTail,
} from '../../stats.ts';

/** Smaller effects are not worth a person's time, however sure. */
const LEAST_RATIO = 1.3;
const LEAST_EXCESS = 4;
/** Correlation of what differs between neighbouring buckets. */
const NEIGHBOURS = 0.1;
/** A tail is worked out from so many standard deviations on. */
const SCREEN = 2.4;

export interface Bucket {
  at: number;
  value: number;
  /** 0 for counts without a total. */
  total: number;
  /** Expected, with and without the deviation that fades. */
  mean: number;
  steady: number;
  /** Variance around `steady` by chance alone, and by all that differs from bucket to bucket. */
  chance: number;
  single: number;
  /** Variance of the baseline that neighbouring buckets share, on its own scale. */
  common: number;
}

export interface BucketSum {
  buckets: number;
  value: number;
  total: number;
  mean: number;
  variance: number;
}

/** The last bucket and those before it that lie within `length` grains, against the steady baseline. */
export function sumBuckets(last: Bucket, earlier: readonly Bucket[], length: number, grain: number): BucketSum {
  let { value, total, steady: mean, chance, single } = last;
  let common = last.common * last.chance;
  let buckets = 1;
  for (let back = 1; back < length; back++) {
    const bucket = earlier[earlier.length - back];
    if (bucket === undefined || last.at - bucket.at >= grain * (length - 0.5)) break;
    buckets++;
    value += bucket.value;
    total += bucket.total;
    mean += bucket.steady;
    chance += bucket.chance;
    single += bucket.single;
    common += bucket.common * bucket.chance;
  }
  // What is not known of the level is wrong for all buckets alike: it does not average out.
  const variance = chance + single * (1 + NEIGHBOURS * (buckets - 1)) + chance * common;
  return { buckets, value, total, mean, variance };
}

/** -log10 of the tail beyond what was counted; 0 where the effect is too small to matter. */
export function evidenceOf({ value, total, mean, variance }: BucketSum, rated: boolean): number {
  const high = value > mean;
  const gap = Math.abs(value - mean);
  if (gap < LEAST_EXCESS || gap < SCREEN * Math.sqrt(variance)) return 0;
  const odds = (count: number): number => (count + 0.5) / (rated ? total - count + 0.5 : 1);
  const ratio = odds(value) / odds(mean);
  if (Math.max(ratio, 1 / ratio) < LEAST_RATIO) return 0;
  const p = rated
    ? (high ? betaBinomialUpperTail : betaBinomialLowerTail)(value, total, mean, variance)
    : (high ? negativeBinomialUpperTail : negativeBinomialLowerTail)(value, mean, variance);
  return -Math.log10(Math.max(p, 1e-300));
}
