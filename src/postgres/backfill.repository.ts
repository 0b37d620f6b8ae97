import { type Kysely, type Selectable, sql } from 'kysely';
import { ConflictError } from '../errors.ts';
import type { Backfill, BackfillStore } from '../pipeline/backfill/backfill-store.ts';
import { insertAuditEntry } from './audit.repository.ts';
import type { BackfillTables } from './backfill-tables.ts';
import type { StoreContext } from './context.ts';
import type { Database } from './tables.ts';

export function createBackfillStore(db: Kysely<Database>, context: StoreContext): BackfillStore {
  const { workspace, clock } = context;
  const audit = (trx: Kysely<Database>, action: string, { source, since }: Backfill, actor: string) =>
    insertAuditEntry(trx, context, {
      actor,
      actor_role: 'admin',
      action,
      subject_type: 'source',
      subject_id: source,
      channel: null,
      outcome: action === 'backfill.begin' ? 'begun' : 'done',
      details: { since: new Date(since).toISOString() },
    });

  return {
    begin: (source, since, until, actor) =>
      db.transaction().execute(async (trx) => {
        const now = new Date(clock());
        const begun = await trx
          .insertInto('backfills')
          .values({
            ...{ workspace_id: workspace, source, since: new Date(since), until: new Date(until) },
            ...{ state: 'running', cursor: null, step: 0, stored: 0, begun_at: now, moved_at: now },
          })
          // One that is done is read anew: what is stored already is not stored twice.
          .onConflict((conflict) =>
            conflict
              .columns(['workspace_id', 'source', 'since'])
              .doUpdateSet({
                state: 'running',
                until: new Date(until),
                step: sql`backfills.step + 1`,
                stored: 0,
                begun_at: now,
                moved_at: now,
              })
              .where('backfills.state', '=', 'done'),
          )
          .returningAll()
          .executeTakeFirst();
        if (begun !== undefined) {
          const backfill = toBackfill(begun, false);
          await audit(trx, 'backfill.begin', backfill, actor);
          return backfill;
        }
        const running = await trx
          .selectFrom('backfills')
          .selectAll()
          .where('workspace_id', '=', workspace)
          .where('source', '=', source)
          .where('since', '=', new Date(since))
          .executeTakeFirstOrThrow();
        return toBackfill(running, true);
      }),

    advance: (backfill, next, stored, actor) =>
      db.transaction().execute(async (trx) => {
        const moved = await trx
          .updateTable('backfills')
          .set({
            state: next === null ? 'done' : 'running',
            cursor: next === null ? null : JSON.stringify(next),
            step: backfill.step + 1,
            stored: sql`stored + ${stored}`,
            moved_at: new Date(clock()),
          })
          .where('workspace_id', '=', workspace)
          .where('source', '=', backfill.source)
          .where('since', '=', new Date(backfill.since))
          .where('state', '=', 'running')
          .where('step', '=', backfill.step)
          .returningAll()
          .executeTakeFirst();
        if (moved === undefined)
          throw new ConflictError(`Somebody else goes on with the backfill of ${backfill.source}.`, {
            fix: 'Let it finish: one is enough.',
          });
        if (next === null) await audit(trx, 'backfill.finish', backfill, actor);
        return toBackfill(moved, backfill.resumed);
      }),
  };
}

function toBackfill(row: Selectable<BackfillTables['backfills']>, resumed: boolean): Backfill {
  const { source, since, until, cursor, step } = row;
  return { source, since: since.getTime(), until: until.getTime(), cursor, step, resumed };
}
