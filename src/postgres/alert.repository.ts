import { type Kysely, type Selectable, sql } from 'kysely';
import type { AlertDecision, AlertStore } from '../pipeline/incidents.ts';
import type { StoreContext } from './context.ts';
import type { Database } from './tables.ts';

/** Every change of an ended incident moves its end: what ended before is shown, or was given up long ago. */
const SHOWN_WITHIN = 30 * 86_400_000;

/** What was decided on incidents in channels, and what of them was put into the outbox. */
export function createAlertStore(db: Kysely<Database>, { workspace, clock }: StoreContext): AlertStore {
  const decisions = () => db.selectFrom('alert_decisions').selectAll().where('workspace_id', '=', workspace);

  return {
    async put({ incidentId, channel, at, revision, held }) {
      const decided = { decided_at: new Date(at), revision, posted: held === null, reason: held };
      // What happened before the post is told by it.
      const told = sql<number>`(SELECT coalesce(max(sequence), 0)::int FROM incident_entries
        WHERE workspace_id = ${workspace} AND incident_id = ${incidentId}::uuid)`;
      await db
        .insertInto('alert_decisions')
        .values({ workspace_id: workspace, incident_id: incidentId, channel, ...decided, shown_entry: told })
        .onConflict((conflict) =>
          conflict
            .columns(['workspace_id', 'incident_id', 'channel'])
            .doUpdateSet({ ...decided, shown_entry: told })
            .where('alert_decisions.posted', '=', false),
        )
        .execute();
    },

    list: async (incidentId) =>
      (await decisions().where('incident_id', '=', incidentId).orderBy('channel').execute()).map(toDecision),

    async listOnLive() {
      const rows = await db
        .selectFrom('alert_decisions')
        .innerJoin('incidents', (join) =>
          join
            .onRef('incidents.workspace_id', '=', 'alert_decisions.workspace_id')
            .onRef('incidents.id', '=', 'alert_decisions.incident_id'),
        )
        .selectAll('alert_decisions')
        .where('alert_decisions.workspace_id', '=', workspace)
        .where('incidents.state', 'in', ['open', 'acknowledged', 'recovering'])
        .execute();
      return rows.map(toDecision);
    },

    async countPosted(since) {
      const { posted } = await db
        .selectFrom('alert_decisions')
        .select(sql<number>`count(DISTINCT incident_id)::int`.as('posted'))
        .where('workspace_id', '=', workspace)
        .where('posted', '=', true)
        .where('decided_at', '>=', new Date(since))
        .executeTakeFirstOrThrow();
      return posted;
    },

    listInChannel: async (channel, since) =>
      (
        await decisions()
          .where('channel', '=', channel)
          .where('decided_at', '>=', new Date(since))
          .orderBy('decided_at')
          .orderBy('incident_id')
          .execute()
      ).map(toDecision),

    async listBehind(limit, incidentId) {
      let behind = db
        .selectFrom('alert_decisions')
        .innerJoin('incidents', (join) =>
          join
            .onRef('incidents.workspace_id', '=', 'alert_decisions.workspace_id')
            .onRef('incidents.id', '=', 'alert_decisions.incident_id'),
        )
        .select(['incident_id', 'channel', 'alert_decisions.revision as decided', 'shown_revision', 'shown_entry'])
        .where('alert_decisions.workspace_id', '=', workspace)
        .where('posted', '=', true)
        .whereRef('shown_revision', '<', 'incidents.revision')
        .where((eb) =>
          eb.or([
            eb('incidents.ended_at', 'is', null),
            eb('incidents.ended_at', '>=', new Date(clock() - SHOWN_WITHIN)),
          ]),
        )
        .where(({ not, exists, selectFrom }) =>
          not(
            exists(
              selectFrom('subscriptions')
                .select('subscriptions.id')
                .whereRef('subscriptions.workspace_id', '=', 'alert_decisions.workspace_id')
                .whereRef('subscriptions.channel', '=', 'alert_decisions.channel')
                .where('subscriptions.ended_at', 'is', null)
                .where('subscriptions.paused_at', 'is not', null),
            ),
          ),
        )
        .orderBy('incident_id')
        .orderBy('channel')
        .limit(limit);
      if (incidentId !== undefined) behind = behind.where('incident_id', '=', incidentId);
      return (await behind.execute()).map((row) => ({
        incidentId: row.incident_id,
        channel: row.channel,
        decidedRevision: row.decided,
        shownRevision: row.shown_revision,
        shownEntry: row.shown_entry,
      }));
    },

    async markShown({ incidentId, channel, shownRevision, shownEntry }) {
      await db
        .updateTable('alert_decisions')
        .set({
          shown_revision: sql`greatest(shown_revision, ${shownRevision}::int)`,
          shown_entry: sql`greatest(shown_entry, ${shownEntry}::int)`,
        })
        .where('workspace_id', '=', workspace)
        .where('incident_id', '=', incidentId)
        .where('channel', '=', channel)
        // Several processes show the same: who comes second has nothing to write.
        .where((eb) => eb.or([eb('shown_revision', '<', shownRevision), eb('shown_entry', '<', shownEntry)]))
        .execute();
    },
  };
}

function toDecision(row: Selectable<Database['alert_decisions']>): AlertDecision {
  const { incident_id, channel, decided_at, revision, reason } = row;
  return { incidentId: incident_id, channel, at: decided_at.getTime(), revision, held: reason };
}
