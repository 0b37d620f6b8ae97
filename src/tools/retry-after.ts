const LONGEST_MS = 24 * 3_600_000;

/**
 * How long a tool asks to be left alone, in milliseconds: `Retry-After` in seconds or as a date, Help Scout's
 * `X-RateLimit-Retry-After` in seconds, Intercom's and Sentry's moment of reset in epoch seconds.
 * @returns null where it says nothing.
 */
export function waitAsked(headers: Headers, now: number): number | null {
  const after = headers.get('retry-after') ?? headers.get('x-ratelimit-retry-after');
  if (after !== null)
    return bounded(/^\s*\d+(?:\.\d+)?\s*$/.test(after) ? Number(after) * 1_000 : Date.parse(after) - now);
  const reset = headers.get('x-ratelimit-reset') ?? headers.get('x-sentry-rate-limit-reset');
  return reset === null ? null : bounded(Number(reset) * 1_000 - now);
}

function bounded(wait: number): number | null {
  return Number.isFinite(wait) ? Math.min(Math.max(wait, 0), LONGEST_MS) : null;
}
