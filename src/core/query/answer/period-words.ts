/** Windows in words: "last week", and their dates: "Mon 19–Sun 25 Jan". */
import { MONTHS } from '../../facts/dates.ts';
import { formatDay, formatRange } from '../../facts/render.ts';
import { addDays, dayNumber, daysBetween, weekdayOf } from '../../window.ts';
import type { QueryWindow } from '../metric-query.ts';

/** Whether the window is cut by the hour. */
export const hasHours = ({ start, end }: QueryWindow): boolean => start.includes('T') || end.includes('T');

/** "last week", "yesterday", "in the past 30 days", "in December"; null where only its dates name it. */
export function namePeriod(window: QueryWindow, today: string): string | null {
  if (hasHours(window)) return null;
  const { start, end } = window;
  const days = daysBetween(start, end);
  if (days === 1) return start === today ? 'today so far' : start === addDays(today, -1) ? 'yesterday' : null;
  const monday = addDays(today, -weekdayOf(dayNumber(today)));
  if (end === addDays(today, 1)) return nameToDate(start, monday, today);
  if (days === 7 && weekdayOf(dayNumber(start)) === 0) {
    if (start === addDays(monday, -7)) return 'last week';
    if (start === addDays(monday, -14)) return 'the week before last';
    if (end !== today) return null;
  }
  const calendar = nameCalendar(start, end, today);
  if (calendar !== null) return calendar;
  return end === today ? `in the past ${days} days` : null;
}

function nameToDate(start: string, monday: string, today: string): string {
  if (start === monday) return 'this week so far';
  if (start === `${today.slice(0, 7)}-01`) return 'this month so far';
  if (start === quarterStart(today)) return 'this quarter so far';
  if (start === `${today.slice(0, 4)}-01-01`) return 'this year so far';
  return `since ${formatDay(start)}`;
}

/** A whole month, quarter or year. */
function nameCalendar(start: string, end: string, today: string): string | null {
  if (!start.endsWith('-01') || !end.endsWith('-01')) return null;
  const [year, month] = [Number(start.slice(0, 4)), Number(start.slice(5, 7))];
  const months = (Number(end.slice(0, 4)) - year) * 12 + Number(end.slice(5, 7)) - month;
  const thisYear = today.startsWith(String(year)) ? '' : ` ${year}`;
  if (months === 1) return end === `${today.slice(0, 7)}-01` ? 'last month' : `in ${MONTHS[month - 1]}${thisYear}`;
  if (months === 3 && month % 3 === 1)
    return end === quarterStart(today) ? 'last quarter' : `in Q${(month + 2) / 3} ${year}`;
  if (months === 12 && month === 1) return end === `${today.slice(0, 4)}-01-01` ? 'last year' : `in ${year}`;
  return null;
}

function quarterStart(date: string): string {
  const month = Number(date.slice(5, 7));
  return `${date.slice(0, 5)}${String(month - ((month - 1) % 3)).padStart(2, '0')}-01`;
}

/** "Mon 19–Sun 25 Jan", "Thu 29 Jan", "Wed 28 Jan, 14:00–16:00"; with the year where it is not this one. */
export function formatWindow(window: QueryWindow, today: string): string {
  const { start, end } = window;
  const year = start.startsWith(today.slice(0, 4)) ? '' : ` ${start.slice(0, 4)}`;
  if (!hasHours(window)) {
    const last = addDays(end, -1);
    if (start.slice(0, 4) === last.slice(0, 4)) return `${formatRange({ start, end })}${year}`;
    return `${formatDay(start)} ${start.slice(0, 4)}–${formatDay(last)} ${last.slice(0, 4)}`;
  }
  const [from, to] = [withTime(start), withTime(end)];
  // Midnight of the next day closes the day before.
  const lastDay = to.time === '00:00' ? addDays(to.date, -1) : to.date;
  const until = to.time === '00:00' ? '24:00' : to.time;
  if (from.date === lastDay) return `${formatDay(from.date)}${year}, ${from.time}–${until}`;
  return `${formatDay(from.date)}${year}, ${from.time}–${formatDay(lastDay)}, ${until}`;
}

/** The dates beside others that were given in full: "12–18 Jan". */
export function formatShortWindow(window: QueryWindow, today: string): string {
  return formatWindow(window, today).replace(/\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) /g, '');
}

/** How a sentence about the window ends: "last week", else "on Thu 29 Jan", "over Mon 5–Sun 11 Jan". */
export function periodPhrase(window: QueryWindow, today: string): { phrase: string; named: boolean } {
  const named = namePeriod(window, today);
  if (named !== null) return { phrase: named, named: true };
  const oneDay = hasHours(window) || daysBetween(window.start, window.end) === 1;
  return { phrase: `${oneDay ? 'on' : 'over'} ${formatWindow(window, today)}`, named: false };
}

function withTime(bound: string): { date: string; time: string } {
  const [date = bound, time = '00:00'] = bound.split('T');
  return { date, time };
}
