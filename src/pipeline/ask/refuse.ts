/** Refusals, clarifications, and questions nothing can be read from. */
import { clarificationBody, emptyBody, refusalBody, tooLongBody } from '../../core/query/answer/refusal.ts';
import type { Reading, Reason } from '../../core/query/reading.ts';
import { offerRunbook, runbookBody } from '../../core/query/told/runbook.ts';
import type { AnswerOutcome, AskContext } from './ask-deps.ts';
import { findAside } from './runbook.ts';

/** A month, for "asked 6 times this month". */
const GAP_WINDOW_MS = 30 * 86_400_000;
const MOST_CHARACTERS = 4_000;

/** What nobody measures may be written down: "kafka consumers stuck rebalancing". */
const MAYBE_WRITTEN: ReadonlySet<Reason | null> = new Set([
  'out_of_scope',
  'unsupported_metric',
  'unsupported_dimension',
]);

/** What is missing is noted by its name, so that `gaps` can rank what people want most. */
export async function answerRefusal(reading: Reading, ask: AskContext): Promise<AnswerOutcome> {
  const { stores, request, pseudonym } = ask;
  const { about, reason } = reading;
  const covering = MAYBE_WRITTEN.has(reason) ? await findAside(ask) : [];
  if (covering.length > 0) return { body: runbookBody(covering, []), reason: null, intent: 'runbook' };
  if (reason !== 'unsupported_metric' || about === null) return { body: refusalBody(reading), reason };
  const name = about.toLowerCase();
  const asker = request.asker.user === null ? null : pseudonym(request.asker.user);
  await stores.gaps.note({ name, asker, at: request.asOf });
  const gaps = await stores.gaps.list({ since: request.asOf - GAP_WINDOW_MS, limit: 1, name });
  return { body: refusalBody(reading, { times: gaps[0]?.asked ?? 1 }), reason };
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
