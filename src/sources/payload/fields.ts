/** Reads JSON of any shape: what is not there, inherited, or of another type is absent. */
import { readEmail } from '../../core/identity-email.ts';

export type Fields = Readonly<Record<string, unknown>>;

const NONE: Fields = Object.freeze({});

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value as an object; an empty one where it is none. */
export function fieldsOf(value: unknown): Fields {
  return isFields(value) ? value : NONE;
}

/** The value as a list; an empty one where it is none. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** What is at `a.b.c`, whether written as one key or as objects within each other. */
export function valueAt(value: unknown, path: string): unknown {
  const fields = fieldsOf(value);
  if (Object.hasOwn(fields, path)) return fields[path];
  const dot = path.indexOf('.');
  if (dot < 0 || !Object.hasOwn(fields, path.slice(0, dot))) return undefined;
  return valueAt(fields[path.slice(0, dot)], path.slice(dot + 1));
}

/** The first text among the paths that holds more than blanks; a finite number is its digits. */
export function textAt(value: unknown, ...paths: readonly string[]): string | null {
  for (const path of paths) {
    const text = textOf(valueAt(value, path));
    if (text !== null) return text;
  }
  return null;
}

/** A text with more than blanks in it, or a finite number as its digits. */
export function textOf(value: unknown): string | null {
  if (typeof value === 'string') return value.trim() || null;
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : null;
}

/** The first of the values that is an e-mail address, lower-case. */
export function firstEmail(...values: readonly unknown[]): string | undefined {
  for (const value of values) {
    const address = readEmail(value);
    if (address !== undefined) return address;
  }
  return undefined;
}

/** The first number among the paths; digits in quotes are a number. */
export function numberAt(value: unknown, ...paths: readonly string[]): number | null {
  for (const path of paths) {
    const found = valueAt(value, path);
    if (typeof found === 'number' && !Number.isNaN(found)) return found;
    if (typeof found === 'string' && /^\s{0,5}[+-]?\d{1,20}(?:\.\d{1,20})?\s{0,5}$/.test(found)) return Number(found);
  }
  return null;
}
