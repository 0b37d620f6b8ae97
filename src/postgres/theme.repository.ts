import { type Kysely, sql } from 'kysely';
import type { ThemeStore } from '../pipeline/themes.ts';
import type { StoreContext } from './context.ts';
import type { Database } from './tables.ts';
import { listThemes, readKnown, readNew, readNewest, readUnread, unread } from './theme-read.ts';
import { applyThemeDefinition, assignThemes, lockThemes, saveThemes } from './theme-write.ts';

/** The ticket themes of one workspace. */
export function createThemeStore(db: Kysely<Database>, context: StoreContext): ThemeStore {
  return {
    prepare: (definition) =>
      db.transaction().execute(async (trx) => {
        await lockThemes(trx, context);
        await applyThemeDefinition(trx, context, definition);
        const { rows } = await sql<{ any: boolean }>`
          SELECT EXISTS (SELECT FROM events WHERE ${unread(context.workspace)}) AS any`.execute(trx);
        return rows[0]?.any ?? false;
      }),
    readNewest: (limit) => readNewest(db, context, limit),
    readKnown: (limit) => readKnown(db, context, limit),
    readUnread: (limit) => readUnread(db, context, limit),
    readNew: (since, limit) => readNew(db, context, since, limit),
    assign: (assigned, normaliserVersion) =>
      db.transaction().execute(async (trx) => {
        await lockThemes(trx, context);
        await assignThemes(trx, context, assigned, normaliserVersion);
      }),
    save: (assigned, themes, definition) =>
      db.transaction().execute(async (trx) => {
        await lockThemes(trx, context);
        await saveThemes(trx, context, assigned, themes, definition);
      }),
    async lastDay() {
      const { last } = await db
        .selectFrom('ticket_themes')
        .select(({ fn }) => fn.max<string | null>('last_seen').as('last'))
        .where('workspace_id', '=', context.workspace)
        .executeTakeFirstOrThrow();
      return last ?? undefined;
    },
    list: (range) => listThemes(db, context, range),
  };
}
