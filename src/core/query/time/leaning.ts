/** Periods that lean on another: "the week before", "same day last week", "this month and last". */
import { unitsAfter, unitsBefore } from './anchored.ts';
import { readCount } from './numbers.ts';
import { type Passage, skipWords, wordAt } from './period.ts';
import { periodBefore } from './period-before.ts';
import { readArticle, readLength } from './relative.ts';
import { daysIn, hasHours, shiftWindow, startOfUnit, type TimeWindow, type Unit } from './time-window.ts';
import { tokenAt } from './tokens.ts';
import { monthOf, unitOf, weekdayNamed } from './vocabulary.ts';

/** A period that is known once the one it leans on is. */
export interface Leaning {
  readonly apply: (base: TimeWindow) => TimeWindow;
  readonly next: number;
}

/** Whole weeks go back 52 weeks, so that weekdays meet; all else goes back by the date. */
export function yearEarlier(window: TimeWindow, years: number): TimeWindow {
  const days = daysIn(window);
  const isWeeks = !hasHours(window) && days % 7 === 0 && startOfUnit(window.start, 'week') === window.start;
  const isMonthLike = window.start.endsWith('-01') && window.end.endsWith('-01');
  return isWeeks && !isMonthLike ? shiftWindow(window, 'week', -52 * years) : shiftWindow(window, 'year', -years);
}

const earlier = (window: TimeWindow, unit: Unit, count: number): TimeWindow =>
  unit === 'year' ? yearEarlier(window, count) : shiftWindow(window, unit, -count);

/** A period that leans on another, beginning at a token. */
export function readLeaning(passage: Passage, index: number): Leaning | null {
  return (
    readSame(passage, index) ??
    readBeside(passage, index) ??
    readPreviousOne(passage, index) ??
    readBeforeThat(passage, index) ??
    readBareLast(passage, index)
  );
}

/** "same period last year", "same day last week", "same time yesterday", "the same 7 days a month earlier". */
function readSame(passage: Passage, index: number): Leaning | null {
  if (wordAt(passage, index) !== 'same') return null;
  let at = readCount(passage.tokens, index + 1)?.next ?? index + 1;
  const what = wordAt(passage, at);
  const isNamed = unitOf(what) ?? weekdayNamed(what) ?? monthOf(what);
  if (isNamed === undefined && !/^(period|time|dates|window|timeframe|stretch|interval|range|point)$/.test(what))
    return null;
  at = skipWords(passage, at + 1, 'of', 'in', 'the', 'from', 'a', 'one', 'for', 'period');
  const word = wordAt(passage, at);
  if (word === 'yesterday') return { apply: (base) => shiftWindow(base, 'day', -1), next: at + 1 };
  if (word === 'before' || word === 'previously') return { apply: periodBefore, next: at + 1 };
  const isBack = /^(last|previous|prior|past|preceding)$/.test(word);
  const count = readCount(passage.tokens, at);
  const unitAt = isBack ? at + 1 : (count?.next ?? at);
  const unit = unitOf(wordAt(passage, unitAt));
  if (unit === undefined || (!isBack && !/^(before|earlier|ago|prior)$/.test(wordAt(passage, unitAt + 1)))) return null;
  const years = isBack ? 1 : Math.min(count?.value ?? 1, 20);
  return { apply: (base) => earlier(base, unit, years), next: isBack ? unitAt + 1 : unitAt + 2 };
}

/** "the week before", "2 days earlier", "a year earlier", "the day after", "a week later". */
function readBeside(passage: Passage, index: number): Leaning | null {
  const bare = unitOf(wordAt(passage, index));
  const length =
    readLength(passage, index) ??
    readArticle(passage, index) ??
    (bare === undefined ? null : { value: 1, unit: bare, next: index + 1 });
  if (length === null) return null;
  const { unit, value } = length;
  const joint = wordAt(passage, length.next);
  const next = skipWords(passage, length.next + 1, 'that', 'then', 'it', 'to', 'one');
  if (leansOnOther(passage, next)) return null;
  const isShift = joint === 'earlier' || (unit === 'year' && /^(before|prior|previously)$/.test(joint));
  if (isShift) return { apply: (base) => earlier(base, unit, value), next };
  if (/^(before|prior|previously|preceding)$/.test(joint))
    return { apply: (base) => unitsBefore(base, unit, value), next };
  if (joint === 'later') return { apply: (base) => shiftWindow(base, unit, value), next };
  return /^(after|following)$/.test(joint) ? { apply: (base) => unitsAfter(base, unit, value), next } : null;
}

