import { type Kysely, sql } from 'kysely';
import { subjectKey } from '../core/proposal/proposal.ts';
import type { ProposalStore } from '../pipeline/acting.ts';
import type { StoreContext } from './context.ts';
import { selectProposals, subjectColumns, toProposal } from './proposal-rows.ts';
import { auditProposal, StaleProposal, writeChange } from './proposal-write.ts';
import type { Database } from './tables.ts';
import { isUuid } from './uuid.ts';

/** What is proposed, and how it was decided. Every change is conditional on the revision it was made from. */
export function createProposalStore(db: Kysely<Database>, context: StoreContext): ProposalStore {
  const { workspace, clock, newId } = context;
  const proposals = (from: Kysely<Database> = db) => selectProposals(from, workspace);
  const all = async (query: ReturnType<typeof proposals>) => (await query.execute()).map(toProposal);
  const one = async (query: ReturnType<typeof proposals>) => (await all(query))[0];

  return {
    async ensure({ key, subject, proposedBy, action, why, expectation, expiresAt }, by) {
      const known = await one(proposals().where('p.key', '=', key));
      if (known) return known;
      return db.transaction().execute(async (trx) => {
        // One at a time, so that numbers follow each other.
        await sql`SELECT pg_advisory_xact_lock(hashtextextended('seepass.proposals:' || ${workspace}::text, 0))`.execute(
          trx,
        );
        const meanwhile = await one(proposals(trx).where('p.key', '=', key));
        if (meanwhile) return meanwhile;
        const { last } = await trx
          .selectFrom('proposals')
          .select(({ fn }) => fn.max<number | null>('number').as('last'))
          .where('workspace_id', '=', workspace)
          .executeTakeFirstOrThrow();
        const id = newId();
        await trx
          .insertInto('proposals')
          .values({
            ...{ workspace_id: workspace, id, key, number: (last ?? 0) + 1, ...subjectColumns(subject) },
            proposed_by: proposedBy,
            action_type: action.type,
            title: action.title,
            risk: action.risk,
            parameters: JSON.stringify(action.parameters),
            why,
            expectation: expectation === null ? null : JSON.stringify(expectation),
            state: 'proposed',
            created_at: new Date(clock()),
            expires_at: new Date(expiresAt),
          })
          .execute();
        const made = toProposal(await proposals(trx).where('p.id', '=', id).executeTakeFirstOrThrow());
        await auditProposal(trx, context, made, { by, action: 'proposal.propose', details: {} });
        return made;
      });
    },

    find: async (id) => (isUuid(id) ? one(proposals().where('p.id', '=', id)) : undefined),

    findByNumber: async (number) =>
      Number.isInteger(number) && number > 0 && number < 2 ** 31
        ? one(proposals().where('p.number', '=', number))
        : undefined,

    listOf: async (subjects) =>
      subjects.length === 0
        ? []
        : all(proposals().where('p.subject_key', 'in', subjects.map(subjectKey)).orderBy('p.number')),

    list: (state, limit) => all(proposals().where('p.state', '=', state).orderBy('p.number').limit(limit)),

    listDone: ({ start, end }) =>
      all(
        proposals()
          .where('e.state', '=', 'done')
          .where('e.finished_at', '>=', new Date(start))
          .where('e.finished_at', '<', new Date(end))
          .orderBy('e.finished_at')
          .orderBy('p.number'),
      ),

    listBehind: (limit) =>
      all(
        proposals()
          .whereRef('p.shown_revision', '<', 'p.revision')
          .orderBy('p.created_at')
          .orderBy('p.number')
          .limit(limit),
      ),

    async markShown(id, revision) {
      await db
        .updateTable('proposals')
        .set({ shown_revision: revision })
        .where('workspace_id', '=', workspace)
        .where('id', '=', id)
        .where('shown_revision', '<', revision)
        .execute();
    },

    async save(change, by) {
      try {
        return await db.transaction().execute(async (trx) => {
          await writeChange(trx, context, change);
          await auditProposal(trx, context, change.to, { by, action: change.action, details: change.details });
          return toProposal(await proposals(trx).where('p.id', '=', change.to.id).executeTakeFirstOrThrow());
        });
      } catch (error) {
        if (error instanceof StaleProposal) return undefined;
        throw error;
      }
    },
  };
}
