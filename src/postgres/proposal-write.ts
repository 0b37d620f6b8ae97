/** One change of a proposal, with its approvals, its execution and its audit row, in the caller's transaction. */
import type { Transaction } from 'kysely';
import type { ProposalChange } from '../core/proposal/change.ts';
import type { Proposal } from '../core/proposal/proposal.ts';
import type { JsonObject } from '../core/records.ts';
import type { Declarer } from '../pipeline/ports.ts';
import { insertAuditEntry } from './audit.repository.ts';
import { bulkInsert } from './bulk-insert.ts';
import type { StoreContext } from './context.ts';
import { toProposalRow } from './proposal-rows.ts';
import type { Database } from './tables.ts';

/** Somebody else was first, or what it would cancel has begun: the transaction is rolled back. */
export class StaleProposal extends Error {}

/** @throws StaleProposal */
export async function writeChange(
  trx: Transaction<Database>,
  { workspace }: StoreContext,
  { from, to }: ProposalChange,
): Promise<void> {
  const { numUpdatedRows } = await trx
    .updateTable('proposals')
    .set(toProposalRow(to))
    .where('workspace_id', '=', workspace)
    .where('id', '=', from.id)
    .where('revision', '=', from.revision)
    .executeTakeFirstOrThrow();
  if (numUpdatedRows === 0n) throw new StaleProposal();
  await bulkInsert(
    trx,
    'approvals',
    to.approvals.slice(from.approvals.length).map(({ user, at, version }) => ({
      workspace_id: workspace,
      proposal_id: to.id,
      version,
      user_id: user,
      at: new Date(at),
    })),
  );
  if (from.execution === null && to.execution !== null) {
    const { id, state, queuedAt, notBefore } = to.execution;
    const times = { queued_at: new Date(queuedAt), not_before: new Date(notBefore) };
    await trx
      .insertInto('executions')
      .values({ workspace_id: workspace, id, proposal_id: to.id, state, ...times })
      .execute();
  }
  if (from.execution !== null && to.execution?.state === 'cancelled') await cancel(trx, workspace, to.execution);
}

/** Only what was never begun can be cancelled: the row's lock decides between this and whoever begins it. */
async function cancel(
  trx: Transaction<Database>,
  workspace: string,
  { id, finishedAt, summary }: NonNullable<Proposal['execution']>,
): Promise<void> {
  const { numUpdatedRows } = await trx
    .updateTable('executions')
    .set({
      state: 'cancelled',
      finished_at: finishedAt === null ? null : new Date(finishedAt),
      summary,
      lease_owner: null,
      lease_until: null,
    })
    .where('workspace_id', '=', workspace)
    .where('id', '=', id)
    .where('state', '=', 'queued')
    .where('attempts', '=', 0)
    .executeTakeFirstOrThrow();
  if (numUpdatedRows === 0n) throw new StaleProposal();
}

/** Parameters stay out of the audit: they may hold what people typed. */
export function auditProposal(
  trx: Transaction<Database>,
  context: StoreContext,
  { id, number, state, action, version, revision }: Proposal,
  entry: { by: Declarer | 'system'; action: string; details: JsonObject },
): Promise<void> {
  const { by } = entry;
  const who =
    by === 'system'
      ? ({ actor: 'system', actor_role: 'system', channel: null } as const)
      : { actor: by.actor, actor_role: by.role, channel: by.channel };
  return insertAuditEntry(trx, context, {
    ...who,
    action: entry.action,
    subject_type: 'proposal',
    subject_id: id,
    outcome: state,
    details: { number, action_type: action.type, risk: action.risk, version, revision, ...entry.details },
  });
}
