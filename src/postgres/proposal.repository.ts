import type { Kysely, Selectable } from 'kysely';
import type { Proposal, Role } from '../core/records.ts';
import { ConflictError, SeepassError } from '../errors.ts';
import type { ProposalStore } from '../pipeline/ports.ts';
import { insertAuditEntry } from './audit.repository.ts';
import type { StoreContext } from './context.ts';
import type { Database } from './tables.ts';

type ProposalRow = Selectable<Database['proposals']>;

/** Suggested actions on their way to a decision. Every change of state is conditional, so it happens once. */
export function createProposalStore(db: Kysely<Database>, context: StoreContext): ProposalStore {
  const { workspace, clock, newId } = context;
  return {
    async ensure({ date, entity_type, entity_key, action, expiresAt }) {
      const key = { workspace_id: workspace, date, entity_type, entity_key, action_type: action.type };
      await db
        .insertInto('proposals')
        .values({
          ...key,
          id: newId(),
          title: action.title,
          risk: action.risk,
          parameters: JSON.stringify(action.parameters),
          state: 'proposed',
          created_at: new Date(clock()),
          expires_at: new Date(expiresAt),
        })
        .onConflict((conflict) =>
          conflict.columns(['workspace_id', 'date', 'entity_type', 'entity_key', 'action_type']).doNothing(),
        )
        .execute();
      const row = await db
        .selectFrom('proposals')
        .selectAll()
        .where((eb) => eb.and(key))
        .executeTakeFirstOrThrow();
      return toProposal(row);
    },

    get: async (id) => toProposal(await getRow(db, context, id)),

    async decide(id, decision, by) {
      const now = clock();
      const decided = await db.transaction().execute(async (trx) => {
        const row = await trx
          .updateTable('proposals')
          .set({ state: decision, decided_by: by.actor, decided_at: new Date(now) })
          .where('workspace_id', '=', workspace)
          .where('id', '=', asUuid(id))
          .where('state', '=', 'proposed')
          .where((eb) => eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', new Date(now))]))
          .returningAll()
          .executeTakeFirst();
        if (row) {
          const action = decision === 'approved' ? 'proposal.approve' : 'proposal.dismiss';
          await audit(trx, context, row, { ...by, action, outcome: decision });
        }
        return row;
      });
      return decided ? toProposal(decided) : refuseDecision(db, context, id, now);
    },

    async listDone({ start, end }) {
      const rows = await db
        .selectFrom('proposals')
        .selectAll()
        .where('workspace_id', '=', workspace)
        .where('state', '=', 'done')
        .where('executed_at', '>=', new Date(start))
        .where('executed_at', '<', new Date(end))
        .orderBy('executed_at')
        .orderBy('id')
        .execute();
      return rows.map(toProposal);
    },

    async complete(id, { state, outcome }) {
      return db.transaction().execute(async (trx) => {
        const row = await trx
          .updateTable('proposals')
          .set({ state, outcome: JSON.stringify(outcome), executed_at: new Date(clock()) })
          .where('workspace_id', '=', workspace)
          .where('id', '=', asUuid(id))
          .where('state', '=', 'approved')
          .returningAll()
          .executeTakeFirst();
        if (!row) {
          const found = await getRow(trx, context, id);
          throw new ConflictError(`"${found.title}" is ${found.state}, so it cannot become ${state}.`);
        }
        const by = { actor: row.decided_by ?? 'system', role: 'system', channel: null } as const;
        await audit(trx, context, row, { ...by, action: 'proposal.execute', outcome: state });
        return toProposal(row);
      });
    },
  };
}

/** Says why nothing could be decided; marks a proposal whose time is over as expired on the way. */
async function refuseDecision(db: Kysely<Database>, context: StoreContext, id: string, now: number): Promise<never> {
  const expired = await db.transaction().execute(async (trx) => {
    const row = await trx
      .updateTable('proposals')
      .set({ state: 'expired' })
      .where('workspace_id', '=', context.workspace)
      .where('id', '=', asUuid(id))
      .where('state', '=', 'proposed')
      .where('expires_at', '<=', new Date(now))
      .returningAll()
      .executeTakeFirst();
    const by = { actor: 'system', role: 'system', channel: null } as const;
    if (row) await audit(trx, context, row, { ...by, action: 'proposal.expire', outcome: 'expired' });
    return row;
  });
  const row = expired ?? (await getRow(db, context, id));
  if (row.state === 'expired') {
    const when = row.expires_at ? ` on ${moment(row.expires_at, context)}` : '';
    throw new ConflictError(`"${row.title}" expired${when}.`, { fix: 'Wait for the next digest to propose it again.' });
  }
  const who = row.decided_by ?? 'somebody';
  const when = row.decided_at ? ` on ${moment(row.decided_at, context)}` : '';
  const verb = row.state === 'dismissed' ? 'dismissed' : 'approved';
  throw new ConflictError(`"${row.title}" was already ${verb} by ${who}${when}.`);
}

async function getRow(db: Kysely<Database>, { workspace }: StoreContext, id: string): Promise<ProposalRow> {
  const row = await db
    .selectFrom('proposals')
    .selectAll()
    .where('workspace_id', '=', workspace)
    .where('id', '=', asUuid(id))
    .executeTakeFirst();
  if (!row) throw noSuchProposal();
  return row;
}

async function audit(
  db: Kysely<Database>,
  context: StoreContext,
  row: ProposalRow,
  by: { actor: string; role: Role | 'system'; channel: string | null; action: string; outcome: string },
): Promise<void> {
  await insertAuditEntry(db, context, {
    actor: by.actor,
    actor_role: by.role,
    action: by.action,
    subject_type: 'proposal',
    subject_id: row.id,
    channel: by.channel,
    outcome: by.outcome,
    details: {
      date: row.date,
      entity_type: row.entity_type,
      entity_key: row.entity_key,
      action_type: row.action_type,
    },
  });
}

function toProposal(row: ProposalRow): Proposal {
  const { id, date, entity_type, entity_key, action_type, title, risk, parameters, state, decided_by, outcome } = row;
  return {
    id,
    date,
    entity_type,
    entity_key,
    action: { type: action_type, title, risk, parameters },
    state,
    decided_by,
    decided_at: row.decided_at?.getTime() ?? null,
    outcome,
  };
}

/** An id may come from a button value: what is no UUID cannot name a proposal. */
function asUuid(id: string): string {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)) throw noSuchProposal();
  return id;
}

function noSuchProposal(): SeepassError {
  return new SeepassError('not_found', 'There is no such proposal any more.');
}

function moment(at: Date, { timezone }: StoreContext): string {
  const words = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone: timezone });
  return `${words.format(at)} (${timezone})`;
}
