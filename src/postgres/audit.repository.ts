import type { Kysely, Selectable } from 'kysely';
import type { AuditEntry } from '../core/records.ts';
import type { AuditStore } from '../pipeline/ports.ts';
import type { StoreContext } from './context.ts';
import type { Database } from './tables.ts';

/** Appends an entry; pass the transaction that makes the change it records. */
export async function insertAuditEntry(
  db: Kysely<Database>,
  { workspace, newId, clock }: StoreContext,
  { details, ...entry }: Omit<AuditEntry, 'id' | 'at'>,
): Promise<void> {
  await db
    .insertInto('audit_entries')
    .values({
      ...entry,
      workspace_id: workspace,
      id: newId(),
      at: new Date(clock()),
      details: JSON.stringify(details),
    })
    .execute();
}

export function createAuditStore(db: Kysely<Database>, context: StoreContext): AuditStore {
  return {
    append: (entry) => insertAuditEntry(db, context, entry),

    /** Latest first. */
    async list(limit) {
      const rows = await db
        .selectFrom('audit_entries')
        .selectAll()
        .where('workspace_id', '=', context.workspace)
        .orderBy('at', 'desc')
        .orderBy('id', 'desc')
        .limit(limit)
        .execute();
      return rows.map(toAuditEntry);
    },
  };
}

function toAuditEntry({ workspace_id: _, at, ...row }: Selectable<Database['audit_entries']>): AuditEntry {
  return { ...row, at: at.getTime() };
}
