import { type Fields, textAt } from '../payload/fields.ts';
import { NAMES } from './names.ts';

/** Release and environment: the record's own, else those that Sentry's SDK sends along with each request. */
export function releaseOf(record: Fields): { release: string | null; env: string | null } {
  const baggage = textAt(record, 'req.headers.baggage', 'headers.baggage', 'baggage');
  return {
    release: textAt(record, ...NAMES.release) ?? memberOf(baggage, 'sentry-release'),
    env: textAt(record, ...NAMES.env) ?? memberOf(baggage, 'sentry-environment'),
  };
}

/** A member of a W3C baggage header. */
function memberOf(baggage: string | null, name: string): string | null {
  const member = baggage
    ?.slice(0, 8_192)
    .split(',')
    .map((part) => part.trim())
    .find((part) => part.startsWith(`${name}=`));
  const value = member?.slice(name.length + 1).split(';', 1)[0];
  if (value === undefined) return null;
  try {
    return decodeURIComponent(value) || null;
  } catch {
    return null;
  }
}
