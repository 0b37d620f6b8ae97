import { Temporal } from 'temporal-polyfill';

const shape =
  /^(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)? ?(?:([Zz])|([+-])(\d\d)(?::?(\d\d))?)$/;

/**
 * Epoch milliseconds of an ISO-8601 date-time with an offset; finer digits are cut.
 * Undefined when the text is no such thing, names a day that does not exist, or has no offset.
 */
export function parseInstant(text: string): number | undefined {
  const part = shape.exec(text);
  if (part === null) return undefined;
  const [, year, month, day, hour, minute, second, fraction, , sign, offsetHour, offsetMinute] = part;
  const [y, mo, d] = [Number(year), Number(month), Number(day)];
  const [h, mi, s] = [Number(hour), Number(minute), Number(second ?? 0)];
  if (mo < 1 || mo > 12 || d < 1 || d > daysInMonth(y, mo) || h > 23 || mi > 59 || s > 59) return undefined;
  const ms = fraction === undefined ? 0 : Number(fraction.slice(0, 3).padEnd(3, '0'));
  const [oh, om] = [Number(offsetHour ?? 0), Number(offsetMinute ?? 0)];
  if (oh > 23 || om > 59) return undefined;
  const offset = (oh * 60 + om) * (sign === '-' ? -60_000 : 60_000);
  return Date.UTC(y, mo - 1, d, h, mi, s, ms) - offset;
}

/** The UTC day of an instant, `YYYY-MM-DD`; "far out of range" for what no calendar holds. */
export function utcDay(epochMs: number): string {
  if (!Number.isFinite(epochMs) || Math.abs(epochMs) > 8.64e15) return 'far out of range';
  return Temporal.Instant.fromEpochMilliseconds(Math.trunc(epochMs)).toString().split('T')[0] ?? '';
}

/** True for a calendar day that exists, `YYYY-MM-DD`. */
export function isCalendarDay(text: string): boolean {
  const part = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text);
  if (part === null) return false;
  const [year, month, day] = [Number(part[1]), Number(part[2]), Number(part[3])];
  return month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}
