import type { Priority, Severity } from '../records.ts';

/** Scores run from 0 to 100. */
const HIGH = 60;
const MEDIUM = 35;

/** How bad, in one of three words, from the score alone so that the order and the words never disagree. */
export function severityOf(priority: Pick<Priority, 'score'>): Severity {
  if (priority.score >= HIGH) return 'high';
  return priority.score >= MEDIUM ? 'medium' : 'low';
}
