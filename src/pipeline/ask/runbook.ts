import { answerFromRunbooks } from '../runbooks/answer.ts';
import { readersOf } from '../runbooks/readers.ts';
import type { AnswerIntent } from './ask-deps.ts';

/** "How do I fix DB_POOL_TIMEOUT?": from the runbooks that whoever reads the answer may read. */
export const answerRunbook: AnswerIntent = async (_, { stores, request, timezone, memberships, findByMeaning }) => {
  const { runbooks } = stores;
  const readers = await readersOf({ runbooks, memberships: memberships?.() ?? null }, request);
  const { question: words, asOf } = request;
  const { body, isCovered } = await answerFromRunbooks({ runbooks, timezone, findByMeaning }, { words, readers, asOf });
  return { body, reason: isCovered ? null : 'no_data' };
};
