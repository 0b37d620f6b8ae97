/** Days with a name of their own: today, Tuesday, the weekend. */
import { dayNumber, weekdayOf } from '../../window.ts';
import { readDayOfMonth, readNumericDate, readOrdinalDay } from './dates.ts';
import { readCount } from './numbers.ts';
import { type Passage, type Period, pastDays, readFirst, skipWords, wordAt } from './period.ts';
import { readThis, skipToDate } from './relative.ts';
import { addUnits, startOfUnit, type TimeWindow, wholeUnit } from './time-window.ts';
import { tokenAt } from './tokens.ts';
import { unitOf, weekdayNamed } from './vocabulary.ts';

const DAYS: Record<string, number> = { today: 0, yesterday: -1, tomorrow: 1 };

/** today, yesterday, tomorrow; "today so far". */
export function readNamedDay(passage: Passage, index: number): Period | null {
  const days = Object.hasOwn(DAYS, wordAt(passage, index)) ? DAYS[wordAt(passage, index)] : undefined;
  if (days === undefined) return null;
  return { window: wholeUnit(passage.today, 'day', days), next: skipToDate(passage, index + 1), unit: 'day' };
}

/** "right now", "at the moment", "so far": today. "recently", "lately": the 7 days before it. */
export function readNow(passage: Passage, index: number): Period | null {
  const word = wordAt(passage, index);
  const today = (next: number): Period => ({ window: wholeUnit(passage.today, 'day'), next, unit: 'day' });
  if (word === 'right' && wordAt(passage, index + 1) === 'now') return today(index + 2);
  if (word === 'so' && wordAt(passage, index + 1) === 'far') {
    const said = readThis(passage, index + 2) ?? readNamedDay(passage, index + 2);
    return said === null ? today(index + 2) : { ...said, toDate: true };
  }
  if (word === 'currently') return today(index + 1);
  if (word === 'at' && /^(moment|present)$/.test(wordAt(passage, skipWords(passage, index + 1, 'the')))) {
    return today(skipWords(passage, index + 1, 'the') + 1);
  }
  if (word === 'recently' || word === 'lately') return { window: pastDays(passage, 7), next: index + 1, unit: null };
  const after = tokenAt(passage.tokens, index + 1);
  const closes = after.kind === 'end' || /^[?!.,]$/.test(after.word);
  return word === 'now' && index > 0 && closes ? today(index + 1) : null;
}

const SHORT_LEADS = new Set(
  'on last this since from between and to until - versus than before after by past previous next or'.split(' '),
);

/** The weekday at a token; "sat", "sun", "wed", "mon" only where a day is expected or written as a name. */
function weekdayAt(passage: Passage, index: number): number | undefined {
  const token = tokenAt(passage.tokens, index);
  const weekday = weekdayNamed(token.word);
  if (weekday === undefined || token.word.length > 4) return weekday;
  const isName = /^\p{Lu}/u.test(token.raw) && index > 0;
  const joint = wordAt(passage, index + 1);
  const leadsOn =
    tokenAt(passage.tokens, index + 1).kind === 'number' ||
    (['-', 'to', 'and', 'versus'].includes(joint) && weekdayNamed(wordAt(passage, index + 2)) !== undefined);
  return SHORT_LEADS.has(wordAt(passage, index - 1)) || isName || leadsOn ? weekday : undefined;
}

/** "Tuesday" and "last Tuesday" are the latest before today, "this Tuesday" is of this week. */
export function readWeekday(passage: Passage, index: number): Period | null {
  const lead = wordAt(passage, index);
  const afterWeek = readWeekThenDay(passage, index);
  if (afterWeek !== null) return afterWeek;
  const isPast = lead === 'this' && wordAt(passage, index + 1) === 'past';
  const isLed = ['last', 'this', 'next', 'previous', 'past'].includes(lead);
  const at = isPast ? index + 2 : isLed ? index + 1 : index;
  const weekday = weekdayAt(passage, at);
  if (weekday === undefined) return null;
  const date = readFirst(
    [readDayOfMonth, readNumericDate, readOrdinalDay],
    passage,
    skipWords(passage, at + 1, ',', 'the', '('),
  );
  if (date !== null && date.unit === 'day') return date;
  const monday = startOfUnit(passage.today, 'week');
  const inWeek = readWeekAfter(passage, at + 1);
  if (inWeek !== null) return { window: dayOfWeek(inWeek.monday, weekday), next: inWeek.next, unit: 'day' };
  if (lead === 'this' && !isPast) return { window: dayOfWeek(monday, weekday), next: at + 1, unit: 'day' };
  if (lead === 'next') return { window: dayOfWeek(addUnits(monday, 'week', 1), weekday), next: at + 1, unit: 'day' };
  const isAhead = weekday >= weekdayOf(dayNumber(passage.today));
  const window = dayOfWeek(isAhead ? addUnits(monday, 'week', -1) : monday, weekday);
  const isLast = lead === 'last' || lead === 'previous' || lead === 'past';
  return { window, next: at + 1, unit: 'day', floats: 'week', last: isLast };
}

