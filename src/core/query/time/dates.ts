/** Days and weeks called by number or by the month they are in. */
import { Temporal } from 'temporal-polyfill';
import { ordinalAt } from './numbers.ts';
import { type Passage, type Period, skipWords, textOf, throughToday, wordAt } from './period.ts';
import { addMinutes, addUnits, type TimeWindow, wholeUnit } from './time-window.ts';
import { type Token, tokenAt } from './tokens.ts';
import { monthOf, unitOf } from './vocabulary.ts';

const FIRST_YEAR = 1970;
const LAST_YEAR = 2100;
/** Years outside are numbers of something else. */
export const isYear = (value: number): boolean => value >= FIRST_YEAR && value <= LAST_YEAR;
/** Two digits. */
export const pad = (value: number): string => String(value).padStart(2, '0');
/** The first day of a month. */
export const monthStart = (year: number, month: number): string => `${year}-${pad(month)}-01`;

interface Year {
  readonly year: number;
  readonly next: number;
}

/** "2026", "'26", "of last year", ", 2026": the year said after a month, day or quarter. */
export function readYearAfter(passage: Passage, index: number): Year | null {
  const next = skipWords(passage, index, ',', 'of', 'in', 'from', 'the');
  const token = tokenAt(passage.tokens, next);
  if (token.kind === 'short_year') return { year: token.value, next: next + 1 };
  if (token.kind === 'number' && isYear(token.value) && !isCounted(passage, next))
    return { year: token.value, next: next + 1 };
  if (unitOf(wordAt(passage, next + 1)) !== 'year') return null;
  const thisYear = Number(passage.today.slice(0, 4));
  if (['last', 'previous', 'past', 'prior'].includes(token.word)) return { year: thisYear - 1, next: next + 2 };
  return token.word === 'this' || token.word === 'current' ? { year: thisYear, next: next + 2 } : null;
}

/** "2025 errors", "2025 in total" are years too, but "2025 days" is a count. */
export const isCounted = (passage: Passage, index: number): boolean => unitOf(wordAt(passage, index + 1)) !== undefined;

/** A calendar day; a fault with the nearest real day where the month has no such day. */
function dayPeriod(
  passage: Passage,
  [from, next]: [number, number],
  [year, month, day]: readonly [number, number, number],
  floats?: 'year' | 'month',
): Period | null {
  if (!isYear(year) || day === 0 || month === 0) return null;
  const text = textOf(passage, from, next);
  if (month > 12 || day > 31) {
    const window = wholeUnit(passage.today, 'day');
    return { window, next, unit: 'day', fault: { kind: 'impossible_date', text, suggestion: null } };
  }
  const start = Temporal.PlainDate.from({ year, month, day }, { overflow: 'constrain' });
  const window = wholeUnit(start.toString(), 'day');
  if (start.day === day) return { window, next, unit: 'day', ...(floats === undefined ? {} : { floats }) };
  return { window, next, unit: 'day', fault: { kind: 'impossible_date', text, suggestion: window } };
}

/** "2026-01-03", "2026-03", "2026-W10", "3/4/2026" and instants. */
export function readNumericDate(passage: Passage, index: number): Period | null {
  const token = tokenAt(passage.tokens, index);
  const next = index + 1;
  if (token.kind === 'moment') return readMoment(passage, token.iso, next);
  if (token.kind === 'day') return dayPeriod(passage, [index, next], triple(token.parts));
  if (token.kind === 'slashed') return readSlashed(passage, index, token.parts);
  const [year = 0, part = 0] = token.kind === 'month' || token.kind === 'week' ? token.parts : [];
  if (!isYear(year) || part < 1) return null;
  if (token.kind === 'month' && part <= 12) {
    return { window: throughToday(passage, wholeUnit(monthStart(year, part), 'month')), next, unit: 'month' };
  }
  if (token.kind !== 'week' || part > 53) return null;
  // ISO 8601: week 1 holds 4 January.
  return { window: throughToday(passage, wholeUnit(`${year}-01-04`, 'week', part - 1)), next, unit: 'week' };
}

const triple = ([a = 0, b = 0, c = 0]: readonly number[]): [number, number, number] => [a, b, c];

/** "week 10", "week 10 of 2025": by ISO 8601; the latest such week that has begun. */
export function readWeekNumber(passage: Passage, index: number): Period | null {
  const token = tokenAt(passage.tokens, index + 1);
  if (unitOf(wordAt(passage, index)) !== 'week' || token.kind !== 'number' || token.value < 1 || token.value > 53)
    return null;
  const year = readYearAfter(passage, index + 2);
  const inYear = (chosen: number): TimeWindow => wholeUnit(`${chosen}-01-04`, 'week', token.value - 1);
  const thisYear = Number(passage.today.slice(0, 4));
  const chosen = year?.year ?? (inYear(thisYear).start <= passage.today ? thisYear : thisYear - 1);
  return { window: throughToday(passage, inYear(chosen)), next: year?.next ?? index + 2, unit: 'week' };
}

