import { type Kysely, sql } from 'kysely';
import { dropDetails } from '../core/audit/verify-chain.ts';
import type { AuditEntry } from '../core/records.ts';
import type { AuditChain, ClassLimit } from '../pipeline/audit/audit-chain.ts';
import { insertWithId } from './audit.repository.ts';
import { readAuditChain } from './audit-chain-read.ts';
import { ENTRY_COLUMNS, toAuditEntry } from './audit-rows.ts';
import { addToChain, lockAuditChain, readChainEnd } from './audit-seal.ts';
import type { StoreContext } from './context.ts';
import { readOnly } from './read-only.ts';
import type { Database } from './tables.ts';

/** Segments that one entry tells of. */
const DROPPED_AT_ONCE = 1_000;
const READING_MS = 60_000;

/** The chain over the audit: one writer at a time, whichever process it is in. */
export function createAuditChain(db: Kysely<Database>, context: StoreContext): AuditChain {
  const { workspace } = context;
  const unsealed = (from: Kysely<Database>) =>
    from.selectFrom('audit_entries').where('workspace_id', '=', workspace).where('sequence', 'is', null);

  return {
    seal: (limit) =>
      db.transaction().execute(async (trx) => {
        await lockAuditChain(trx, context);
        const rows = await unsealed(trx).select(ENTRY_COLUMNS).orderBy('at').orderBy('id').limit(limit).execute();
        return addToChain(trx, context, rows.map(toAuditEntry));
      }),

    drop: (limit) =>
      db.transaction().execute(async (trx) => {
        await lockAuditChain(trx, context);
        return dropSome(trx, context, limit);
      }),

    read: (after, work) =>
      readOnly(db, (trx) => work(readAuditChain(trx, workspace, after)), { timeoutMs: READING_MS }),

    async end() {
      const [end, waiting] = await Promise.all([
        readChainEnd(db, context),
        unsealed(db)
          .select(({ fn }) => [fn.countAll<number>().as('count'), fn.min('at').as('oldest')])
          .executeTakeFirstOrThrow(),
      ]);
      return { end, unsealed: waiting.count, oldestUnsealed: waiting.oldest?.getTime() ?? null };
    },
  };
}

/** The entry that tells of it is sealed at once, so that no reader meets a gap without its reason. */
async function dropSome(
  trx: Kysely<Database>,
  context: StoreContext,
  { class: kind, until }: ClassLimit,
): Promise<{ segments: number; entries: number }> {
  const { workspace, newId, clock } = context;
  const segments = await trx
    .selectFrom('audit_segments')
    .select(['number', 'count'])
    .where('workspace_id', '=', workspace)
    .where('class', '=', kind)
    .where('dropped_by', 'is', null)
    .where('last_at', '<', new Date(until))
    .orderBy('number')
    .limit(DROPPED_AT_ONCE)
    .execute();
  const entries = segments.reduce((sum, { count }) => sum + count, 0);
  if (segments.length === 0) return { segments: 0, entries };
  const told: AuditEntry = {
    id: newId(),
    at: clock(),
    actor: 'system',
    actor_role: 'system',
    action: 'audit.drop',
    subject_type: 'audit',
    subject_id: kind,
    channel: null,
    outcome: 'dropped',
    details: {
      ...dropDetails.parse({ segments: segments.map(({ number }) => number) }),
      entries,
      until: new Date(until).toISOString(),
    },
  };
  await insertWithId(trx, context, told);
  await trx
    .updateTable('audit_segments')
    .set({ dropped_by: told.id })
    .where('workspace_id', '=', workspace)
    .where(
      'number',
      'in',
      segments.map(({ number }) => number),
    )
    .execute();
  await sql`
    DELETE FROM audit_entries entry USING audit_segments dropped
    WHERE dropped.workspace_id = ${workspace} AND dropped.dropped_by = ${told.id}
      AND entry.workspace_id = dropped.workspace_id
      AND entry.sequence >= dropped.first AND entry.sequence < dropped.first + dropped.count`.execute(trx);
  await addToChain(trx, context, [told]);
  return { segments: segments.length, entries };
}
