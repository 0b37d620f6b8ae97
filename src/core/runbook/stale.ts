/** Which runbooks somebody should look over. */
import { addDays } from '../window.ts';

interface Reviewed {
  /** `YYYY-MM-DD`. */
  reviewBy: string | null;
  reviewed: string | null;
}

/** A runbook that says no day is looked over twice a year. */
const DAYS_WITHOUT_REVIEW = 182;

/**
 * Why a runbook is stale, or null.
 * @param added the day this version was added, @param today both in the workspace's zone.
 */
export function staleReason({ reviewBy, reviewed }: Reviewed, added: string, today: string): StaleReason | null {
  if (reviewBy !== null) return reviewBy < today ? { kind: 'overdue', since: reviewBy } : null;
  const looked = reviewed ?? added;
  return addDays(looked, DAYS_WITHOUT_REVIEW) < today ? { kind: 'not_reviewed', since: looked } : null;
}

export type StaleReason =
  /** The day it should have been looked over by has passed. */
  | { kind: 'overdue'; since: string }
  /** It says no such day, and nobody has looked at it or changed it for half a year. */
  | { kind: 'not_reviewed'; since: string };
