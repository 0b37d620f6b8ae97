/** From pieces to a period asked about and an earlier one. */
import { oneUnitEarlier, samePartOf } from './comparison.ts';
import type { Piece } from './find-pieces.ts';
import { putOnDay } from './hours.ts';
import { type Passage, type Period, pastDays, runningUnit, type TimeFault, wordAt } from './period.ts';
import { addUnits, daysIn, shiftWindow, type TimeWindow, type Unit } from './time-window.ts';

/** What the pieces of a text come to together. */
export interface Settled {
  readonly window: TimeWindow | null;
  readonly compare: TimeWindow | null;
  readonly unit: Unit | null;
  readonly fault: TimeFault | null;
  /** The pieces the window and the comparison were read from. */
  readonly windowPieces: readonly Piece[];
  readonly comparePieces: readonly Piece[];
}

type PeriodPiece = Extract<Piece, { kind: 'period' }>;

/** Decides which piece is the period asked about, and which the one it is compared with. */
export function settle(passage: Passage, pieces: readonly Piece[], previous: TimeWindow | undefined): Settled {
  const periods = joinNeighbours(passage, mergeHours(pieces.filter((piece) => piece.kind === 'period')));
  const leaning = pieces.find((piece) => piece.kind === 'leaning');
  const over = pieces.find((piece) => piece.kind === 'over');
  const nothing = { window: null, compare: null, unit: null, fault: null, windowPieces: [], comparePieces: [] };
  const fault = periods.find(({ period }) => period.fault !== undefined)?.period.fault;
  if (fault !== undefined) return { ...nothing, fault, windowPieces: periods };
  const [first, second] = choosePair(passage, periods);
  if (first !== undefined && second !== undefined) return settlePair(first, second);
  if (first !== undefined && leaning !== undefined) {
    const { window, unit } = first.period;
    return {
      ...nothing,
      window,
      unit,
      compare: leaning.leaning.apply(window),
      windowPieces: [first],
      comparePieces: [leaning],
    };
  }
  if (first !== undefined && over !== undefined) {
    const { window, unit } = first.period;
    return {
      ...nothing,
      window,
      unit,
      compare: oneUnitEarlier(window, over.unit),
      windowPieces: [first],
      comparePieces: [over],
    };
  }
  if (first !== undefined) return settleOne(passage, first, previous);
  if (leaning !== undefined) {
    if (previous !== undefined && !leaning.compared)
      return { ...nothing, window: leaning.leaning.apply(previous), windowPieces: [leaning] };
    const window = previous ?? pastDays(passage, 7);
    const compare = leaning.leaning.apply(window);
    if (compare.start > window.start) return { ...nothing, window: compare, windowPieces: [leaning] };
    return { ...nothing, window, compare, comparePieces: [leaning] };
  }
  if (over === undefined) return nothing;
  const window = previous ?? windowOver(passage, over.unit);
  return { ...nothing, window, compare: oneUnitEarlier(window, over.unit), comparePieces: [over] };
}

/** Hours said apart from their day belong to it. */
function mergeHours(periods: readonly PeriodPiece[]): PeriodPiece[] {
  const hours = periods.find(({ period }) => period.floats === 'day');
  const day = periods.find(({ period, compared }) => period.unit === 'day' && !compared);
  const merged = hours === undefined || day === undefined ? null : putOnDay(hours.period, day.period);
  if (merged === null || hours === undefined) return [...periods];
  return periods
    .filter((piece) => piece !== hours)
    .map((piece) => (piece === day ? { ...piece, period: merged } : piece));
}

/** "January, February and March", "Saturday and Sunday": named neighbours are one period, unless they are compared. */
function joinNeighbours(passage: Passage, periods: readonly PeriodPiece[]): PeriodPiece[] {
  if (comparesInWords(passage)) return [...periods];
  const joined: PeriodPiece[] = [];
  for (const piece of periods) {
    const before = joined.at(-1);
    const both = before === undefined ? null : joinedPeriod(passage, before, piece);
    if (before === undefined || both === null) joined.push(piece);
    else joined[joined.length - 1] = { ...before, next: piece.next, period: both };
  }
  return joined;
}

function joinedPeriod(passage: Passage, before: PeriodPiece, piece: PeriodPiece): Period | null {
  const joint = wordAt(passage, before.next);
  const areNamed = [before, piece].every(({ period, compared }) => period.floats !== undefined && !compared);
  const gap = piece.from - before.next;
  const isJoint = gap === 0 || (/^(and|,|&|plus)$/.test(joint) && gap <= 2);
  const isNext = before.period.window.end === piece.period.window.start;
  if (!areNamed || !isJoint || !isNext) return null;
  const window = { start: before.period.window.start, end: piece.period.window.end };
  return { ...before.period, window, unit: null, next: piece.next };
}

