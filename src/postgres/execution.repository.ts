import { type Kysely, sql, type Transaction } from 'kysely';
import { APPROVAL_SETTINGS } from '../core/policy/approval-settings.ts';
import type { ExecutionEnd } from '../core/proposal/execution.ts';
import type { Proposal } from '../core/proposal/proposal.ts';
import { ConflictError } from '../errors.ts';
import type { ExecutionStore, Looked } from '../pipeline/acting.ts';
import { insertAuditEntry } from './audit.repository.ts';
import type { StoreContext } from './context.ts';
import { selectProposals, toProposal } from './proposal-rows.ts';
import { lockStops } from './stop.repository.ts';
import type { Database } from './tables.ts';

const HOUR = 3_600_000;

/** The queue of what is approved: leased to one process at a time, begun only where everything still holds. */
export function createExecutionStore(db: Kysely<Database>, context: StoreContext): ExecutionStore {
  const { workspace, clock } = context;

  /** That this owner holds, locked for the rest of the transaction. */
  const held = (trx: Kysely<Database>, id: string, owner: string) =>
    trx
      .updateTable('executions')
      .where('workspace_id', '=', workspace)
      .where('id', '=', id)
      .where('lease_owner', '=', owner)
      .where('state', 'in', ['queued', 'running']);

  const proposalOf = async (trx: Kysely<Database>, executionId: string): Promise<Proposal> =>
    toProposal(await selectProposals(trx, workspace).where('e.id', '=', executionId).executeTakeFirstOrThrow());

  const audit = (
    trx: Transaction<Database>,
    { id, number, action, execution }: Proposal,
    what: 'start' | 'retry' | 'finish',
  ) =>
    insertAuditEntry(trx, context, {
      actor: 'system',
      actor_role: 'system',
      action: `execution.${what}`,
      subject_type: 'proposal',
      subject_id: id,
      channel: null,
      outcome: execution?.state ?? 'unknown',
      details: { number, action_type: action.type, attempt: execution?.attempts ?? 0 },
    });

  return {
    async authority() {
      const { rows } = await sql<{ mark: string }>`SELECT ${authorityMark(workspace)} AS mark`.execute(db);
      return rows[0]?.mark ?? '';
    },

    async claim(owner, leaseMs) {
      const now = clock();
      const at = new Date(now);
      const { rows } = await sql<{ id: string; state: 'queued' | 'running' }>`
        UPDATE executions SET lease_owner = ${owner}, lease_until = ${new Date(now + leaseMs)}
        WHERE workspace_id = ${workspace} AND id = (
          SELECT next.id FROM executions AS next
          WHERE next.workspace_id = ${workspace} AND next.state IN ('queued', 'running') AND next.not_before <= ${at}
            AND (next.lease_until IS NULL OR next.lease_until <= ${at})
            AND (next.state = 'running' OR NOT EXISTS ${stopOf(workspace)})
          ORDER BY next.not_before, next.id
          LIMIT 1
          FOR UPDATE SKIP LOCKED)
        RETURNING id, state`.execute(db);
      const [taken] = rows;
      if (taken === undefined) return undefined;
      const proposal = await proposalOf(db, taken.id);
      const { execution } = proposal;
      if (execution === null) throw new RangeError(`Execution ${taken.id} belongs to no proposal.`);
      return { proposal, execution, mayHaveRun: taken.state === 'running' };
    },

    begin: (id, owner, { version, authority, attempts }: Looked, leaseMs) =>
      db
        .transaction()
        .execute(async (trx) => {
          await lockStops(trx, workspace, 'shared');
          const now = new Date(clock());
          const { rows } = await sql`
          WITH looked AS (
            UPDATE proposals SET revision = revision + 1
            WHERE workspace_id = ${workspace} AND id = (
                SELECT proposal_id FROM executions WHERE workspace_id = ${workspace} AND id = ${id})
              AND state = 'approved' AND version = ${version} AND expires_at > ${now}
              AND NOT EXISTS ${stopOf(workspace)} AND ${authorityMark(workspace)} = ${authority}
            RETURNING id)
          UPDATE executions SET state = 'running', attempts = attempts + 1, started_at = ${now},
            lease_until = ${new Date(now.getTime() + leaseMs)}
          FROM looked
          WHERE executions.workspace_id = ${workspace} AND executions.id = ${id} AND executions.proposal_id = looked.id
            AND executions.state IN ('queued', 'running') AND executions.attempts = ${attempts}
            AND executions.not_before <= ${now}
            AND executions.lease_owner = ${owner} AND executions.lease_until > ${now}
          RETURNING executions.id`.execute(trx);
          if (rows.length === 0) throw new NotBegun();
          await audit(trx, await proposalOf(trx, id), 'start');
          return true;
        })
        .catch((error: unknown) => {
          if (error instanceof NotBegun) return false;
          throw error;
        }),

    async extend(id, owner, leaseMs) {
      const { numUpdatedRows } = await held(db, id, owner)
        .set({ lease_until: new Date(clock() + leaseMs) })
        .executeTakeFirstOrThrow();
      return numUpdatedRows > 0n;
    },

    finish: (id, owner, end) =>
      db.transaction().execute(async (trx) => {
        await bumpRevision(trx, workspace, { id, owner });
        const now = clock();
        const { numUpdatedRows } = await held(trx, id, owner)
          .set({
            ...{ state: end.state, summary: end.summary, link: end.link, details: JSON.stringify(end.details) },
            ...{ finished_at: new Date(now), lease_owner: null, lease_until: null },
          })
          .executeTakeFirstOrThrow();
        if (numUpdatedRows === 0n) throw new ConflictError('Another process took this execution over.');
        const proposal = await proposalOf(trx, id);
        await expectEffect(trx, workspace, proposal, end, now);
        await audit(trx, proposal, 'finish');
      }),

    async retry(id, owner, notBefore, summary) {
      await db.transaction().execute(async (trx) => {
        await bumpRevision(trx, workspace, { id, owner });
        const { numUpdatedRows } = await held(trx, id, owner)
          .set({
            ...{ state: 'queued', summary, not_before: new Date(notBefore) },
            ...{ lease_owner: null, lease_until: null },
          })
          .executeTakeFirstOrThrow();
        if (numUpdatedRows > 0n) await audit(trx, await proposalOf(trx, id), 'retry');
      });
    },

    async release(id, owner, notBefore) {
      await held(db, id, owner)
        .set({ not_before: new Date(notBefore), lease_owner: null, lease_until: null })
        .execute();
    },
  };
}

