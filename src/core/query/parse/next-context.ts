import type { Reading, ThreadContext } from '../reading.ts';
import { OFFERED } from './chosen.ts';

/**
 * What a thread has settled after a question was read. Refusals, help and status change nothing; a clarification leaves
 * what was understood, and lists the readings it offers, so that the next turn completes it or chooses.
 * @param listed what the answer listed, best first; an answer that lists nothing leaves the list before it.
 */
export function nextContext(
  { intent, query, understood, choices }: Reading,
  before: ThreadContext | null,
  listed: ThreadContext['listed'] = [],
): ThreadContext | null {
  // What a question of ours offered is settled by its answer.
  const kept = before?.listed.filter(({ dimension }) => dimension !== OFFERED) ?? [];
  const names = listed.length > 0 ? listed : kept;
  if (query !== null) return { intent, query, listed: names };
  if (understood === undefined) return before;
  const offered = choices.map(({ question }) => ({ dimension: OFFERED, value: question }));
  return { intent: 'metric', query: understood, listed: offered };
}
