/** A row of a table as a point: what its columns are called, what counts as a number and as a time. */
import { Temporal } from 'temporal-polyfill';
import { parseInstant } from '../../instant.ts';
import type { SeriesPoint } from './point.ts';

/** What the columns may be called, in any case; the first of a list is the name to advise. */
export const TIME_COLUMNS = ['timestamp', 'ts', 'time', 'date', 'datetime'] as const;

export interface SeriesRow {
  /** As the table writes it. */
  timestamp: string;
  point: SeriesPoint;
}

const LARGEST = 1e18;
/** Times outside of these years are typing errors, or in another unit. */
const EARLIEST = Date.UTC(1970, 0, 1);
const LATEST = Date.UTC(2200, 0, 1);

/**
 * Reads a row of `timestamp,value` or `timestamp,count,total`.
 * @param zone where a time without an offset is meant.
 * @returns the row, or why it is left out.
 */
export function readSeriesRow(row: unknown, zone: string): SeriesRow | { reason: string } {
  if (typeof row !== 'object' || row === null) return { reason: 'it is no row of columns' };
  const cells = new Map(Object.entries(row).map(([name, cell]) => [name.trim().toLowerCase(), cellText(cell)]));
  const timestamp = TIME_COLUMNS.map((name) => cells.get(name)).find((text) => text !== undefined) ?? '';
  const at = readTime(timestamp, zone);
  if (at === undefined)
    return { reason: `"${timestamp.slice(0, 40)}" is no time: write 2026-01-31T14:00:00Z or seconds since 1970` };
  const total = cells.get('total');
  const value = cells.get(total === undefined ? 'value' : 'count') ?? cells.get('count');
  if (value === undefined) return { reason: 'it has neither a value, nor a count and a total' };
  const number = readNumber(value);
  if (number === undefined) return { reason: `"${value.slice(0, 40)}" is no number` };
  if (total === undefined) return { timestamp, point: { at, value: number } };
  const whole = readNumber(total);
  if (whole === undefined) return { reason: `"${total.slice(0, 40)}" is no number` };
  if (number < 0 || whole < 0) return { reason: 'a count is negative' };
  if (number > whole) return { reason: `the count ${value} is greater than the total ${total}` };
  return { timestamp, point: { at, value: number, total: whole } };
}

function cellText(cell: unknown): string {
  return typeof cell === 'string' || typeof cell === 'number' ? String(cell).trim() : '';
}

function readNumber(text: string): number | undefined {
  if (!/^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(text)) return undefined;
  const number = Number(text);
  return Math.abs(number) <= LARGEST ? number : undefined;
}

function readTime(text: string, zone: string): number | undefined {
  const at = /^\d+(\.\d+)?$/.test(text) ? epochOf(Number(text)) : (parseInstant(text) ?? localTime(text, zone));
  return at !== undefined && at >= EARLIEST && at < LATEST ? at : undefined;
}

/** Seconds, ms, µs or ns since 1970, told apart by their size. */
function epochOf(number: number): number {
  if (number < 1e11) return Math.round(number * 1e3);
  if (number < 1e14) return Math.round(number);
  return Math.round(number / (number < 1e17 ? 1e3 : 1e6));
}

/** A day or a time without an offset, on the wall clock of the zone. */
function localTime(text: string, zone: string): number | undefined {
  const time = /^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00` : text.replace(' ', 'T');
  const utc = parseInstant(`${time}Z`);
  if (utc === undefined || zone === 'UTC') return utc;
  return Temporal.Instant.fromEpochMilliseconds(utc).toZonedDateTimeISO('UTC').toPlainDateTime().toZonedDateTime(zone)
    .epochMilliseconds;
}
