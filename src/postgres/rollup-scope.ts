import { type RawBuilder, sql, type Transaction } from 'kysely';
import type { Hour } from '../core/hours.ts';
import type { StoreContext } from './context.ts';
import type { Database } from './tables.ts';

/** What is recomputed together: buckets of one grain, of every surface or of some. */
export interface Scope extends Pick<StoreContext, 'workspace' | 'timezone' | 'failureStatuses'> {
  /** The rollup and the column that holds its bucket. */
  readonly table: 'daily_surface_metrics' | 'hourly_surface_metrics';
  readonly key: 'date' | 'hour';
  /** Null for every surface. */
  readonly surfaces: readonly string[] | null;
  /** The last calendar day of the scope. */
  readonly last: string;
  /** The bucket of an event of the scope. */
  readonly bucketOfEvent: RawBuilder<unknown>;
  /** When events of the buckets happened. Bounds are constants when planned, so the BRIN index finds their own pages. */
  readonly eventTimes: RawBuilder<unknown>;
  /** The buckets, as values of `key`. */
  readonly keys: RawBuilder<unknown>;
  /** The calendar day that a bucket lies on. */
  readonly dateOf: (bucket: RawBuilder<unknown>) => RawBuilder<unknown>;
}

type Context = Pick<StoreContext, 'workspace' | 'timezone' | 'failureStatuses'>;

/** True for the events of the scope. */
export const eventsIn = (scope: Scope): RawBuilder<unknown> => ofSurfaces(scope, scope.eventTimes);

/** True for the rows of the scope in any rollup that has its key. */
export const rowsIn = (scope: Scope): RawBuilder<unknown> => ofSurfaces(scope, scope.keys);

function ofSurfaces({ workspace, surfaces }: Scope, when: RawBuilder<unknown>): RawBuilder<unknown> {
  const every = sql`workspace_id = ${workspace} AND surface IS NOT NULL AND ${when}`;
  return surfaces === null ? every : sql`${every} AND surface = ANY(${[...surfaces]}::text[])`;
}

/** Only the dirty surfaces, unless they are nearly all: then looking at whole buckets costs less. */
export async function narrowToSurfaces(
  trx: Transaction<Database>,
  scope: Scope,
  dirty: readonly string[],
): Promise<Scope> {
  const { rows } = await sql<{ known: number }>`
    SELECT count(DISTINCT surface) AS known FROM ${sql.table(scope.table)} WHERE ${rowsIn(scope)}`.execute(trx);
  return dirty.length * 2 >= (rows[0]?.known ?? 0) ? scope : { ...scope, surfaces: dirty };
}

/** Whole days of every surface, the first and the last included. */
export async function scopeOfDays(
  trx: Transaction<Database>,
  { workspace, timezone, failureStatuses }: Context,
  { first, last }: { first: string; last: string },
): Promise<Scope> {
  const days = await readDayStarts(trx, { timezone, first, last });
  return {
    workspace,
    timezone,
    failureStatuses,
    table: 'daily_surface_metrics',
    key: 'date',
    surfaces: null,
    last,
    // Found by bisecting the day starts: half the cost of AT TIME ZONE on each row.
    bucketOfEvent: sql`(${first}::date + width_bucket(ts, ${days.starts}::timestamptz[]) - 1)`,
    eventTimes: sql`ts >= ${days.from}::timestamptz AND ts < ${days.to}::timestamptz`,
    keys: sql`date BETWEEN ${first}::date AND ${last}::date`,
    dateOf: (bucket) => bucket,
  };
}

/** Hours of every surface, oldest first and at least one; they need not follow each other. `last` is the last one's day. */
export function scopeOfHours(
  { workspace, timezone, failureStatuses }: Context,
  hours: readonly Hour[],
  last: string,
): Scope {
  const starts = hours.map(({ start }) => new Date(start).toISOString());
  const within = (column: string): RawBuilder<unknown> =>
    sql`(${sql.join(
      joinNeighbours(hours).map(
        ({ start, end }) =>
          sql`${sql.ref(column)} >= ${new Date(start)}::timestamptz AND ${sql.ref(column)} < ${new Date(end)}::timestamptz`,
      ),
      sql` OR `,
    )})`;
  return {
    workspace,
    timezone,
    failureStatuses,
    table: 'hourly_surface_metrics',
    key: 'hour',
    surfaces: null,
    last,
    bucketOfEvent: sql`(${starts}::timestamptz[])[width_bucket(ts, ${starts}::timestamptz[])]`,
    eventTimes: within('ts'),
    // Not by their starts: rows cut in another zone start at other instants.
    keys: within('hour'),
    dateOf: (bucket) => sql`(${bucket} AT TIME ZONE ${timezone})::date`,
  };
}

/** The stretches of time that the hours cover. */
function joinNeighbours(hours: readonly Hour[]): Hour[] {
  const stretches: Hour[] = [];
  for (const hour of hours) {
    const before = stretches.at(-1);
    if (before?.end === hour.start) stretches.splice(-1, 1, { start: before.start, end: hour.end });
    else stretches.push(hour);
  }
  return stretches;
}

/** The start of each day of a scope and the end of the last, as PostgreSQL wrote them. */
interface DayStarts {
  readonly starts: string;
  readonly from: string;
  readonly to: string;
}

/**
 * The first instant of each day: zones shift by whole quarters of an hour, so it is the first quarter whose local
 * date is that day. Right where midnight is skipped (Beirut) or comes twice (Havana).
 */
async function readDayStarts(
  trx: Transaction<Database>,
  { timezone, first, last }: { timezone: string; first: string; last: string },
): Promise<DayStarts> {
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
