/** Months, quarters, halves and years called by name or number. */
import { isCounted, isYear, monthStart, pad, readYearAfter } from './dates.ts';
import { ordinalAt } from './numbers.ts';
import { type Passage, type Period, throughToday, wordAt } from './period.ts';
import { addUnits, type TimeWindow, type Unit, wholeUnit } from './time-window.ts';
import { type Token, tokenAt } from './tokens.ts';
import { monthOf, unitOf } from './vocabulary.ts';

/** "March", "March 2025", "last March", "March last year", "the month of March". The running month goes through today. */
export function readMonth(passage: Passage, index: number): Period | null {
  const lead = wordAt(passage, index);
  const isLed = ['last', 'this', 'previous', 'past', 'next'].includes(lead);
  const at = isLed ? index + 1 : index;
  const month = monthOf(wordAt(passage, at));
  if (month === undefined || (!isLed && !isMonthHere(passage, at))) return null;
  const year = readYearAfter(passage, at + 1);
  if (year !== null && isYear(year.year)) {
    return {
      window: throughToday(passage, wholeUnit(monthStart(year.year, month), 'month')),
      next: year.next,
      unit: 'month',
    };
  }
  const thisYear = Number(passage.today.slice(0, 4));
  const running = passage.today.startsWith(`${thisYear}-${pad(month)}`);
  let chosen = monthStart(thisYear, month) <= passage.today ? thisYear : thisYear - 1;
  if (lead === 'this') chosen = thisYear;
  if (running && isLed && lead !== 'this') chosen = lead === 'next' ? thisYear + 1 : thisYear - 1;
  if (lead === 'next' && !running) chosen = monthStart(thisYear, month) > passage.today ? thisYear : thisYear + 1;
  const window = throughToday(passage, wholeUnit(monthStart(chosen, month), 'month'));
  return { window, next: at + 1, unit: 'month', floats: 'year', last: isLed && lead !== 'this' };
}

const MONTH_LEADS = new Set(
  'in of last this since until during from to and - versus than before after between for through against by or early mid late with per'.split(
    ' ',
  ),
);

/** "may" is a month only where a month is expected; the other names always are. */
function isMonthHere(passage: Passage, index: number): boolean {
  const token = tokenAt(passage.tokens, index);
  const after = tokenAt(passage.tokens, index + 1);
  if (token.word === 'mar' || token.word === 'dec' || token.word.length > 3) return true;
  if (token.word !== 'may') return true;
  if (MONTH_LEADS.has(wordAt(passage, index - 1)) || isYearToken(after)) return true;
  if (['versus', '-', 'to', 'and', 'compared'].includes(after.word))
    return token.raw !== 'may' || monthOf(wordAt(passage, index + 2)) !== undefined;
  if (after.kind === 'end' || after.word === '?' || after.word === '.') return true;
  return token.raw === 'May' && index > 0 && !/^\p{L}+$/u.test(after.word);
}

const isYearToken = (token: Token): boolean =>
  token.kind === 'short_year' || (token.kind === 'number' && isYear(token.value));

/** "Q3", "Q1 2026", "2025 Q3", "third quarter of 2025", "last Q4", "H1 2025". */
export function readQuarter(passage: Passage, index: number): Period | null {
  const { tokens } = passage;
  const isLed = ['last', 'this', 'previous', 'past'].includes(wordAt(passage, index));
  const lead = tokenAt(tokens, index);
  const leadYear = lead.kind === 'number' && isYear(lead.value) ? lead.value : undefined;
  const at = isLed || leadYear !== undefined ? index + 1 : index;
  const part = yearPartAt(passage, at);
  if (part === null) return null;
  const { unit, months, place } = part;
  const after = part.year ?? leadYear;
  const year = after === undefined ? readYearAfter(passage, part.next) : { year: after, next: part.next };
  if (year !== null && !isYear(year.year)) return null;
  const thisYear = Number(passage.today.slice(0, 4));
  const windowIn = (chosen: number): TimeWindow => {
    const start = monthStart(chosen, (place - 1) * months + 1);
    return { start, end: addUnits(start, 'month', months) };
  };
  if (year !== null) return { window: throughToday(passage, windowIn(year.year)), next: year.next, unit };
  const latest = windowIn(windowIn(thisYear).start <= passage.today ? thisYear : thisYear - 1);
  const isBack = isLed && lead.word !== 'this' && latest.end > passage.today;
  const window = isBack ? windowIn(Number(latest.start.slice(0, 4)) - 1) : throughToday(passage, latest);
  return { window, next: part.next, unit, floats: 'year' };
}

interface YearPart {
  unit: Unit | null;
  months: number;
  place: number;
  year?: number;
  next: number;
}

function yearPartAt(passage: Passage, index: number): YearPart | null {
  const token = tokenAt(passage.tokens, index);
  if (token.kind === 'half') return { unit: null, months: 6, place: token.parts[0] ?? 1, next: index + 1 };
  if (token.kind === 'quarter') {
    const [first = 1, second] = token.parts;
    const base = { unit: 'quarter' as const, months: 3, next: index + 1 };
    return second === undefined ? { ...base, place: first } : { ...base, year: first, place: second };
  }
  const place = ordinalAt(passage.tokens, index);
  if (place === undefined || place > 4 || unitOf(wordAt(passage, index + 1)) !== 'quarter') return null;
  return { unit: 'quarter', months: 3, place, next: index + 2 };
}

const YEAR_LEADS = new Set(
  'in during for of since versus than from to until year all through between and against - with before after'.split(
    ' ',
  ),
);

/** "2025", where a year is expected. */
export function readYear(passage: Passage, index: number): Period | null {
  const token = tokenAt(passage.tokens, index);
  if (token.kind !== 'number' || token.value < 2000 || !isYear(token.value) || isCounted(passage, index)) return null;
  const after = tokenAt(passage.tokens, index + 1);
  const closes = after.kind === 'end' || after.word === '?' || after.word === 'versus';
  if (!YEAR_LEADS.has(wordAt(passage, index - 1)) && !closes) return null;
  if (NUMBERED.has(wordAt(passage, index - 1))) return null;
  return { window: throughToday(passage, wholeUnit(`${token.value}-01-01`, 'year')), next: index + 1, unit: 'year' };
}

/** What a number after it is the name of, or the size of. */
const NUMBERED = new Set(
  'status code error top first limit order ticket version id invoice release number no quote'.split(' '),
);
