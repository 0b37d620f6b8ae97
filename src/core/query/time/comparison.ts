/** Words that compare: "vs", "than", "week over week", and which part of a longer period is meant. */
import { yearEarlier } from './leaning.ts';
import { type Passage, skipWords, wordAt } from './period.ts';
import { periodBefore } from './period-before.ts';
import { dayOf, daysIn, shiftWindow, startOfUnit, type TimeWindow, type Unit } from './time-window.ts';
import { tokenAt } from './tokens.ts';
import { unitOf } from './vocabulary.ts';

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
