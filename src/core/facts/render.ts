/**
 * The only place that turns figures into words. English, two significant figures for money and
 * rates, exact counts under 10,000, units always. Pure: what a reader sees depends on arguments alone.
 */
import type { Severity } from '../records.ts';

/** Shape and word say the severity; colour never does. */
export const SEVERITY_SHAPES: Readonly<Record<Severity, string>> = { high: '●', medium: '◐', low: '○' };

const LOCALE = 'en-US';
const formats = new Map<string, Intl.NumberFormat>();

/** Making a format costs a hundred times what using one does, and a digest needs the same few again and again. */
function numberFormat(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = JSON.stringify(options);
  const format = formats.get(key) ?? new Intl.NumberFormat(LOCALE, options);
  formats.set(key, format);
  return format;
}

const EXACT_BELOW = 10_000;

/** A count: "1,780", and from 10,000 on rounded and visibly so: "12.5k", "3.1M". */
export function formatCount(count: number): string {
  if (Math.abs(count) < EXACT_BELOW) return numberFormat({ maximumFractionDigits: 1 }).format(count);
  return compact(count, {});
}

/** "1 account", "37 accounts". */
export function countOf(count: number, singular: string, plural = `${singular}s`): string {
  return `${formatCount(count)} ${count === 1 ? singular : plural}`;
}

/** A share or rate from a fraction: 0.083 is "8.3%", 0.41 is "41%". Never rounds a part up to the whole. */
export function formatPercent(fraction: number): string {
  return `${percentDigits(fraction)}%`;
}

/** Two fractions with one unit: "0.9–1.6%". */
export function formatPercentRange(low: number, high: number): string {
  const [from, to] = [low < 0.0001 ? '0' : percentDigits(low), percentDigits(high)];
  return from === to ? `${to}%` : `${from}–${to}%`;
}

/** A difference of two fractions: 0.008 is "0.8 points". The sign is left to the sentence. */
export function formatPoints(difference: number): string {
  const digits = percentDigits(Math.abs(difference));
  return `${digits} ${digits === '1' ? 'point' : 'points'}`;
}

/** How many times normal: "6.9x", and beyond ten only "over 10x", where more digits would be noise. */
export function formatRatio(ratio: number): string {
  if (ratio > 10) return 'over 10x';
  if (ratio < 0.1) return 'under 0.1x';
  return ratio >= 9.95 ? '10x' : `${ratio.toFixed(1)}x`;
}

/** Milliseconds: "310 ms", "2.4 s", "2.1 min". */
export function formatMilliseconds(milliseconds: number): string {
  if (milliseconds < 1) return milliseconds <= 0 ? '0 ms' : 'under 1 ms';
  if (Number(milliseconds.toPrecision(2)) < 1000) return `${significant(milliseconds)} ms`;
  if (milliseconds < 100_000) return `${significant(milliseconds / 1000, 1)} s`;
  return `${significant(milliseconds / 60_000, 1)} min`;
}

/** Minutes: "34 min", "2.1 h", "3.5 days". */
export function formatMinutes(minutes: number): string {
  if (minutes < 1) return minutes <= 0 ? '0 min' : 'under 1 min';
  if (minutes < 120) return `${significant(minutes)} min`;
  return minutes < 2_880 ? `${significant(minutes / 60, 1)} h` : `${significant(minutes / 1_440, 1)} days`;
}

/** Two durations in the unit of the lower: "240–420 ms", "1.2–1.6 s". */
export function formatMillisecondsRange(low: number, high: number): string {
  const unit = low >= 1000 ? 's' : 'ms';
  const [from, to] = [low, high].map((value) => (unit === 's' ? significant(value / 1000, 1) : significant(value)));
  return from === to ? `${to} ${unit}` : `${from}–${to} ${unit}`;
}

/**
 * Money from integer minor units, by the currency's own exponent and symbol: "$4.20", "$310", "$12.8k", "¥980".
 * @param currency ISO 4217 code.
 */
export function formatMoney(minor: number, currency: string): string {
  const major = toMajorUnits(minor, currency);
  const style = { style: 'currency', currency } as const;
  if (Math.abs(major) < 10) {
    const whole = Number.isInteger(major);
    return spaced(numberFormat({ ...style, ...(whole ? { maximumFractionDigits: 0 } : {}) }).format(major));
  }
  return compact(major, style);
}

/** Money from minor to major units: 1234 of USD is 12.34, of JPY 1234. */
export function toMajorUnits(minor: number, currency: string): number {
  return minor / 10 ** minorUnitExponent(currency);
}

/** Money from major to integer minor units: 12.34 of USD is 1234. */
export function toMinorUnits(major: number, currency: string): number {
  return Math.round(major * 10 ** minorUnitExponent(currency));
}

/** "a", "a and b", "a, b and c". */
export function joinWords(words: readonly string[], conjunction = 'and'): string {
  if (words.length < 2) return words[0] ?? '';
  return `${words.slice(0, -1).join(', ')} ${conjunction} ${words.at(-1)}`;
}

function minorUnitExponent(currency: string): number {
  return numberFormat({ style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
}

/** "12.8k", "128k", "1.3M"; below a thousand two significant figures. */
function compact(value: number, style: Intl.NumberFormatOptions): string {
  const magnitude = Math.abs(value);
  const digits: Intl.NumberFormatOptions =
    magnitude < 995
      ? { maximumSignificantDigits: 2 }
      : { minimumFractionDigits: 0, maximumFractionDigits: mantissa(magnitude) < 100 ? 1 : 0 };
  const format = numberFormat({ ...style, notation: 'compact', ...digits });
  return spaced(
    format
      .formatToParts(value)
      .map((part) => (part.type === 'compact' && part.value === 'K' ? 'k' : part.value))
      .join(''),
  );
}

function mantissa(magnitude: number): number {
  return magnitude / 1000 ** Math.floor(Math.log10(magnitude) / 3);
}

/** Some currency formats hold a no-break space; a plain one lets a phone wrap. */
function spaced(text: string): string {
  return text.replace(/\u00a0/g, ' ');
}

function percentDigits(fraction: number): string {
  const percent = fraction * 100;
  const magnitude = Math.abs(percent);
  if (magnitude === 0) return '0';
  if (magnitude < 0.01) return 'under 0.01';
  if (magnitude >= 99 && magnitude < 100)
    return magnitude > 99.9 ? 'over 99.9' : percent.toFixed(1).replace('100.0', '99.9');
  if (magnitude >= 9.95) return numberFormat({ maximumFractionDigits: 0 }).format(percent);
  return significant(percent);
}

/** Two significant figures without an exponent; `least` keeps that many decimals on small numbers ("2.0"). */
function significant(value: number, least = 0): string {
  const rounded = Number(value.toPrecision(2));
  const format = numberFormat({
    maximumFractionDigits: 4,
    minimumFractionDigits: Math.abs(rounded) < 10 ? least : 0,
  });
  return format.format(rounded);
}

export { formatDay, formatLongDay, formatMoment, formatRange, formatWeekday } from './dates.ts';
