/** What follows from what became of a try, so that nothing is ever done twice. */
import type { ActionResult, Reconciled } from '../actions.ts';
import { type ExecutionEnd, endOf } from './execution.ts';

const MINUTE = 60_000;
/** How often an action is begun at most. */
export const MOST_ATTEMPTS = 5;
/** How long the other side is given to finish what it may have begun, before it is asked whether it did. */
const SETTLE_MS = 30_000;
const LONGEST_BACKOFF_MS = 15 * MINUTE;

/** `unknown`: nobody heard the end of it, as when it timed out or the process died. */
export type TryOutcome = ActionResult | { kind: 'unknown' };

export type NextStep =
  | LastingStep
  /** It may have happened, and doing it once more does it no second time. */
  | { kind: 'again' };

/** What is written down, and ends this process's hold on it. */
export type LastingStep =
  | { kind: 'finish'; end: ExecutionEnd }
  /** Surely nothing happened: from the start, no sooner than an instant. */
  | { kind: 'retry'; notBefore: number; summary: string }
  /** It may have happened: the other side is asked, no sooner than an instant. */
  | { kind: 'ask'; notBefore: number };

export interface TryContext {
  /** How often it was begun, this time included. */
  attempts: number;
  /** Doing it twice under one key does it once. */
  idempotent: boolean;
  /** Epoch milliseconds. */
  at: number;
}

/** After a try of which this process saw the end, or the time limit. */
export function afterTry(outcome: TryOutcome, { attempts, idempotent, at }: TryContext): LastingStep {
  switch (outcome.kind) {
    case 'done':
      return { kind: 'finish', end: doneAs(outcome) };
    case 'not_done':
      if (outcome.retryAfterMs === null || attempts >= MOST_ATTEMPTS) return failed(outcome.words, attempts);
      return {
        kind: 'retry',
        notBefore: at + Math.max(Math.min(outcome.retryAfterMs, LONGEST_BACKOFF_MS), backoff(attempts)),
        summary: outcome.words,
      };
    case 'unknown':
      return { kind: 'ask', notBefore: at + (idempotent ? backoff(attempts) : SETTLE_MS) };
  }
}

/** After the other side was asked what became of a try. */
export function afterAsking(answer: Reconciled, { attempts, idempotent, at }: TryContext): NextStep {
  switch (answer.kind) {
    case 'done':
      return { kind: 'finish', end: doneAs(answer) };
    case 'absent':
      if (attempts >= MOST_ATTEMPTS) return failed('It did not get through.', attempts);
      return { kind: 'retry', notBefore: at + backoff(attempts), summary: 'It did not get through.' };
    case 'unknown':
      if (idempotent && attempts < MOST_ATTEMPTS) return { kind: 'again' };
      return {
        kind: 'finish',
        end: endOf('uncertain', 'Nobody can tell whether it happened. It is not tried again: please look there.'),
      };
  }
}

function failed(words: string, attempts: number): LastingStep {
  const tries = attempts > 1 ? ` I tried ${attempts} times.` : '';
  return { kind: 'finish', end: endOf('failed', `${words}${tries}`) };
}

const doneAs = ({ summary, link, details }: Extract<ActionResult, { kind: 'done' }>): ExecutionEnd => ({
  state: 'done',
  summary,
  link,
  details,
});

/** Five seconds, then four times as long each time. */
const backoff = (attempts: number): number => Math.min(5_000 * 4 ** Math.max(0, attempts - 1), LONGEST_BACKOFF_MS);
