import { type RawBuilder, sql, type Transaction } from 'kysely';
import type { StoreContext } from './context.ts';
import type { Scope } from './rollup-scope.ts';
import type { Database } from './tables.ts';

/**
 * Marks the days and hours whose topics change with the themes of some tickets: those without a topic of their own.
 * @param keys a query of event keys.
 */
export async function markTopics(
  trx: Transaction<Database>,
  { workspace, timezone }: StoreContext,
  keys: RawBuilder<unknown>,
): Promise<void> {
  await sql`
    WITH touched AS (
      SELECT local::date AS date, surface, bit_or(1 << date_part('hour', local)::integer) AS hours
      FROM (
        SELECT ts AT TIME ZONE ${timezone} AS local, surface FROM events
        WHERE workspace_id = ${workspace} AND event_key IN (${keys}) AND surface IS NOT NULL AND ticket_topic IS NULL
      ) located GROUP BY 1, 2
    ), hours AS (
      INSERT INTO dirty_hours (workspace_id, date, surface, hours) SELECT ${workspace}, date, surface, hours FROM touched
    )
    INSERT INTO dirty_buckets (workspace_id, date, surface) SELECT ${workspace}, date, surface FROM touched`.execute(
    trx,
  );
}

/** Tickets without a topic of their source take that of their theme. */
export async function nameByTheme(trx: Transaction<Database>, { workspace }: Scope): Promise<void> {
  await sql`
    UPDATE rollup_signals SET ticket_topic = theme.label
    FROM ticket_theme_tickets assigned
    JOIN ticket_themes theme ON theme.workspace_id = assigned.workspace_id AND theme.theme_id = assigned.theme_id
    WHERE assigned.workspace_id = ${workspace} AND assigned.event_key = rollup_signals.event_key
      AND rollup_signals.ticket_topic IS NULL`.execute(trx);
}
