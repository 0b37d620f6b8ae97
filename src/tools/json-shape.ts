/** Reads answers of any shape: what is not there, or of another type, is absent. */
import type { JsonObject } from '../core/records.ts';

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What is at the end of the path; undefined where it ends before. */
export function within(value: unknown, ...path: readonly string[]): unknown {
  let found: unknown = value;
  for (const key of path) {
    if (!isObject(found) || !Object.hasOwn(found, key)) return undefined;
    found = found[key];
  }
  return found;
}

/** The objects of the list there. */
export function objectsIn(value: unknown, ...path: readonly string[]): JsonObject[] {
  const found = within(value, ...path);
  return Array.isArray(found) ? found.filter(isObject) : [];
}

/** A text, or a whole number as its digits, that may stand in a path. */
export function idOf(value: unknown, ...path: readonly string[]): string | null {
  const found = within(value, ...path);
  const text = typeof found === 'number' ? String(found) : found;
  return typeof text === 'string' && /^[\w-]{1,100}$/.test(text) ? text : null;
}

export function textOf(value: unknown, ...path: readonly string[]): string | null {
  const found = within(value, ...path);
  return typeof found === 'string' ? found : null;
}

export function numberOf(value: unknown, ...path: readonly string[]): number | null {
  const found = within(value, ...path);
  return typeof found === 'number' && Number.isFinite(found) ? found : null;
}