const comparesInWords = ({ tokens }: Passage): boolean =>
  tokens.some(({ word }) => /^(compare|comparing|compared|comparison|difference|differ|between|versus)$/.test(word));

/** The period asked about and, where a second one belongs to it, that one. */
function choosePair(passage: Passage, periods: readonly PeriodPiece[]): PeriodPiece[] {
  const [first, second] = [periods.find(({ compared }) => !compared), periods.find(({ compared }) => compared)];
  if (second !== undefined) return first === undefined ? [second] : [first, second];
  const other = periods[1];
  if (first === undefined) return [];
  if (other === undefined) return [first];
  const gap = other.from - first.next;
  const joint = wordAt(passage, first.next);
  const isJoined = gap <= 3 && /^(and|or|with|to|versus|against|,|&|than|compared)$/.test(joint);
  return isJoined || comparesInWords(passage) ? [first, other] : [first];
}

function settlePair(first: PeriodPiece, second: PeriodPiece): Settled {
  const [a, b] = [first.period, keepApart(second.period, first.period)];
  const one = keepApart(a, b);
  if (second.compared && second.leaning !== undefined) {
    const compare = second.leaning.apply(one.window);
    return { window: one.window, unit: one.unit, compare, fault: null, windowPieces: [first], comparePieces: [second] };
  }
  const isSecondEarlier = b.window.start < one.window.start || (b.window.start === one.window.start && second.compared);
  const [late, early] = isSecondEarlier ? [one, b] : [b, one];
  const [latePiece, earlyPiece] = isSecondEarlier ? [first, second] : [second, first];
  const compare = cutAlike(late, early);
  const isSame = compare.start === late.window.start && compare.end === late.window.end;
  return {
    window: late.window,
    unit: late.unit,
    compare: isSame ? null : compare,
    fault: null,
    windowPieces: [latePiece],
    comparePieces: [earlyPiece],
  };
}

/** "MTD vs last month" compares the same days; longer periods stand for the part that matches. */
function cutAlike(late: Period, early: Period): TimeWindow {
  const { unit } = late;
  const before = unit === null ? null : addUnits(late.window.start, unit, -1);
  if (late.toDate === true && unit !== null && early.unit === unit && early.window.start === before) {
    return shiftWindow(late.window, unit, -1);
  }
  return samePartOf(late.window, [unit, early.unit], early.window);
}

/** When "this Monday" and "last Monday" meet, last is the week before. */
function keepApart(period: Period, other: Period): Period {
  const meet = period.window.start === other.window.start && period.window.end === other.window.end;
  if (!meet || period.last !== true || other.last === true || period.floats === undefined) return period;
  const back = (moment: string): string => addUnits(moment, period.floats ?? 'week', -1);
  return { ...period, window: { start: back(period.window.start), end: back(period.window.end) } };
}

/** One period: asked about, or what the thread's window or the running unit is compared with. */
function settleOne(passage: Passage, piece: PeriodPiece, previous: TimeWindow | undefined): Settled {
  const { window, unit } = piece.period;
  const base = { fault: null, unit };
  if (!piece.compared) {
    if (previous !== undefined && piece.leaning !== undefined) {
      return {
        ...base,
        window: piece.leaning.apply(previous),
        compare: null,
        windowPieces: [piece],
        comparePieces: [],
      };
    }
    const onDay = previous === undefined ? null : putOnDay(piece.period, ofUnknownUnit(previous));
    return { ...base, window: onDay?.window ?? window, compare: null, windowPieces: [piece], comparePieces: [] };
  }
  const own = previous ?? null;
  if (own !== null && piece.leaning !== undefined) {
    return { ...base, window: own, compare: piece.leaning.apply(own), windowPieces: [], comparePieces: [piece] };
  }
  const areApart = own !== null && (window.end <= own.start || own.end <= window.start);
  const other = areApart ? own : runningUnit(passage, unit === null || unit === 'hour' ? 'day' : unit);
  const [late, early] = other.start >= window.start ? [other, window] : [window, other];
  const cut = samePartOf(late, [ofUnknownUnit(late).unit, early === window ? unit : null], early);
  const isSame = late.start === cut.start;
  return { ...base, window: late, compare: isSame ? null : cut, windowPieces: [], comparePieces: [piece] };
}

/** A thread's window as a period: a day, or nothing known. */
const ofUnknownUnit = (window: TimeWindow): Period => ({ window, unit: daysIn(window) === 1 ? 'day' : null, next: 0 });

/** The window of "month over month" without another: the last whole month; weeks and years take the usual 7 days. */
function windowOver(passage: Passage, unit: Unit): TimeWindow {
  if (unit === 'day') return pastDays(passage, 1);
  if (unit === 'week' || unit === 'year' || unit === 'hour') return pastDays(passage, 7);
  const end = runningUnit(passage, unit).start;
  return { start: addUnits(end, unit, -1), end };
}
