/** Refusals, clarifications, and questions nothing can be read from. */
import { clarificationBody, emptyBody, refusalBody, tooLongBody } from '../../core/query/answer/refusal.ts';
import { UNKNOWN_MATTER } from '../../core/query/parse/unknown.ts';
import type { Reading } from '../../core/query/reading.ts';
import { offerRunbook, runbookBody } from '../../core/query/told/runbook.ts';
import type { AnswerOutcome, AskContext } from './ask-deps.ts';
import { findAside } from './runbook.ts';

/** A month, for "asked 6 times this month". */
const GAP_WINDOW_MS = 30 * 86_400_000;
const MOST_CHARACTERS = 4_000;

/** What is missing is noted by its name, so that `gaps` can rank what people want most. */
export async function answerRefusal(reading: Reading, ask: AskContext): Promise<AnswerOutcome> {
  const { about, reason } = reading;
  if (reason === 'out_of_scope' && about === UNKNOWN_MATTER) return answerUnknown(reading, ask);
  if (reason === 'unsupported_dimension')
    return { body: offerRunbook(refusalBody(reading), await findAside(ask)), reason };
  if (reason !== 'unsupported_metric' || about === null) return { body: refusalBody(reading), reason };
  const { stores, request, pseudonym } = ask;
  const name = about.toLowerCase();
  const asker = request.asker.user === null ? null : pseudonym(request.asker.user);
  await stores.gaps.note({ name, asker, at: request.asOf });
  const gaps = await stores.gaps.list({ since: request.asOf - GAP_WINDOW_MS, limit: 1, name });
  const body = refusalBody(reading, { times: gaps[0]?.asked ?? 1 });
  return { body: offerRunbook(body, await findAside(ask)), reason };
}

/** What nothing is measured of may be written down: "kafka consumers stuck rebalancing". */
async function answerUnknown(reading: Reading, ask: AskContext): Promise<AnswerOutcome> {
  const covering = await findAside(ask);
  return covering.length === 0
    ? { body: refusalBody(reading), reason: reading.reason }
    : { body: runbookBody(covering, []), reason: null, intent: 'runbook' };
}

/** Where a runbook covers what was said, it is offered beside the question back. */
export async function answerClarification(reading: Reading, ask: AskContext): Promise<AnswerOutcome> {
  const body = clarificationBody(reading, ask.request.question);
  return { body: offerRunbook(body, await findAside(ask)), reason: reading.reason ?? 'ambiguous' };
}

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
