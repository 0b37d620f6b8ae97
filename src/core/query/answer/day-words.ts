import { countOf, formatDay, joinWords } from '../../facts/render.ts';
import { addDays } from '../../window.ts';
import { formatWindow } from './period-words.ts';

/** Named one by one up to here. */
const MOST_NAMED = 3;

/** "Mon 9 Nov", "Mon 9 and Wed 11 Nov", "Mon 9–Sun 15 Nov", "9 days from Mon 9 to Sun 29 Nov". @param dates oldest first. */
export function dayWords(dates: readonly string[], today: string): string {
  const [first = today] = dates;
  const last = dates.at(-1) ?? first;
  if (dates.length <= 2) return joinWords(dates.map(formatDay));
  const isRun = dates.every((date, index) => date === addDays(first, index));
  if (isRun) return formatWindow({ start: first, end: addDays(last, 1) }, today);
  if (dates.length <= MOST_NAMED) return joinWords(dates.map(formatDay));
  return `${countOf(dates.length, 'day')} from ${formatDay(first)} to ${formatDay(last)}`;
}
