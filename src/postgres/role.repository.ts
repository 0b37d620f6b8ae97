import type { Kysely } from 'kysely';
import { ROLES } from '../core/records.ts';
import type { RoleStore } from '../pipeline/ports.ts';
import { insertAuditEntry } from './audit.repository.ts';
import type { StoreContext } from './context.ts';
import type { Database } from './tables.ts';

export function createRoleStore(db: Kysely<Database>, context: StoreContext): RoleStore {
  const { workspace, clock } = context;
  return {
    /** From least to most powerful. */
    async rolesOf(userId) {
      const rows = await db
        .selectFrom('roles')
        .select('role')
        .where('workspace_id', '=', workspace)
        .where('user_id', '=', userId)
        .execute();
      const granted = new Set(rows.map((row) => row.role));
      return ROLES.filter((role) => granted.has(role));
    },

    async grant(userId, role, by) {
      await db.transaction().execute(async (trx) => {
        const granted = await trx
          .insertInto('roles')
          .values({ workspace_id: workspace, user_id: userId, role, granted_by: by, granted_at: new Date(clock()) })
          .onConflict((conflict) => conflict.columns(['workspace_id', 'user_id', 'role']).doNothing())
          .returning('role')
          .executeTakeFirst();
        if (!granted) return;
        await insertAuditEntry(trx, context, {
          actor: by,
          actor_role: by === 'system' ? 'system' : 'admin',
          action: 'role.grant',
          subject_type: 'user',
          subject_id: userId,
          channel: null,
          outcome: 'granted',
          details: { role },
        });
      });
    },

    async revoke(userId, role, by) {
      await db.transaction().execute(async (trx) => {
        const revoked = await trx
          .deleteFrom('roles')
          .where('workspace_id', '=', workspace)
          .where('user_id', '=', userId)
          .where('role', '=', role)
          .returning('role')
          .executeTakeFirst();
        if (!revoked) return;
        await insertAuditEntry(trx, context, {
          actor: by,
          actor_role: by === 'system' ? 'system' : 'admin',
          action: 'role.revoke',
          subject_type: 'user',
          subject_id: userId,
          channel: null,
          outcome: 'revoked',
          details: { role },
        });
      });
    },

    async list(role) {
      const rows = await db
        .selectFrom('roles')
        .select('user_id')
        .where('workspace_id', '=', workspace)
        .where('role', '=', role)
        .orderBy('user_id')
        .execute();
      return rows.map((row) => row.user_id);
    },
  };
}
