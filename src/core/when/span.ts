/** Reads a stretch of time that is not over: "22:00-23:00", "tomorrow 22:00 to 2:00", "for 2 hours". */
import { formatMoment } from '../facts/dates.ts';
import { addDays, dateInZone } from '../window.ts';
import { addDuration, readDuration } from './duration.ts';
import { instantOf, type Now } from './moment.ts';
import { readPieces } from './pieces.ts';

type SpanRead =
  /** Half-open, epoch milliseconds; `rest` are the words after it. */
  { start: number; end: number; zone: string; rest: string[] } | { fault: string; isUnread: boolean };

const LONGEST = 12;
const UNREAD = {
  fault: 'I need from when to when, for example 22:00-23:00, tomorrow 22:00-2:00 or for 2h.',
  isUnread: true,
};

/** The stretch that most of the first words say. One that has begun may be said; one that is over is a fault. */
export function readLeadingSpan(words: readonly string[], at: Now): SpanRead {
  const list = words.flatMap(splitRange);
  let fault: SpanRead = UNREAD;
  for (let count = Math.min(list.length, LONGEST); count > 0; count -= 1) {
    const read = readSpan(list.slice(0, count), at);
    if (!('fault' in read)) return { ...read, rest: list.slice(count) };
    if (fault.isUnread) fault = read;
  }
  return fault;
}

/** "22:00-23:00" and "22:00–23:00" are three words. */
function splitRange(word: string): string[] {
  const [, from, until] = /^(\d{1,2}(?:[:.]\d\d)?(?:am|pm)?)[-–—](\d{1,2}[:.]\d\d|\d{1,2}(?:am|pm))$/i.exec(word) ?? [];
  if (from === undefined || until === undefined) return [word];
  return [/[:.m]/i.test(from) ? from : `${from}:00`, 'to', until];
}

type Span = { start: number; end: number; zone: string } | { fault: string; isUnread: boolean };

function readSpan(words: readonly string[], at: Now): Span {
  const list = /^(?:from|between)$/i.test(words[0] ?? '') ? words.slice(1) : words;
  const length = readDuration((/^for$/i.test(list[0] ?? '') ? list.slice(1) : list).join(' '));
  if (length !== undefined) return { start: at.now, end: addDuration(at.now, length, at.zone), zone: at.zone };
  const middle = list.findIndex((word) => /^(?:to|until|till|and|-|–|for)$/i.test(word));
  if (middle < 1) return UNREAD;
  const [before, after] = [list.slice(0, middle), list.slice(middle + 1)];
  return /^for$/i.test(list[middle] ?? '') ? readLasting(before, after, at) : readBetween(before, after, at);
}

/** "tomorrow 22:00 for 2h". */
function readLasting(before: readonly string[], after: readonly string[], at: Now): Span {
  const length = readDuration(after.join(' '));
  if (length === undefined) return UNREAD;
  const read = readPieces(before, dateInZone(at.now, at.zone));
  if ('fault' in read) return read;
  const { zone = at.zone, minute, date } = read.pieces;
  if (minute === undefined) return UNREAD;
  const startOn = (day: string): number => instantOf(day, minute, zone);
  const today = dateInZone(at.now, zone);
  const isOver = addDuration(startOn(today), length, zone) <= at.now;
  const start = startOn(date ?? (isOver ? addDays(today, 1) : today));
  return checked({ start, end: addDuration(start, length, zone), zone }, at);
}

function readBetween(before: readonly string[], after: readonly string[], at: Now): Span {
  const today = dateInZone(at.now, at.zone);
  const [first, second] = [readPieces(before, today), readPieces(after, today)];
  if ('fault' in first) return first;
  if ('fault' in second) return second;
  const zone = first.pieces.zone ?? second.pieces.zone ?? at.zone;
  const [from, until] = [first.pieces.minute, second.pieces.minute];
  if (from === undefined || until === undefined) return UNREAD;
  const passesMidnight = until <= from;
  const start = (day: string): number => instantOf(day, from, zone);
  const end = (day: string): number => instantOf(day, until, zone);
  // A day said after the times is that of the first: "22:00 to 2:00 tomorrow" begins tomorrow.
  const day = first.pieces.date ?? second.pieces.date;
  if (first.pieces.date !== undefined && second.pieces.date !== undefined)
    return checked({ start: start(first.pieces.date), end: end(second.pieces.date), zone }, at);
  const endDay = (begin: string): string => (passesMidnight ? addDays(begin, 1) : begin);
  if (day !== undefined) return checked({ start: start(day), end: end(endDay(day)), zone }, at);
  const now = dateInZone(at.now, zone);
  const begin = end(endDay(now)) > at.now ? now : addDays(now, 1);
  return checked({ start: start(begin), end: end(endDay(begin)), zone }, at);
}

function checked(span: { start: number; end: number; zone: string }, { now }: Now): Span {
  if (!(span.start < span.end)) return { fault: 'It would end before it begins.', isUnread: false };
  if (span.end > now) return span;
  return { fault: `${formatMoment(span.end, span.zone)} (${span.zone}) is in the past.`, isUnread: false };
}
