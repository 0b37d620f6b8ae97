/** Words that compare: "vs", "than", and periods that lean on another: "the week before", "same day last week". */
import { unitsAfter, unitsBefore } from './anchored.ts';
import { readCount } from './numbers.ts';
import { type Passage, skipWords, wordAt } from './period.ts';
import { periodBefore } from './period-before.ts';
import { readArticle, readLength } from './relative.ts';
import { dayOf, daysIn, hasHours, shiftWindow, startOfUnit, type TimeWindow, type Unit } from './time-window.ts';
import { tokenAt } from './tokens.ts';
import { monthOf, unitOf, weekdayNamed } from './vocabulary.ts';

/** A period that is known once the one it leans on is. */
export interface Leaning {
  readonly apply: (base: TimeWindow) => TimeWindow;
  readonly next: number;
}

const FILLERS =
  'the in on during for it was were is are we had they that of what did at over to with as been has have those'.split(
    ' ',
  );
const CHANGES =
  /^(up|down|increase|increased|rise|rose|risen|drop|dropped|fall|fell|fallen|change|changed|changes|grow|grew|grown|growth|improve|improved|improvement|decline|declined|differ|different|difference|jump|jumped|worse|better|higher|lower|more|less|fewer)$/;

/** The index where the compared period begins, after "vs", "compared to", "than it was"; the index itself otherwise. */
export function skipVersus(passage: Passage, index: number): number {
  const word = wordAt(passage, index);
  const after = wordAt(passage, index + 1);
  if (word === 'versus' || word === 'against') return skipWords(passage, index + 1, '.', ...FILLERS);
  if (word === 'compared' || word === 'compare' || word === 'compares' || word === 'comparison') {
    const at = skipWords(passage, index + 1, 'it', 'this', 'that', 'them', 'these');
    return /^(to|with|against|versus)$/.test(wordAt(passage, at)) ? skipWords(passage, at + 1, ...FILLERS) : index;
  }
  if (word === 'relative' && after === 'to') return skipWords(passage, index + 2, ...FILLERS);
  if (word === 'than' && tokenAt(passage.tokens, index + 1).kind !== 'number')
    return skipWords(passage, index + 1, ...FILLERS);
  const isFrom = word === 'from' || word === 'over' || word === 'since';
  if (word === 'over' && isDuration(passage, index + 1)) return index;
  // "Enterprise and growth from 2 to 8 March": a plan of that name.
  const isName = wordAt(passage, index - 1) === 'growth' && /^(and|or)$/.test(wordAt(passage, index - 2));
  if (isFrom && word !== 'since' && !isName && CHANGES.test(wordAt(passage, index - 1)))
    return skipWords(passage, index + 1, 'the');
  return index;
}

/** "up over the past 14 days" names when it went up; "up over last week" compares with it. */
function isDuration(passage: Passage, index: number): boolean {
  const at = skipWords(passage, index, 'the');
  const following = passage.tokens[at + 1];
  return at > index || (/^(past|last|previous)$/.test(wordAt(passage, at)) && following?.kind === 'number');
}

/** Whether the words speak of a change, so that "from January to February" compares the two. */
export function speaksOfChange(passage: Passage, until: number): boolean {
  return passage.tokens
    .slice(Math.max(0, until - 40), until)
    .some(
      ({ word }) =>
        CHANGES.test(word) || /^(compare|compared|comparison|versus|go|went|gone|move|moved|went)$/.test(word),
    );
}

const SHORT_OVER: Record<string, Unit> = { wow: 'week', mom: 'month', dod: 'day', yoy: 'year', qoq: 'quarter' };
const LETTERS: Record<string, Unit> = { w: 'week', m: 'month', d: 'day', y: 'year', q: 'quarter' };

/** "week over week", "WoW", "m/m". */
export function readOver(passage: Passage, index: number): { unit: Unit; next: number } | null {
  const word = wordAt(passage, index);
  const short = Object.hasOwn(SHORT_OVER, word) ? SHORT_OVER[word] : undefined;
  if (short !== undefined) return isCry(passage, index) ? null : { unit: short, next: index + 1 };
  const joint = wordAt(passage, index + 1);
  if (joint === '/' && wordAt(passage, index + 2) === word && Object.hasOwn(LETTERS, word)) {
    const unit = LETTERS[word];
    return unit === undefined ? null : { unit, next: index + 3 };
  }
  const unit = unitOf(word);
  const isJoint = joint === 'over' || joint === 'on' || joint === '/';
  return unit !== undefined && isJoint && unitOf(wordAt(passage, index + 2)) === unit
    ? { unit, next: index + 3 }
    : null;
}

/** "wow, that is bad". */
const isCry = (passage: Passage, index: number): boolean =>
  index === 0 && /^wow$|^Wow$/.test(tokenAt(passage.tokens, 0).raw);

/** The compared period of "week over week": the same days a unit earlier; where the window is longer, right before. */
export function oneUnitEarlier(window: TimeWindow, unit: Unit): TimeWindow {
  const longest = { hour: 1, day: 1, week: 7, month: 31, quarter: 92, year: 366 }[unit];
  if (daysIn(window) > longest) return periodBefore(window);
  return unit === 'year' ? yearEarlier(window, 1) : shiftWindow(window, unit, -1);
}

/** Whole weeks go back 52 weeks, so that weekdays meet; all else goes back by the date. */
function yearEarlier(window: TimeWindow, years: number): TimeWindow {
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
    readBeforeThat(passage, index)
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

/** A named period that is longer than the window stands for its same part: "March vs last year", "Monday vs last week". */
export function samePartOf(
  window: TimeWindow,
  [windowUnit, compareUnit]: readonly [Unit | null, Unit | null],
  compare: TimeWindow,
): TimeWindow {
  if (compareUnit === 'year' && windowUnit !== 'year' && daysIn(window) < 360) {
    const years = Number(window.start.slice(0, 4)) - Number(compare.start.slice(0, 4));
    return years > 0 ? yearEarlier(window, years) : compare;
  }
  const isDay = windowUnit === 'day' || windowUnit === 'hour';
  if (compareUnit !== 'week' || !isDay) return compare;
  const weeks = Math.round(daysIn({ start: compare.start, end: startOfUnit(dayOf(window.start), 'week') }) / 7);
  return weeks > 0 ? shiftWindow(window, 'week', -weeks) : compare;
}
