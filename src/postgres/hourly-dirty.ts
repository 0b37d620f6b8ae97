import { type Kysely, sql, type Transaction } from 'kysely';
import { MEASURES } from '../core/catalogue/measures.ts';
import { type Hour, hourOfDay, listHours } from '../core/hours.ts';
import { addDays, dateInZone, dayInstants, daysBetween, startOfDay } from '../core/window.ts';
import type { StoreContext } from './context.ts';
import type { LatePlan } from './rollup-exposure.ts';
import { eventsOf, selectEvents } from './rollup-sql.ts';
import type { Database } from './tables.ts';

/**
 * Days that get hours when there are none yet. A time-of-week baseline needs four weeks, a fifth stands in for days
 * that it leaves out; more would slow a first import down for rows that nobody reads.
 */
export const FIRST_DAYS = 35;

/** Days that a chunk of hours may span: their rows are many, so it is shorter than one of days. */
const DAYS_A_CHUNK = 7;

/** All hours of a day, as marks hold them. */
export const EVERY_HOUR = (1 << 24) - 1;

/** The latest instant that events are known of, though never after now: last month's file is aggregated like a live app. */
export async function readDataEnd(
  db: Kysely<Database>,
  { workspace, clock }: Pick<StoreContext, 'workspace' | 'clock'>,
): Promise<number> {
  const { last } = await db
    .selectFrom('source_freshness')
    .select(({ fn }) => fn.max<Date | null>('last_event_at').as('last'))
    .where('workspace_id', '=', workspace)
    .executeTakeFirstOrThrow();
  return Math.min(last?.getTime() ?? Number.POSITIVE_INFINITY, clock());
}

/**
 * The first day that has hours, or is to have them. Everything from it on has been aggregated: it only ever moves
 * forward, because the data's end does and rows before it are never made.
 */
async function readFirstDay(trx: Transaction<Database>, context: StoreContext): Promise<string> {
  const { workspace, timezone } = context;
  const { first } = await trx
    .selectFrom('hourly_surface_metrics')
    .select(({ fn }) => fn.min<Date | null>('hour').as('first'))
    .where('workspace_id', '=', workspace)
    .executeTakeFirstOrThrow();
  const wanted = addDays(dateInZone(await readDataEnd(trx, context), timezone), -FIRST_DAYS);
  const known = first === null ? wanted : dateInZone(first.getTime(), timezone);
  return known < wanted ? known : wanted;
}

/**
 * Forgets the marks of days that are too old to have hours, and marks what lies further back when that is asked for.
 * @param since a day from which on hours are wanted, however old.
 */
export async function settleFirstDay(trx: Transaction<Database>, context: StoreContext, since?: string): Promise<void> {
  const first = await readFirstDay(trx, context);
  if (since !== undefined && since < first) await markEvents(trx, context, { start: since, end: first });
  await sql`
    DELETE FROM dirty_hours
    WHERE workspace_id = ${context.workspace} AND date < least(${first}::date, ${since ?? null}::date)`.execute(trx);
}

/** Marks every hour that has events, from the first day on, and every row, which may have lost them. */
export async function markAllHours(trx: Transaction<Database>, context: StoreContext): Promise<void> {
  const { workspace, timezone } = context;
  await markEvents(trx, context, { start: await readFirstDay(trx, context), end: null });
  await sql`
    INSERT INTO dirty_hours (workspace_id, date, surface, hours)
    SELECT DISTINCT workspace_id, (hour AT TIME ZONE ${timezone})::date, surface, ${EVERY_HOUR}::int
    FROM hourly_surface_metrics WHERE workspace_id = ${workspace}`.execute(trx);
}

