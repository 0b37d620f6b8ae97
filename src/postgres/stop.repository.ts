import { type Kysely, sql } from 'kysely';
import type { StopStore } from '../pipeline/acting.ts';
import type { Declarer } from '../pipeline/declarer.ts';
import { insertAuditEntry } from './audit.repository.ts';
import type { StoreContext } from './context.ts';
import type { Database } from './tables.ts';

/** The global stop: one row while everything is held. */
export function createStopStore(db: Kysely<Database>, context: StoreContext): StopStore {
  const { workspace, clock } = context;
  const audit = (trx: Kysely<Database>, what: 'stop' | 'resume', by: Declarer, reason: string | null) =>
    insertAuditEntry(trx, context, {
      actor: by.actor,
      actor_role: by.role,
      action: `execution.${what}`,
      subject_type: 'execution',
      subject_id: 'all',
      channel: by.channel,
      outcome: what === 'stop' ? 'stopped' : 'resumed',
      // Typed words stay out of the audit; while it holds, the stop itself says why.
      details: { reason_given: reason !== null },
    });

  return {
    async get() {
      const row = await db
        .selectFrom('execution_stops')
        .selectAll()
        .where('workspace_id', '=', workspace)
        .executeTakeFirst();
      return row && { stoppedBy: row.stopped_by, stoppedAt: row.stopped_at.getTime(), reason: row.reason };
    },

    stop: (reason, by) =>
      db.transaction().execute(async (trx) => {
        // Whoever is about to begin something has either begun it by now, or sees the stop.
        await lockStops(trx, workspace, 'exclusive');
        const stopped = await trx
          .insertInto('execution_stops')
          .values({ workspace_id: workspace, stopped_by: by.actor, stopped_at: new Date(clock()), reason })
          .onConflict((conflict) => conflict.column('workspace_id').doNothing())
          .returning('workspace_id')
          .executeTakeFirst();
        if (stopped === undefined) return false;
        await showAnew(trx, workspace);
        await audit(trx, 'stop', by, reason);
        return true;
      }),

    resume: (by) =>
      db.transaction().execute(async (trx) => {
        const resumed = await trx
          .deleteFrom('execution_stops')
          .where('workspace_id', '=', workspace)
          .returning('workspace_id')
          .executeTakeFirst();
        if (resumed === undefined) return false;
        await showAnew(trx, workspace);
        await audit(trx, 'resume', by, null);
        return true;
      }),
  };
}

/**
 * Another revision of what people look at and is not over: cards say whether it waits. What only a digest suggests has no
 * card before somebody takes it up.
 */
async function showAnew(trx: Kysely<Database>, workspace: string): Promise<void> {
  await sql`UPDATE proposals SET revision = revision + 1
    WHERE workspace_id = ${workspace} AND (
      (state = 'proposed' AND (subject ->> 'kind' = 'incident' OR revision > 1))
      OR (state = 'approved' AND EXISTS (
        SELECT FROM executions WHERE executions.workspace_id = proposals.workspace_id
          AND executions.proposal_id = proposals.id AND executions.state = 'queued')))`.execute(trx);
}

/** Until the transaction ends: many may begin something at once, and nobody while somebody stops everything. */
export async function lockStops(trx: Kysely<Database>, workspace: string, mode: 'shared' | 'exclusive'): Promise<void> {
  const lock = mode === 'shared' ? sql.ref('pg_advisory_xact_lock_shared') : sql.ref('pg_advisory_xact_lock');
  await sql`SELECT ${lock}(hashtextextended('seepass.stop:' || ${workspace}::text, 0))`.execute(trx);
}