/** Day before month, as in "3 April"; month first only where the other way is no date. */
function readSlashed(passage: Passage, index: number, parts: readonly number[]): Period | null {
  const [a = 0, b = 0, year] = parts;
  const [day, month] = b > 12 && a <= 12 ? [b, a] : [a, b];
  if (year !== undefined) return dayPeriod(passage, [index, index + 1], [year, month, day]);
  const leads = [
    'on',
    'since',
    'from',
    'between',
    'to',
    'until',
    'before',
    'after',
    'and',
    '-',
    'versus',
    'than',
    'of',
  ];
  if (!leads.includes(wordAt(passage, index - 1)) || month > 12 || wordAt(passage, index + 1) === 'of') return null;
  return yearlessDay(passage, [index, index + 1], month, day);
}

/** An instant names its local hour. */
function readMoment(passage: Passage, iso: string, next: number): Period | null {
  try {
    const local = /Z|[+-]\d\d:?\d\d$/.test(iso.slice(10))
      ? Temporal.Instant.from(iso).toZonedDateTimeISO(passage.at.zone).toPlainDateTime()
      : Temporal.PlainDateTime.from(iso);
    if (!isYear(local.year)) return null;
    const start = local.round({ smallestUnit: 'hour', roundingMode: 'floor' }).toString({ smallestUnit: 'minute' });
    const until = local.round({ smallestUnit: 'hour', roundingMode: 'ceil' }).toString({ smallestUnit: 'minute' });
    return { window: { start, end: addMinutes(start, 60) }, next, unit: 'hour', until };
  } catch {
    return null;
  }
}

/** The latest such day that has begun. */
function yearlessDay(passage: Passage, range: [number, number], month: number, day: number): Period | null {
  const year = Number(passage.today.slice(0, 4));
  const begun = `${year}-${pad(month)}-${pad(day)}` <= passage.today;
  return dayPeriod(passage, range, [begun ? year : year - 1, month, day], 'year');
}

/** "12 March", "the 12th of March 2026", "March 12th, 2026". */
export function readDayOfMonth(passage: Passage, index: number): Period | null {
  const { tokens } = passage;
  const lead = tokenAt(tokens, index);
  const named = wordAt(passage, index + 1) === 'of' ? ordinalAt(tokens, index) : undefined;
  const leadDay = dayNumberOf(lead) ?? named ?? null;
  if (leadDay !== null) {
    const at = skipWords(passage, index + 1, 'of');
    const month = monthOf(wordAt(passage, at));
    return month === undefined ? null : dated(passage, index, at + 1, month, leadDay);
  }
  const month = monthOf(lead.word);
  const at = skipWords(passage, index + 1, 'the');
  const day = month === undefined ? null : dayNumberOf(tokenAt(tokens, at));
  if (month === undefined || day === null || isCounted(passage, at)) return null;
  return dated(passage, index, at + 1, month, day);
}

/** 1-39, so that "32 March" is met as an impossible day; larger numbers are no days at all. */
export function dayNumberOf(token: Token): number | null {
  const isNumber = token.kind === 'number' || token.kind === 'ordinal';
  return isNumber && token.value >= 1 && token.value < 40 ? token.value : null;
}

/** A day of a named month, with the year that may follow. */
export function dated(passage: Passage, from: number, next: number, month: number, day: number): Period | null {
  const year = readYearAfter(passage, next);
  if (year === null) return yearlessDay(passage, [from, next], month, day);
  return dayPeriod(passage, [from, year.next], [year.year, month, day]);
}

/** "the 12th": the latest 12th that has begun, or of the month said after it. */
export function readOrdinalDay(passage: Passage, index: number): Period | null {
  const token = tokenAt(passage.tokens, index);
  if (token.kind !== 'ordinal' || token.value > 31 || token.value < 1) return null;
  const [before, after] = [wordAt(passage, index - 1), wordAt(passage, index + 1)];
  const of = skipWords(passage, index + 1, 'of', 'the');
  if (
    unitOf(wordAt(passage, of + 1)) === 'month' &&
    ['last', 'previous', 'this', 'current'].includes(wordAt(passage, of))
  ) {
    const back = ['last', 'previous'].includes(wordAt(passage, of)) ? -1 : 0;
    const [year = 0, month = 0] = wholeUnit(passage.today, 'month', back).start.split('-').map(Number);
    return dayPeriod(passage, [index, of + 2], [year, month, token.value]);
  }
  const leads = ['the', 'on', 'since', 'from', 'to', 'and', 'until', '-', 'between'];
  const isName =
    /^\p{L}{4,}$/u.test(after) && !/^(until|onwards?|from|with|compared|versus|between|since)$/.test(after);
  if (!leads.includes(before) || (isName && before === 'the' && wordAt(passage, index - 2) !== 'on')) return null;
  const [year = 0, month = 0, today = 0] = passage.today.split('-').map(Number);
  const monthsBack = token.value > today ? -1 : 0;
  const start = addUnits(monthStart(year, month), 'month', monthsBack);
  const [inYear = 0, inMonth = 0] = start.split('-').map(Number);
  return dayPeriod(passage, [index, index + 1], [inYear, inMonth, token.value], 'month');
}