/** "the day before the release": a moment this reader does not know. */
function leansOnOther(passage: Passage, index: number): boolean {
  const token = tokenAt(passage.tokens, index);
  return (
    token.kind === 'opaque' ||
    /^(the|a|an|our|my|we|i|they|release|deploy|deployment|launch|rollout|incident)$/.test(token.word)
  );
}

const TO_DATE: Readonly<Record<string, Unit>> = { ytd: 'year', qtd: 'quarter', mtd: 'month', wtd: 'week' };

/** "previous period", "prior 7 days", "the preceding month", "following week", "next day". */
export function readPreviousOne(passage: Passage, index: number): Leaning | null {
  const lead = wordAt(passage, index);
  const isBack = /^(previous|prior|preceding|earlier)$/.test(lead);
  const isOn = lead === 'next' || lead === 'following' || lead === 'subsequent';
  if (!isBack && !isOn && lead !== 'last') return null;
  if (/^(period|window|timeframe|interval|one|range)$/.test(wordAt(passage, index + 1))) {
    return isOn ? null : { apply: periodBefore, next: index + 2 };
  }
  if (lead === 'last') return null;
  const toDate = isBack ? TO_DATE[wordAt(passage, index + 1)] : undefined;
  if (toDate !== undefined) return { apply: (base) => earlier(base, toDate, 1), next: index + 2 };
  const unitHere = unitOf(wordAt(passage, index + 1));
  const length =
    readLength(passage, index + 1) ?? (unitHere === undefined ? null : { value: 1, unit: unitHere, next: index + 2 });
  if (length === null) return null;
  const { unit, value, next } = length;
  if (isOn) return { apply: (base) => unitsAfter(base, unit, value), next };
  const isLonger = (base: TimeWindow): boolean => unit === 'year' && daysIn(base) < 360;
  return { apply: (base) => (isLonger(base) ? earlier(base, unit, value) : unitsBefore(base, unit, value)), next };
}

/** "before that", "the one before", "than before", "vs the previous". */
function readBeforeThat(passage: Passage, index: number): Leaning | null {
  const [lead, word, after] = [index - 1, index, index + 1].map((at) => wordAt(passage, at));
  if (word === 'before' && after === 'that') return { apply: periodBefore, next: index + 2 };
  if (/^(one|period|window)$/.test(word ?? '') && /^(before|earlier)$/.test(after ?? '')) {
    return { apply: periodBefore, next: skipWords(passage, index + 2, 'that') };
  }
  const isCompared = index > 0 && /^(versus|than|to|with|against|the)$/.test(lead ?? '');
  const isAlone = tokenAt(passage.tokens, index + 1).kind !== 'word';
  const isBefore = /^(before|previously|previous|prior|earlier)$/.test(word ?? '');
  return isCompared && isAlone && isBefore ? { apply: periodBefore, next: index + 1 } : null;
}

/** "This week vs last", "between this month and last": the unit is said once. */
function readBareLast(passage: Passage, index: number): Leaning | null {
  const [lead, word, following] = [index - 1, index, index + 1].map((at) => wordAt(passage, at));
  const isLast = /^(last|previous|prior)$/.test(word ?? '');
  if (!isLast || !/^(and|versus|against|to|with|than|or)$/.test(lead ?? '')) return null;
  const after = tokenAt(passage.tokens, index + 1);
  const closes =
    after.kind === 'end' || after.kind === 'sign' || /^(by|for|on|per|in|please|split)$/.test(following ?? '');
  const said = passage.tokens
    .slice(Math.max(0, index - 5), index - 1)
    .findLast(({ word: one }) => unitOf(one) !== undefined);
  const unit = unitOf(said?.word ?? '');
  if (!closes || unit === undefined || unit === 'hour') return null;
  return { apply: (base) => unitsBefore(base, unit, 1), next: index + 1 };
}
