/** Cuts a question into the pieces time language is made of, and sets aside what only looks like it. */

import type { Unit } from './time-window.ts';
import { monthOf, normalizeWord, shortUnitOf, unitOf, weekdayNamed } from './vocabulary.ts';

interface Piece {
  /** Character range in the text, half-open. */
  readonly start: number;
  readonly end: number;
  /** The word in its known spelling, or the sign; empty for everything else. */
  readonly word: string;
  /** As written. */
  readonly raw: string;
}

/** `parts` are the numbers in reading order: year, month, day, hour, minute; week; quarter. */
export type Token = Piece &
  (
    | { readonly kind: 'word' | 'sign' | 'opaque' | 'end' }
    | { readonly kind: 'number' | 'ordinal' | 'short_year'; readonly value: number }
    | { readonly kind: 'amount'; readonly value: number; readonly unit: Unit }
    | {
        readonly kind: 'day' | 'month' | 'week' | 'quarter' | 'half' | 'slashed' | 'clock';
        readonly parts: readonly number[];
      }
    | { readonly kind: 'moment'; readonly iso: string }
  );

type Shape = [pattern: RegExp, make: (match: RegExpExecArray, piece: Piece) => Token | null];

const numbersIn = (match: RegExpExecArray): number[] =>
  match.slice(1).flatMap((part) => (part !== undefined && /^\d+$/.test(part) ? [Number(part)] : []));

const NOT_MORE = '(?![\\p{L}\\p{N}_])';
const sticky = (source: string): RegExp => new RegExp(source + NOT_MORE, 'iuy');
const dated =
  (kind: 'day' | 'month' | 'week' | 'quarter' | 'slashed') =>
  (match: RegExpExecArray, piece: Piece): Token => ({ ...piece, kind, parts: numbersIn(match) });

