import type { AnswerBody } from '../../core/query/answer-body.ts';
import { runbookBody, uncoveredBody } from '../../core/query/told/runbook.ts';
import type { RunbookReaders } from '../runbooks.ts';
import { aboutOf, createRunbookSearch, type RunbookSearchDeps } from './find.ts';

/** A month, for "asked for 3 times". */
const GAP_WINDOW_MS = 30 * 86_400_000;

interface Asked {
  words: string;
  readers: RunbookReaders;
  /** Epoch milliseconds. */
  asOf: number;
}

/**
 * The sections that cover what was asked, in the runbooks' own words, and which come nearest. No model is handed a
 * runbook's text here: there are no facts to narrate.
 */
export async function answerFromRunbooks(
  deps: RunbookSearchDeps,
  { words, readers, asOf }: Asked,
): Promise<{ body: AnswerBody; isCovered: boolean }> {
  const need = { words };
  const { covering, nearest } = await createRunbookSearch(deps).find({ need, readers, asOf });
  if (covering.length > 0) return { body: runbookBody(covering, nearest), isCovered: true };
  const [known, gaps] = await Promise.all([
    deps.runbooks.list(readers),
    deps.runbooks.listGaps({ since: asOf - GAP_WINDOW_MS, limit: 1, about: aboutOf(need) }),
  ]);
  const times = gaps[0]?.asked ?? 1;
  return { body: uncoveredBody({ runbooks: known.length, times, nearest }), isCovered: false };
}
