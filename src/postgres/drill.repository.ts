import type { Kysely } from 'kysely';
import type { DrillStore } from '../pipeline/ports.ts';
import type { StoreContext } from './context.ts';
import type { Database } from './tables.ts';

export function createDrillStore(
  db: Kysely<Database>,
  { workspace, newId, clock }: Pick<StoreContext, 'workspace' | 'newId' | 'clock'>,
): DrillStore {
  return {
    async put(report) {
      await db
        .insertInto('drills')
        .values({
          workspace_id: workspace,
          id: newId(),
          ran_at: new Date(clock()),
          first: report.first,
          last: report.last,
          report: JSON.stringify(report),
        })
        .execute();
    },

    async latest() {
      const row = await db
        .selectFrom('drills')
        .select(['ran_at', 'report'])
        .where('workspace_id', '=', workspace)
        .orderBy('ran_at', 'desc')
        .orderBy('id', 'desc')
        .limit(1)
        .executeTakeFirst();
      return row && { ...row.report, ran_at: row.ran_at.getTime() };
    },
  };
}
