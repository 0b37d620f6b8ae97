import { median } from 'simple-statistics';

export const MINUTE = 60_000;
export const HOUR = 3_600_000;
export const DAY = 86_400_000;

/** Grains that clocks really use; a median gap within 10% of one is that one (seconds of jitter, a DST day). */
const USUAL = [
  1_000,
  10_000,
  30_000,
  MINUTE,
  5 * MINUTE,
  10 * MINUTE,
  15 * MINUTE,
  30 * MINUTE,
  HOUR,
  6 * HOUR,
  DAY,
  7 * DAY,
];

/** The length of a bucket in ms, by the median gap between ascending times; an hour where there is none. */
export function inferGrain(times: readonly number[]): number {
  const gaps: number[] = [];
  for (let index = 1; index < times.length; index++) {
    const gap = (times[index] ?? 0) - (times[index - 1] ?? 0);
    if (gap > 0) gaps.push(gap);
  }
  if (gaps.length === 0) return HOUR;
  const middle = median(gaps);
  return USUAL.find((grain) => Math.abs(middle / grain - 1) <= 0.1) ?? middle;
}

/** A length of time in words: "hour", "3 hours", "5 minutes". */
export function durationWords(ms: number): string {
  const [size, name] =
    ms >= DAY ? [DAY, 'day'] : ms >= HOUR ? [HOUR, 'hour'] : ms >= MINUTE ? [MINUTE, 'minute'] : [1_000, 'second'];
  const count = Math.max(1, Math.round(ms / size));
  return count === 1 ? name : `${count} ${name}s`;
}
