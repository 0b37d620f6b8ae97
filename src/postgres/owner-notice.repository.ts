import { type Kysely, type Selectable, sql } from 'kysely';
import type { OwnerNotice } from '../core/proposal/owner-notice.ts';
import type { JsonObject } from '../core/records.ts';
import type { OwnerNoticeStore } from '../pipeline/acting.ts';
import type { Declarer } from '../pipeline/declarer.ts';
import { OWNER_NOTICE_KIND } from '../pipeline/owner-notices.ts';
import { insertAuditEntry } from './audit.repository.ts';
import type { StoreContext } from './context.ts';
import type { Database } from './tables.ts';
import { isUuid } from './uuid.ts';

type NoticeRow = Selectable<Database['owner_notices']>;

/** Whom of those responsible was told what, and who said that they saw it. */
export function createOwnerNoticeStore(db: Kysely<Database>, context: StoreContext): OwnerNoticeStore {
  const { workspace, newId, clock } = context;
  const notices = (trx: Kysely<Database> = db) =>
    trx.selectFrom('owner_notices').selectAll('owner_notices').where('owner_notices.workspace_id', '=', workspace);

  return {
    add: (key, notice) =>
      db.transaction().execute(async (trx) => {
        const added = await trx
          .insertInto('owner_notices')
          .values({
            workspace_id: workspace,
            id: newId(),
            key,
            proposal_id: notice.proposalId,
            incident_id: notice.incidentId,
            owner: notice.owner,
            channel: notice.channel,
            text: notice.text,
            sent_at: new Date(notice.sentAt),
            escalate_to: notice.escalateTo,
            escalate_at: notice.escalateAt === null ? null : new Date(notice.escalateAt),
          })
          .onConflict((conflict) => conflict.columns(['workspace_id', 'key']).doNothing())
          .returningAll()
          .executeTakeFirst();
        if (added) await audit(trx, context, added, 'system', 'sent');
        return toNotice(added ?? (await notices(trx).where('key', '=', key).executeTakeFirstOrThrow()));
      }),

    async find(id) {
      if (!isUuid(id)) return undefined;
      const row = await notices().where('id', '=', id).executeTakeFirst();
      return row && toNotice(row);
    },

    async acknowledge(id, by) {
      if (!isUuid(id)) return undefined;
      return db.transaction().execute(async (trx) => {
        const row = await trx
          .updateTable('owner_notices')
          .set({ acknowledged_by: by.actor, acknowledged_at: new Date(clock()) })
          .where('workspace_id', '=', workspace)
          .where('id', '=', id)
          .where('acknowledged_at', 'is', null)
          .returningAll()
          .executeTakeFirst();
        if (row) await audit(trx, context, row, by, 'acknowledged');
        return row && toNotice(row);
      });
    },

    async listOverdue(at, limit) {
      const rows = await notices()
        .where('acknowledged_at', 'is', null)
        .where('rung', '=', 0)
        .where('escalate_at', '<=', new Date(at))
        .orderBy('escalate_at')
        .limit(limit)
        .execute();
      return rows.map(toNotice);
    },

    async listUndelivered(since, limit) {
      const rows = await notices()
        .innerJoin('outbox', (join) =>
          join
            .onRef('outbox.workspace_id', '=', 'owner_notices.workspace_id')
            .on('outbox.kind', '=', OWNER_NOTICE_KIND)
            .onRef('outbox.subject', '=', sql`owner_notices.id::text`)
            .onRef('outbox.sequence', '=', 'owner_notices.rung'),
        )
        .select('outbox.last_error')
        .where('outbox.status', '=', 'failed')
        .where('acknowledged_at', 'is', null)
        .where('owner_notices.sent_at', '>=', new Date(since))
        .orderBy('owner_notices.sent_at')
        .limit(limit)
        .execute();
      return rows.map(({ last_error, ...row }) => ({ notice: toNotice(row), reason: last_error ?? 'refused' }));
    },

    escalate: (id, from, { untold, told, rung }) =>
      db.transaction().execute(async (trx) => {
        const row = await trx
          .updateTable('owner_notices')
          .set({ rung, ...(told === null ? {} : { escalated_at: new Date(clock()) }) })
          .where('workspace_id', '=', workspace)
          .where('id', '=', id)
          .where('acknowledged_at', 'is', null)
          .where('rung', '=', from)
          .returningAll()
          .executeTakeFirst();
        if (row === undefined) return false;
        for (const { who, reason } of untold) await audit(trx, context, row, 'system', 'not_told', { to: who, reason });
        if (told !== null) await audit(trx, context, row, 'system', 'escalated', { to: told });
        return true;
      }),
  };
}

function audit(
  trx: Kysely<Database>,
  context: StoreContext,
  row: NoticeRow,
  by: Declarer | 'system',
  outcome: 'sent' | 'acknowledged' | 'escalated' | 'not_told',
  details: JsonObject = {},
): Promise<void> {
  const who = by === 'system' ? ({ actor: 'system', role: 'system', channel: null } as const) : by;
  return insertAuditEntry(trx, context, {
    actor: who.actor,
    actor_role: who.role,
    action: 'owner.notice',
    subject_type: 'owner_notice',
    subject_id: row.id,
    channel: who.channel,
    outcome,
    details: { owner: row.owner, proposal: row.proposal_id, incident: row.incident_id, ...details },
  });
}

function toNotice(row: NoticeRow): OwnerNotice {
  return {
    id: row.id,
    proposalId: row.proposal_id,
    incidentId: row.incident_id,
    owner: row.owner,
    channel: row.channel,
    text: row.text,
    sentAt: row.sent_at.getTime(),
    acknowledgedBy: row.acknowledged_by,
    acknowledgedAt: row.acknowledged_at?.getTime() ?? null,
    escalateTo: row.escalate_to,
    escalateAt: row.escalate_at?.getTime() ?? null,
    escalatedAt: row.escalated_at?.getTime() ?? null,
    rung: row.rung,
  };
}
