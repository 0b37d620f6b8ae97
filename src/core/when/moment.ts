/** Reads the moment that words say, seen from now: ahead of it ("until tuesday 9:00") or behind it ("at 13:41"). */
import { formatMoment } from '../facts/dates.ts';
import { parseInstant } from '../instant.ts';
import { addDays, dateInZone, localInstant } from '../window.ts';
import { formatMinute } from './clock-time.ts';
import { addDuration, readDuration } from './duration.ts';
import { type MomentPieces, readPieces } from './pieces.ts';

export interface Now {
  /** Epoch milliseconds. */
  now: number;
  /** IANA; of words that name none. */
  zone: string;
}

type MomentRead =
  /** Epoch milliseconds, and the zone it was said in. */
  | { at: number; zone: string }
  /** `isUnread`: the words are no moment at all; otherwise they are one that cannot be. */
  | { fault: string; isUnread: boolean };

/** Where only a day is said. */
const START_OF_WORK = 9 * 60;

/** A moment ahead: "2h", "for 90 minutes", "until friday 9am Europe/Berlin", "tomorrow" (at 9:00), "18:00" (the next). */
export function readMomentAhead(words: readonly string[], { now, zone }: Now): MomentRead {
  const rest = withoutLead(words, /^(?:for|until|till|til|to|in)$/i);
  const duration = readDuration(rest.join(' '));
  if (duration !== undefined) return { at: addDuration(now, duration, zone), zone };
  const read = readAbsolute(rest, { now, zone }, 1);
  if ('fault' in read) return read;
  if (read.at > now) return read;
  return { fault: `${formatMoment(read.at, read.zone)} (${read.zone}) is in the past.`, isUnread: false };
}

/** A moment behind: "13:41", "yesterday 22:10", "2h ago", "now". */
export function readMomentBehind(words: readonly string[], { now, zone }: Now): MomentRead {
  const rest = withoutLead(words, /^(?:at|on|since)$/i);
  if (/^(?:just )?now$/i.test(rest.join(' '))) return { at: now, zone };
  if (/^ago$/i.test(rest.at(-1) ?? '')) {
    const duration = readDuration(rest.slice(0, -1).join(' '));
    if (duration !== undefined) return { at: addDuration(now, duration, zone, -1), zone };
  }
  // "at" before a bare hour is what makes it one.
  const read = readAbsolute(rest.length < words.length ? ['at', ...rest] : rest, { now, zone }, -1);
  if ('fault' in read) return read;
  if (read.at <= now) return read;
  return { fault: `${formatMoment(read.at, read.zone)} (${read.zone}) is still to come.`, isUnread: false };
}

/**
 * The moment that most of the first words say, and the words after it.
 * @param read one of the readers above.
 */
export function readLeadingMoment(
  words: readonly string[],
  at: Now,
  read: (words: readonly string[], at: Now) => MomentRead,
): { moment: MomentRead; rest: string[] } {
  let fault: MomentRead = { fault: 'I need a time, for example 2h or tomorrow 9:00.', isUnread: true };
  for (let count = Math.min(words.length, LONGEST); count > 0; count -= 1) {
    const moment = read(words.slice(0, count), at);
    if (!('fault' in moment)) return { moment, rest: words.slice(count) };
    if (fault.isUnread) fault = moment;
  }
  return { moment: fault, rest: [...words] };
}

const LONGEST = 8;

function withoutLead(words: readonly string[], lead: RegExp): string[] {
  return words.length > 1 && lead.test(words[0] ?? '') ? words.slice(1) : [...words];
}

function readAbsolute(words: readonly string[], at: Now, direction: 1 | -1): MomentRead {
  const instant = parseInstant(words.join(' '));
  if (instant !== undefined) return { at: instant, zone: at.zone };
  const first = readPieces(words, dateInZone(at.now, at.zone));
  if ('fault' in first) return first;
  const zone = first.pieces.zone ?? at.zone;
  const read = zone === at.zone ? first : readPieces(words, dateInZone(at.now, zone));
  return 'fault' in read ? read : { at: settle(read.pieces, at.now, zone, direction), zone };
}

/** The moment the pieces mean: what recurs is the nearest in that direction. */
function settle({ date, recurs, minute }: MomentPieces, now: number, zone: string, direction: 1 | -1): number {
  const today = dateInZone(now, zone);
  const start = instantOf(date ?? today, minute ?? START_OF_WORK, zone);
  const isThere = direction === 1 ? start > now : start <= now;
  if (isThere) return start;
  if (date === undefined) return instantOf(addDays(today, direction), minute ?? START_OF_WORK, zone);
  if (recurs === 'weekly') return instantOf(addDays(date, 7 * direction), minute ?? START_OF_WORK, zone);
  if (recurs !== 'yearly') return start;
  const year = String(Number(date.slice(0, 4)) + direction);
  return instantOf(
    date.endsWith('-02-29') ? `${year}-02-28` : `${year}${date.slice(4)}`,
    minute ?? START_OF_WORK,
    zone,
  );
}

/** Epoch milliseconds of a day's minute on the clock of a zone. @param minute 0-1440. */
export function instantOf(date: string, minute: number, zone: string): number {
  const [day, clock] = minute === 1440 ? [addDays(date, 1), 0] : [date, minute];
  return localInstant(`${day}T${formatMinute(clock)}`, zone) ?? Number.NaN;
}
