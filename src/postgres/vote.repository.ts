import type { Kysely } from 'kysely';
import type { VoteStore } from '../pipeline/subscriptions.ts';
import type { StoreContext } from './context.ts';
import type { Database } from './tables.ts';

/** What people found useful in digests. */
export function createVoteStore(db: Kysely<Database>, { workspace, clock }: StoreContext): VoteStore {
  return {
    async put({ useful, metric, ...key }) {
      const said = { useful, metric, at: new Date(clock()) };
      await db
        .insertInto('usefulness_votes')
        .values({ workspace_id: workspace, ...key, ...said })
        .onConflict((conflict) =>
          conflict.columns(['workspace_id', 'date', 'entity_type', 'entity_key', 'voter']).doUpdateSet(said),
        )
        .execute();
    },

    async count({ start, end }) {
      const rows = await db
        .selectFrom('usefulness_votes')
        .select(({ fn }) => [
          'entity_type',
          'entity_key',
          'metric',
          fn.countAll<string>().filterWhere('useful', '=', true).as('useful'),
          fn.countAll<string>().filterWhere('useful', '=', false).as('not'),
        ])
        .where('workspace_id', '=', workspace)
        .where('date', '>=', start)
        .where('date', '<', end)
        .groupBy(['entity_type', 'entity_key', 'metric'])
        .execute();
      return rows.map((row) => ({ ...row, useful: Number(row.useful), not: Number(row.not) }));
    },
  };
}