const dayOfWeek = (monday: string, weekday: number): TimeWindow => wholeUnit(addUnits(monday, 'day', weekday), 'day');

/** "… of last week", "… this week", "… two weeks ago". */
function readWeekAfter(passage: Passage, index: number): { monday: string; next: number } | null {
  const at = skipWords(passage, index, ',', 'of', 'in', 'the');
  const monday = startOfUnit(passage.today, 'week');
  if (unitOf(wordAt(passage, at + 1)) === 'week') {
    if (['last', 'previous'].includes(wordAt(passage, at)))
      return { monday: addUnits(monday, 'week', -1), next: at + 2 };
    if (['this', 'current'].includes(wordAt(passage, at))) return { monday, next: at + 2 };
  }
  const count = readCount(passage.tokens, at);
  if (count === null || unitOf(wordAt(passage, count.next)) !== 'week' || wordAt(passage, count.next + 1) !== 'ago')
    return null;
  return count.value < 1000 ? { monday: addUnits(monday, 'week', -count.value), next: count.next + 2 } : null;
}

/** "last week on Tuesday", "last week's Tuesday". */
function readWeekThenDay(passage: Passage, index: number): Period | null {
  const week = readWeekAfter(passage, index);
  if (week === null || !['last', 'previous', 'this', 'current'].includes(wordAt(passage, index))) return null;
  const at = skipWords(passage, week.next, 'on', ',');
  const weekday = weekdayAt(passage, at);
  if (weekday === undefined) return null;
  return { window: dayOfWeek(week.monday, weekday), next: at + 1, unit: 'day' };
}

/** The last Saturday and Sunday that are over; "this weekend" is the running one where today is in it. */
export function readWeekend(passage: Passage, index: number): Period | null {
  const lead = wordAt(passage, index);
  const isPast = lead === 'this' && wordAt(passage, index + 1) === 'past';
  const isLed = ['last', 'this', 'next', 'previous', 'past'].includes(lead);
  const at = isPast ? index + 2 : isLed ? index + 1 : index;
  if (wordAt(passage, at) !== 'weekend') return null;
  const monday = startOfUnit(passage.today, 'week');
  const weekend = (weeks: number): TimeWindow => {
    const start = addUnits(monday, 'day', weeks * 7 + 5);
    return { start, end: addUnits(start, 'day', 2) };
  };
  if (wordAt(passage, at + 1) === 'before' && wordAt(passage, at + 2) === 'last') {
    return { window: weekend(-2), next: at + 3, unit: null };
  }
  if (wordAt(passage, at + 1) === 'of') {
    const date = readFirst(
      [readDayOfMonth, readNumericDate, readOrdinalDay],
      passage,
      skipWords(passage, at + 2, 'the'),
    );
    if (date !== null) return { window: weekendOf(date.window.start), next: date.next, unit: null };
  }
  const isWeekend = weekdayOf(dayNumber(passage.today)) >= 5;
  if (lead === 'next') return { window: weekend(isWeekend ? 1 : 0), next: at + 1, unit: null };
  return { window: weekend(lead === 'this' && !isPast && isWeekend ? 0 : -1), next: at + 1, unit: null };
}

/** The weekend of the week a day lies in. */
function weekendOf(day: string): TimeWindow {
  const start = addUnits(startOfUnit(day, 'week'), 'day', 5);
  return { start, end: addUnits(start, 'day', 2) };
}

/** "all time", "ever", "since the beginning": from the first day there can be. */
export function readAllTime(passage: Passage, index: number): Period | null {
  const word = wordAt(passage, index);
  const window = { start: '1970-01-01', end: passage.tomorrow };
  if (word === 'all' && wordAt(passage, index + 1) === 'time') return { window, next: index + 2, unit: null };
  if (word === 'ever' && tokenAt(passage.tokens, index + 1).kind !== 'word')
    return { window, next: index + 1, unit: null };
  const isSince = word === 'since' || word === 'from';
  const at = skipWords(passage, index + 1, 'the', 'very');
  if (!isSince || !/^(beginning|inception|forever)$/.test(wordAt(passage, at))) return null;
  return wordAt(passage, at + 1) === 'of' ? null : { window, next: at + 1, unit: null };
}
