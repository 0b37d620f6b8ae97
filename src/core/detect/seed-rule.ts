/**
 * Seed 000's spike, as written: today > mean + 3·std OR today / mean > 2.0 over the rolling baseline, nothing else.
 * Our reading where the seed is silent: the 28 calendar days before the judged one; sample standard deviation (n - 1);
 * a day without pageviews has no rate and is left out; mean 0 has no ratio, so only the first clause can speak.
 */
import { mean as meanOf, sampleStandardDeviation } from 'simple-statistics';

export interface SeedVerdict {
  spike: boolean;
  mean: number;
  std: number;
  /** Null where std is 0. */
  z: number | null;
  /** Null where the mean is 0. */
  ratio: number | null;
}

/** @param baseline the rates of the baseline days, at least two. */
export function seedSpike(today: number, baseline: readonly number[]): SeedVerdict {
  const mean = meanOf([...baseline]);
  const std = baseline.length > 1 ? sampleStandardDeviation([...baseline]) : 0;
  const ratio = mean > 0 ? today / mean : null;
  // A constant series must not spike on the last bit of its own mean.
  const rounding = Math.abs(mean) * 1e-12;
  const spike = today > mean + 3 * std + rounding || (ratio !== null && ratio > 2);
  return { spike, mean, std, z: std > 0 ? (today - mean) / std : null, ratio };
}
