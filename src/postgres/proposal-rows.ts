/** Proposals as rows, with their approvals, their execution and the check of its effect in one reading. */
import { type Kysely, type RawBuilder, sql } from 'kysely';
import { type Approval, type Proposal, subjectKey } from '../core/proposal/proposal.ts';
import type { Database } from './tables.ts';

/** Epoch milliseconds inside JSON, where a timestamp would be text. */
const millisecondsOf = (column: string): RawBuilder<number> =>
  sql`(extract(epoch FROM ${sql.ref(column)}) * 1000)::bigint`;

/** Everything of a workspace's proposals in one statement, so that no two parts of one disagree. */
export const selectProposals = (db: Kysely<Database>, workspace: string) =>
  db
    .selectFrom('proposals as p')
    .leftJoin('executions as e', (on) =>
      on.onRef('e.workspace_id', '=', 'p.workspace_id').onRef('e.proposal_id', '=', 'p.id'),
    )
    .leftJoin('effect_checks as c', (on) =>
      on.onRef('c.workspace_id', '=', 'p.workspace_id').onRef('c.proposal_id', '=', 'p.id'),
    )
    .selectAll('p')
    .select([
      'e.id as execution_id',
      'e.state as execution_state',
      'e.queued_at',
      'e.not_before',
      'e.started_at',
      'e.finished_at',
      'e.attempts',
      'e.summary',
      'e.link',
      'e.details as execution_details',
      'c.expectation as checked_expectation',
      'c.done_at',
      'c.due_at',
      'c.checked_at',
      'c.result',
    ])
    .select(
      sql<Approval[]>`(SELECT coalesce(jsonb_agg(jsonb_build_object('user', a.user_id, 'at', ${millisecondsOf('a.at')},
        'version', a.version) ORDER BY a.at, a.version, a.user_id), '[]'::jsonb)
        FROM approvals AS a WHERE a.workspace_id = p.workspace_id AND a.proposal_id = p.id)`.as('approvals'),
    )
    .where('p.workspace_id', '=', workspace);

type Row = Awaited<ReturnType<ReturnType<typeof selectProposals>['execute']>>[number];

export function toProposal(row: Row): Proposal {
  return {
    id: row.id,
    number: row.number,
    subject: row.subject,
    proposedBy: row.proposed_by,
    editedBy: row.edited_by,
    action: { type: row.action_type, title: row.title, risk: row.risk, parameters: row.parameters },
    why: row.why,
    expectation: row.expectation,
    state: row.state,
    version: row.version,
    revision: row.revision,
    approvals: row.approvals,
    createdAt: row.created_at.getTime(),
    expiresAt: row.expires_at.getTime(),
    remindedAt: timeOrNull(row.reminded_at),
    decidedBy: row.decided_by,
    decidedAt: timeOrNull(row.decided_at),
    reason: row.reason,
    execution: executionOf(row),
    effect: effectOf(row),
  };
}

function executionOf(row: Row): Proposal['execution'] {
  const { execution_id: id, execution_state: state, queued_at, not_before, attempts } = row;
  if (id === null || state === null || queued_at === null || not_before === null) return null;
  return {
    id,
    state,
    queuedAt: queued_at.getTime(),
    notBefore: not_before.getTime(),
    startedAt: timeOrNull(row.started_at),
    finishedAt: timeOrNull(row.finished_at),
    attempts: attempts ?? 0,
    summary: row.summary,
    link: row.link,
    details: row.execution_details ?? {},
  };
}

function effectOf(row: Row): Proposal['effect'] {
  const { checked_expectation: expectation, done_at, due_at, result } = row;
  if (expectation === null || done_at === null || due_at === null) return null;
  return {
    proposalId: row.id,
    actionType: row.action_type,
    expectation,
    doneAt: done_at.getTime(),
    dueAt: due_at.getTime(),
    checkedAt: timeOrNull(row.checked_at),
    result,
  };
}

/** What a change may change. */
export const toProposalRow = (proposal: Proposal) => ({
  action_type: proposal.action.type,
  title: proposal.action.title,
  risk: proposal.action.risk,
  parameters: JSON.stringify(proposal.action.parameters),
  edited_by: proposal.editedBy,
  state: proposal.state,
  version: proposal.version,
  revision: proposal.revision,
  expires_at: new Date(proposal.expiresAt),
  reminded_at: dateOrNull(proposal.remindedAt),
  decided_by: proposal.decidedBy,
  decided_at: dateOrNull(proposal.decidedAt),
  reason: proposal.reason,
});

export const subjectColumns = (subject: Proposal['subject']) => ({
  subject: JSON.stringify(subject),
  subject_key: subjectKey(subject),
});

const timeOrNull = (date: Date | null): number | null => date?.getTime() ?? null;
const dateOrNull = (at: number | null): Date | null => (at === null ? null : new Date(at));
