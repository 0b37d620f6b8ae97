import { type Kysely, type Selectable, sql, type Transaction } from 'kysely';
import { mergedWith } from '../core/text/grouping/merges.ts';
import { findTwins } from '../core/text/grouping/twins.ts';
import { ConflictError, SeepassError } from '../errors.ts';
import type { KnownSignature, SignatureActor, SignatureStore } from '../pipeline/signatures.ts';
import { insertAuditEntry } from './audit.repository.ts';
import type { StoreContext } from './context.ts';
import { EVERY_HOUR } from './hourly-dirty.ts';
import { readMerges } from './signature-merges.ts';
import type { Database } from './tables.ts';

/** The known error signatures of one workspace. */
export function createSignatureStore(db: Kysely<Database>, context: StoreContext): SignatureStore {
  const { workspace } = context;
  const known = db.selectFrom('error_signatures').selectAll().where('workspace_id', '=', workspace);

  return {
    async list(limit, search = '') {
      const rows = await known
        .$if(search !== '', (query) =>
          query.where(sql<boolean>`strpos(lower(signature || ' ' || title), lower(${search})) > 0`),
        )
        .orderBy('last_seen', 'desc')
        .orderBy(sql`signature COLLATE "C"`)
        .limit(limit)
        .execute();
      return withMerged(db, workspace, rows);
    },

    async find(signature) {
      const rows = await known.where('signature', '=', signature).execute();
      return (await withMerged(db, workspace, rows))[0];
    },

    merge: (from, into, by) =>
      change(db, context, async (trx) => {
        if (from === into)
          throw new SeepassError('bad_arguments', 'A signature cannot be merged into itself.', { fix: 'Name two.' });
        const [source, target] = [await getForUpdate(trx, workspace, from), await getForUpdate(trx, workspace, into)];
        if (source.merged_into !== null)
          throw new ConflictError(`"${from}" is merged into "${source.merged_into}" already.`, {
            fix: 'Take that back first: seepass signatures unmerge.',
          });
        const merges = await readMerges(trx, workspace);
        if (merges.get(target.signature) === from)
          throw new SeepassError('bad_arguments', `"${into}" is counted under "${from}" already.`, {
            fix: 'Merge them the other way round, or take that merge back first: seepass signatures unmerge.',
          });
        await setMergedInto(trx, workspace, from, into);
        await audit(trx, context, by, 'signature.merge', from, 'merged', into);
        return { result: undefined, touched: [from, into] };
      }),

    mergeTwins: () =>
      change(db, context, async (trx) => {
        const merged: string[] = [];
        const touched = new Set<string>();
        for (const { from, into } of await readTwins(trx, workspace)) {
          const merges = await readMerges(trx, workspace);
          if ((merges.get(into) ?? into) === from) continue;
          await setMergedInto(trx, workspace, from, into);
          await audit(trx, context, SYSTEM, 'signature.merge', from, 'merged', into);
          merged.push(from);
          for (const each of [from, into]) touched.add(each);
        }
        return { result: merged.length, touched: [...touched] };
      }),

    unmerge: (signature, by) =>
      change(db, context, async (trx) => {
        const { merged_into } = await getForUpdate(trx, workspace, signature);
        if (merged_into === null) throw new ConflictError(`"${signature}" is not merged into another.`);
        await setMergedInto(trx, workspace, signature, null);
        await audit(trx, context, by, 'signature.unmerge', signature, 'unmerged', merged_into);
        return { result: merged_into, touched: [signature, merged_into] };
      }),
  };
}

/** One change of the merges at a time, so that two never close a circle; the days it touches are marked before and after. */
function change<T>(
  db: Kysely<Database>,
  { workspace }: StoreContext,
  work: (trx: Transaction<Database>) => Promise<{ result: T; touched: readonly string[] }>,
): Promise<T> {
  return db.transaction().execute(async (trx) => {
    await sql`SELECT pg_advisory_xact_lock(hashtextextended('seepass.signatures:' || ${workspace}::text, 0))`.execute(
      trx,
    );
    const before = await readMerges(trx, workspace);
    const { result, touched } = await work(trx);
    const after = await readMerges(trx, workspace);
    const counted = [before, after].flatMap((merges) =>
      touched.flatMap((signature) => mergedWith(merges, merges.get(signature) ?? signature)),
    );
    await markDays(trx, workspace, [...new Set(counted)]);
    return result;
  });
}

