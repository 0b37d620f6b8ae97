/** Periods said from today: "last week", "past 7 days", "3 weeks ago", "month to date". */
import { Temporal } from 'temporal-polyfill';
import { readBareCount } from './bare-counts.ts';
import { type Count, readCount } from './numbers.ts';
import { type Passage, type Period, pastDays, runningUnit, skipWords, wordAt } from './period.ts';
import { addMinutes, addUnits, startOfUnit, type TimeWindow, type Unit, wholeUnit } from './time-window.ts';
import { tokenAt } from './tokens.ts';
import { unitOf } from './vocabulary.ts';

/** Longer ago than this nobody asks, and calendars run out. */
const MOST: Record<Unit, number> = { hour: 9999, day: 9999, week: 1500, month: 360, quarter: 120, year: 30 };

export interface Length extends Count {
  readonly unit: Unit;
  /** Whole calendar units are asked for: "full", "complete", "calendar". */
  readonly whole: boolean;
}

const WHOLE = ['full', 'complete', 'whole', 'entire', 'calendar', 'completed'];
const PLAIN = ['consecutive', 'rolling', 'recent', 'running'];

/** "7 days", "7d", "two full weeks", "a fortnight", "30 minutes" (as hours, rounded up). Not "a day". */
export function readLength(passage: Passage, index: number): Length | null {
  const token = tokenAt(passage.tokens, index);
  if (token.kind === 'amount') return checked({ value: token.value, unit: token.unit, whole: false, next: index + 1 });
  if (token.word === 'fortnight') return { value: 2, unit: 'week', whole: false, next: index + 1 };
  if (token.word === 'a' && wordAt(passage, index + 1) === 'fortnight') return readLength(passage, index + 1);
  if (token.word === 'half' && unitOf(wordAt(passage, skipWords(passage, index + 1, 'a', 'of', 'the'))) === 'year') {
    return { value: 6, unit: 'month', whole: false, next: skipWords(passage, index + 1, 'a', 'of', 'the') + 1 };
  }
  const first = skipWords(passage, index, ...WHOLE, ...PLAIN);
  const count = readCount(passage.tokens, first);
  if (count === null) return null;
  const at = skipWords(passage, count.next, ...WHOLE, ...PLAIN);
  const whole = [first, at].some((before) => WHOLE.includes(wordAt(passage, before - 1)));
  if (/^min(ute)?s?$/.test(wordAt(passage, at))) {
    return checked({ value: Math.ceil(count.value / 60), unit: 'hour', whole, next: at + 1 });
  }
  if (wordAt(passage, at) === 'fortnight')
    return checked({ value: count.value * 2, unit: 'week', whole, next: at + 1 });
  const unit = unitOf(wordAt(passage, at));
  return unit === undefined ? null : checked({ value: count.value, unit, whole, next: at + 1 });
}

const checked = (length: Length): Length | null =>
  length.value >= 1 && length.value <= MOST[length.unit] ? length : null;

/** The N complete hours before the running one, counted on the clock of the world and shown on the local one. */
export function pastHours({ at }: Passage, hours: number): TimeWindow {
  const now = Temporal.Instant.fromEpochMilliseconds(at.asOf).toZonedDateTimeISO(at.zone);
  const end = now.round({ smallestUnit: 'hour', roundingMode: 'floor' });
  const local = (zoned: Temporal.ZonedDateTime): string =>
    zoned.toPlainDateTime().round({ smallestUnit: 'hour', roundingMode: 'floor' }).toString({ smallestUnit: 'minute' });
  return { start: local(end.subtract({ hours })), end: local(end) };
}

/** N complete units before now, ending today: hours, days, weeks of 7 days, months from day to day. */
function rolling(passage: Passage, unit: Unit, count: number): TimeWindow {
  if (unit === 'hour') return pastHours(passage, count);
  if (unit === 'day' || unit === 'week') return pastDays(passage, unit === 'week' ? count * 7 : count);
  return { start: addUnits(passage.today, unit, -count), end: passage.today };
}

/** N whole calendar units before the running one. */
function wholeUnits({ today }: Passage, unit: Unit, count: number): TimeWindow {
  const end = startOfUnit(today, unit);
  return { start: addUnits(end, unit, -count), end };
}

const BACK = ['last', 'past', 'previous', 'prior', 'preceding'];

/**
 * "last week" is the calendar week before, "past week" the 7 days before today. With a number, hours, days and weeks
 * are counted back from now ("last 2 weeks" is 14 days); "last 3 months" are whole months, "past 3 months" day to day.
 */
export function readLast(passage: Passage, index: number): Period | null {
  const start = ['this', 'these', 'those'].includes(wordAt(passage, index)) ? index + 1 : index;
  const lead = wordAt(passage, start);
  if (!BACK.includes(lead) || (start > index && lead !== 'past' && lead !== 'last')) return null;
  const isRolling = lead === 'past' || start > index;
  const length = readLength(passage, start + 1);
  if (length !== null) {
    const { unit, value, next } = length;
    const isWhole = length.whole || (!isRolling && (unit === 'month' || unit === 'quarter' || unit === 'year'));
    const window =
      isWhole && unit !== 'hour' && unit !== 'day' ? wholeUnits(passage, unit, value) : rolling(passage, unit, value);
    return withToday(passage, { window, next, unit: value === 1 ? unit : null });
  }
  const at = skipWords(passage, start + 1, ...WHOLE, ...PLAIN);
  const unit = unitOf(wordAt(passage, at));
  if (unit === undefined) return readBareCount(passage, start);
  const isWhole = !isRolling || WHOLE.includes(wordAt(passage, at - 1));
  if (isPlural(passage, at)) return withToday(passage, { window: rolling(passage, unit, 3), next: at + 1, unit: null });
  const window = isWhole && unit !== 'hour' ? wholeUnits(passage, unit, 1) : rolling(passage, unit, 1);
  return withToday(passage, { window, next: at + 1, unit });
}

