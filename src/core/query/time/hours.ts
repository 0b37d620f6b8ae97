/** Hours of the clock: "3pm", "between 14:00 and 16:00", "this morning", "last night". */

import { readDayOfMonth, readNumericDate, readOrdinalDay } from './dates.ts';
import { readNamedDay, readWeekday } from './named-days.ts';
import { readCount } from './numbers.ts';
import { type Passage, type Period, readFirst, skipWords, wordAt } from './period.ts';
import { addMinutes, addUnits, hasHours } from './time-window.ts';
import { tokenAt } from './tokens.ts';

/** Minutes after midnight, whole hours; past 1440 on the next day. */
export interface ClockSpan {
  readonly from: number;
  readonly to: number;
  /** "since 14:00": on until now. */
  readonly open?: boolean;
  /** One time of day, in minutes: as the end of a range it ends there, not an hour later. */
  readonly until?: number;
  readonly next: number;
}

const HOUR = 60;
const DAY = 1440;
const floor = (minutes: number): number => Math.floor(minutes / HOUR) * HOUR;
const ceil = (minutes: number): number => Math.ceil(minutes / HOUR) * HOUR;

/** What parts of a day mean here. The night belongs to the evening it begins with. */
const PARTS: Record<string, readonly [from: number, to: number]> = {
  morning: [6 * HOUR, 12 * HOUR],
  afternoon: [12 * HOUR, 18 * HOUR],
  evening: [18 * HOUR, 24 * HOUR],
  night: [18 * HOUR, 30 * HOUR],
};

interface ClockTime {
  readonly minutes: number;
  readonly next: number;
}

/** "14:00", "3pm", "noon", "midnight". */
function readTimeOfDay(passage: Passage, index: number): ClockTime | null {
  const token = tokenAt(passage.tokens, index);
  const next = skipWords(passage, index + 1, 'utc', 'gmt', 'local');
  if (token.kind === 'clock') return { minutes: (token.parts[0] ?? 0) * HOUR + (token.parts[1] ?? 0), next };
  if (token.word === 'noon' || token.word === 'midday') return { minutes: 12 * HOUR, next };
  return token.word === 'midnight' ? { minutes: 0, next } : null;
}

/** Half a day given once for both: "2-4pm", "from 2 to 4 pm". */
function readBareHour(passage: Passage, index: number): ClockTime | null {
  const token = tokenAt(passage.tokens, index);
  const count = token.kind === 'ordinal' ? null : readCount(passage.tokens, index);
  if (count === null || count.value > 24) return null;
  return { minutes: count.value * HOUR, next: count.next };
}

const STARTS = ['at', 'around', 'about', 'from', 'between', 'since', 'after', 'before', 'until', 'by'];

/**
 * A time, or a span of times, of an unnamed day. Ends are widened to whole hours: nothing is kept finer.
 * @param ofDay whether a day stands beside it, so that two bare numbers are hours: "yesterday between 9 and 11"
 */
export function readClock(passage: Passage, index: number, ofDay = false): ClockSpan | null {
  const lead = STARTS.includes(wordAt(passage, index)) ? wordAt(passage, index) : '';
  const at = skipWords(passage, lead === '' ? index : index + 1, 'about', 'the');
  const exact = readTimeOfDay(passage, at);
  const from = exact ?? readBareHour(passage, at);
  if (from === null) return null;
  const joint = wordAt(passage, from.next);
  if (joint === '-' || joint === 'to' || joint === 'until' || (joint === 'and' && lead === 'between')) {
    const ended = readTimeOfDay(passage, from.next + 1);
    const isSaid = exact !== null || (ofDay && (lead === 'between' || lead === 'from'));
    const to = ended ?? (isSaid ? readBareHour(passage, from.next + 1) : null);
    // "Between 8 and 6" may end in the evening or be a slip: asked about.
    const isReversed = to !== null && ended === null && exact === null && to.minutes < from.minutes;
    if (to !== null && !isReversed) return spanBetween(from, to, exact === null);
  }
  if (exact === null) return null;
  const { minutes, next } = from;
  if (lead === 'since' || lead === 'after') return { from: floor(minutes), to: DAY, open: lead === 'since', next };
  if (lead === 'before' || lead === 'until' || lead === 'by')
    return minutes === 0 ? null : { from: 0, to: ceil(minutes), next };
  if (minutes >= DAY) return null;
  const onwards = skipWords(passage, next, 'on', 'onwards', 'onward');
  if (lead === 'from' && onwards > next) return { from: floor(minutes), to: DAY, open: true, next: onwards };
  return { from: floor(minutes), to: floor(minutes) + HOUR, until: ceil(minutes), next };
}