/** Prices, shares, ranks, versions and thousands. */
const AMOUNT: Shape = [/[#$€£]\d[\d.,]*|\d+(?:[.,]\d+){0,4}%|\d{1,3}(?:,\d{3}){1,4}(?!\d)|\d+(?:\.\d+)+/uy, opaque];
const RUN: Shape = [/[\p{L}\p{N}_]+/uy, readRun];
const SIGN: Shape = [/./suy, (_, piece) => ({ ...piece, kind: 'sign', word: piece.raw })];

/** In this order, where a digit begins a piece. */
const DIGIT_SHAPES: readonly Shape[] = [
  [
    sticky('(\\d{4}-\\d\\d-\\d\\d)t(\\d\\d:\\d\\d)(?::\\d\\d(?:\\.\\d{1,9})?)?(z|[+-]\\d\\d:?\\d\\d)?'),
    ([, day, time, offset], piece) => ({
      ...piece,
      kind: 'moment',
      iso: `${day}T${time}${offset ?? ''}`.toUpperCase(),
    }),
  ],
  [sticky('(\\d{4})-(\\d{1,2})-(\\d{1,2})'), dated('day')],
  [sticky('(\\d{4})/(\\d{1,2})/(\\d{1,2})'), dated('day')],
  [sticky('(\\d{4})-w(\\d{1,2})'), dated('week')],
  [sticky('(\\d{4})[-/](\\d{1,2})(?![-/]\\d)'), dated('month')],
  [sticky('(\\d{4})[- ]?q([1-4])'), dated('quarter')],
  [sticky('(\\d{1,2})([/.])(\\d{1,2})\\2(\\d{4})'), dated('slashed')],
  [sticky('(\\d{1,2})/(\\d{1,2})(?![/.]\\d)'), dated('slashed')],
  [sticky('(\\d{1,2})(?:[:.](\\d\\d))? ?([ap])\\.?m\\.?'), readClock],
  [sticky('(\\d{1,2}):(\\d\\d)(?::\\d\\d)?'), readClock],
  [sticky('(\\d{1,2})(?:st|nd|rd|th)'), (match, piece) => ({ ...piece, kind: 'ordinal', value: Number(match[1]) })],
  AMOUNT,
  RUN,
  SIGN,
];

/** Where a letter does. */
const LETTER_SHAPES: readonly Shape[] = [
  [sticky('q([1-4])'), dated('quarter')],
  [
    sticky('h([12])'),
    (match, piece) =>
      piece.raw.startsWith('H') ? { ...piece, kind: 'half', parts: numbersIn(match) } : { ...piece, kind: 'opaque' },
  ],
  RUN,
  SIGN,
];

/** Where anything else does. */
const SIGN_SHAPES: readonly Shape[] = [
  [/['’]s(?![\p{L}\p{N}])/iuy, () => null],
  [sticky("['’](\\d\\d)"), (match, piece) => ({ ...piece, kind: 'short_year', value: 2000 + Number(match[1]) })],
  [/\.{2,}|…|[-–—]+>?|→/uy, (_, piece) => ({ ...piece, kind: 'sign', word: '-' })],
  AMOUNT,
  RUN,
  SIGN,
];

function shapesAt(text: string, at: number): readonly Shape[] {
  const code = text.charCodeAt(at);
  if (code >= 48 && code <= 57) return DIGIT_SHAPES;
  return (code >= 65 && code <= 90) || (code >= 97 && code <= 122) ? LETTER_SHAPES : SIGN_SHAPES;
}

const END: Token = { kind: 'end', start: 0, end: 0, word: '', raw: '' };

/** Cuts the text; paths, addresses, versions and links become opaque. Takes time linear in the text. */
export function cutTokens(text: string): Token[] {
  const tokens: Token[] = [];
  let chunkEnd = 0;
  for (let at = 0; at < text.length; ) {
    if (at >= chunkEnd) {
      CHUNK.lastIndex = at;
      const [gap = '', chunk = ''] = CHUNK.exec(text)?.slice(1) ?? [];
      const begin = at + gap.length;
      const clear = opaqueLength(chunk);
      chunkEnd = begin + chunk.length;
      at = begin + clear;
      if (clear > 0) tokens.push({ kind: 'opaque', word: '', raw: chunk.slice(0, clear), start: begin, end: at });
      if (at >= chunkEnd) continue;
    }
    at = cutOne(text, at, tokens);
  }
  return joinHyphens(tokens);
}

const CHUNK = /(\s*)(\S*)/uy;

/** The token at an index; an end mark outside the text. */
export const tokenAt = (tokens: readonly Token[], index: number): Token => tokens[index] ?? END;

/** Adds the piece that begins here. Returns where the next may begin. */
function cutOne(text: string, at: number, tokens: Token[]): number {
  for (const [pattern, make] of shapesAt(text, at)) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match === null) continue;
    const end = at + match[0].length;
    const token = make(match, { start: at, end, raw: match[0], word: '' });
    if (token !== null) tokens.push(token);
    return end;
  }
  return at + 1;
}

function readClock(match: RegExpExecArray, piece: Piece): Token {
  const [, written, minute = '0', half] = match;
  const noonless = half === undefined ? Number(written) : Number(written) % 12;
  const hour = half?.toLowerCase() === 'p' ? noonless + 12 : noonless;
  const isTime = hour <= 24 && Number(minute) < 60 && (half === undefined || Number(written) <= 12);
  return isTime ? { ...piece, kind: 'clock', parts: [hour, Number(minute)] } : { ...piece, kind: 'opaque' };
}

function opaque(_: RegExpExecArray, piece: Piece): Token {
  return { ...piece, kind: 'opaque' };
}

function readRun([run]: RegExpExecArray, piece: Piece): Token {
  const word = normalizeWord(run);
  if (/^\p{L}+$/u.test(word)) return { ...piece, kind: 'word', word };
  const [, digits = '', letters = ''] = /^(\d{1,4})(\p{L}*)$/u.exec(word) ?? [];
  if (digits === '') return { ...piece, kind: 'opaque' };
  if (letters === '') return { ...piece, kind: 'number', value: Number(digits) };
  const unit = shortUnitOf(letters);
  return unit === undefined ? { ...piece, kind: 'opaque' } : { ...piece, kind: 'amount', value: Number(digits), unit };
}

/** How much of a chunk between spaces is a path, address, version or link; 0 when none is. */
function opaqueLength(chunk: string): number {
  const inner = /^["'`([{<«“‘]*/u.exec(chunk)?.[0].length ?? 0;
  const body = chunk.slice(inner);
  if (body.includes('://')) return chunk.length;
  if (!/^\/[\p{L}\p{N}:*_]/u.test(body) && !body.includes('@') && !isCode(body)) return 0;
  const length = body.search(/[,;?!)]/u);
  return length <= 0 ? chunk.length : inner + length;
}

/** "orders/2025", "INC-2024", "2025.csv": a code or a file, not a date. */
function isCode(body: string): boolean {
  if (/\d\.\p{L}{2,}/u.test(body)) return true;
  const before = /^(\p{L}+)-\d/u.exec(body)?.[1];
  if (before !== undefined && !isTimeWord(before)) return true;
  if (!body.includes('/') || !/\p{L}/u.test(body)) return false;
  return !body.split('/').some((part) => isTimeWord(/\p{L}+/u.exec(part)?.[0] ?? ''));
}

function isTimeWord(written: string): boolean {
  const word = normalizeWord(written);
  const named = shortUnitOf(word) ?? monthOf(word) ?? weekdayNamed(word);
  return named !== undefined || /^(m|yesterday|today|now|last|this|v|versus)$/.test(word);
}

/** "week-over-week" and "30-day" lose their hyphens; "Mon-Wed" and "10-15" keep them, as ranges. */
function joinHyphens(tokens: readonly Token[]): Token[] {
  return tokens.filter((token, index) => {
    const [left, right] = [tokenAt(tokens, index - 1), tokenAt(tokens, index + 1)];
    if (token.raw !== '-' || left.end !== token.start || right.start !== token.end) return true;
    if (left.kind === 'word' && right.kind === 'word') return isNamed(left.word) && isNamed(right.word);
    const joins = (a: Token, b: Token): boolean => a.kind === 'word' && (b.kind === 'number' || b.kind === 'ordinal');
    const isRange = right.kind === 'word' && monthOf(tokenAt(tokens, index - 2).word) !== undefined;
    return isRange || (!joins(left, right) && !joins(right, left));
  });
}

const isNamed = (word: string): boolean =>
  unitOf(word) === undefined &&
  (monthOf(word) ?? weekdayNamed(word) ?? (/day$/.test(word) ? 1 : undefined)) !== undefined;
