/** What the readers of single periods share. */
import { Temporal } from 'temporal-polyfill';
import { addDays } from '../../window.ts';
import { type AskedAt, addUnits, startOfUnit, type TimeWindow, type Unit } from './time-window.ts';
import { type Token, tokenAt } from './tokens.ts';

/** Why a text cannot be answered as written. */
export interface TimeFault {
  readonly kind: 'impossible_date' | 'reversed' | 'empty' | 'future';
  /** The words at fault. */
  readonly text: string;
  /** The nearest thing that can be answered. */
  readonly suggestion: TimeWindow | null;
}

/** A text cut to tokens, and the moment it was asked. */
export interface Passage {
  readonly text: string;
  readonly tokens: readonly Token[];
  /** The running day, `YYYY-MM-DD`. */
  readonly today: string;
  readonly tomorrow: string;
  /** The local time, `YYYY-MM-DDTHH:MM`. */
  readonly now: string;
  readonly at: AskedAt;
  /** Lengths in such a text are days of a cohort ("retention after 30 days"). */
  readonly isOnRetention: boolean;
}

/** A period read from the tokens before `next`. */
export interface Period {
  readonly window: TimeWindow;
  readonly next: number;
  /** The calendar unit it is one of, whole or running. */
  readonly unit: Unit | null;
  /** The cycle it could be moved by, where the words leave it open: "March" by a year, "Tuesday" by a week. */
  readonly floats?: 'year' | 'week' | 'month' | 'day';
  /** Written without its own span of time: "last Tuesday", not "Tuesday". */
  readonly last?: boolean;
  /** A time of day: as the end of a range it ends there, in whole hours, not an hour later. */
  readonly until?: string;
  /** Said to run "to date" or "so far": what it is compared with is cut the same. */
  readonly toDate?: boolean;
  readonly fault?: TimeFault;
}

export type PeriodReader = (passage: Passage, index: number) => Period | null;

export function createPassage(text: string, tokens: readonly Token[], at: AskedAt): Passage {
  const local = Temporal.Instant.fromEpochMilliseconds(at.asOf).toZonedDateTimeISO(at.zone).toPlainDateTime();
  const today = local.toPlainDate().toString();
  const isOnRetention = tokens.some(({ word }) => /^(retention|retain|retained|retains|cohorts?)$/.test(word));
  const now = local.toString({ smallestUnit: 'minute' });
  return { text, tokens, today, tomorrow: addDays(today, 1), now, at, isOnRetention };
}

export const wordAt = ({ tokens }: Passage, index: number): string => tokenAt(tokens, index).word;

/** The words between two tokens, as written. */
export function textOf({ text, tokens }: Passage, from: number, until: number): string {
  return text.slice(tokenAt(tokens, from).start, tokenAt(tokens, until - 1).end);
}

/** The first of the readers that finds something. */
export function readFirst(readers: readonly PeriodReader[], passage: Passage, index: number): Period | null {
  for (const read of readers) {
    const period = read(passage, index);
    if (period !== null) return period;
  }
  return null;
}

/** The index after any of these words, six at most, so that no text makes this slow. */
export function skipWords(passage: Passage, index: number, ...words: string[]): number {
  let next = index;
  while (next < index + 6 && words.includes(wordAt(passage, next))) next += 1;
  return next;
}

/** The unit that is running, through today. */
export function runningUnit({ today, tomorrow }: Passage, unit: Unit): TimeWindow {
  return { start: startOfUnit(today, unit), end: tomorrow };
}

/** A whole unit, cut at the end of today where it is still running. */
export function throughToday({ today, tomorrow }: Passage, window: TimeWindow): TimeWindow {
  return window.start <= today && window.end > tomorrow ? { start: window.start, end: tomorrow } : window;
}

/** The days before today, complete. */
export function pastDays({ today }: { today: string }, days: number): TimeWindow {
  return { start: addUnits(today, 'day', -days), end: today };
}
