import { bodyOf, plain, strong } from '../../core/query/answer/spans.ts';
import type { AnswerIntent } from './ask-deps.ts';

/** Runbooks are not kept yet: said, and what there is instead. */
export const answerRunbook: AnswerIntent = async () => ({
  body: bodyOf([strong('There are no runbooks yet.'), plain(' Once some are added, I answer from them.')], {
    followUps: [{ label: 'What to fix first', question: 'what should we fix first?' }],
  }),
  reason: 'no_data',
});
