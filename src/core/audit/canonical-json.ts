import type { Json } from '../records.ts';

/**
 * One text for one value: keys sorted by code unit at every level, no white space, numbers and strings as
 * `JSON.stringify` writes them, keys without a value left out (as RFC 8785 does, for the values JSON.parse returns).
 */
export function canonicalJson(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members: string[] = [];
  for (const key of Object.keys(value).sort()) {
    const member = value[key];
    if (member !== undefined) members.push(`${JSON.stringify(key)}:${canonicalJson(member)}`);
  }
  return `{${members.join()}}`;
}
