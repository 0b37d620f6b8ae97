import { receiptIdOf } from '../../core/query/answer/receipt-id.ts';
import { resultText } from '../../core/query/answer/result-text.ts';
import type { Reading } from '../../core/query/reading.ts';
import { redact } from '../../core/text/redact.ts';
import { ConflictError } from '../../errors.ts';
import type { ModelUsage, Receipt } from '../answers.ts';
import type { AskContext } from './ask-deps.ts';
import type { MetricOutcome } from './metric.ts';

/** An id of 40 random bits is taken once in a blue moon. */
const DRAWS = 3;

/**
 * Stores what an answer rests on.
 * @returns the receipt's id; null where nothing was computed.
 */
export async function writeReceipt(
  ask: AskContext,
  reading: Reading,
  { body, computed }: Pick<MetricOutcome, 'body'> & Partial<Pick<MetricOutcome, 'computed'>>,
  { writtenBy, usage }: { writtenBy: Receipt['written_by']; usage: readonly ModelUsage[] },
): Promise<string | null> {
  if (computed == null && body.rows.length === 0) return null;
  const { stores, request, clock, newId, sha256, pseudonym } = ask;
  const receipt: Omit<Receipt, 'id'> = {
    asked_at: clock(),
    as_of: request.asOf,
    asker: request.asker.user === null ? null : pseudonym(request.asker.user),
    channel: request.channel,
    audience: request.audience,
    question: redact(request.question),
    reading,
    query: computed?.query ?? reading.query,
    metric_version: computed?.metric.version ?? null,
    watermark: computed?.result.watermark ?? null,
    result_hash: sha256(resultText(body.rows)),
    total: computed?.result.total ?? null,
    served_by: computed?.result.served_by ?? null,
    written_by: writtenBy,
    usage,
  };
  for (let draw = 1; ; draw++) {
    const id = receiptIdOf(newId());
    try {
      await stores.receipts.put({ ...receipt, id });
      return id;
    } catch (error) {
      if (!(error instanceof ConflictError) || draw === DRAWS) throw error;
    }
  }
}
