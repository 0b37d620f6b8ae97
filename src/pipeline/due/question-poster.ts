/** Saved questions, asked anew each time they are due. */
import type { Audience } from '../../core/policy/audience.ts';
import type { Answer } from '../../core/query/answer-body.ts';
import type { Answering } from '../ask/answering.ts';
import type { OutboxStore, OutgoingMessage } from '../ports.ts';
import { dueSubject } from './due-subject.ts';
import type { Poster } from './post-due.ts';

export const ANSWER_KIND = 'answer';

/** Turns an answer into a message; the views live with the platform. */
export type AnswerRenderer = (answer: Answer, asked: { by: string; question: string }) => OutgoingMessage;

export interface QuestionPosting {
  outbox: OutboxStore;
  answering: Pick<Answering, 'ask' | 'rolesOf'>;
  /** Who reads what is posted in a channel. */
  audienceOf(channel: string): Promise<Audience>;
  renderAnswer: AnswerRenderer;
}

/** Asks with the rights of whoever saved the question, for everybody who reads the channel. */
export function createQuestionPoster({ outbox, answering, audienceOf, renderAnswer }: QuestionPosting): Poster {
  return async ({ id, channel, question, createdBy }, dueAt) => {
    const subject = dueSubject(id, dueAt);
    if (question === null || (await outbox.find(ANSWER_KIND, channel, subject))) return;
    const answer = await answering.ask({
      question,
      asOf: dueAt,
      asker: { user: createdBy, roles: await answering.rolesOf(createdBy) },
      audience: await audienceOf(channel),
      channel,
      threadId: null,
    });
    const message = renderAnswer(answer, { by: createdBy, question });
    await outbox.enqueue({ kind: ANSWER_KIND, channel, subject, sequence: 0, message });
  };
}
