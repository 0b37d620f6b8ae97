import { type Kysely, type Selectable, sql } from 'kysely';
import type { EntityRef, Finding, Priority } from '../core/records.ts';
import { SeepassError } from '../errors.ts';
import type { JudgedDay, PriorityStore } from '../pipeline/ports.ts';
import { bulkInsert } from './bulk-insert.ts';
import type { StoreContext } from './context.ts';
import type { Database } from './tables.ts';

/** Judged days with their findings and priorities. */
export function createPriorityStore(db: Kysely<Database>, { workspace }: StoreContext): PriorityStore {
  const days = () => db.selectFrom('judged_days').selectAll().where('workspace_id', '=', workspace);

  return {
    async replaceDay(day, findings, priorities) {
      const key = { workspace_id: workspace, date: day.date };
      await db.transaction().execute(async (trx) => {
        await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`judge/${workspace}`}, 0))`.execute(trx);
        await trx
          .deleteFrom('findings')
          .where((eb) => eb.and(key))
          .execute();
        await trx
          .deleteFrom('priorities')
          .where((eb) => eb.and(key))
          .execute();
        await bulkInsert(
          trx,
          'findings',
          findings.map((finding) => ({ ...finding, ...key })),
        );
        await bulkInsert(
          trx,
          'priorities',
          priorities.map((priority) => ({ ...priority, ...key })),
        );
        const judged = {
          as_of: new Date(day.as_of),
          surfaces: day.surfaces,
          findings: day.findings,
          priorities: day.priorities,
          summary: JSON.stringify(day.summary),
        };
        await trx
          .insertInto('judged_days')
          .values({ ...key, ...judged })
          .onConflict((conflict) => conflict.columns(['workspace_id', 'date']).doUpdateSet(judged))
          .execute();
      });
    },

    async findDay(date) {
      const row = await days().where('date', '=', date).executeTakeFirst();
      return row && toJudgedDay(row);
    },

    async latestDay() {
      const row = await days().orderBy('date', 'desc').limit(1).executeTakeFirst();
      return row && toJudgedDay(row);
    },

    async listDays({ start, end }) {
      const rows = await days().where('date', '>=', start).where('date', '<', end).orderBy('date').execute();
      return rows.map(toJudgedDay);
    },

    async listPriorities(date, limit) {
      const ranked = db
        .selectFrom('priorities')
        .selectAll()
        .where('workspace_id', '=', workspace)
        .where('date', '=', date)
        .orderBy('rank');
      const rows = await (limit === undefined ? ranked : ranked.limit(limit)).execute();
      return rows.map(({ workspace_id: _, explanation: __, ...priority }): Priority => priority);
    },

    listOutlines: ({ start, end }) =>
      db
        .selectFrom('priorities')
        .select(['date', 'entity_type', 'entity_key', 'members', 'drivers'])
        .where('workspace_id', '=', workspace)
        .where('date', '>=', start)
        .where('date', '<', end)
        .orderBy('date')
        .orderBy('rank')
        .execute(),

    async listGaps({ start, end }) {
      const rows = await db
        .selectFrom('judged_days')
        .select(['date', 'summary'])
        .where('workspace_id', '=', workspace)
        .where('date', '>=', start)
        .where('date', '<', end)
        .where(sql<boolean>`jsonb_array_length(summary->'gap_sources') > 0`)
        .orderBy('date')
        .execute();
      return rows.map(({ date, summary }) => ({ date, sources: summary.gap_sources }));
    },

    async listFindings({ start, end }) {
      const rows = await db
        .selectFrom('findings')
        .selectAll()
        .where('workspace_id', '=', workspace)
        .where('date', '>=', start)
        .where('date', '<', end)
        .orderBy('date')
        .orderBy('entity_type')
        .orderBy('entity_key')
        .orderBy('rule')
        .orderBy('metric')
        .execute();
      return rows.map(({ workspace_id: _, ...finding }): Finding => finding);
    },

    async findExplanation(date, entity) {
      const row = await db
        .selectFrom('priorities')
        .select('explanation')
        .where((eb) => eb.and(keyOf(date, entity)))
        .executeTakeFirst();
      return row?.explanation ?? undefined;
    },

    async saveExplanation(date, entity, explanation) {
      const saved = await db
        .updateTable('priorities')
        .set({ explanation: JSON.stringify(explanation) })
        .where((eb) => eb.and(keyOf(date, entity)))
        .returning('date')
        .executeTakeFirst();
      if (!saved) throw new SeepassError('not_found', `${entity.entity_key} is no priority of ${date} any more.`);
    },
  };

  function keyOf(date: string, { entity_type, entity_key }: EntityRef) {
    return { workspace_id: workspace, date, entity_type, entity_key };
  }
}

function toJudgedDay({ workspace_id: _, as_of, ...day }: Selectable<Database['judged_days']>): JudgedDay {
  // A day that was stored before its summary held these.
  return {
    ...day,
    as_of: as_of.getTime(),
    summary: {
      ...day.summary,
      under_maintenance: day.summary.under_maintenance ?? 0,
      improvements: day.summary.improvements ?? [],
    },
  };
}
