import type { Kysely, Selectable } from 'kysely';
import type { DigestStore, NewDigest, PostedDigest } from '../pipeline/subscriptions.ts';
import type { StoreContext } from './context.ts';
import type { Database } from './tables.ts';

/** Digests as they were told. */
export function createDigestStore(db: Kysely<Database>, { workspace, newId }: StoreContext): DigestStore {
  const own = () => db.selectFrom('digests').selectAll().where('workspace_id', '=', workspace);

  const find: DigestStore['find'] = async (subscriptionId, dueAt) => {
    const row = await own()
      .where('subscription_id', '=', subscriptionId)
      .where('due_at', '=', new Date(dueAt))
      .executeTakeFirst();
    return row && toDigest(row);
  };

  const putAll: DigestStore['putAll'] = async (digests) => {
    if (digests.length === 0) return new Map();
    const added = await db
      .insertInto('digests')
      .values(
        digests.toSorted(bySubscription).map(({ subscriptionId, channel, dueAt, date, told }) => ({
          workspace_id: workspace,
          id: newId(),
          subscription_id: subscriptionId,
          due_at: new Date(dueAt),
          channel,
          date,
          told: JSON.stringify(told),
          corrections: 0,
        })),
      )
      .onConflict((conflict) => conflict.columns(['workspace_id', 'subscription_id', 'due_at']).doNothing())
      .returning(['id', 'subscription_id', 'due_at'])
      .execute();
    const ids = new Map(
      added.map(({ id, subscription_id, due_at }) => [
        keyOf({ subscriptionId: subscription_id, dueAt: due_at.getTime() }),
        id,
      ]),
    );
    const stored = new Map<(typeof digests)[number], PostedDigest>();
    for (const digest of digests) {
      const id = ids.get(keyOf(digest));
      const one =
        id === undefined ? await find(digest.subscriptionId, digest.dueAt) : { ...digest, id, corrections: 0 };
      if (one) stored.set(digest, one);
    }
    return stored;
  };

  return {
    putAll,

    async put(digest) {
      const stored = (await putAll([digest])).get(digest);
      if (stored === undefined) throw new TypeError('A digest was put and is not there.');
      return stored;
    },

    find,

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

const keyOf = ({ subscriptionId, dueAt }: Pick<NewDigest, 'subscriptionId' | 'dueAt'>): string =>
  `${subscriptionId} ${dueAt}`;

/** In one order, so that two processes at it never wait for each other. */
const bySubscription = (a: NewDigest, b: NewDigest): number => (keyOf(a) < keyOf(b) ? -1 : 1);

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
