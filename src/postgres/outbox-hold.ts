import { type Kysely, sql } from 'kysely';
import type { OutboxStore } from '../pipeline/ports.ts';
import type { StoreContext } from './context.ts';
import type { Database } from './tables.ts';

/** What keeps messages back: a channel's turn put off, or delivery held as a whole. */
export function createDeliveryHolds(
  db: Kysely<Database>,
  { workspace, clock }: StoreContext,
): Pick<OutboxStore, 'holdChannel' | 'hold' | 'held' | 'release'> {
  return {
    async holdChannel(channel, until) {
      await db
        .updateTable('delivery_channels')
        .where('workspace_id', '=', workspace)
        .where('channel', '=', channel)
        .where('next_post_at', '<', new Date(until))
        .set({ next_post_at: new Date(until) })
        .execute();
    },

    /** Only a new row has no xmax: many may find out at the same instant, and one was first. */
    async hold(reason, until) {
      const change = { until: new Date(until), reason };
      const { isNew } = await db
        .insertInto('delivery_holds')
        .values({ workspace_id: workspace, since: new Date(clock()), ...change })
        .onConflict((conflict) => conflict.column('workspace_id').doUpdateSet(change))
        .returning(sql<boolean>`xmax = 0`.as('isNew'))
        .executeTakeFirstOrThrow();
      return isNew;
    },

    async held() {
      const row = await db
        .selectFrom('delivery_holds')
        .select(['reason', 'since', 'until'])
        .where('workspace_id', '=', workspace)
        .executeTakeFirst();
      return row && { reason: row.reason, since: row.since.getTime(), until: row.until.getTime() };
    },

    async release() {
      const released = await db.deleteFrom('delivery_holds').where('workspace_id', '=', workspace).executeTakeFirst();
      return released.numDeletedRows > 0n;
    },
  };
}
