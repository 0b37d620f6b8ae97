import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { EventCondition } from '../core/catalogue/define.ts';
import { getMeasure } from '../core/catalogue/index.ts';
import { type DayMeasures, WHY_MEASURES, type WhyMeasure } from '../core/query/why/measured.ts';
import type { ReleaseStarts } from '../core/query/why/releases.ts';
import type { ChangeRow } from '../core/query/why/split.ts';
import type { DateRange } from '../core/records.ts';
import type { Slice, WhyStore } from '../pipeline/why.ts';
import type { StoreContext } from './context.ts';
import { onSurface } from './event-selector-sql.ts';
import { selectEvents } from './rollup-sql.ts';
import { readMerges } from './signature-merges.ts';
import { beginRead, sliceRows } from './slice-rows.ts';
import { during, inSlice } from './slice-sql.ts';
import type { Database } from './tables.ts';

/** What a filter on something that only errors or tickets have leaves alone. */
export const EXPOSURES: readonly string[] = ['pageviews', 'requests'];

/** Sums over the slice's surfaces by day, from the rollups: days imported as aggregates are in them. */
export async function readRolledDays(
  db: Kysely<Database>,
  { workspace }: StoreContext,
  { start, end }: DateRange,
  surface: string | null,
): Promise<DayMeasures[]> {
  const single = surface !== null && !surface.includes('*');
  const sums = WHY_MEASURES.map((measure) => sql`sum(${sql.ref(measure)})::float8 AS ${sql.ref(measure)}`);
  const { rows } = await sql<DayMeasures>`
    SELECT date, ${sql.join(sums)}, ${single ? sql`max(latency_p95)` : sql`NULL::float8`} AS latency_p95
    FROM daily_surface_metrics
    WHERE workspace_id = ${workspace} AND date >= ${start}::date AND date < ${end}::date
      AND ${surface === null ? sql`true` : onSurface(surface)}
    GROUP BY date ORDER BY date`.execute(db);
  return rows;
}

/** The same where anything is filtered. A filter that views do not carry cuts everything but views and requests. */
export async function readFilteredDays(
  db: Kysely<Database>,
  context: StoreContext,
  range: DateRange,
  slice: Slice,
  asOf: number,
): Promise<DayMeasures[]> {
  const read = await beginRead(db, context, slice, asOf);
  const { rows } = await sql<DayMeasures>`
    SELECT date, ${addUp(context)}, NULL::float8 AS latency_p95
    FROM (${sliceRows(read, range, [], eventsOf(WHY_MEASURES))}) rows GROUP BY date ORDER BY date`.execute(db);
  return rows;
}

/** By value of each dimension, in one pass. */
export async function readChange(
  db: Kysely<Database>,
  context: StoreContext,
  {
    now,
    before,
    slice,
    dimensions,
    without = [],
    measures = WHY_MEASURES,
    asOf,
  }: Parameters<WhyStore['readChange']>[0],
): Promise<ChangeRow[]> {
  if (dimensions.length === 0) return [];
  const read = await beginRead(db, context, slice, asOf);
  const rowsOf = (range: DateRange) => sliceRows(read, range, dimensions, eventsOf(measures));
  const sets = dimensions.map((each) => sql`(is_now, ${sql.ref(`by_${each}`)})`);
  const chosen = (what: (dimension: string) => RawBuilder<unknown>): RawBuilder<unknown> =>
    dimensions.length === 1
      ? what(dimensions[0] ?? '')
      : sql`CASE ${sql.join(
          dimensions.map((each) => sql`WHEN GROUPING(${sql.ref(`by_${each}`)}) = 0 THEN ${what(each)}`),
          sql` `,
        )} END`;
  // One dimension is a plain GROUP BY, which several processes share; grouping sets are not.
  const grouping =
    dimensions.length === 1
      ? sql`GROUP BY is_now, ${sql.ref(`by_${dimensions[0]}`)}`
      : sql`GROUP BY GROUPING SETS (${sql.join(sets)})`;
  const { rows } = await sql<ChangeRow>`
    SELECT is_now, ${chosen((each) => sql`${sql.lit(each)}`)} AS dimension, ${chosen((each) => sql.ref(`by_${each}`))} AS value,
      ${addUp(context)}
    FROM (
      SELECT true AS is_now, rows.* FROM (${rowsOf(now)}) rows
      UNION ALL SELECT false AS is_now, rows.* FROM (${rowsOf(before)}) rows
    ) both_periods
    WHERE ${without.length === 0 ? sql`true` : sql`date <> ALL(${[...without]}::date[])`}
    ${grouping}`.execute(db);
  return rows;
}

const eventsOf = (measures: readonly WhyMeasure[]): EventCondition[] =>
  measures.flatMap((measure) => [...getMeasure(measure).events]);

/** Every measure as a sum over rows that stand for `n` events each; of those outside the filter only views and requests. */
function addUp({ failureStatuses }: StoreContext): RawBuilder<unknown> {
  return sql.join(
    WHY_MEASURES.map((id) => {
      const { events, aggregation } = getMeasure(id);
      const of = aggregation.kind === 'sum' ? sql`amount_minor` : sql`n`;
      const selected = selectEvents(events, failureStatuses);
      const own = EXPOSURES.includes(id) ? selected : sql`whole AND ${selected}`;
      return sql`coalesce(sum(${of}) FILTER (WHERE ${own}), 0)::float8 AS ${sql.ref(id)}`;
    }),
  );
}

/** By release, in the order of their first days. */
export async function readReleaseStarts(
  db: Kysely<Database>,
  { workspace }: StoreContext,
  { start, end }: DateRange,
  surface: string | null,
): Promise<ReleaseStarts> {
  const { rows } = await sql<{ release: string; began: string }>`
    SELECT release, min(date) AS began FROM daily_release_metrics
    WHERE workspace_id = ${workspace} AND date >= ${start}::date AND date < ${end}::date
      AND ${surface === null ? sql`true` : onSurface(surface)}
    GROUP BY release ORDER BY began, release COLLATE "C"`.execute(db);
  return { known_from: rows[0]?.began ?? null, starts: rows };
}

/** Distinct over the whole range, from events. */
export async function readReach(
  db: Kysely<Database>,
  context: StoreContext,
  range: DateRange,
  slice: Slice,
  asOf: number,
): Promise<{ accounts: number; users: number }> {
  const { workspace, failureStatuses } = context;
  const { rows } = await sql<{ accounts: number; users: number }>`
    SELECT count(DISTINCT account) AS accounts, count(DISTINCT "user") AS users FROM events
    WHERE ${inSlice(slice, workspace, await readMerges(db, workspace))} AND ${during(range, context, asOf)}
      AND ${selectEvents(getMeasure('affected_accounts').events, failureStatuses)}`.execute(db);
  return rows[0] ?? { accounts: 0, users: 0 };
}
