/** Waits between attempts, in milliseconds; after the last one the message is given up. */
const WAITS_MS = [2_000, 10_000, 30_000, 60_000, 300_000, 900_000, 1_800_000, 3_600_000, 3_600_000, 3_600_000];
/** What the platform may still be carrying out gets this long to show up in the channel. */
const SETTLING_MS = 10_000;

/**
 * When to try again after the given number of attempts, in epoch milliseconds; null to give up.
 * @param mayBePosted whether the last attempt may have got through, so that the next one must find it.
 */
export function nextAttemptAt(now: number, attempts: number, mayBePosted: boolean): number | null {
  const wait = WAITS_MS[Math.max(attempts, 1) - 1];
  return wait === undefined ? null : now + Math.max(wait, mayBePosted ? SETTLING_MS : 0);
}
