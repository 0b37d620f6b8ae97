import { type RawBuilder, sql, type Transaction } from 'kysely';
import { getMeasure } from '../core/catalogue/index.ts';
import { MEASURES } from '../core/catalogue/measures.ts';
import { compileAdditive, compilePercentiles, eventsOf, selectEvents } from './rollup-sql.ts';
import type { Database } from './tables.ts';

/** What is recomputed together: whole days, or some surfaces of them. */
export interface Scope {
  readonly workspace: string;
  readonly timezone: string;
  readonly failureStatuses: readonly number[];
  /** First and last calendar day, both included. */
  readonly first: string;
  readonly last: string;
  /** Null for every surface. */
  readonly surfaces: readonly string[] | null;
}

/** The start of each day of a scope and the end of the last, as PostgreSQL wrote them. */
interface DayStarts {
  readonly starts: string;
  readonly from: string;
  readonly to: string;
}

/**
 * Reads the events of a scope into transaction-scoped tables: `rollup_counts` (by date, surface, release),
 * `rollup_latency` (by date, surface) and `rollup_signals` (the few events that distinct counts and lists need).
 * CREATE TABLE AS may run in parallel, INSERT … SELECT may not: that is why these are tables and not CTEs.
 */
export async function scanEvents(trx: Transaction<Database>, scope: Scope): Promise<void> {
  const days = await readDayStarts(trx, scope);
  const { failureStatuses } = scope;
  // The date is found by bisecting the day starts: half the cost of AT TIME ZONE on each row.
  const date = sql`(${scope.first}::date + width_bucket(ts, ${days.starts}::timestamptz[]) - 1)`;
  const from = sql`FROM events WHERE ${inScope(scope, days)}`;

  await sql`
    CREATE TEMP TABLE rollup_counts ON COMMIT DROP AS
    SELECT ${date} AS date, surface, release, max(normaliser_version) AS normaliser_version,
      ${compileAdditive(MEASURES, failureStatuses)}
    ${from} GROUP BY 1, 2, 3`.execute(trx);

  await sql`
    CREATE TEMP TABLE rollup_latency ON COMMIT DROP AS
    SELECT ${date} AS date, surface, ${compilePercentiles(MEASURES, failureStatuses)}
    ${from} AND ${selectEvents(eventsOf(MEASURES, ['percentile']), failureStatuses)} GROUP BY 1, 2`.execute(trx);

  await sql`
    CREATE TEMP TABLE rollup_signals ON COMMIT DROP AS
    SELECT ${date} AS date, surface, ts, event_key, account, "user", release, env, error_signature,
      ${selectEvents(getMeasure('errors').events, failureStatuses)} AS is_error,
      CASE WHEN ${selectEvents(getMeasure('tickets').events, failureStatuses)} THEN ticket_topic END AS ticket_topic,
      CASE WHEN ${selectEvents(getMeasure('tickets').events, failureStatuses)} THEN meta ->> 'text' END AS text
    ${from} AND ${selectEvents(eventsOf(MEASURES, ['distinct', 'exposure']), failureStatuses)}`.execute(trx);
}

/**
 * The first instant of each day: zones shift by whole quarters of an hour, so it is the first quarter whose local
 * date is that day. Right where midnight is skipped (Beirut) or comes twice (Havana).
 */
async function readDayStarts(trx: Transaction<Database>, { timezone, first, last }: Scope): Promise<DayStarts> {
  const { rows } = await sql<DayStarts>`
    WITH days AS (
      SELECT day::date AS day FROM generate_series(${first}::date::timestamp, ${last}::date::timestamp + '1 day', '1 day') day
    ), started AS (
      SELECT day, (
        SELECT min(quarter) FROM generate_series(
          (day::timestamp AT TIME ZONE ${timezone}) - interval '3 hours',
          (day::timestamp AT TIME ZONE ${timezone}) + interval '3 hours', '15 minutes') quarter
        WHERE (quarter AT TIME ZONE ${timezone})::date >= day) AS start
      FROM days
    )
    SELECT (array_agg(start ORDER BY day) FILTER (WHERE day <= ${last}::date))::text AS starts,
      min(start)::text AS "from", max(start)::text AS "to"
    FROM started`.execute(trx);
  const [row] = rows;
  if (!row) throw new RangeError('An aggregate over no rows returns one row.');
  return row;
}

/** Bounds on ts are constants when the statement is planned, so the BRIN index finds the days' own pages. */
function inScope({ workspace, surfaces }: Scope, { from, to }: DayStarts): RawBuilder<unknown> {
  const everySurface = sql`workspace_id = ${workspace} AND surface IS NOT NULL
    AND ts >= ${from}::timestamptz AND ts < ${to}::timestamptz`;
  return surfaces === null ? everySurface : sql`${everySurface} AND surface = ANY(${[...surfaces]}::text[])`;
}
