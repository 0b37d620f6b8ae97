import { type Kysely, sql } from 'kysely';
import type { VoteStore } from '../pipeline/subscriptions.ts';
import { insertAuditEntry } from './audit.repository.ts';
import type { StoreContext } from './context.ts';
import { wasFalse, wasUseful } from './incident-judgement.ts';
import type { Database } from './tables.ts';

/** A day judges views and requests apart; of an hour both are traffic, and one rule alerts about it. */
const DAILY_TRAFFIC = ['pageviews', 'requests'];

/** What people found useful in digests. */
export function createVoteStore(db: Kysely<Database>, context: StoreContext): VoteStore {
  const { workspace, timezone, clock } = context;
  return {
    put: ({ useful, metric, ...key }, { role, channel }) =>
      db.transaction().execute(async (trx) => {
        const said = { useful, metric, at: new Date(clock()) };
        await trx
          .insertInto('usefulness_votes')
          .values({ workspace_id: workspace, ...key, ...said })
          .onConflict((conflict) =>
            conflict.columns(['workspace_id', 'date', 'entity_type', 'entity_key', 'voter']).doUpdateSet(said),
          )
          .execute();
        await insertAuditEntry(trx, context, {
          ...{ actor: key.voter, actor_role: role, channel, action: 'vote.useful', details: { date: key.date } },
          ...{ subject_type: key.entity_type, subject_id: key.entity_key, outcome: useful ? 'useful' : 'not_useful' },
        });
      }),

    async count({ start, end }) {
      const rows = await db
        .selectFrom('usefulness_votes')
        .select(({ fn }) => [
          'entity_type',
          'entity_key',
          'metric',
          fn.countAll<string>().filterWhere('useful', '=', true).as('useful'),
          fn.countAll<string>().filterWhere('useful', '=', false).as('not'),
        ])
        .where('workspace_id', '=', workspace)
        .where('date', '>=', start)
        .where('date', '<', end)
        .groupBy(['entity_type', 'entity_key', 'metric'])
        .execute();
      return rows.map((row) => ({ ...row, useful: Number(row.useful), not: Number(row.not) }));
    },

    async countJudged(since) {
      const { rows } = await sql<Awaited<ReturnType<VoteStore['countJudged']>>[number]>`
        WITH votes AS (
          SELECT date, entity_type, entity_key, useful,
            CASE WHEN metric IN (${sql.join(DAILY_TRAFFIC)}) THEN 'traffic' ELSE metric END AS metric
          FROM usefulness_votes
          WHERE workspace_id = ${workspace} AND at >= ${new Date(since)}
        ), items AS (
          SELECT metric, count(*) FILTER (WHERE useful) AS useful, count(*) FILTER (WHERE NOT useful) AS useless
          FROM votes AS vote
          WHERE NOT EXISTS (
            SELECT FROM incidents
            JOIN incident_members AS member
              ON member.workspace_id = incidents.workspace_id AND member.incident_id = incidents.id
            WHERE incidents.workspace_id = ${workspace} AND vote.entity_type = 'surface'
              AND member.surface = vote.entity_key AND incidents.lead_metric = vote.metric
              AND incidents.since < ((vote.date + 1)::timestamp AT TIME ZONE ${timezone})
              AND incidents.ended_at > (vote.date::timestamp AT TIME ZONE ${timezone})
              AND incidents.ended_at >= ${new Date(since)} AND (${wasUseful} OR ${wasFalse}))
          GROUP BY date, entity_type, entity_key, metric)
        SELECT metric, (count(*) FILTER (WHERE useful > useless))::int AS useful,
          (count(*) FILTER (WHERE useful < useless))::int AS "false"
        FROM items GROUP BY metric ORDER BY metric`.execute(db);
      return rows;
    },
  };
}
