/** Waits between attempts, in milliseconds; after the last one the message is given up. */
const WAITS_MS = [2_000, 10_000, 30_000, 60_000, 300_000, 900_000, 1_800_000, 3_600_000, 3_600_000, 3_600_000];

/**
 * When to try again after the given number of attempts, in epoch milliseconds; null to give up.
 * The platform's own Retry-After wins when it is longer than ours.
 */
export function nextAttemptAt(now: number, attempts: number, retryAfterMs: number | null): number | null {
  const wait = WAITS_MS[Math.max(attempts, 1) - 1];
  return wait === undefined ? null : now + Math.max(wait, retryAfterMs ?? 0);
}
