/** "day 7 retention", "week 4 cohort", "30-day retention": a cohort's day, which is no window. */
import { type Passage, wordAt } from './period.ts';
import { tokenAt } from './tokens.ts';
import { unitOf } from './vocabulary.ts';

/** The index after a cohort day that begins here; the index itself where none does. Lengths: see `readBareLength`. */
export function skipCohort(passage: Passage, index: number): number {
  const unit = unitOf(wordAt(passage, index));
  if (unit === undefined || tokenAt(passage.tokens, index + 1).kind !== 'number') return index;
  return unit === 'day' || passage.isOnRetention ? index + 2 : index;
}
