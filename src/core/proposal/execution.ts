/** Carrying out an approved proposal: one a proposal, at most once, however often processes die meanwhile. */
import type { JsonObject } from '../records.ts';

export const EXECUTION_STATES = ['queued', 'running', 'done', 'failed', 'cancelled', 'uncertain'] as const;
/**
 * `queued` may still be held by the global stop; `running` has begun to act, and is never begun again without knowing
 * what became of it; `cancelled` was no longer allowed when its turn came; `uncertain` may have happened: nobody can tell.
 */
export type ExecutionState = (typeof EXECUTION_STATES)[number];

export interface Execution {
  id: string;
  state: ExecutionState;
  /** All in epoch milliseconds. */
  queuedAt: number;
  /** Not begun before: a wait in which people may object, or a retry. */
  notBefore: number;
  startedAt: number | null;
  finishedAt: number | null;
  /** How often it was begun. */
  attempts: number;
  /** What came of it, for people: "Opened shop/web#412." or why it did not happen. */
  summary: string | null;
  /** Where to look at it. */
  link: string | null;
  details: JsonObject;
}

/** How an execution ends. */
export interface ExecutionEnd {
  state: Exclude<ExecutionState, 'queued' | 'running'>;
  summary: string;
  link: string | null;
  details: JsonObject;
}

/** One that nobody has begun. @param notBefore with `at` in epoch milliseconds. */
export const queuedExecution = (id: string, at: number, notBefore: number): Execution => ({
  id,
  state: 'queued',
  queuedAt: at,
  notBefore,
  startedAt: null,
  finishedAt: null,
  attempts: 0,
  summary: null,
  link: null,
  details: {},
});

/** An end without anything to look at. */
export const endOf = (state: ExecutionEnd['state'], summary: string): ExecutionEnd => ({
  state,
  summary,
  link: null,
  details: {},
});
