/** Walks a text once and finds its pieces of time language, left to right. */
import { canBegin } from './beginnings.ts';
import { skipCohort } from './cohort.ts';
import { readOver, skipVersus, speaksOfChange } from './comparison.ts';
import { type Grain, readGrain } from './grain.ts';
import { readTimed } from './hours.ts';
import { type Leaning, readLeaning, readPreviousOne } from './leaning.ts';
import { type Passage, type Period, wordAt } from './period.ts';
import { type JoinedPeriods, joinEnds, readClosedRange, readDayRange, readEnds, readOpenRange } from './ranges.ts';
import { readSingle } from './single-period.ts';
import type { Unit } from './time-window.ts';
import { tokenAt } from './tokens.ts';

/** `from` and `next` are token indices, half-open; `compared`: the words before say it is what is compared with. */
export type Piece = { readonly from: number; readonly next: number } & (
  | { readonly kind: 'period'; readonly period: Period; readonly compared: boolean; readonly leaning?: Leaning }
  | { readonly kind: 'leaning'; readonly leaning: Leaning; readonly compared: boolean }
  | { readonly kind: 'over'; readonly unit: Unit }
  | { readonly kind: 'grain'; readonly grain: Grain | 'trend' }
);

/** All pieces, in order, not overlapping. */
export function findPieces(passage: Passage): Piece[] {
  const pieces: Piece[] = [];
  for (let at = 0; at < passage.tokens.length; ) {
    if (!canBegin(tokenAt(passage.tokens, at))) {
      at += 1;
      continue;
    }
    const afterCohort = skipCohort(passage, at);
    if (afterCohort > at) {
      at = afterCohort;
      continue;
    }
    const found = findAt(passage, at);
    pieces.push(...found);
    at = Math.max(at + 1, found.at(-1)?.next ?? 0);
  }
  return pieces;
}

function findAt(passage: Passage, index: number): Piece[] {
  const over = readOver(passage, index);
  if (over !== null) return [{ kind: 'over', unit: over.unit, from: index, next: over.next }];
  const grain = readGrain(passage, index);
  const versus = skipVersus(passage, index);
  if (versus > index && !(isOfChange(passage, index) && readEnds(passage, index) !== null)) {
    const compared = findPeriod(passage, versus, index, true);
    if (compared.length > 0) return compared;
  }
  const periods = grain === null ? findPeriod(passage, index, index, false) : [];
  if (periods.length > 0 || grain === null) return periods;
  return [{ kind: 'grain', grain: grain.grain, from: index, next: grain.next }];
}

/** "from" in "up from January to February" begins a range of two ends first. */
const isOfChange = (passage: Passage, index: number): boolean => wordAt(passage, index) === 'from';

function findPeriod(passage: Passage, index: number, from: number, compared: boolean): Piece[] {
  const ends = readEnds(passage, index);
  if (/^(since|after|before|until|by|between|from)$/.test(wordAt(passage, index))) {
    const timed = readTimed(passage, index);
    if (timed !== null && timed.next >= (ends?.second.next ?? 0)) return [piece(timed, from, compared)];
  }
  const days = readDayRange(passage, index);
  if (days !== null && (ends === null || days.next >= ends.second.next)) return [piece(days, from, compared)];
  if (ends !== null)
    return isComparison(passage, ends, index)
      ? pair(ends, index)
      : [piece(joinEnds(passage, ends, index), from, compared)];
  const range = readOpenRange(passage, index) ?? readClosedRange(passage, index);
  if (range !== null) return [piece(range, from, compared)];
  const period = readSingle(passage, index);
  if (period !== null) {
    const leaning = readPreviousOne(passage, index);
    const found = piece(period, from, compared);
    return leaning !== null && leaning.next === period.next ? [{ ...found, leaning }] : [found];
  }
  const leaning = readLeaning(passage, index);
  return leaning === null ? [] : [{ kind: 'leaning', leaning, compared, from, next: leaning.next }];
}

function piece(period: Period, from: number, compared: boolean): Extract<Piece, { kind: 'period' }> {
  return { kind: 'period', period, compared, from, next: period.next };
}

function pair({ first, second }: JoinedPeriods, from: number): Piece[] {
  return [piece(first, from, true), piece(second, first.next, false)];
}

/** "from last week to this week" compares; so does "from January to February" when the words speak of a change. */
function isComparison(passage: Passage, { first, second, isBetween, isFrom }: JoinedPeriods, index: number): boolean {
  if (first.unit === null || first.unit !== second.unit || first.until !== undefined) return false;
  if (!isBetween && !isFrom) return false;
  const areSaid = first.floats === undefined && second.floats === undefined;
  const last = wordAt(passage, second.next - 1);
  const isRelative = areSaid && !/\d/.test(last) && wordAt(passage, second.next - 2) !== '' && first.unit !== 'day';
  const isRunning = /^(this|current|last)$/.test(wordAt(passage, second.next - 2)) || last === 'today';
  if (isRelative && isRunning) return true;
  return speaksOfChange(passage, index) && first.unit !== 'day';
}
