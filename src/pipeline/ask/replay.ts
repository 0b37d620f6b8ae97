import { plainText } from '../../core/query/answer/plain-text.ts';
import { type AnswerRun, replayBody } from '../../core/query/answer/replay-body.ts';
import { resultText } from '../../core/query/answer/result-text.ts';
import type { AnswerBody } from '../../core/query/answer-body.ts';
import { SeepassError } from '../../errors.ts';
import { readWorkspaceConfig } from '../workspace-config.ts';
import type { AskDeps, AskRequest } from './ask-deps.ts';
import { type Answered, audited } from './audit-answer.ts';
import { answerIntent } from './intents.ts';

/** Who wants it replayed, and who reads along: today's policy is theirs. */
export type ReplayRequest = Pick<AskRequest, 'asker' | 'audience' | 'channel'> & { receipt: string };

interface Replayed {
  body: AnswerBody;
  text: string;
  moved: boolean;
}

/**
 * Computes an answer again as of the moment it was asked for, with what has come in since, under today's definitions
 * and policy, and says whether it moved and why.
 * @throws SeepassError `not_found` when there is no such receipt.
 */
export function replayReceipt(deps: AskDeps, { receipt: id, ...by }: ReplayRequest): Promise<Replayed> {
  const about = { action: 'question.replay', by, parameters: { receipt: id }, receipt: id.slice(0, 20) } as const;
  return audited(deps, about, () => replay(deps, id, by));
}

async function replay(
  deps: AskDeps,
  id: string,
  by: Omit<ReplayRequest, 'receipt'>,
): Promise<{ value: Replayed; answered: Answered }> {
  const { stores, timezone, currency, sha256 } = deps;
  const receipt = await stores.receipts.find(id);
  if (receipt === undefined)
    throw new SeepassError('not_found', `There is no receipt ${id.slice(0, 20)}.`, {
      fix: 'Every answer names its receipt at the end: eight letters and digits.',
    });
  const [vocabulary, config] = await Promise.all([stores.metrics.vocabulary(), readWorkspaceConfig(stores.settings)]);
  const request = { ...by, question: receipt.question, asOf: receipt.as_of, threadId: null };
  const outcome = await answerIntent(
    { ...receipt.reading, query: receipt.query },
    { ...deps, request, config, vocabulary, thread: null },
  );
  const { computed } = outcome;
  const now: AnswerRun = {
    hash: sha256(resultText(outcome.body.rows)),
    metricVersion: computed?.metric.version ?? null,
    watermark: computed?.result.watermark ?? null,
    total: computed?.result.total ?? null,
  };
  const { result_hash: hash, metric_version: metricVersion, watermark, total } = receipt;
  const then: AnswerRun = { hash, metricVersion, watermark, total };
  const refused = outcome.intent === 'refuse';
  const body = replayBody(
    {
      id: receipt.id,
      question: receipt.question,
      askedAt: receipt.asked_at,
      query: receipt.query,
      then,
      now,
      refused,
    },
    { asOf: receipt.as_of, zone: timezone, currency },
  );
  const { reading } = receipt;
  return {
    value: { body, text: plainText(body), moved: refused || then.hash !== now.hash },
    answered: {
      asked: { ...reading, query: receipt.query },
      intent: outcome.intent ?? reading.intent,
      reason: outcome.reason,
      receipt: receipt.id,
    },
  };
}
