import { type Kysely, sql } from 'kysely';
import { type ChainEnd, endOf, originOf, type Segment, sealEntries } from '../core/audit/chain.ts';
import type { AuditEntry } from '../core/records.ts';
import { toSegment, toSegmentRow } from './audit-rows.ts';
import { bulkInsert } from './bulk-insert.ts';
import type { StoreContext } from './context.ts';
import { sha256 } from './sha256.ts';
import type { Database } from './tables.ts';

/** Until the transaction ends nobody else adds to this workspace's chain, or drops from it. */
export async function lockAuditChain(trx: Kysely<Database>, { workspace }: StoreContext): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(hashtextextended('seepass.audit:' || ${workspace}::text, 0))`.execute(trx);
}

export async function readChainEnd(db: Kysely<Database>, { workspace }: StoreContext): Promise<ChainEnd> {
  const last = await db
    .selectFrom('audit_segments')
    .selectAll()
    .where('workspace_id', '=', workspace)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst();
  return last === undefined ? originOf(workspace, sha256) : endOf(toSegment(last));
}

/** Adds entries to the end of the chain, in this order. The caller holds the lock, and has seen that none is sealed. */
export async function addToChain(
  trx: Kysely<Database>,
  context: StoreContext,
  entries: readonly AuditEntry[],
): Promise<Segment[]> {
  if (entries.length === 0) return [];
  const { workspace, clock } = context;
  const after = await readChainEnd(trx, context);
  const sealed = sealEntries(entries, { after, sealedAt: clock(), sha256 });
  await bulkInsert(
    trx,
    'audit_segments',
    sealed.segments.map((segment) => toSegmentRow(workspace, segment)),
  );
  const rows = sealed.entries.map(({ id, segment, sequence, hash: own }) => ({ id, segment, sequence, hash: own }));
  const { numAffectedRows } = await sql`
    UPDATE audit_entries entry SET segment = sealed.segment, sequence = sealed.sequence, hash = sealed.hash
    FROM json_to_recordset(${JSON.stringify(rows)}::json)
      AS sealed (id uuid, segment integer, sequence bigint, hash text)
    WHERE entry.workspace_id = ${workspace} AND entry.id = sealed.id AND entry.sequence IS NULL`.execute(trx);
  if (numAffectedRows !== BigInt(entries.length))
    throw new TypeError(`Sealing ${entries.length} entries changed ${numAffectedRows} of them.`);
  return sealed.segments;
}