/** Something did not hold: the transaction is rolled back. */
class NotBegun extends Error {}

const stopOf = (workspace: string) => sql`(SELECT FROM execution_stops WHERE workspace_id = ${workspace})`;

const authorityMark = (workspace: string) => sql<string>`md5(
  coalesce((SELECT string_agg(user_id || ' ' || role, ',' ORDER BY user_id, role) FROM roles
    WHERE workspace_id = ${workspace}), '') || '/' ||
  coalesce((SELECT string_agg(key || '=' || value::text, ',' ORDER BY key) FROM settings
    WHERE workspace_id = ${workspace} AND key = ANY(${[...APPROVAL_SETTINGS]}::text[])), ''))`;

/** The proposal's row is locked before its execution's, here as everywhere. */
async function bumpRevision(
  trx: Transaction<Database>,
  workspace: string,
  { id, owner }: { id: string; owner: string },
): Promise<void> {
  await sql`UPDATE proposals SET revision = revision + 1
    WHERE workspace_id = ${workspace} AND id = (
      SELECT proposal_id FROM executions WHERE workspace_id = ${workspace} AND id = ${id} AND lease_owner = ${owner})`.execute(
    trx,
  );
}

/** What is done is looked at again once its effect should show. */
async function expectEffect(
  trx: Transaction<Database>,
  workspace: string,
  { id, action, expectation }: Proposal,
  { state }: ExecutionEnd,
  doneAt: number,
): Promise<void> {
  if (state !== 'done' || expectation === null) return;
  await trx
    .insertInto('effect_checks')
    .values({
      workspace_id: workspace,
      proposal_id: id,
      action_type: action.type,
      expectation: JSON.stringify(expectation),
      done_at: new Date(doneAt),
      due_at: new Date(doneAt + expectation.horizonHours * HOUR),
      checked_at: null,
      verdict: null,
      result: null,
    })
    .execute();
}
