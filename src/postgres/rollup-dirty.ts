import { type Kysely, sql, type Transaction } from 'kysely';
import { MEASURES } from '../core/catalogue/measures.ts';
import type { DateRange } from '../core/records.ts';
import type { StoreContext } from './context.ts';
import { markAllHours, markLateHours } from './hourly-dirty.ts';
import type { LatePlan } from './rollup-exposure.ts';
import { eventsOf, selectEvents } from './rollup-sql.ts';
import type { Database } from './tables.ts';

/** Days that are recomputed in one transaction: bounds what the lock holds up and what the sorts need. */
const DAYS_A_CHUNK = 28;

/** Runs of neighbouring dirty days, oldest first, none longer than a chunk. */
export async function planChunks(db: Kysely<Database>, workspace: string): Promise<{ first: string; last: string }[]> {
  const { rows } = await sql<{ first: string; last: string }>`
    WITH days AS (
      SELECT date, date - row_number() OVER (ORDER BY date)::int AS run
      FROM (SELECT DISTINCT date FROM dirty_buckets WHERE workspace_id = ${workspace}) dirty
    ), parts AS (
      SELECT date, run, (date - min(date) OVER (PARTITION BY run)) / ${DAYS_A_CHUNK}::int AS part FROM days
    )
    SELECT min(date) AS first, max(date) AS last FROM parts GROUP BY run, part ORDER BY 1`.execute(db);
  return rows;
}

/** Days of the half-open range that have dirty buckets, oldest first. */
export async function listDirtyDates(
  db: Kysely<Database>,
  workspace: string,
  { start, end }: DateRange,
): Promise<string[]> {
  const rows = await db
    .selectFrom('dirty_buckets')
    .select('date')
    .distinct()
    .where('workspace_id', '=', workspace)
    .where('date', '>=', start)
    .where('date', '<', end)
    .orderBy('date')
    .execute();
  return rows.map(({ date }) => date);
}

export interface TakenMarks {
  readonly buckets: number;
  readonly dates: string[];
  readonly surfaces: string[];
}

/**
 * Takes the marks of some days. A mark commits together with its events, and each statement sees what was committed
 * before it began: a later statement of this transaction sees the events of every mark taken here. A mark that
 * commits after this statement is not deleted by it and waits for the next run, so none is ever lost.
 */
export async function takeMarks(
  trx: Transaction<Database>,
  workspace: string,
  { first, last }: { first: string; last: string },
): Promise<TakenMarks> {
  const { rows } = await sql<{ buckets: number; dates: string[] | null; surfaces: string[] | null }>`
    WITH taken AS (
      DELETE FROM dirty_buckets WHERE workspace_id = ${workspace} AND date BETWEEN ${first}::date AND ${last}::date
      RETURNING date, surface
    ), buckets AS (SELECT DISTINCT date, surface FROM taken)
    SELECT count(*) AS buckets, array_agg(DISTINCT date) AS dates, array_agg(DISTINCT surface) AS surfaces
    FROM buckets`.execute(trx);
  const [row] = rows;
  return { buckets: row?.buckets ?? 0, dates: row?.dates ?? [], surfaces: row?.surfaces ?? [] };
}

/** Marks every bucket that has events in the present zone, and every row made from events, which may have lost them. */
export async function markEverything(trx: Transaction<Database>, context: StoreContext): Promise<void> {
  const { workspace, timezone } = context;
  await sql`
    INSERT INTO dirty_buckets (workspace_id, date, surface)
    SELECT ${workspace}, (ts AT TIME ZONE ${timezone})::date, surface FROM events
    WHERE workspace_id = ${workspace} AND surface IS NOT NULL GROUP BY 2, 3
    UNION
    SELECT workspace_id, date, surface FROM daily_surface_metrics
    WHERE workspace_id = ${workspace} AND origin = 'events'`.execute(trx);
  await markAllHours(trx, context);
}

/**
 * A monthly revenue that arrives late changes the exposure of later days and hours: marks the computed buckets where
 * that account was affected on or after it.
 */
export async function expandAccountMarks(trx: Transaction<Database>, context: StoreContext): Promise<void> {
  const { rows: late } = await sql<LatePlan>`
    WITH taken AS (DELETE FROM dirty_accounts WHERE workspace_id = ${context.workspace} RETURNING account, since)
    SELECT account, min(since) AS since FROM taken GROUP BY account`.execute(trx);
  if (late.length === 0) return;
  await markLateDays(trx, context, late);
  await markLateHours(trx, context, late);
}

/** Days that are dirty anyway are left out, so a first import pays nothing. */
async function markLateDays(
  trx: Transaction<Database>,
  { workspace, timezone, failureStatuses }: StoreContext,
  late: readonly LatePlan[],
): Promise<void> {
  const accounts = late.map(({ account }) => account);
  const since = late.map((plan) => plan.since);
  const earliest = since.toSorted()[0] ?? '';

  const clean = sql`
    SELECT date, surface FROM daily_surface_metrics computed
    WHERE workspace_id = ${workspace} AND date >= ${earliest}::date AND origin = 'events' AND affected_accounts > 0
      AND NOT EXISTS (SELECT FROM dirty_buckets dirty WHERE dirty.workspace_id = ${workspace}
        AND dirty.date = computed.date AND dirty.surface = computed.surface)`;
  const span = await sql<{ first: string | null; last: string | null }>`
    SELECT min(date) AS first, max(date) AS last FROM (${clean}) clean`.execute(trx);
  const { first, last } = span.rows[0] ?? {};
  if (!first || !last) return;

  // The bounds on ts are a day wide of the span in any zone; the date itself is compared exactly.
  await sql`
    WITH late AS (SELECT * FROM unnest(${accounts}::text[], ${since}::date[]) AS late (account, since)),
    hit AS (
      SELECT (ts AT TIME ZONE ${timezone})::date AS date, surface, account FROM events
      WHERE workspace_id = ${workspace} AND surface IS NOT NULL AND account = ANY(${accounts}::text[])
        AND ts >= (${first}::date - 1)::timestamptz AND ts < (${last}::date + 2)::timestamptz
        AND ${selectEvents(eventsOf(MEASURES, ['exposure']), failureStatuses)}
    )
    INSERT INTO dirty_buckets (workspace_id, date, surface)
    SELECT DISTINCT ${workspace}, hit.date, hit.surface
    FROM hit JOIN late ON late.account = hit.account AND hit.date >= late.since
    JOIN (${clean}) clean ON clean.date = hit.date AND clean.surface = hit.surface`.execute(trx);
}