/** "the last days": some of them, three. "hrs" and "wks" too. */
const isPlural = (passage: Passage, index: number): boolean =>
  /..s$/.test(tokenAt(passage.tokens, index).raw.toLowerCase());

/** "the last 7 days including today". */
function withToday(passage: Passage, period: Period): Period {
  const at = skipWords(passage, period.next, '(', ',');
  const isWithToday = /^(including|incl)$/.test(wordAt(passage, at)) && wordAt(passage, at + 1) === 'today';
  if (!isWithToday || period.window.end !== passage.today) return period;
  return { ...period, window: { start: addUnits(period.window.start, 'day', 1), end: passage.tomorrow }, next: at + 2 };
}

/** "this week" and "the current month" run through today; "this hour" is the running one. */
export function readThis(passage: Passage, index: number): Period | null {
  if (!['this', 'current', 'ongoing'].includes(wordAt(passage, index))) return null;
  const at = skipWords(passage, index + 1, 'current', 'running', ...WHOLE);
  const unit = unitOf(wordAt(passage, at));
  if (unit === undefined) return null;
  const next = skipToDate(passage, at + 1);
  if (unit !== 'hour') return { window: runningUnit(passage, unit), next, unit, toDate: next > at + 1 };
  const start = `${passage.now.slice(0, 13)}:00`;
  return { window: { start, end: addMinutes(start, 60) }, next, unit };
}

/** "next week", "the next 3 days": read so that it can be said that the future is not known. */
export function readNext(passage: Passage, index: number): Period | null {
  if (wordAt(passage, index) !== 'next') return null;
  const length = readLength(passage, index + 1);
  if (length !== null && length.unit !== 'hour') {
    const end = addUnits(passage.tomorrow, length.unit, length.value);
    return { window: { start: passage.tomorrow, end }, next: length.next, unit: null };
  }
  const unit = unitOf(wordAt(passage, index + 1));
  if (unit === undefined || unit === 'hour') return null;
  return { window: wholeUnit(passage.today, unit, 1), next: index + 2, unit };
}

/** "3 days ago" is that day, "2 weeks ago" the calendar week two before this one, "5 hours ago" that hour. */
export function readAgo(passage: Passage, index: number): Period | null {
  const length = readLength(passage, index) ?? readArticle(passage, index);
  if (length === null || wordAt(passage, length.next) !== 'ago') return null;
  const { unit, value, next } = length;
  if (unit === 'hour') {
    const start = pastHours(passage, value).start;
    return { window: { start, end: addMinutes(start, 60) }, next: next + 1, unit };
  }
  if (wordAt(passage, next + 1) === 'today') {
    return { window: wholeUnit(addUnits(passage.today, unit, -value), 'day'), next: next + 2, unit: 'day' };
  }
  return { window: wholeUnit(passage.today, unit, -value), next: next + 1, unit };
}

/** "a week", "an hour", "one month": a single unit. */
export function readArticle(passage: Passage, index: number): Length | null {
  if (!['a', 'an', 'the'].includes(wordAt(passage, index))) return null;
  const unit = unitOf(wordAt(passage, index + 1));
  return unit === undefined ? null : { value: 1, unit, whole: false, next: index + 2 };
}

const TO_DATE: ReadonlyMap<string, Unit> = new Map([
  ['wtd', 'week'],
  ['mtd', 'month'],
  ['qtd', 'quarter'],
  ['ytd', 'year'],
]);

/** "MTD", "year to date". */
export function readToDate(passage: Passage, index: number): Period | null {
  const short = TO_DATE.get(wordAt(passage, index));
  if (short !== undefined) return { window: runningUnit(passage, short), next: index + 1, unit: short, toDate: true };
  const unit = unitOf(wordAt(passage, index));
  const next = skipToDate(passage, index + 1);
  if (unit === undefined || unit === 'hour' || next === index + 1) return null;
  return { window: runningUnit(passage, unit), next, unit, toDate: true };
}

/** The index after "to date" or "so far". */
export function skipToDate(passage: Passage, index: number): number {
  const pair = `${wordAt(passage, index)} ${wordAt(passage, index + 1)}`;
  return pair === 'to date' || pair === 'so far' ? index + 2 : index;
}

const SIZE_LEADS = new Set(
  'than under within after every least most above below exceeding each older newer day cohort'.split(' '),
);
const SIZE_TAILS = new Set(
  'retention retained cohort trial old older moving rolling average avg ago before after prior earlier later preceding following long sla timeout window of'.split(
    ' ',
  ),
);

/** "7d", "30 days", "in 2 weeks": a length alone counts back from now, unless it is the size of something else. */
export function readBareLength(passage: Passage, index: number): Period | null {
  const length = readLength(passage, index);
  if (length === null || SIZE_TAILS.has(wordAt(passage, length.next))) return null;
  if (wordAt(passage, length.next) === 'free' && wordAt(passage, length.next + 1) === 'trial') return null;
  if (length.value === 1 && tokenAt(passage.tokens, index).kind === 'word') return null;
  if (SIZE_LEADS.has(wordAt(passage, index - 1))) return null;
  if (passage.isOnRetention && wordAt(passage, index - 1) !== 'over') return null;
  const { unit, value, next } = length;
  return { window: rolling(passage, unit, value), next, unit: value === 1 ? unit : null };
}
