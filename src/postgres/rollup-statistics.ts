import { type Kysely, sql } from 'kysely';
import type { Log } from '../pipeline/ports.ts';
import type { Database } from './tables.ts';

/**
 * Lets the planner use the index on ts after an import. A BRIN index covers new pages only once they are summarised,
 * and is chosen only when the table was analysed: a server does both in the background, in its own time, and the
 * embedded database never does. Costs nothing when nothing is new.
 */
export async function refreshEventStatistics(db: Kysely<Database>, log: Log): Promise<void> {
  try {
    await db.transaction().execute(async (trx) => {
      // A vacuum that is under way holds the same lock, and does this work itself.
      await sql`SET LOCAL lock_timeout = '2s'`.execute(trx);
      await sql`SELECT brin_summarize_new_values('events_ts_brin')`.execute(trx);
      const { rows } = await sql<{ grown: boolean }>`
        SELECT reltuples < 0 OR pg_relation_size(oid) > 1.5 * relpages * current_setting('block_size')::int AS grown
        FROM pg_class WHERE oid = 'events'::regclass`.execute(trx);
      if (rows[0]?.grown) await sql`ANALYZE events (workspace_id, ts, type, surface, account)`.execute(trx);
    });
  } catch (error) {
    log.warn({ err: error }, 'The index on event times could not be brought up to date: aggregating will be slower');
  }
}
