import { answerFromRunbooks } from '../runbooks/answer.ts';
import { createRunbookSearch } from '../runbooks/find.ts';
import { readersOf } from '../runbooks/readers.ts';
import type { RunbookMatch, RunbookReaders } from '../runbooks.ts';
import type { AnswerIntent, AskContext } from './ask-deps.ts';

/** "How do I fix DB_POOL_TIMEOUT?": from the runbooks that whoever reads the answer may read. */
export const answerRunbook: AnswerIntent = async (_, ask) => {
  const { stores, request, timezone, findByMeaning } = ask;
  const { question: words, asOf } = request;
  const asked = { words, readers: await readersOfAnswer(ask), asOf };
  const { body, isCovered } = await answerFromRunbooks({ runbooks: stores.runbooks, timezone, findByMeaning }, asked);
  return { body, reason: isCovered ? null : 'no_data' };
};

/** The sections that cover what was asked, where nobody asked for a runbook; that none does is no gap. */
export async function findAside(ask: AskContext): Promise<readonly RunbookMatch[]> {
  const { stores, request, timezone } = ask;
  const { runbooks } = stores;
  const { covering } = await createRunbookSearch({ runbooks, timezone, findByMeaning: null }).find({
    ...{ need: { words: request.question }, readers: await readersOfAnswer(ask), asOf: request.asOf, isAside: true },
  });
  return covering;
}

const readersOfAnswer = ({ stores, request, memberships }: AskContext): Promise<RunbookReaders> =>
  readersOf({ runbooks: stores.runbooks, memberships: memberships?.() ?? null }, request);
