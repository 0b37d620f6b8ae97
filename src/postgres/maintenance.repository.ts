import type { Kysely, Selectable } from 'kysely';
import { SeepassError } from '../errors.ts';
import type { Declarer, MaintenanceStore, StoredMaintenance } from '../pipeline/ports.ts';
import { insertAuditEntry } from './audit.repository.ts';
import type { StoreContext } from './context.ts';
import type { Database } from './tables.ts';

/** Maintenance windows that people declared. */
export function createMaintenanceStore(db: Kysely<Database>, context: StoreContext): MaintenanceStore {
  const { workspace, newId, clock } = context;

  const audit = (
    trx: Kysely<Database>,
    outcome: 'declared' | 'cancelled',
    { id, starts_at, ends_at, surface_pattern, reason }: StoredMaintenance,
    { actor, role, channel }: Declarer,
  ) =>
    insertAuditEntry(trx, context, {
      actor,
      actor_role: role,
      action: outcome === 'declared' ? 'maintenance.declare' : 'maintenance.cancel',
      subject_type: 'maintenance',
      subject_id: id,
      channel,
      outcome,
      details: {
        starts_at: new Date(starts_at).toISOString(),
        ends_at: new Date(ends_at).toISOString(),
        surface_pattern,
        reason,
      },
    });

  return {
    add: async ({ starts_at, ends_at, surface_pattern, reason }, by) => {
      if (!(starts_at < ends_at))
        throw new SeepassError('bad_arguments', 'A maintenance window has to end after it begins.');
      if (reason.trim() === '') throw new SeepassError('bad_arguments', 'A maintenance window needs a reason.');
      return db.transaction().execute(async (trx) => {
        const row = await trx
          .insertInto('maintenance_windows')
          .values({
            workspace_id: workspace,
            id: newId(),
            starts_at: new Date(starts_at),
            ends_at: new Date(ends_at),
            surface_pattern,
            reason: reason.trim(),
            created_by: by.actor,
            created_at: new Date(clock()),
          })
          .returningAll()
          .executeTakeFirstOrThrow();
        const window = toWindow(row);
        await audit(trx, 'declared', window, by);
        return window;
      });
    },

    async list({ start, end }) {
      const rows = await db
        .selectFrom('maintenance_windows')
        .selectAll()
        .where('workspace_id', '=', workspace)
        .where('starts_at', '<', new Date(end))
        .where('ends_at', '>', new Date(start))
        .orderBy('starts_at')
        .orderBy('id')
        .execute();
      return rows.map(toWindow);
    },

    cancel: (id, by) =>
      db.transaction().execute(async (trx) => {
        const row = await trx
          .deleteFrom('maintenance_windows')
          .where('workspace_id', '=', workspace)
          .where('id', '=', id)
          .returningAll()
          .executeTakeFirst();
        if (!row) throw new SeepassError('not_found', 'That maintenance window is not declared, or not any more.');
        await audit(trx, 'cancelled', toWindow(row), by);
      }),
  };
}

function toWindow({
  workspace_id: _,
  starts_at,
  ends_at,
  created_at,
  ...row
}: Selectable<Database['maintenance_windows']>): StoredMaintenance {
  return {
    ...row,
    starts_at: starts_at.getTime(),
    ends_at: ends_at.getTime(),
    created_at: created_at.getTime(),
  };
}
