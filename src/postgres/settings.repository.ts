import type { Kysely } from 'kysely';
import { parametersHash } from '../core/audit/parameters-hash.ts';
import type { SettingsStore } from '../pipeline/ports.ts';
import { insertAuditEntry } from './audit.repository.ts';
import type { StoreContext } from './context.ts';
import { sha256 } from './sha256.ts';
import type { Database } from './tables.ts';

export function createSettingsStore(db: Kysely<Database>, context: StoreContext): SettingsStore {
  const { workspace, clock } = context;
  return {
    async get(key) {
      const row = await db
        .selectFrom('settings')
        .select('value')
        .where('workspace_id', '=', workspace)
        .where('key', '=', key)
        .executeTakeFirst();
      return row?.value;
    },

    async set(key, value, actor) {
      const row = { value: JSON.stringify(value ?? null), updated_by: actor, updated_at: new Date(clock()) };
      await db.transaction().execute(async (trx) => {
        await trx
          .insertInto('settings')
          .values({ workspace_id: workspace, key, ...row })
          .onConflict((conflict) => conflict.columns(['workspace_id', 'key']).doUpdateSet(row))
          .execute();
        // The value stays out of the audit: a setting may hold a secret.
        await insertAuditEntry(trx, context, {
          actor,
          actor_role: actor === 'system' ? 'system' : 'admin',
          action: 'setting.change',
          subject_type: 'setting',
          subject_id: key,
          channel: null,
          outcome: 'changed',
          details: parametersHash([key, row.value], sha256),
        });
      });
    },
  };
}
