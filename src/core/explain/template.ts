import type { Explanation, Fact, Priority, SuggestedAction } from '../records.ts';
import { type Reading, readPriority } from './reading.ts';
import { writeReason } from './reason.ts';
import { suggestActions } from './suggestion.ts';
import { writeSummary } from './summary.ts';

/** Everything a person reads of a priority, from its facts alone: same input, same words. */
export function explainWithTemplate(priority: Priority, facts: readonly Fact[]): Explanation {
  const reading = readPriority(priority, facts);
  return {
    summary: writeSummary(reading),
    likely_reason: writeReason(reading),
    action: firstAction(reading),
    written_by: 'template',
  };
}

function firstAction(reading: Reading): SuggestedAction {
  const [action] = suggestActions(reading);
  if (action === undefined) throw new Error('suggestActions always ends in asking the owner');
  return action;
}
