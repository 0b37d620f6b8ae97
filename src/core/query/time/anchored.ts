/** Periods said from another one: "the week of 12 March", "the day before last Tuesday", "first week of March". */
import { addDays } from '../../window.ts';
import { ordinalAt, readCount } from './numbers.ts';
import { type Passage, type Period, type PeriodReader, skipWords, wordAt } from './period.ts';
import { readArticle, readLength } from './relative.ts';
import { addUnits, dayOf, daysIn, type TimeWindow, type Unit, wholeUnit } from './time-window.ts';
import { unitOf } from './vocabulary.ts';

/** "week before last", "two weeks before 12 March", "the day after last Tuesday", "the week of 2 March". */
export function readAnchored(passage: Passage, index: number, readPlain: PeriodReader): Period | null {
  const bare = unitOf(wordAt(passage, index));
  const length =
    readLength(passage, index) ??
    readArticle(passage, index) ??
    (bare === undefined ? null : { value: 1, unit: bare, next: index + 1 });
  if (length === null) return null;
  const { unit, value, next } = length;
  const joint = wordAt(passage, next);
  if (joint === 'before' && wordAt(passage, next + 1) === 'last') {
    const ahead = readPlain(passage, next + 1);
    if (ahead === null && value === 1) return { window: wholeUnit(passage.today, unit, -2), next: next + 2, unit };
  }
  if (value === 1 && unit === 'week') {
    const holding = readWeekOf(passage, next, readPlain);
    if (holding !== null) return holding;
  }
  if (value === 1 && joint === 'of') {
    const named = readPlain(passage, skipWords(passage, next + 1, 'the'));
    return named !== null && named.unit === unit ? named : null;
  }
  const closing = readClosing(passage, next, readPlain);
  if (closing !== null && unit !== 'hour') {
    const { end } = closing.window;
    return { window: { start: addUnits(end, unit, -value), end }, next: closing.next, unit: null };
  }
  const isBefore = joint === 'before' || (joint === 'prior' && wordAt(passage, next + 1) === 'to');
  const isAfter = joint === 'after' || joint === 'following';
  if (!isBefore && !isAfter) return null;
  const anchor = readPlain(passage, skipWords(passage, next + 1, 'to', 'the'));
  if (anchor === null) return null;
  const window = isBefore ? unitsBefore(anchor.window, unit, value) : unitsAfter(anchor.window, unit, value);
  return { window, next: anchor.next, unit: value === 1 ? unit : null };
}

/** "ending 8 November", "up to the 8th", "until yesterday": the day that closes the period. */
function readClosing(passage: Passage, index: number, readPlain: PeriodReader): Period | null {
  const from = wordAt(passage, index) === 'leading' ? index + 1 : index;
  const isUpTo = wordAt(passage, from) === 'up' && wordAt(passage, from + 1) === 'to';
  if (!isUpTo && !/^(?:ending|until|till)$/.test(wordAt(passage, from))) return null;
  const day = readPlain(passage, skipWords(passage, isUpTo ? from + 2 : from + 1, 'on', 'the'));
  return day !== null && day.unit === 'day' ? day : null;
}

/** The `count` units that end where the window begins. */
export function unitsBefore({ start }: TimeWindow, unit: Unit, count: number): TimeWindow {
  const end = unit === 'hour' ? addUnits(start, 'hour', 0) : dayOf(start);
  return { start: addUnits(end, unit, -count), end };
}

/** The `count` units that begin where the window ends. */
export function unitsAfter({ end }: TimeWindow, unit: Unit, count: number): TimeWindow {
  const start = unit === 'hour' ? addUnits(end, 'hour', 0) : wholeDayFrom(end);
  return { start, end: addUnits(start, unit, count) };
}

/** The day that begins at or after a moment. */
const wholeDayFrom = (moment: string): string =>
  moment.length > 10 && !moment.endsWith('T00:00') ? addDays(dayOf(moment), 1) : dayOf(moment);

