import { runbookBody, uncoveredBody } from '../../core/query/told/runbook.ts';
import { aboutOf, createRunbookSearch } from '../runbooks/find.ts';
import { readersOf } from '../runbooks/readers.ts';
import type { AnswerIntent } from './ask-deps.ts';

/** A month, for "asked for 3 times this month". */
const GAP_WINDOW_MS = 30 * 86_400_000;

/**
 * "How do I fix DB_POOL_TIMEOUT?": the sections that cover it, in the runbook's own words, or that none does. No model
 * is handed a runbook's text here: there are no facts to narrate.
 */
export const answerRunbook: AnswerIntent = async (_, { stores, request, timezone, memberships, pseudonym }) => {
  const { runbooks } = stores;
  const { asOf, asker, question } = request;
  const readers = await readersOf({ runbooks, memberships: memberships ?? null }, request);
  const search = createRunbookSearch({ runbooks, timezone });
  const by = asker.user === null ? null : pseudonym(asker.user);
  const matches = await search.find({ need: { words: question }, readers, asOf, asker: by });
  if (matches.length > 0) return { body: runbookBody(matches), reason: null };
  const [known, gaps] = await Promise.all([
    runbooks.list(readers),
    runbooks.listGaps({ since: asOf - GAP_WINDOW_MS, limit: 1, about: aboutOf({ words: question }) }),
  ]);
  return { body: uncoveredBody({ runbooks: known.length, times: gaps[0]?.asked ?? 1 }), reason: 'no_data' };
};
