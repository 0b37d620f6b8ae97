import { writeHelp } from '../../core/query/told/help.ts';
import type { AnswerIntent } from './ask-deps.ts';

export const answerHelp: AnswerIntent = async ({ choices }, { vocabulary }) => ({
  body: writeHelp(vocabulary, choices),
  reason: null,
});