async function markEvents(
  trx: Transaction<Database>,
  { workspace, timezone }: StoreContext,
  { start, end }: { start: string; end: string | null },
): Promise<void> {
  const before = end === null ? null : new Date(startOfDay(end, timezone));
  await sql`
    INSERT INTO dirty_hours (workspace_id, date, surface, hours)
    SELECT DISTINCT ${workspace}, (ts AT TIME ZONE ${timezone})::date, surface, ${EVERY_HOUR}::int FROM events
    WHERE workspace_id = ${workspace} AND surface IS NOT NULL AND ts >= ${new Date(startOfDay(start, timezone))}::timestamptz
      AND ts < coalesce(${before}::timestamptz, 'infinity')`.execute(trx);
}

/** Marks the computed hours that a late monthly revenue changes; see expandAccountMarks. */
export async function markLateHours(
  trx: Transaction<Database>,
  { workspace, timezone, failureStatuses }: StoreContext,
  late: readonly LatePlan[],
): Promise<void> {
  const since = late.map((plan) => plan.since);
  const from = new Date(startOfDay(since.toSorted()[0] ?? '', timezone));
  const span = await sql<{ first: Date | null; last: Date | null }>`
    SELECT min(hour) AS first, max(hour) AS last FROM hourly_surface_metrics
    WHERE workspace_id = ${workspace} AND hour >= ${from}::timestamptz AND affected_accounts > 0`.execute(trx);
  const { first, last } = span.rows[0] ?? {};
  if (!first || !last) return;
  await sql`
    WITH late AS (
      SELECT * FROM unnest(${late.map(({ account }) => account)}::text[], ${since}::date[]) AS late (account, since)
    ), hit AS (
      SELECT account, surface, ts AT TIME ZONE ${timezone} AS local FROM events
      WHERE workspace_id = ${workspace} AND surface IS NOT NULL
        AND ts >= ${first}::timestamptz AND ts < ${last}::timestamptz + interval '1 hour'
        AND account IN (SELECT account FROM late) AND ${selectEvents(eventsOf(MEASURES, ['exposure']), failureStatuses)}
    )
    INSERT INTO dirty_hours (workspace_id, date, surface, hours)
    SELECT ${workspace}, local::date, surface, bit_or(1 << date_part('hour', local)::int)
    FROM hit JOIN late ON late.account = hit.account AND local::date >= late.since
    GROUP BY 2, 3`.execute(trx);
}

/** Spans of days with dirty hours, oldest first, none longer than a chunk. */
export async function planHourChunks(
  db: Kysely<Database>,
  workspace: string,
): Promise<{ first: string; last: string }[]> {
  const { rows } = await sql<{ date: string }>`
    SELECT DISTINCT date FROM dirty_hours WHERE workspace_id = ${workspace} ORDER BY date`.execute(db);
  const chunks: { first: string; last: string }[] = [];
  for (const { date } of rows) {
    const chunk = chunks.at(-1);
    if (chunk && daysBetween(chunk.first, date) < DAYS_A_CHUNK) chunk.last = date;
    else chunks.push({ first: date, last: date });
  }
  return chunks;
}

/** Takes the marks of some days, as takeMarks does: what they say is committed, and none is lost. */
export async function takeHourMarks(
  trx: Transaction<Database>,
  { workspace, timezone }: Pick<StoreContext, 'workspace' | 'timezone'>,
  { first, last }: { first: string; last: string },
): Promise<{ hours: Hour[]; surfaces: string[] }> {
  const { rows } = await sql<{ date: string; hours: number; surfaces: string[] }>`
    WITH taken AS (
      DELETE FROM dirty_hours WHERE workspace_id = ${workspace} AND date BETWEEN ${first}::date AND ${last}::date
      RETURNING date, surface, hours
    )
    SELECT date, bit_or(hours) AS hours, array_agg(DISTINCT surface) AS surfaces
    FROM taken GROUP BY date ORDER BY date`.execute(trx);
  const hours = rows.flatMap(({ date, hours: marked }) =>
    listHours(dayInstants(date, timezone), timezone).filter(({ start }) => (marked >> hourOfDay(start, timezone)) & 1),
  );
  return { hours, surfaces: [...new Set(rows.flatMap(({ surfaces }) => surfaces))] };
}
