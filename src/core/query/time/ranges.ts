/** Periods with two ends, or an open one: "10 to 15 March", "between Monday and Wednesday", "since the 3rd". */
import { addDays } from '../../window.ts';
import { dated, dayNumberOf } from './dates.ts';
import { endOfHour } from './hours.ts';
import { type Passage, type Period, runningUnit, skipWords, textOf, wordAt } from './period.ts';
import { readSingle } from './single-period.ts';
import { addUnits, daysIn, hasHours, type TimeWindow } from './time-window.ts';
import { tokenAt } from './tokens.ts';
import { monthOf, unitOf } from './vocabulary.ts';

const THROUGH = ['to', '-', 'until', 'through', 'thru'];
/** "November to February" turns the year; what would take longer than this is the wrong way round. */
const LONGEST_TURN = 183;

/** Two periods joined, as written; `comparison` says they might be a "from … to …" of a change instead. */
export interface JoinedPeriods {
  readonly first: Period;
  readonly second: Period;
  readonly isBetween: boolean;
  readonly isFrom: boolean;
}

/** The two ends of a range, unread as a whole. */
export function readEnds(passage: Passage, index: number): JoinedPeriods | null {
  const lead = wordAt(passage, index);
  const isBetween = lead === 'between';
  const isFrom = lead === 'from' || lead === 'since' || lead === 'starting';
  const at = skipWords(passage, isBetween || isFrom ? index + 1 : index, 'the', 'on', 'start', 'of', 'in');
  const first = readSingle(passage, at);
  if (first === null) return null;
  const joint = wordAt(passage, first.next);
  if (!THROUGH.includes(joint) && !(isBetween && joint === 'and') && !(isFrom && joint === 'up')) return null;
  const second = readSingle(passage, skipWords(passage, first.next + 1, 'the', 'on', 'to', 'end', 'of', 'about'));
  if (second === null)
    return isNow(passage, first) ? { first, second: todayFrom(passage, first), isBetween, isFrom } : null;
  return { first, second, isBetween, isFrom };
}

const isNow = (passage: Passage, first: Period): boolean =>
  /^(now|date|present)$/.test(wordAt(passage, skipWords(passage, first.next + 1, 'to')));

function todayFrom(passage: Passage, first: Period): Period {
  const next = skipWords(passage, first.next + 1, 'to') + 1;
  const window = hasHours(first.window)
    ? { start: passage.now, end: endOfHour(passage) }
    : { start: passage.today, end: passage.tomorrow };
  return { window, next, unit: 'day' };
}

/** One period from the start of the first to the end of the second. */
export function joinEnds(passage: Passage, { first, second }: JoinedPeriods, from: number): Period {
  const next = second.next;
  const fault = first.fault ?? second.fault;
  const text = textOf(passage, from, next);
  if (fault !== undefined) {
    const nearest = withHours({ start: first.window.start, end: second.window.end });
    const isNear = fault.suggestion !== null && nearest.start < nearest.end;
    return { window: first.window, next, unit: null, fault: { ...fault, suggestion: isNear ? nearest : null } };
  }
  const [start, end] = settleEnds(first, second);
  const turned = { start, end };
  const tooLong = (first.floats === 'year' || second.floats === 'year') && !isFairTurn(turned, first, second);
  if (start < end && !tooLong) {
    return { window: withHours(turned), next, unit: null };
  }
  const swapped = { start: second.window.start, end: first.until ?? first.window.end };
  const suggestion = swapped.start < swapped.end ? withHours(swapped) : null;
  return { window: suggestion ?? first.window, next, unit: null, fault: { kind: 'reversed', text, suggestion } };
}

/** Moves the open ends: weekdays back to the latest that fit, days and months without a year to the year that fits. */
function settleEnds(first: Period, second: Period): [start: string, end: string] {
  const start = first.window.start;
  const end = second.until ?? second.window.end;
  const { floats } = first;
  if (start < end) return [start, end];
  if (second.floats === 'week' && floats === undefined) return [start, addUnits(end, 'week', 1)];
  if (second.floats === 'year' && floats === 'year') return [start, addUnits(end, 'year', 1)];
  if (second.floats === 'month' && floats === 'month') return [start, addUnits(end, 'month', 1)];
  if (second.floats === 'day') return [start, `${start.slice(0, 10)}${end.slice(10)}`];
  if (floats === undefined) return [start, end];
  const years = Math.max(1, Number(start.slice(0, 4)) - Number(end.slice(0, 4)));
  let moved = addUnits(start, floats, floats === 'year' ? -years : -1);
  if (moved >= end && floats === 'year') moved = addUnits(moved, 'year', -1);
  for (let tries = 0; moved >= end && floats !== 'year' && tries < 6; tries += 1) moved = addUnits(moved, floats, -1);
  return [moved, end];
}

/** A turn of the year is meant where it is short, or exactly twelve months. */
function isFairTurn(window: TimeWindow, first: Period, second: Period): boolean {
  const { start, end } = window;
  if (start >= end || start.slice(0, 4) === addDays(end.slice(0, 10), -1).slice(0, 4)) return true;
  if (first.floats !== 'year') return true;
  if (daysIn(window) <= LONGEST_TURN) return true;
  return first.unit === 'month' && second.unit === 'month' && addUnits(start, 'year', 1) === end;
}