function spanBetween(from: ClockTime, to: ClockTime, isBare: boolean): ClockSpan | null {
  let [first, last] = [from.minutes, to.minutes];
  if (isBare && last > 12 * HOUR && first + 12 * HOUR < last) first += 12 * HOUR;
  if (last === 0) last = DAY;
  if (last < first) last += DAY;
  return last === first ? null : { from: floor(first), to: ceil(last), next: to.next };
}

/** "this morning", "last night", "tonight", "in the evening", "overnight". */
function readPartOfDay(passage: Passage, index: number): (ClockSpan & { day?: number }) | null {
  const word = wordAt(passage, index);
  if (word === 'tonight') return { from: 18 * HOUR, to: DAY, day: 0, next: index + 1 };
  if (word === 'overnight') return { from: 18 * HOUR, to: 30 * HOUR, day: -1, next: index + 1 };
  const isLed = word === 'this' || word === 'last';
  const at = isLed ? index + 1 : skipWords(passage, index, 'in', 'the', 'early', 'late', 'at', 'during');
  const part = wordAt(passage, at);
  const span = Object.hasOwn(PARTS, part) ? PARTS[part] : undefined;
  if (span === undefined) return null;
  const [from, to] = span;
  return { from, to, next: at + 1, ...(isLed ? { day: word === 'last' ? -1 : 0 } : {}) };
}

const readDay = (passage: Passage, index: number): Period | null => {
  const period = readFirst(
    [readNamedDay, readWeekday, readDayOfMonth, readNumericDate, readOrdinalDay],
    passage,
    index,
  );
  return period !== null && period.unit === 'day' && period.fault === undefined ? period : null;
};

/** Days and hours together, in either order; hours alone are of the latest day on which they have begun. */
export function readTimed(passage: Passage, index: number): Period | null {
  const part = readPartOfDay(passage, index);
  if (part?.day !== undefined) return onDay(passage, part, addUnits(passage.today, 'day', part.day), part.next);
  const day = readDay(passage, index);
  if (day !== null) {
    const at = skipWords(passage, day.next, ',', 'the', '(');
    const clock = readClock(passage, at, true) ?? readPartOfDay(passage, at);
    if (clock === null || day.window.start.length > 10) return null;
    const timed = onDay(passage, clock, day.window.start, clock.next);
    return { ...timed, ...(day.floats === undefined ? {} : { floats: day.floats }) };
  }
  const clock = readClock(passage, index) ?? readHoursOfDay(passage, index) ?? part;
  if (clock === null) return null;
  const at = skipWords(passage, clock.next, 'on', 'of', ',', 'the', '(');
  const named = readDay(passage, at);
  if (named !== null && named.window.start.length === 10) return onDay(passage, clock, named.window.start, named.next);
  if (part !== null) return null;
  const begun = addMinutes(passage.today, clock.from) <= passage.now;
  return {
    ...onDay(passage, clock, begun ? passage.today : addUnits(passage.today, 'day', -1), clock.next),
    floats: 'day',
  };
}

/** "Between nine and five", at the end or before its day, where a day is named. */
function readHoursOfDay(passage: Passage, index: number): ClockSpan | null {
  const clock = readClock(passage, index, true);
  if (clock === null) return null;
  const at = skipWords(passage, clock.next, 'on', ',', 'the');
  const ends = tokenAt(passage.tokens, clock.next).kind === 'end' || /^[?!.,]$/.test(wordAt(passage, clock.next));
  const isNamed = ends && passage.tokens.some((_, other) => other < index && readDay(passage, other) !== null);
  return isNamed || readDay(passage, at) !== null ? clock : null;
}

function onDay(passage: Passage, clock: ClockSpan, day: string, next: number): Period {
  const start = addMinutes(day, clock.from);
  const isOpen = clock.open === true && start <= passage.now;
  const end = isOpen ? endOfHour(passage) : addMinutes(day, clock.to);
  return {
    window: { start, end },
    next,
    unit: 'hour',
    ...(clock.until === undefined ? {} : { until: addMinutes(day, clock.until) }),
  };
}

/** The end of the running hour. */
export const endOfHour = ({ now }: Passage): string => addMinutes(`${now.slice(0, 13)}:00`, 60);

/** Puts hours said apart from their day on it: "between 14:00 and 16:00 … yesterday". */
export function putOnDay(hours: Period, day: Period): Period | null {
  if (hours.floats !== 'day' || day.unit !== 'day' || hasHours(day.window)) return null;
  const base = hours.window.start.slice(0, 10);
  const apart = (moment: string): string => (moment.slice(0, 10) === base ? '' : '+');
  const moved = (moment: string): string =>
    `${apart(moment) === '' ? day.window.start : addUnits(day.window.start, 'day', 1)}${moment.slice(10) || 'T00:00'}`;
  return { ...hours, window: { start: moved(hours.window.start), end: moved(hours.window.end) } };
}
