import type { Kysely } from 'kysely';
import type { GapStore } from '../pipeline/answers.ts';
import type { StoreContext } from './context.ts';
import type { Database } from './tables.ts';

export function createGapStore(
  db: Kysely<Database>,
  { workspace, newId }: Pick<StoreContext, 'workspace' | 'newId'>,
): GapStore {
  return {
    async note({ name, asker, at }) {
      await db
        .insertInto('metric_gaps')
        .values({ workspace_id: workspace, id: newId(), name, asker, asked_at: new Date(at) })
        .execute();
    },

    async list({ since, limit, name }) {
      const rows = await db
        .selectFrom('metric_gaps')
        .select(({ fn }) => [
          'name',
          fn.countAll<number>().as('asked'),
          fn.count<number>('asker').distinct().as('askers'),
          fn.min('asked_at').as('first'),
          fn.max('asked_at').as('last'),
        ])
        .where('workspace_id', '=', workspace)
        .where('asked_at', '>=', new Date(since))
        .$if(name !== undefined, (query) => query.where('name', '=', name ?? ''))
        .groupBy('name')
        .orderBy('asked', 'desc')
        .orderBy('name')
        .limit(limit)
        .execute();
      return rows.map(({ first, last, asked, askers, ...row }) => ({
        ...row,
        asked: Number(asked),
        askers: Number(askers),
        first_asked_at: first.getTime(),
        last_asked_at: last.getTime(),
      }));
    },
  };
}
