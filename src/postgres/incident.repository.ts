import { type Kysely, type Selectable, sql } from 'kysely';
import type { IncidentChange } from '../core/incident/change.ts';
import type { Incident } from '../core/incident/incident.ts';
import type { IncidentStore } from '../pipeline/incidents.ts';
import type { Declarer } from '../pipeline/ports.ts';
import type { StoreContext } from './context.ts';
import { wasFalse, wasUseful } from './incident-judgement.ts';
import { toEntry, toIncident } from './incident-rows.ts';
import { lockIncidents, StaleIncidents, writeIncidents } from './incident-write.ts';
import type { Database } from './tables.ts';
import { isUuid } from './uuid.ts';

const LIVE = ['open', 'acknowledged', 'recovering'] as const;

/** Incidents, their members and their history. */
export function createIncidentStore(db: Kysely<Database>, context: StoreContext): IncidentStore {
  const { workspace } = context;
  const incidents = () => db.selectFrom('incidents').selectAll().where('workspace_id', '=', workspace);

  const withMembers = async (rows: readonly Selectable<Database['incidents']>[]): Promise<Incident[]> => {
    if (rows.length === 0) return [];
    const members = await db
      .selectFrom('incident_members')
      .selectAll()
      .where('workspace_id', '=', workspace)
      .where('incident_id', '=', sql<string>`ANY(${rows.map(({ id }) => id)}::uuid[])`)
      .orderBy('incident_id')
      .orderBy('place')
      .execute();
    const of = new Map<string, typeof members>(rows.map(({ id }) => [id, []]));
    for (const member of members) of.get(member.incident_id)?.push(member);
    return rows.map((row) => toIncident(row, of.get(row.id) ?? []));
  };
  const first = async (rows: readonly Selectable<Database['incidents']>[]) => (await withMembers(rows))[0];

  const save = (changes: readonly IncidentChange[], by: Declarer | 'system') =>
    unlessStale(() => db.transaction().execute((trx) => writeIncidents(trx, context, changes, by)));

  return {
    save,

    follow: ({ before, until, changes }) =>
      unlessStale(() =>
        db.transaction().execute(async (trx) => {
          await lockIncidents(trx, context);
          const mark = await trx
            .selectFrom('incidents_followed')
            .select('until')
            .where('workspace_id', '=', workspace)
            .executeTakeFirst();
          if (mark?.until.getTime() !== before) throw new StaleIncidents();
          const moved = { until: new Date(until) };
          await trx
            .insertInto('incidents_followed')
            .values({ workspace_id: workspace, ...moved })
            .onConflict((conflict) => conflict.column('workspace_id').doUpdateSet(moved))
            .execute();
          return writeIncidents(trx, context, changes, 'system');
        }),
      ),

    async followedUntil() {
      const mark = await db
        .selectFrom('incidents_followed')
        .select('until')
        .where('workspace_id', '=', workspace)
        .executeTakeFirst();
      return mark?.until.getTime();
    },

    find: async (id) => (isUuid(id) ? first(await incidents().where('id', '=', id).execute()) : undefined),

    findByNumber: async (number) =>
      isNumber(number) ? first(await incidents().where('number', '=', number).execute()) : undefined,

    listLive: async () =>
      withMembers(await incidents().where('state', 'in', LIVE).orderBy('opened_at').orderBy('number').execute()),

    listEnded: async ({ start, end }) =>
      withMembers(
        await incidents()
          .where('ended_at', '>=', new Date(start))
          .where('ended_at', '<', new Date(end))
          .orderBy('ended_at', 'desc')
          .orderBy('number', 'desc')
          .execute(),
      ),

    async listEntries(id) {
      if (!isUuid(id)) return [];
      const rows = await db
        .selectFrom('incident_entries')
        .selectAll()
        .where('workspace_id', '=', workspace)
        .where('incident_id', '=', id)
        .orderBy('sequence')
        .execute();
      return rows.map(toEntry);
    },

    countJudged: (since) =>
      db
        .selectFrom('incidents')
        .select('lead_metric as metric')
        .select(sql<number>`count(*) FILTER (WHERE ${wasUseful})::int`.as('useful'))
        .select(sql<number>`count(*) FILTER (WHERE ${wasFalse})::int`.as('false'))
        .where('workspace_id', '=', workspace)
        .where('ended_at', '>=', new Date(since))
        .groupBy('lead_metric')
        .orderBy('lead_metric')
        .execute(),
  };
}

async function unlessStale<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof StaleIncidents) return undefined;
    throw error;
  }
}

const isNumber = (number: number): boolean => Number.isInteger(number) && number > 0 && number < 2 ** 31;
