import { type Kysely, sql } from 'kysely';
import type { ModelSpendStore } from '../pipeline/answers.ts';
import type { StoreContext } from './context.ts';
import type { Database } from './tables.ts';

export function createModelSpendStore(
  db: Kysely<Database>,
  { workspace }: Pick<StoreContext, 'workspace'>,
): ModelSpendStore {
  return {
    async reserve(date, microdollars, budget) {
      if (microdollars > budget) return false;
      const counted = await db
        .insertInto('model_days')
        .values({ workspace_id: workspace, date, microdollars })
        .onConflict((conflict) =>
          conflict
            .columns(['workspace_id', 'date'])
            .doUpdateSet({ microdollars: sql`model_days.microdollars + excluded.microdollars` })
            .where(sql<boolean>`model_days.microdollars + excluded.microdollars <= ${budget}`),
        )
        .returning('date')
        .executeTakeFirst();
      return counted !== undefined;
    },

    async settle(date, reserved, cost) {
      if (reserved === cost) return;
      await db
        .updateTable('model_days')
        .set({ microdollars: sql`greatest(0, microdollars + ${cost - reserved}::bigint)` })
        .where('workspace_id', '=', workspace)
        .where('date', '=', date)
        .execute();
    },
  };
}
