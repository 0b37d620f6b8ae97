/** Which hours are held against each other: those of the trouble before an action, and those it had to work in. */
import { type Hour, hourAt } from '../hours.ts';
import type { Expectation } from '../proposal/expectation.ts';

const HOUR_MS = 3_600_000;
/** Trouble that has gone on for longer says no more by it. */
const LONGEST_BEFORE = 7 * 24 * HOUR_MS;

export interface EffectWindows {
  before: Hour;
  after: Hour;
}

/**
 * Whole hours: from when it was outside normal, a week at most, to the hour it was done in; from the hour after that one
 * to the horizon. Trouble younger than an hour is compared from the hour it began in.
 */
export function effectWindows(
  { since, horizonHours }: Pick<Expectation, 'since' | 'horizonHours'>,
  doneAt: number,
  zone: string,
): EffectWindows {
  const done = hourAt(doneAt, zone);
  const began = hourAt(Math.max(since, doneAt - LONGEST_BEFORE), zone);
  const before = { start: Math.min(began.start, done.start - HOUR_MS), end: done.start };
  const end = hourAt(doneAt + horizonHours * HOUR_MS, zone).start;
  return { before, after: { start: done.end, end: Math.max(end, done.end + HOUR_MS) } };
}
