import { type Kysely, type Selectable, sql } from 'kysely';
import type { EffectCheck, TrackRecord } from '../core/effect/effect-check.ts';
import type { EffectStore } from '../pipeline/acting.ts';
import { insertAuditEntry } from './audit.repository.ts';
import type { StoreContext } from './context.ts';
import type { Database } from './tables.ts';

/** Checks of what actions did; each is made when its action is done, and looked at once. */
export function createEffectStore(db: Kysely<Database>, context: StoreContext): EffectStore {
  const { workspace, clock } = context;
  const checks = () => db.selectFrom('effect_checks').selectAll().where('workspace_id', '=', workspace);

  return {
    async listDue(at, limit) {
      const rows = await checks()
        .where('checked_at', 'is', null)
        .where('due_at', '<=', new Date(at))
        // Of a proposal that was deleted nothing can be told any more: it must not keep others from their turn.
        .where(({ exists, selectFrom }) =>
          exists(
            selectFrom('proposals')
              .select('proposals.id')
              .whereRef('proposals.workspace_id', '=', 'effect_checks.workspace_id')
              .whereRef('proposals.id', '=', 'effect_checks.proposal_id'),
          ),
        )
        .orderBy('due_at')
        .limit(limit)
        .execute();
      return rows.map(toCheck);
    },

    async find(proposalId) {
      const row = await checks().where('proposal_id', '=', proposalId).executeTakeFirst();
      return row && toCheck(row);
    },

    save: (proposalId, result) =>
      db.transaction().execute(async (trx) => {
        const row = await trx
          .updateTable('effect_checks')
          .set({ checked_at: new Date(clock()), verdict: result.verdict, result: JSON.stringify(result) })
          .where('workspace_id', '=', workspace)
          .where('proposal_id', '=', proposalId)
          .where('checked_at', 'is', null)
          .returning('action_type')
          .executeTakeFirst();
        if (row === undefined) return false;
        // Another revision: people are shown the verdict.
        await trx
          .updateTable('proposals')
          .set((eb) => ({ revision: eb('revision', '+', 1) }))
          .where('workspace_id', '=', workspace)
          .where('id', '=', proposalId)
          .execute();
        await insertAuditEntry(trx, context, {
          actor: 'system',
          actor_role: 'system',
          action: 'effect.check',
          subject_type: 'proposal',
          subject_id: proposalId,
          channel: null,
          outcome: result.verdict,
          details: { action_type: row.action_type },
        });
        return true;
      }),

    async listChecked({ start, end }) {
      const rows = await checks()
        .where('checked_at', '>=', new Date(start))
        .where('checked_at', '<', new Date(end))
        .orderBy('checked_at')
        .execute();
      return rows.map(toCheck);
    },

    async trackRecords() {
      const rows = await db
        .selectFrom('effect_checks')
        .select(['action_type', 'verdict', sql<string>`count(*)`.as('count')])
        .where('workspace_id', '=', workspace)
        .where('checked_at', 'is not', null)
        .groupBy(['action_type', 'verdict'])
        .execute();
      const records = new Map<string, TrackRecord>();
      for (const { action_type: actionType, verdict, count } of rows) {
        const record = records.get(actionType) ?? { actionType, helped: 0, didNotHelp: 0, worse: 0, cannotTell: 0 };
        records.set(actionType, record);
        if (verdict === 'helped') record.helped = Number(count);
        else if (verdict === 'did_not_help') record.didNotHelp = Number(count);
        else if (verdict === 'worse') record.worse = Number(count);
        else record.cannotTell = Number(count);
      }
      return [...records.values()].sort((a, b) => (a.actionType < b.actionType ? -1 : 1));
    },
  };
}

function toCheck(row: Selectable<Database['effect_checks']>): EffectCheck {
  return {
    proposalId: row.proposal_id,
    actionType: row.action_type,
    expectation: row.expectation,
    doneAt: row.done_at.getTime(),
    dueAt: row.due_at.getTime(),
    checkedAt: row.checked_at?.getTime() ?? null,
    result: row.result,
  };
}
