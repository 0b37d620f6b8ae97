import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { JoinKey, Reconciled, Reconciliation } from '../core/reconciliation.ts';
import type { DateRange } from '../core/records.ts';
import type { StoreContext } from './context.ts';
import { compileSelector } from './event-selector-sql.ts';
import type { Database } from './tables.ts';

interface Row {
  rule: number;
  date: string;
  /** Null on the rows that count right events. */
  surface: string | null;
  events: number;
  unmatched: number;
}

const KEYS: Readonly<Record<JoinKey, RawBuilder<unknown>>> = {
  order_id: sql`order_id`,
  request_id: sql`meta ->> 'request_id'`,
  conversation_id: sql`meta ->> 'conversation_id'`,
  account: sql`account`,
};

/**
 * Left events of each day and page, how many of them stayed without a right one, and the right events of each day; one
 * scan of the events for all reconciliations. A left event counts once its time has passed by the latest event
 * there is: until then nobody can tell. Left events without the key, or without a page to tell them on, are left out.
 */
export async function readReconciled(
  db: Kysely<Database>,
  { workspace, timezone }: StoreContext,
  { start, end }: DateRange,
  reconciliations: readonly Reconciliation[],
): Promise<Reconciled[]> {
  const sides = reconciliations.flatMap((each, rule) => [
    sql`(${rule}::int, true, ${compileSelector(each.left)}, ${KEYS[each.by]}, coalesce(${each.surface ?? null}::text, surface))`,
    sql`(${rule}::int, false, ${compileSelector(each.right)}, ${KEYS[each.by]}, NULL::text)`,
  ]);
  // Asked once more of the events themselves, so that only those few that any side means are looked at by each side.
  const meant = sql.join(
    reconciliations.flatMap(({ left, right }) => [compileSelector(left), compileSelector(right)]),
    sql` OR `,
  );
  const within = reconciliations.map((each) => each.within);
  const day = sql`(ts AT TIME ZONE ${timezone})::date`;
  const inRange = sql`${day} >= ${start}::date AND ${day} < ${end}::date`;
  const { rows } = await sql<Row>`
    WITH sides AS MATERIALIZED (
      SELECT side.rule, side.is_left, side.key, side.page, events.ts
      FROM events CROSS JOIN LATERAL (VALUES ${sql.join(sides)}) AS side (rule, is_left, chosen, key, page)
      WHERE workspace_id = ${workspace} AND (${meant}) AND side.chosen
        AND ts >= (${start}::date - 2)::timestamptz AND ts < (${end}::date + 2)::timestamptz
    ), timed AS (
      SELECT rule, is_left, page, ts,
        max(ts) FILTER (WHERE NOT is_left) OVER (PARTITION BY rule, key ORDER BY ts) AS latest_before,
        min(ts) FILTER (WHERE NOT is_left) OVER (PARTITION BY rule, key ORDER BY ts DESC) AS first_after
      FROM sides WHERE key IS NOT NULL
    ), limits AS (
      SELECT ordinality::int - 1 AS rule, make_interval(mins => minutes) AS ahead, make_interval(mins => back) AS back
      FROM unnest(${within}::int[], ${reconciliations.map(minutesBack)}::int[]) WITH ORDINALITY AS limit_of (minutes, back)
    )
    SELECT rule, ${day} AS date, page AS surface, count(*) AS events, count(*) FILTER (
        WHERE coalesce(first_after > ts + ahead, true) AND coalesce(latest_before < ts - back, true)) AS unmatched
    FROM timed JOIN limits USING (rule)
    WHERE is_left AND page IS NOT NULL AND ${inRange}
      AND ts + ahead <= (SELECT max(last_event_at) FROM source_freshness WHERE workspace_id = ${workspace})
    GROUP BY 1, 2, 3
    UNION ALL
    SELECT rule, ${day}, NULL, count(*), 0 FROM sides WHERE NOT is_left AND ${inRange} GROUP BY 1, 2`.execute(db);
  return reconciliations.map((reconciliation, rule) => {
    const own = rows.filter((row) => row.rule === rule);
    return {
      reconciliation,
      days: own.flatMap(({ date, surface, events, unmatched }) =>
        surface === null ? [] : { date, surface, left: events, unmatched },
      ),
      right: own.flatMap(({ date, surface, events }) => (surface === null ? { date, count: events } : [])),
    };
  });
}

/**
 * An id belongs to one thing, so a right event a little earlier is the same thing by another clock. An account has many
 * things going on: only what came after a left event can belong to it.
 */
function minutesBack({ by, within }: Reconciliation): number {
  return by === 'account' ? 0 : within;
}
