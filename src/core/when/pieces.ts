/** Takes words that say a moment apart: a day, a time of day and a zone, in any order. */
import { findZone, nearestZone } from '../delivery/zones.ts';
import { monthOf, normalizeWord, weekdayNamed } from '../query/time/vocabulary.ts';
import { addDays, dayNumber, isDate, weekdayOf } from '../window.ts';
import { readClockTime } from './clock-time.ts';

export interface MomentPieces {
  /** YYYY-MM-DD. */
  date: string | undefined;
  /** The day was said so that the one a year or a week later would be said the same way. */
  recurs: 'yearly' | 'weekly' | null;
  /** Minutes after midnight, 0-1440. */
  minute: number | undefined;
  /** IANA. */
  zone: string | undefined;
}

type PiecesRead =
  | { pieces: MomentPieces }
  /** `isUnread`: nothing of it looks like a moment; otherwise it is one that cannot be. */
  | { fault: string; isUnread: boolean };

const FILLERS = new Set(['at', 'on', 'the', 'in', 'of', 'by', 'this', 'next', 'last', 'past', "o'clock"]);

/**
 * "tuesday 9:00", "tomorrow", "7 Feb at 22:00 Europe/Berlin", "2026-02-07T22:00".
 * @param today YYYY-MM-DD in the zone the words are about. A weekday is the next one, today included.
 */
export function readPieces(words: readonly string[], today: string): PiecesRead {
  const pieces: MomentPieces = { date: undefined, recurs: null, minute: undefined, zone: undefined };
  const list = words
    .flatMap((word) => splitIso(word))
    .map((word) => word.replace(/[,;]+$/, ''))
    .filter(Boolean);
  for (let index = 0; index < list.length; index += 1) {
    const written = list[index] ?? '';
    const word = normalizeWord(written);
    const clock = readClock(list, index);
    const day = readDay(list, index, today);
    const zone = readZone(written);
    if (clock !== undefined && 'fault' in clock) return { fault: clock.fault, isUnread: false };
    if (day !== undefined && 'fault' in day) return { fault: day.fault, isUnread: false };
    if (zone !== undefined && 'fault' in zone) return { fault: zone.fault, isUnread: false };
    if (day !== undefined && pieces.date === undefined) {
      pieces.date = day.date;
      pieces.recurs = day.recurs;
      index += day.words - 1;
    } else if (clock !== undefined && pieces.minute === undefined) {
      pieces.minute = clock.minute;
      // "tonight" is a time of a day that it names as well.
      if (word === 'tonight') pieces.date ??= today;
      index += clock.words - 1;
    } else if (zone !== undefined && pieces.zone === undefined) {
      pieces.zone = zone.name;
    } else if (!FILLERS.has(word) || index === list.length - 1) {
      return { fault: unread(words), isUnread: true };
    }
  }
  const isSaid = pieces.date !== undefined || pieces.minute !== undefined;
  return isSaid ? { pieces } : { fault: unread(words), isUnread: true };
}

const unread = (words: readonly string[]): string =>
  `I cannot read "${words.join(' ').slice(0, 60)}" as a time. Write for example 2h, tomorrow 9:00 or 2026-02-07 22:00.`;

const splitIso = (word: string): string[] =>
  /^\d{4}-\d\d-\d\d[Tt]\d{1,2}:\d\d$/.test(word) ? word.split(/[Tt]/) : [word];

function readClock(
  list: readonly string[],
  index: number,
): { minute: number; words: number } | { fault: string } | undefined {
  const word = list[index] ?? '';
  const after = (list[index + 1] ?? '').toLowerCase();
  const isHalved = /^\d{1,2}([:.]\d\d)?$/.test(word) && /^(am|pm)$/.test(after);
  const read = readClockTime(isHalved ? `${word}${after}` : word, (list[index - 1] ?? '').toLowerCase() === 'at');
  if (read === undefined) return undefined;
  return 'fault' in read ? read : { minute: read.minute, words: isHalved ? 2 : 1 };
}

type DayRead = { date: string; recurs: MomentPieces['recurs']; words: number } | { fault: string };

function readDay(list: readonly string[], index: number, today: string): DayRead | undefined {
  const written = list[index] ?? '';
  const word = normalizeWord(written);
  const named: Record<string, number> = { today: 0, tomorrow: 1, yesterday: -1 };
  const offset = named[word];
  if (offset !== undefined) return { date: addDays(today, offset), recurs: null, words: 1 };
  if (/^\d{4}-\d{1,2}-\d{1,2}$/.test(written)) return realDay(written, today);
  const weekday = weekdayNamed(word);
  if (weekday !== undefined) {
    const ahead = (weekday - weekdayOf(dayNumber(today)) + 7) % 7;
    return { date: addDays(today, ahead), recurs: 'weekly', words: 1 };
  }
  if (word === 'week' && normalizeWord(list[index - 1] ?? '') === 'next')
    return { date: addDays(today, 7 - weekdayOf(dayNumber(today))), recurs: null, words: 1 };
  return readDayOfMonth(list, index, today);
}

/** "7 Feb", "Feb 7th", "7 February 2026"; without a year that of today. */
function readDayOfMonth(list: readonly string[], index: number, today: string): DayRead | undefined {
  const pair = [list[index] ?? '', list[index + 1] ?? ''];
  const dayAt = pair.findIndex((word) => /^\d{1,2}(st|nd|rd|th)?$/i.test(word));
  const month = monthOf((pair[dayAt === 0 ? 1 : 0] ?? '').toLowerCase());
  if (dayAt < 0 || month === undefined) return undefined;
  const saidYear = /^\d{4}$/.test(list[index + 2] ?? '') ? list[index + 2] : undefined;
  const day = Number.parseInt(pair[dayAt] ?? '', 10);
  const read = realDay(`${saidYear ?? today.slice(0, 4)}-${month}-${day}`, today, pair.join(' '));
  if ('fault' in read) return read;
  return { ...read, recurs: saidYear === undefined ? 'yearly' : null, words: saidYear === undefined ? 2 : 3 };
}

function realDay(text: string, today: string, written = text): Exclude<DayRead, undefined> {
  const date = text
    .split('-')
    .map((part) => part.padStart(2, '0'))
    .join('-');
  if (isDate(date)) return { date, recurs: null, words: 1 };
  return { fault: `There is no day ${written}. Write for example ${addDays(today, 1)}.` };
}

/** A page begins with a slash; a zone has one within. */
function readZone(word: string): { name: string } | { fault: string } | undefined {
  if (!/^(?:utc|gmt|[a-z_]{3,}(?:\/[a-z0-9_+-]+){1,2})$/i.test(word)) return undefined;
  const name = findZone(word);
  if (name !== undefined) return { name };
  const nearest = nearestZone(word);
  const meant = nearest === undefined ? 'Write it like Europe/Berlin or UTC.' : `Did you mean ${nearest}?`;
  return { fault: `I know no time zone "${word.slice(0, 40)}". ${meant}` };
}
