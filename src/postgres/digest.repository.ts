import type { Kysely, Selectable } from 'kysely';
import type { DigestStore, PostedDigest } from '../pipeline/subscriptions.ts';
import type { StoreContext } from './context.ts';
import type { Database } from './tables.ts';

/** Digests as they were told. */
export function createDigestStore(db: Kysely<Database>, { workspace, newId }: StoreContext): DigestStore {
  const own = () => db.selectFrom('digests').selectAll().where('workspace_id', '=', workspace);

  return {
    async put({ subscriptionId, channel, dueAt, date, told }) {
      const key = { subscription_id: subscriptionId, due_at: new Date(dueAt) };
      await db
        .insertInto('digests')
        .values({
          workspace_id: workspace,
          id: newId(),
          ...key,
          channel,
          date,
          told: JSON.stringify(told),
          corrections: 0,
        })
        .onConflict((conflict) => conflict.columns(['workspace_id', 'subscription_id', 'due_at']).doNothing())
        .execute();
      const row = await own()
        .where('subscription_id', '=', subscriptionId)
        .where('due_at', '=', key.due_at)
        .executeTakeFirstOrThrow();
      return toDigest(row);
    },

    async find(subscriptionId, dueAt) {
      const row = await own()
        .where('subscription_id', '=', subscriptionId)
        .where('due_at', '=', new Date(dueAt))
        .executeTakeFirst();
      return row && toDigest(row);
    },

    async latestBefore(subscriptionId, dueAt) {
      const row = await own()
        .where('subscription_id', '=', subscriptionId)
        .where('due_at', '<', new Date(dueAt))
        .orderBy('due_at', 'desc')
        .limit(1)
        .executeTakeFirst();
      return row && toDigest(row);
    },

    async hasAny() {
      const row = await db
        .selectFrom('digests')
        .select('id')
        .where('workspace_id', '=', workspace)
        .limit(1)
        .executeTakeFirst();
      return row !== undefined;
    },

    async listForDates({ start, end }) {
      const rows = await own()
        .where('date', '>=', start)
        .where('date', '<', end)
        .orderBy('due_at')
        .orderBy('id')
        .execute();
      return rows.map(toDigest);
    },

    async correct(id, corrections, told) {
      const corrected = await db
        .updateTable('digests')
        .set({ told: JSON.stringify(told), corrections: corrections + 1 })
        .where('workspace_id', '=', workspace)
        .where('id', '=', id)
        .where('corrections', '=', corrections)
        .returning('id')
        .executeTakeFirst();
      return corrected !== undefined;
    },
  };
}

function toDigest({
  id,
  subscription_id,
  channel,
  due_at,
  date,
  told,
  corrections,
}: Selectable<Database['digests']>): PostedDigest {
  return { id, subscriptionId: subscription_id, channel, dueAt: due_at.getTime(), date, told, corrections };
}
