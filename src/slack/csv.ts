import type { Json, JsonObject } from '../core/records.ts';

/** Spreadsheets take a cell that begins so for a formula. */
const FORMULA = /^[\s\u00a0]*[=+\-@\t\r]/;

/**
 * Rows as CSV (RFC 4180, with a byte order mark so that spreadsheets read UTF-8): every key a column, in the order it
 * first comes. Text that a spreadsheet would run as a formula gets an apostrophe before it; numbers stay numbers.
 */
export function rowsToCsv(rows: readonly JsonObject[]): string {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const lines = [columns, ...rows.map((row) => columns.map((column) => row[column] ?? null))];
  return `\ufeff${lines.map((cells) => cells.map(cellOf).join(',')).join('\r\n')}\r\n`;
}

function cellOf(value: Json): string {
  if (value === null) return '';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n\t;]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe;
}
