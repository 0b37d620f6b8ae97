import { type Kysely, type Selectable, sql } from 'kysely';
import type { Mute } from '../core/delivery/mute.ts';
import { SeepassError } from '../errors.ts';
import type { MuteStore } from '../pipeline/incidents.ts';
import type { Declarer } from '../pipeline/ports.ts';
import { insertAuditEntry } from './audit.repository.ts';
import type { StoreContext } from './context.ts';
import type { Database } from './tables.ts';

/** What people do not want to hear of, for a while or for good. */
export function createMuteStore(db: Kysely<Database>, context: StoreContext): MuteStore {
  const { workspace, clock, newId } = context;

  const audit = (trx: Kysely<Database>, outcome: 'muted' | 'lifted', mute: Mute, { actor, role, channel }: Declarer) =>
    insertAuditEntry(trx, context, {
      actor,
      actor_role: role,
      action: outcome === 'muted' ? 'mute.add' : 'mute.lift',
      subject_type: 'mute',
      subject_id: mute.id,
      channel,
      outcome,
      details: {
        number: mute.number,
        target: mute.target,
        pattern: mute.pattern,
        until: mute.until === null ? null : new Date(mute.until).toISOString(),
        reason: mute.reason,
      },
    });

  return {
    add: ({ target, pattern, until, reason }, by) =>
      db.transaction().execute(async (trx) => {
        // One at a time, so that numbers follow each other.
        await sql`SELECT pg_advisory_xact_lock(hashtextextended('seepass.mutes:' || ${workspace}::text, 0))`.execute(
          trx,
        );
        const known = await trx
          .selectFrom('mutes')
          .selectAll()
          .where('workspace_id', '=', workspace)
          .where('lifted_at', 'is', null)
          .where('target', '=', target)
          .where('pattern', '=', pattern)
          .where('until', 'is not distinct from', until === null ? null : new Date(until))
          .executeTakeFirst();
        if (known) return toMute(known);
        const { last } = await trx
          .selectFrom('mutes')
          .select(({ fn }) => fn.max<number | null>('number').as('last'))
          .where('workspace_id', '=', workspace)
          .executeTakeFirstOrThrow();
        const row = await trx
          .insertInto('mutes')
          .values({
            workspace_id: workspace,
            id: newId(),
            number: (last ?? 0) + 1,
            target,
            pattern,
            until: until === null ? null : new Date(until),
            reason,
            created_by: by.actor,
            created_at: new Date(clock()),
          })
          .returningAll()
          .executeTakeFirstOrThrow();
        const mute = toMute(row);
        await audit(trx, 'muted', mute, by);
        return mute;
      }),

    async list(at) {
      const rows = await db
        .selectFrom('mutes')
        .selectAll()
        .where('workspace_id', '=', workspace)
        .where('lifted_at', 'is', null)
        .where((eb) => eb.or([eb('until', 'is', null), eb('until', '>', new Date(at))]))
        .orderBy('number')
        .execute();
      return rows.map(toMute);
    },

    lift: (number, by) =>
      db.transaction().execute(async (trx) => {
        const now = new Date(clock());
        const isNumber = Number.isInteger(number) && number > 0 && number < 2 ** 31;
        if (!isNumber) throw noSuchMute(number);
        const row = await trx
          .updateTable('mutes')
          .set({ lifted_by: by.actor, lifted_at: now })
          .where('workspace_id', '=', workspace)
          .where('number', '=', number)
          .where('lifted_at', 'is', null)
          .where((eb) => eb.or([eb('until', 'is', null), eb('until', '>', now)]))
          .returningAll()
          .executeTakeFirst();
        if (!row) throw noSuchMute(number);
        const mute = toMute(row);
        await audit(trx, 'lifted', mute, by);
        return mute;
      }),
  };
}

function toMute(row: Selectable<Database['mutes']>): Mute {
  const { id, number, target, pattern, until, reason, created_by, created_at } = row;
  return {
    id,
    number,
    target,
    pattern,
    until: until?.getTime() ?? null,
    reason,
    createdBy: created_by,
    createdAt: created_at.getTime(),
  };
}

const noSuchMute = (number: number): SeepassError =>
  new SeepassError('not_found', `Nothing is snoozed or ignored under #${number}, or not any more.`);
