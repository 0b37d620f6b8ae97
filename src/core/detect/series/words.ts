import { formatCount } from '../../facts/render.ts';

/** A reading of any size: four significant digits, from 10,000 on "12.5k". */
export function formatReading(value: number): string {
  const size = Math.abs(value);
  if (size >= 1e15 || (size > 0 && size < 1e-6)) return value.toExponential(2);
  return size >= 10_000 ? formatCount(value) : String(Number(value.toPrecision(4)));
}

/** "9–22", or "9" where both ends read the same. */
export function formatReadings(low: number, high: number): string {
  const [from, to] = [formatReading(low), formatReading(high)];
  if (from === to) return from;
  return low < 0 ? `${from} to ${to}` : `${from}–${to}`;
}

/** Counts that may lie in a range: whole numbers, widened rather than narrowed. */
export function formatCounts(low: number, high: number): string {
  return formatReadings(Math.floor(low), Math.ceil(high));
}
