import { plainText } from '../../core/query/answer/plain-text.ts';
import type { Answer } from '../../core/query/answer-body.ts';
import type { MetricQuery } from '../../core/query/metric-query.ts';
import type { Receipt } from '../answers.ts';
import { readWorkspaceConfig } from '../workspace-config.ts';
import type { AskDeps, AskRequest } from './ask-deps.ts';
import { audited } from './audit-answer.ts';
import { answerIntent } from './intents.ts';

/** A stored answer for whoever looks at it now: their roles and audience decide what they get of it. */
export interface AgainRequest extends Pick<AskRequest, 'asker' | 'audience' | 'channel'> {
  receipt: Receipt;
  /** The same figure over time instead, whatever kind of question it was. */
  grain?: Exclude<MetricQuery['grain'], null>;
}

/** Gives a stored answer again as of then, in the template's words. The receipt stays the same. */
export function answerAgain(deps: AskDeps, request: AgainRequest): Promise<Answer> {
  const { receipt, grain, ...by } = request;
  const parameters = { receipt: receipt.id, grain: grain ?? null };
  return audited(deps, { action: 'question.again', by, parameters, receipt: receipt.id }, async () => {
    const value = await computeAgain(deps, request);
    const { intent, reason } = value.reading;
    return {
      value,
      answered: { asked: { ...receipt.reading, query: receipt.query }, intent, reason, receipt: receipt.id },
    };
  });
}

async function computeAgain(deps: AskDeps, { receipt, grain, ...by }: AgainRequest): Promise<Answer> {
  const { stores } = deps;
  const [vocabulary, config] = await Promise.all([stores.metrics.vocabulary(), readWorkspaceConfig(stores.settings)]);
  const query = receipt.query === null || grain === undefined ? receipt.query : { ...receipt.query, grain };
  const request = { ...by, question: receipt.question, asOf: receipt.as_of, threadId: null };
  const read = { ...receipt.reading, query, ...(grain === undefined ? {} : { intent: 'metric' as const }) };
  const { body, reason, intent } = await answerIntent(read, { ...deps, request, config, vocabulary, thread: null });
  const reading = { ...read, reason, intent: intent ?? read.intent };
  return { reading, body, text: plainText(body), receipt: receipt.id, written_by: 'template' };
}
