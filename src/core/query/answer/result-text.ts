import type { Json, JsonObject } from '../../records.ts';

/** Rows in one form, whatever order their keys came in: equal texts are equal figures. Hashed into receipts. */
export const resultText = (rows: readonly JsonObject[]): string => JSON.stringify(rows.map(ordered));

function ordered(value: Json): Json {
  if (Array.isArray(value)) return value.map(ordered);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
      .map(([key, one]) => [key, ordered(one)]),
  );
}
