import type { Kysely } from 'kysely';
import type { Stores } from '../pipeline/ports.ts';
import type { StoreContext } from './context.ts';
import type { Database } from './tables.ts';

/** Remembers what a platform delivered: one of many processes gets true for a key, once. */
export function createFirstDelivery(db: Kysely<Database>, { workspace, clock }: StoreContext): Stores['firstDelivery'] {
  return async (key) => {
    const first = await db
      .insertInto('slack_deliveries')
      .values({ workspace_id: workspace, delivery_key: key, received_at: new Date(clock()) })
      .onConflict((conflict) => conflict.columns(['workspace_id', 'delivery_key']).doNothing())
      .returning('delivery_key')
      .executeTakeFirst();
    return first !== undefined;
  };
}
