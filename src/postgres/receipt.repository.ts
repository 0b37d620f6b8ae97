import type { Kysely, Selectable } from 'kysely';
import { readReceiptId } from '../core/query/answer/receipt-id.ts';
import { ConflictError } from '../errors.ts';
import type { Receipt, ReceiptStore } from '../pipeline/answers.ts';
import type { AnswerTables } from './answer-tables.ts';
import type { StoreContext } from './context.ts';
import type { Database } from './tables.ts';

export function createReceiptStore(db: Kysely<Database>, { workspace }: Pick<StoreContext, 'workspace'>): ReceiptStore {
  return {
    async put({ usage, reading, query, total, asked_at, as_of, watermark, ...receipt }) {
      const stored = await db
        .insertInto('answer_receipts')
        .values({
          ...receipt,
          usage: JSON.stringify(usage),
          workspace_id: workspace,
          asked_at: new Date(asked_at),
          as_of: new Date(as_of),
          watermark: watermark === null ? null : new Date(watermark),
          reading: JSON.stringify(reading),
          query: query === null ? null : JSON.stringify(query),
          total: total === null ? null : JSON.stringify(total),
        })
        .onConflict((conflict) => conflict.columns(['workspace_id', 'id']).doNothing())
        .returning('id')
        .executeTakeFirst();
      if (stored === undefined) throw new ConflictError(`There is a receipt ${receipt.id} already.`);
    },

    async find(id) {
      const row = await db
        .selectFrom('answer_receipts')
        .selectAll()
        .where('workspace_id', '=', workspace)
        .where('id', '=', readReceiptId(id))
        .executeTakeFirst();
      return row && toReceipt(row);
    },
  };
}

function toReceipt(row: Selectable<AnswerTables['answer_receipts']>): Receipt {
  const { id, asker, channel, audience, question, reading, query, metric_version, result_hash } = row;
  return {
    id,
    asked_at: row.asked_at.getTime(),
    as_of: row.as_of.getTime(),
    asker,
    channel,
    audience,
    question,
    reading,
    query,
    metric_version,
    watermark: row.watermark?.getTime() ?? null,
    result_hash,
    total: row.total,
    served_by: row.served_by,
    written_by: row.written_by,
    usage: row.usage,
  };
}