/** Every day and hour in which one of the signatures was counted is made again; imported days merge when read. */
async function markDays(trx: Transaction<Database>, workspace: string, signatures: readonly string[]): Promise<void> {
  await sql`
    WITH touched AS (
      SELECT DISTINCT workspace_id, date, surface FROM daily_signature_metrics
      WHERE workspace_id = ${workspace} AND signature = ANY(${[...signatures]}::text[])
    ), hours AS (
      INSERT INTO dirty_hours (workspace_id, date, surface, hours)
      SELECT workspace_id, date, surface, ${EVERY_HOUR}::int FROM touched
    )
    INSERT INTO dirty_buckets (workspace_id, date, surface) SELECT workspace_id, date, surface FROM touched`.execute(
    trx,
  );
}

const SYSTEM: SignatureActor = { actor: 'system', role: 'system', channel: null };

/** Without those that are merged already, and those that somebody took apart again; in the order imports lock them. */
async function readTwins(trx: Transaction<Database>, workspace: string): Promise<{ from: string; into: string }[]> {
  const rows = await trx
    .selectFrom('error_signatures')
    .select(['signature', 'template', 'template_changed_at', 'first_seen', 'merged_into'])
    .where('workspace_id', '=', workspace)
    .where('template', 'is not', null)
    .execute();
  const groups = rows.map(({ template, template_changed_at, first_seen, ...row }) => ({
    ...row,
    template: template ?? [],
    first_seen: first_seen.getTime(),
    changed_at: template_changed_at.getTime(),
  }));
  const twins = findTwins(groups);
  if (twins.length === 0) return [];
  const apart = await trx
    .selectFrom('audit_entries')
    .select('subject_id')
    .where('workspace_id', '=', workspace)
    .where('action', '=', 'signature.unmerge')
    .execute();
  const left = new Set([
    ...apart.map(({ subject_id }) => subject_id),
    ...rows.flatMap(({ signature, merged_into }) => (merged_into === null ? [] : signature)),
  ]);
  return twins.filter(({ from }) => !left.has(from)).sort((a, b) => (a.from < b.from ? -1 : 1));
}

async function getForUpdate(trx: Transaction<Database>, workspace: string, signature: string) {
  const row = await trx
    .selectFrom('error_signatures')
    .select(['signature', 'merged_into'])
    .where('workspace_id', '=', workspace)
    .where('signature', '=', signature)
    .forUpdate()
    .executeTakeFirst();
  if (row !== undefined) return row;
  throw new SeepassError('not_found', `No error has the signature "${signature}".`, {
    fix: 'See the known ones: seepass signatures list.',
  });
}

async function setMergedInto(
  trx: Transaction<Database>,
  workspace: string,
  signature: string,
  merged_into: string | null,
): Promise<void> {
  await trx
    .updateTable('error_signatures')
    .set({ merged_into })
    .where('workspace_id', '=', workspace)
    .where('signature', '=', signature)
    .execute();
}

function audit(
  trx: Transaction<Database>,
  context: StoreContext,
  { actor, role, channel }: SignatureActor,
  action: 'signature.merge' | 'signature.unmerge',
  signature: string,
  outcome: string,
  into: string,
): Promise<void> {
  return insertAuditEntry(trx, context, {
    actor,
    actor_role: role,
    action,
    subject_type: 'error_signature',
    subject_id: signature,
    channel,
    outcome,
    details: { into },
  });
}

async function withMerged(
  db: Kysely<Database>,
  workspace: string,
  rows: readonly Selectable<Database['error_signatures']>[],
): Promise<KnownSignature[]> {
  const merged = await db
    .selectFrom('error_signatures')
    .select(['signature', 'merged_into'])
    .where('workspace_id', '=', workspace)
    .where('merged_into', 'is not', null)
    .orderBy(sql`signature COLLATE "C"`)
    .execute();
  return rows.map(
    ({ workspace_id: _, template: _template, template_changed_at: _at, normaliser_version: _version, ...row }) => ({
      ...row,
      first_seen: row.first_seen.getTime(),
      last_seen: row.last_seen.getTime(),
      merged: merged.flatMap(({ signature, merged_into }) => (merged_into === row.signature ? [signature] : [])),
    }),
  );
}
