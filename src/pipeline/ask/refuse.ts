/** Refusals, clarifications, and questions nothing can be read from. */
import { clarificationBody, emptyBody, refusalBody, tooLongBody } from '../../core/query/answer/refusal.ts';
import type { Reading } from '../../core/query/reading.ts';
import type { AnswerOutcome, AskContext } from './ask-deps.ts';

/** A month, for "asked 6 times this month". */
const GAP_WINDOW_MS = 30 * 86_400_000;
const MOST_CHARACTERS = 4_000;

/** What is missing is noted by its name, so that `gaps` can rank what people want most. */
export async function answerRefusal(
  reading: Reading,
  { stores, request, pseudonym }: AskContext,
): Promise<AnswerOutcome> {
  const { about, reason } = reading;
  if (reason !== 'unsupported_metric' || about === null) return { body: refusalBody(reading), reason };
  const name = about.toLowerCase();
  const asker = request.asker.user === null ? null : pseudonym(request.asker.user);
  await stores.gaps.note({ name, asker, at: request.asOf });
  const gaps = await stores.gaps.list({ since: request.asOf - GAP_WINDOW_MS, limit: 1, name });
  return { body: refusalBody(reading, { times: gaps[0]?.asked ?? 1 }), reason };
}

export const answerClarification = async (reading: Reading, { request }: AskContext): Promise<AnswerOutcome> => ({
  body: clarificationBody(reading, request.question),
  reason: reading.reason ?? 'ambiguous',
});

/** Answers without reading: nothing was asked, or far too much. */
export function unreadable(question: string): { reading: Reading; outcome: AnswerOutcome } | null {
  const reading = { query: null, confidence: 1, choices: [], about: null, notes: [] };
  if (!/[\p{L}\p{N}]/u.test(question))
    return { reading: { ...reading, intent: 'help', reason: null }, outcome: { body: emptyBody(), reason: null } };
  if (question.length > MOST_CHARACTERS)
    return {
      reading: { ...reading, intent: 'clarify', reason: 'ambiguous' },
      outcome: { body: tooLongBody(MOST_CHARACTERS), reason: 'ambiguous' },
    };
  return null;
}
