/** The reader of time language: which period a question asks about, what it is compared with, and in which grain. */

import { findPieces, type Piece } from './find-pieces.ts';
import { grainFor } from './grain.ts';
import { createPassage, type Passage, pastDays, runningUnit, type TimeFault, wordAt } from './period.ts';
import { type Settled, settle } from './settle.ts';
import { type AskedAt, addUnits, type TimeWindow } from './time-window.ts';
import { cutTokens, tokenAt } from './tokens.ts';

export { periodBefore } from './period-before.ts';
export type { TimeWindow } from './time-window.ts';

export interface TimeReading {
  /** The period asked about; null where the text names none. */
  readonly window: TimeWindow | null;
  /** The earlier period it is compared with; null where none is named. */
  readonly compare: TimeWindow | null;
  /** What a series is asked in; a "trend" takes what suits the window. */
  readonly grain: 'hour' | 'day' | 'week' | 'month' | null;
  /** Character ranges that were read as time, in order: nothing else may be read from them. */
  readonly spans: readonly { start: number; end: number; of: 'window' | 'compare' | 'grain' }[];
  /** Why the text cannot be answered as written. */
  readonly fault: TimeFault | null;
  /** The window's end lies after `asOf`: its last day or hour is not complete. */
  readonly partial: boolean;
}

/** When the question is asked, and the thread's window so far, which "the week before" leans on. */
export interface TimeContext extends AskedAt {
  readonly previous?: TimeWindow;
}

/** The window of a question without time words: the 7 complete days before today, or as many as its metric looks back. */
export function defaultWindow(at: AskedAt, days = 7): TimeWindow {
  return pastDays(createPassage('', [], at), days);
}

/** Reads the time language of a question. Never throws, whatever the text; `zone` must be an IANA zone. */
export function readTime(text: string, at: TimeContext): TimeReading {
  const passage = createPassage(text, cutTokens(text), at);
  const pieces = findPieces(passage);
  const settled = settle(passage, pieces, at.previous);
  const grain = pieces.find((piece) => piece.kind === 'grain')?.grain ?? null;
  const { window, compare } = settled;
  const fault = settled.fault ?? findFuture(passage, settled);
  return {
    window: fault === null || fault.kind === 'future' ? window : null,
    compare: fault === null ? compare : null,
    grain: grain === 'trend' ? grainFor(window ?? at.previous ?? defaultWindow(at)) : grain,
    spans: spansOf(passage, pieces, settled),
    fault,
    partial: window !== null && window.end > passage.now,
  };
}

/** A window that has not begun; the last complete one of its kind can be answered. */
function findFuture(passage: Passage, { window, unit, windowPieces }: Settled): TimeFault | null {
  if (window === null || window.start <= passage.now || window.start === passage.today) return null;
  const piece = windowPieces[0];
  const start = tokenAt(passage.tokens, piece?.from ?? 0).start;
  const text =
    piece === undefined ? passage.text : passage.text.slice(start, tokenAt(passage.tokens, piece.next - 1).end);
  const kind = unit === null || unit === 'hour' ? 'day' : unit;
  const end = runningUnit(passage, kind).start;
  const suggestion = unit === null ? pastDays(passage, 7) : { start: addUnits(end, kind, -1), end };
  return { kind: 'future', text, suggestion };
}

const LEADS = /^(the|in|on|during|over|for|of|at|from|within|throughout|across)$/;

/** Character ranges of the pieces that were used, with the small words that lead to them. */
function spansOf(passage: Passage, pieces: readonly Piece[], settled: Settled): TimeReading['spans'] {
  const spans = pieces.flatMap((piece) => {
    const of = partOf(piece, settled);
    if (of === null) return [];
    let from = piece.from;
    while (from > 0 && LEADS.test(wordAt(passage, from - 1))) from -= 1;
    return [{ start: tokenAt(passage.tokens, from).start, end: tokenAt(passage.tokens, piece.next - 1).end, of }];
  });
  return spans.map((span, index) => ({ ...span, start: Math.max(span.start, spans[index - 1]?.end ?? 0) }));
}

function partOf(piece: Piece, { windowPieces, comparePieces }: Settled): 'window' | 'compare' | 'grain' | null {
  if (piece.kind === 'grain') return 'grain';
  const has = (list: readonly Piece[]): boolean =>
    list.some(({ from, next }) => from <= piece.from && piece.next <= next);
  if (has(comparePieces)) return 'compare';
  if (has(windowPieces)) return 'window';
  return piece.kind === 'period' && piece.period.floats === 'day' ? 'window' : null;
}