/** "of 12 March": the calendar week that holds it; "starting", "commencing" and "ending" count from the day itself. */
function readWeekOf(passage: Passage, index: number, readPlain: PeriodReader): Period | null {
  const joint = wordAt(passage, index);
  if (!/^(of|starting|beginning|commencing|ending)$/.test(joint)) return null;
  const day = readPlain(passage, skipWords(passage, index + 1, 'on', 'the'));
  if (day === null || day.unit !== 'day') return null;
  const { start, end } = day.window;
  const { next } = day;
  if (joint === 'of') return { ...day, window: wholeUnit(start, 'week'), next, unit: 'week' };
  const window = joint === 'ending' ? { start: addDays(end, -7), end } : { start, end: addDays(start, 7) };
  return { window, next, unit: 'week' };
}

const EDGES = new Map([
  ['beginning', [0, 1]],
  ['start', [0, 1]],
  ['early', [0, 1]],
  ['middle', [1, 2]],
  ['mid', [1, 2]],
  ['end', [2, 3]],
  ['late', [2, 3]],
] as const);

/** "first week of March" (days 1-7), "last 3 days of Q1", "second half of 2025", "early March" (days 1-10). */
export function readPartOf(passage: Passage, index: number, readPlain: PeriodReader): Period | null {
  const lead = wordAt(passage, index);
  for (const [word, thirds] of EDGES) if (lead === word) return readThird(passage, index, thirds, readPlain);
  const place = ordinalAt(passage.tokens, index);
  const isLast = lead === 'last' || lead === 'final';
  if (place === undefined && !isLast) return null;
  const count = readCount(passage.tokens, index + 1);
  const at = count?.next ?? index + 1;
  const unit = unitOf(wordAt(passage, at));
  const isHalf = wordAt(passage, at) === 'half' && count === null;
  if ((unit === undefined && !isHalf) || !['of', 'in'].includes(wordAt(passage, at + 1))) return null;
  const whole = readPlain(passage, skipWords(passage, at + 2, 'the'));
  if (whole === null || whole.window.start.length > 10) return null;
  const window = isHalf
    ? halfOf(uncut(whole), place === 1)
    : partOf(uncut(whole), unit ?? 'day', place ?? 'last', count?.value ?? 1);
  return window === null ? null : { window, next: whole.next, unit: null };
}

/** The whole unit, where the reading ended at today. */
const uncut = ({ window, unit }: Period): TimeWindow => (unit === null ? window : wholeUnit(window.start, unit));

function partOf({ start, end }: TimeWindow, unit: Unit, place: number | 'last', count: number): TimeWindow | null {
  if (unit === 'hour' || count > 400) return null;
  const from = place === 'last' ? addUnits(end, unit, -count) : addUnits(start, unit, (place - 1) * count);
  const until = addUnits(from, unit, count);
  return from < start || from >= end ? null : { start: from, end: until > end ? end : until };
}

/** Halves of months split at the 16th, of years at July; of anything else in the middle day. */
function halfOf(window: TimeWindow, isFirst: boolean): TimeWindow {
  const { start, end } = window;
  const days = daysIn(window);
  const middle =
    days > 360 ? addUnits(start, 'month', 6) : addDays(start, days > 27 && days < 32 ? 15 : Math.ceil(days / 2));
  return isFirst ? { start, end: middle } : { start: middle, end };
}

/** "early", "mid" and "late": days 1-10, 11-20 and from the 21st of a month; thirds of longer units. */
function readThird(
  passage: Passage,
  index: number,
  [from, until]: readonly [number, number],
  readPlain: PeriodReader,
): Period | null {
  const whole = readPlain(passage, skipWords(passage, index + 1, 'of', 'in', 'the'));
  if (whole === null || !(whole.unit === 'month' || whole.unit === 'quarter' || whole.unit === 'year')) return null;
  const { start, end } = uncut(whole);
  const cut = (third: number): string => {
    if (third === 3) return end;
    if (whole.unit === 'month') return addDays(start, third * 10);
    return addUnits(start, 'month', third * (whole.unit === 'quarter' ? 1 : 4));
  };
  return { window: { start: cut(from), end: cut(until) }, next: whole.next, unit: null };
}
