import { sql } from 'kysely';
import type { DeliveryCount, DeliveryStore } from '../pipeline/deliveries.ts';
import { insertAuditEntry } from './audit.repository.ts';
import type { StoreContext } from './context.ts';
import type { DatabaseHandle } from './database.ts';
import type { SharedEventStore } from './event.repository.ts';
import { explainFailure } from './failure.ts';
import { createClaims } from './webhook-claim.ts';
import { addCounts, finishDeliveries, insertDeliveries } from './webhook-settle.ts';

/** Rows that are deleted at once, so that nobody waits for long. */
const PRUNED_AT_ONCE = 10_000;

/** What tools sent, from the door until its events are stored. */
export function createWebhookDeliveryStore(
  handle: DatabaseHandle,
  context: StoreContext,
  events: SharedEventStore,
): DeliveryStore {
  const { workspace, clock, timezone } = context;
  const { kysely: db, pool } = handle;
  const explained = (error: unknown): never => {
    throw explainFailure(error, handle.description);
  };
  const waiting = () =>
    db.selectFrom('webhook_deliveries').where('workspace_id', '=', workspace).where('state', '=', 'waiting');

  return {
    add: (deliveries) => insertDeliveries(pool, context, deliveries).catch(explained),

    claim: createClaims(db, context),

    async settle({ done, events: batch, needs, counts }) {
      const session = await events.beginImport();
      try {
        return await session.write(batch, async (client) => {
          await finishDeliveries(client, context, done);
          await insertDeliveries(client, context, needs);
          await addCounts(client, context, counts);
        });
      } finally {
        await session.end();
      }
    },

    async fail({ id, attempts }, error, retryAt) {
      const now = new Date(clock());
      await db
        .updateTable('webhook_deliveries')
        .where('workspace_id', '=', workspace)
        .where('id', '=', id)
        .where('state', '=', 'waiting')
        .where('attempts', '=', attempts)
        .set({
          last_error: error,
          ...(retryAt === null ? { state: 'dead', settled_at: now } : { next_attempt_at: new Date(retryAt) }),
        })
        .execute();
    },

    count: (counts) => addCounts(pool, context, counts).catch(explained),

    async counted(days) {
      const { rows } = await sql<DeliveryCount>`
        SELECT source, outcome, detail, sum(n)::bigint AS n FROM delivery_counts
        WHERE workspace_id = ${workspace} AND date > (${new Date(clock())}::timestamptz AT TIME ZONE ${timezone})::date - ${days}::integer
        GROUP BY source, outcome, detail ORDER BY n DESC, source, outcome, detail`.execute(db);
      return rows;
    },

    async backlog(limit) {
      const few = waiting().select('received_at').orderBy('next_attempt_at').limit(limit).as('few');
      const { n, oldest } = await db
        .selectFrom(few)
        .select((eb) => [eb.fn.countAll<string>().as('n'), eb.fn.min('received_at').as('oldest')])
        .executeTakeFirstOrThrow();
      const dead = await db
        .selectFrom('webhook_deliveries')
        .select((eb) => eb.fn.countAll<string>().as('n'))
        .where('workspace_id', '=', workspace)
        .where('state', '=', 'dead')
        .executeTakeFirstOrThrow();
      return { waiting: Number(n), oldest: oldest?.getTime() ?? null, dead: Number(dead.n) };
    },

    async dead(limit) {
      const rows = await db
        .selectFrom('webhook_deliveries')
        .select(['id', 'source', 'kind', 'received_at', 'attempts', 'last_error'])
        .where('workspace_id', '=', workspace)
        .where('state', '=', 'dead')
        .orderBy('settled_at', 'desc')
        .limit(limit)
        .execute();
      return rows.map((row) => ({ ...row, received_at: row.received_at.getTime() }));
    },

    retry: (id, actor) =>
      db.transaction().execute(async (trx) => {
        let dead = trx
          .updateTable('webhook_deliveries')
          .where('workspace_id', '=', workspace)
          .where('state', '=', 'dead');
        if (id !== 'all') dead = dead.where('id', '=', id);
        const retried = await dead
          .set({ state: 'waiting', settled_at: null, attempts: 0, next_attempt_at: new Date(clock()) })
          .returning('id')
          .execute();
        if (retried.length > 0)
          await insertAuditEntry(trx, context, {
            ...{ actor, actor_role: 'admin', action: 'deliveries.retry', subject_type: 'delivery', subject_id: id },
            ...{ channel: null, outcome: 'retried', details: { deliveries: retried.length } },
          });
        return retried.length;
      }),

    async prune({ parsed, dead }) {
      for (let pruned = 0; ; ) {
        const deleted = await db
          .deleteFrom('webhook_deliveries')
          .where('workspace_id', '=', workspace)
          .where('id', 'in', (eb) =>
            eb
              .selectFrom('webhook_deliveries')
              .select('id')
              .where('workspace_id', '=', workspace)
              .where((old) =>
                old.or([
                  old.and([old('state', '=', 'parsed'), old('settled_at', '<', new Date(parsed))]),
                  old.and([old('state', '=', 'dead'), old('settled_at', '<', new Date(dead))]),
                ]),
              )
              .limit(PRUNED_AT_ONCE),
          )
          .executeTakeFirst();
        const rows = Number(deleted.numDeletedRows);
        pruned += rows;
        if (rows < PRUNED_AT_ONCE) return pruned;
      }
    },
  };
}
