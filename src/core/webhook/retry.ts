const FIRST_MS = 5_000;
const LONGEST_MS = 3_600_000;
const FACTOR = 3;
/** Three hours and a half after the first. */
const LAST_TRY = 9;

/**
 * How long until a delivery that could not be read is tried again: 5 s, 15 s, 45 s … at most an hour.
 * @param attempts how often it was tried, from 1.
 * @returns milliseconds; null after the last try.
 */
export function retryAfter(attempts: number): number | null {
  return attempts >= LAST_TRY ? null : Math.min(FIRST_MS * FACTOR ** (attempts - 1), LONGEST_MS);
}
