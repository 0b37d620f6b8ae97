/**
 * Makes text safe to store: no NUL (PostgreSQL refuses it), no lone surrogates (not valid UTF-8),
 * bounded in length, and no key that could reach an object's prototype.
 */
import type { Json, JsonObject } from '../records.ts';

const unstorable = /[\0\p{Cs}]/u;
const MAX_DEPTH = 6;
const MAX_ENTRIES = 200;

/** The text without NUL and lone surrogates, cut to at most `cap` UTF-16 units, never inside a character. */
export function cleanText(text: string, cap: number): string {
  const cut = text.length > cap ? text.slice(0, endOfWhole(text, cap)) : text;
  return unstorable.test(cut) ? cut.replace(/\0/g, '').replace(/\p{Cs}/gu, '\uFFFD') : cut;
}

function endOfWhole(text: string, cap: number): number {
  const last = text.charCodeAt(cap - 1);
  return last >= 0xd800 && last <= 0xdbff ? cap - 1 : cap;
}

/**
 * A copy that is safe to store: strings cleaned and capped, numbers finite, at most 6 levels and 200
 * entries a level. What is beyond is left out; `__proto__` never gets through.
 */
export function cleanObject(value: object, cap: number, depth = 1): JsonObject {
  const clean: JsonObject = {};
  let entries = 0;
  for (const key in value) {
    if (!Object.hasOwn(value, key) || key === '__proto__' || key === '') continue;
    entries += 1;
    if (entries > MAX_ENTRIES) break;
    const part: unknown = Reflect.get(value, key);
    const json = typeof part === 'string' ? cleanText(part, cap) : cleanValue(part, cap, depth);
    if (json !== undefined) clean[key.length > 100 || unstorable.test(key) ? cleanText(key, 100) : key] = json;
  }
  return clean;
}

function cleanValue(value: unknown, cap: number, depth: number): Json | undefined {
  if (typeof value === 'string') return cleanText(value, cap);
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value === 'boolean' || value === null) return value;
  if (typeof value !== 'object' || depth >= MAX_DEPTH) return undefined;
  if (!Array.isArray(value)) return cleanObject(value, cap, depth + 1);
  return value.slice(0, MAX_ENTRIES).map((part) => cleanValue(part, cap, depth + 1) ?? null);
}