/** Both ends as days, or both as date-times. */
function withHours({ start, end }: TimeWindow): TimeWindow {
  if (start.length === end.length) return { start, end };
  const timed = (moment: string): string => (moment.length > 10 ? moment : `${moment}T00:00`);
  return { start: timed(start), end: timed(end) };
}

/** "10 to 15 March", "from the 1st to the 5th of January", "March 10-15, 2026", "Jan 3 to 9". */
export function readDayRange(passage: Passage, index: number): Period | null {
  const { tokens } = passage;
  const lead = wordAt(passage, index);
  const at = skipWords(passage, ['between', 'from'].includes(lead) ? index + 1 : index, 'the', 'days');
  const month = monthOf(wordAt(passage, at));
  const firstAt = month === undefined ? at : skipWords(passage, at + 1, 'the');
  const first = dayNumberOf(tokenAt(tokens, firstAt));
  const joint = wordAt(passage, firstAt + 1);
  const isAnd = joint === 'and' || joint === '&';
  if (first === null || !(THROUGH.includes(joint) || isAnd)) return null;
  const secondAt = skipWords(passage, firstAt + 2, 'the');
  const second = dayNumberOf(tokenAt(tokens, secondAt));
  if (second === null || (isAnd && lead !== 'between' && second !== first + 1)) return null;
  const monthAt = skipWords(passage, secondAt + 1, 'of');
  const said = month ?? monthOf(wordAt(passage, monthAt));
  if (said === undefined || (month !== undefined && monthOf(wordAt(passage, secondAt + 1)) !== undefined)) return null;
  const next = month === undefined ? monthAt + 1 : secondAt + 1;
  const from = dated(passage, index, next, said, first);
  const until = dated(passage, index, next, said, second);
  if (from === null || until === null) return null;
  const fault = from.fault ?? until.fault;
  if (fault !== undefined) {
    const fits = fault.suggestion !== null && from.window.start < until.window.end;
    const suggestion = fits ? { start: from.window.start, end: until.window.end } : null;
    return { ...until, unit: null, fault: { ...fault, suggestion } };
  }
  // Without a year both days belong to the year the first was last begun in.
  const year = from.window.start.slice(0, 4);
  const end = until.floats === 'year' ? addDays(`${year}${until.window.start.slice(4)}`, 1) : until.window.end;
  const { start } = from.window;
  if (start < end) return { window: { start, end }, next: until.next, unit: null };
  const suggestion = { start: addDays(end, -1), end: addDays(start, 1) };
  return {
    window: suggestion,
    next: until.next,
    unit: null,
    fault: { kind: 'reversed', text: textOf(passage, index, until.next), suggestion },
  };
}

/** "since Monday" and "from 12 March on" run through today, "after 12 March" begins the day after. */
export function readOpenRange(passage: Passage, index: number): Period | null {
  const lead = wordAt(passage, index);
  if (!['since', 'from', 'starting', 'after'].includes(lead)) return null;
  const at = skipWords(passage, index + 1, 'the', 'about', 'on', 'from', 'start', 'beginning', 'of', 'in', 'early');
  const first = readSingle(passage, at) ?? readBegunUnit(passage, at);
  if (first === null) return null;
  const next = skipWords(passage, first.next, 'on', 'onwards', 'onward', 'forward');
  if (lead === 'from' && next === first.next) return null;
  if (first.fault !== undefined) return first;
  const start = lead === 'after' ? (first.until ?? first.window.end) : first.window.start;
  const end = start.length > 10 ? endOfHour(passage) : passage.tomorrow;
  if (start >= end) return lead === 'after' ? null : { ...first, next };
  return { window: { start, end }, next, unit: null };
}

/** "since the start of the month". */
function readBegunUnit(passage: Passage, index: number): Period | null {
  const unit = unitOf(wordAt(passage, index));
  const isBegun = ['start', 'beginning'].includes(wordAt(passage, index - 3)) && wordAt(passage, index - 1) === 'the';
  if (unit === undefined || unit === 'hour' || !isBegun) return null;
  return { window: runningUnit(passage, unit), next: index + 1, unit };
}

/** "until Friday", "up to 12 March" (with it), "before 12 March" (without): the 7 days that end there. */
export function readClosedRange(passage: Passage, index: number): Period | null {
  const lead = wordAt(passage, index);
  const isUpTo = lead === 'up' && wordAt(passage, index + 1) === 'to';
  if (!isUpTo && lead !== 'until' && lead !== 'before') return null;
  const last = readSingle(passage, skipWords(passage, index + (isUpTo ? 2 : 1), 'the', 'and', 'including'));
  if (last === null || last.fault !== undefined || hasHours(last.window)) return last;
  const end = lead === 'before' ? last.window.start : last.window.end;
  return { window: { start: addDays(end, -7), end }, next: last.next, unit: null };
}
