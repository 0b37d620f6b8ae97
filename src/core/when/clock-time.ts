/** Times of day as people write them after "at" and "until". */

type ClockTime =
  /** Minutes after midnight, 0-1440; 1440 is the midnight that ends the day. */
  { minute: number } | { fault: string };

const NAMED: ReadonlyMap<string, number> = new Map([
  ['midnight', 1440],
  ['morning', 9 * 60],
  ['noon', 12 * 60],
  ['midday', 12 * 60],
  ['afternoon', 14 * 60],
  ['evening', 18 * 60],
  ['tonight', 20 * 60],
]);

/**
 * "9:00", "21.30", "9am", "9:30 pm" (as "9:30pm"), "noon". A bare hour ("9") only where `isBare` allows it, after "at".
 * @returns undefined for a word that is no time of day; a fault for one that wants to be: "25:00".
 */
export function readClockTime(word: string, isBare = false): ClockTime | undefined {
  const named = NAMED.get(word.toLowerCase());
  if (named !== undefined) return { minute: named };
  const match = /^(\d{1,2})(?:[:.](\d{2}))?(am|pm|h)?$/i.exec(word);
  if (match === null) return undefined;
  const [, hours = '', minutes, mark = ''] = match;
  const half = mark.toLowerCase();
  // "2h" is a length of time, and "21.30" a time only with two digits behind the point.
  if ((half === 'h' && minutes === undefined) || (minutes === undefined && half === '' && !isBare)) return undefined;
  return half === 'am' || half === 'pm'
    ? ofTwelve(word, Number(hours), Number(minutes ?? 0), half)
    : ofTwentyFour(word, Number(hours), Number(minutes ?? 0));
}

function ofTwelve(word: string, hour: number, minute: number, half: 'am' | 'pm'): ClockTime {
  if (hour < 1 || hour > 12 || minute > 59)
    return { fault: `${word} is not a time of day. Write for example 9:30 ${half}.` };
  return { minute: (hour % 12) * 60 + minute + (half === 'pm' ? 720 : 0) };
}

function ofTwentyFour(word: string, hour: number, minute: number): ClockTime {
  if (hour === 24 && minute === 0) return { minute: 1440 };
  if (hour <= 23 && minute <= 59) return { minute: hour * 60 + minute };
  const meant =
    hour >= 24 && hour < 36 && minute <= 59 ? ` For the night after, write ${hour - 24}:${two(minute)}.` : '';
  return { fault: `${word} is not a time of day: the clock goes from 0:00 to 23:59.${meant}` };
}

/** "09:30" from minutes after midnight; the midnight that ends a day is "24:00". */
export const formatMinute = (minute: number): string => `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;

const two = (value: number): string => String(value).padStart(2, '0');
