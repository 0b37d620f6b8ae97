import { negativeBinomialLowerTail, negativeBinomialUpperTail } from '../../stats.ts';

/** Days of one page vary by more than chance: variance μ + 0.04 μ², the least the daily judge ever assumes. */
const DISPERSION = 0.04;
/** Fewer views or calls than this tell no ratio. */
export const ENOUGH_EXPOSURE = 50;

/** Whether so many events are improbable (p < 0.01, one-sided by `sign`) where so many are expected. */
export function isOutOfLine(count: number, expected: number, sign: number): boolean {
  const mean = Math.max(expected, 0.5);
  const tail = sign > 0 ? negativeBinomialUpperTail : negativeBinomialLowerTail;
  return tail(count, mean, mean + DISPERSION * mean ** 2) < 0.01;
}
