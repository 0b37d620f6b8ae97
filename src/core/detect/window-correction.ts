/** Share of the error the judged day itself may spend; the longer windows share the rest. */
const JUDGED_DAY_SHARE = 0.5;

/**
 * A p-value of one of several windows tried, corrected for trying them: weighted Bonferroni (Holm 1979), valid
 * however the windows depend on each other. The judged day gets half the error, since sooner is better.
 */
export function corrected(p: number, days: number, windows: number): number {
  if (windows <= 1) return Math.min(1, p);
  const share = days === 1 ? JUDGED_DAY_SHARE : (1 - JUDGED_DAY_SHARE) / (windows - 1);
  return Math.min(1, p / share);
}
