/**
 * Variance of the day's gamma factor on each count, so that counts are over-dispersed as in real products:
 * a Poisson count of mean m whose mean varies so has variance m + dispersion x m^2 (negative binomial).
 */
export const DISPERSION = {
  views: 0.008,
  errors: 0.03,
  tickets: 0.03,
  actions: 0.004,
  dropoffs: 0.004,
} as const;

/** Log-normal sigma of a surface's latency level from day to day. */
export const LATENCY_DRIFT = 0.04;

/** Standard deviation of such a count. */
export function countDeviation(mean: number, dispersion: number): number {
  return Math.sqrt(mean + dispersion * mean * mean);
}
