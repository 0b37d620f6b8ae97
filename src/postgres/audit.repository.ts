import { type Kysely, sql } from 'kysely';
import type { AuditEntry } from '../core/records.ts';
import type { AuditStore } from '../pipeline/ports.ts';
import { ENTRY_COLUMNS, toAuditEntry } from './audit-rows.ts';
import type { StoreContext } from './context.ts';
import type { Database } from './tables.ts';

/** Appends an entry; pass the transaction that makes the change it records. */
export async function insertAuditEntry(
  db: Kysely<Database>,
  context: StoreContext,
  entry: Omit<AuditEntry, 'id' | 'at'>,
): Promise<void> {
  await insertWithId(db, context, { ...entry, id: context.newId(), at: context.clock() });
}

export async function insertWithId(
  db: Kysely<Database>,
  { workspace }: StoreContext,
  { at, details, ...entry }: AuditEntry,
): Promise<void> {
  await db
    .insertInto('audit_entries')
    .values({ ...entry, workspace_id: workspace, at: new Date(at), details: JSON.stringify(details) })
    .execute();
}

export function createAuditStore(db: Kysely<Database>, context: StoreContext): AuditStore {
  const latestFirst = () =>
    db
      .selectFrom('audit_entries')
      .select(ENTRY_COLUMNS)
      .where('workspace_id', '=', context.workspace)
      .orderBy('at', 'desc')
      .orderBy('id', 'desc');

  return {
    append: (entry) => insertAuditEntry(db, context, entry),

    async list(limit) {
      return (await latestFirst().limit(limit).execute()).map(toAuditEntry);
    },

    async find({ actor, about, since, before }, limit) {
      let query = latestFirst();
      if (actor !== null)
        query = actor === 'cli' ? query.where('actor', 'like', 'cli:%') : query.where('actor', '=', actor);
      if (about !== null) query = query.where(sql`split_part(action, '.', 1)`, 'in', about);
      if (since !== null) query = query.where('at', '>=', new Date(since));
      if (before !== null) query = query.where(sql<boolean>`(at, id) < (${new Date(before.at)}, ${before.id}::uuid)`);
      return (await query.limit(limit).execute()).map(toAuditEntry);
    },
  };
}
