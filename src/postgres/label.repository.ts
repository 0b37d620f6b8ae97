import type { Kysely } from 'kysely';
import type { LabelStore } from '../pipeline/ports.ts';
import { insertAuditEntry } from './audit.repository.ts';
import type { StoreContext } from './context.ts';
import type { Database } from './tables.ts';

export function createLabelStore(db: Kysely<Database>, context: StoreContext): LabelStore {
  const { workspace, newId, clock } = context;
  return {
    async put({ role, channel, ...label }) {
      const said = { kind: label.kind, note: label.note, created_by: label.created_by, created_at: new Date(clock()) };
      await db.transaction().execute(async (trx) => {
        const { id } = await trx
          .insertInto('detection_labels')
          .values({ ...label, ...said, workspace_id: workspace, id: newId() })
          .onConflict((conflict) =>
            conflict.columns(['workspace_id', 'entity_type', 'entity_key', 'date']).doUpdateSet(said),
          )
          .returning('id')
          .executeTakeFirstOrThrow();
        await insertAuditEntry(trx, context, {
          actor: label.created_by,
          actor_role: role,
          action: `label.${label.kind}`,
          subject_type: label.entity_type,
          subject_id: label.entity_key,
          channel,
          outcome: 'stored',
          details: { label: id, date: label.date },
        });
      });
    },

    async list({ start, end }) {
      const rows = await db
        .selectFrom('detection_labels')
        .select(['id', 'kind', 'entity_type', 'entity_key', 'date', 'note', 'created_by', 'created_at'])
        .where('workspace_id', '=', workspace)
        .where('date', '>=', start)
        .where('date', '<', end)
        .orderBy('date')
        .orderBy('id')
        .execute();
      return rows.map((row) => ({ ...row, created_at: row.created_at.getTime() }));
    },
  };
}
