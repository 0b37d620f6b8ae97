import type { Kysely } from 'kysely';
import { readThreadContext } from '../core/query/thread-context.ts';
import type { ThreadStore } from '../pipeline/answers.ts';
import type { StoreContext } from './context.ts';
import type { Database } from './tables.ts';

/** Whoever comes back later starts anew: nobody remembers what was meant. */
const LIFE_MS = 7 * 86_400_000;

export function createThreadStore(
  db: Kysely<Database>,
  { workspace, clock }: Pick<StoreContext, 'workspace' | 'clock'>,
): ThreadStore {
  return {
    async find({ channel, thread }) {
      const row = await db
        .selectFrom('answer_threads')
        .select(['turn', 'context'])
        .where('workspace_id', '=', workspace)
        .where('channel', '=', channel)
        .where('thread', '=', thread)
        .where('expires_at', '>', new Date(clock()))
        .executeTakeFirst();
      return row && { context: readThreadContext(row.context) ?? null, turn: row.turn };
    },

    async keep({ channel, thread }, context, before) {
      const now = clock();
      const kept = { turn: before + 1, context: JSON.stringify(context), expires_at: new Date(now + LIFE_MS) };
      const row = await db
        .insertInto('answer_threads')
        .values({ workspace_id: workspace, channel, thread, ...kept })
        .onConflict((conflict) =>
          conflict
            .columns(['workspace_id', 'channel', 'thread'])
            .doUpdateSet(kept)
            .where((of) =>
              of.or([of('answer_threads.turn', '=', before), of('answer_threads.expires_at', '<=', new Date(now))]),
            ),
        )
        .returning('turn')
        .executeTakeFirst();
      return row !== undefined;
    },
  };
}
