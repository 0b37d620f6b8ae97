import { parseQuestion } from '../../core/query/parse-question.ts';
import type { QuestionReader } from './ask-deps.ts';

/** Reads questions without a model. */
export const localReader: QuestionReader = {
  read: async (question, setting) => ({ reading: parseQuestion(question, setting), usage: [], budgetSpent: false }),
};
