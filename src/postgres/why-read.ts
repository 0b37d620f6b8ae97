import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { EventCondition } from '../core/catalogue/define.ts';
import { getMeasure } from '../core/catalogue/index.ts';
import { type DayMeasures, WHY_MEASURES, type WhyMeasure } from '../core/query/why/measured.ts';
import type { ReleaseStarts } from '../core/query/why/releases.ts';
import type { ChangeRow } from '../core/query/why/split.ts';
import type { DateRange } from '../core/records.ts';
import { addDays, dateInZone, listDays, startOfDay } from '../core/window.ts';
import type { Slice, WhyStore } from '../pipeline/why.ts';
import type { StoreContext } from './context.ts';
import { onSurface } from './event-selector-sql.ts';
import { IMPORTED_TYPES } from './metric-sql/imported.ts';
import { readSentSpans } from './metric-sql/spans.ts';
import { selectEvents } from './rollup-sql.ts';
import { readMerges } from './signature-merges.ts';
import { beginRead, importedDays, type SliceRead, sliceRows } from './slice-rows.ts';
import { during, inSlice } from './slice-sql.ts';
import type { Database } from './tables.ts';

/** What a filter on something that only errors or tickets have leaves alone. */
export const EXPOSURES: readonly string[] = ['pageviews', 'requests'];

/**
 * What the slice's days come to, as the metric store would answer each; a day without any event is zero from the first
 * day on that anybody sent anything, and up to `asOf`.
 */
export async function readSliceDays(
  db: Kysely<Database>,
  context: StoreContext,
  range: DateRange,
  slice: Slice,
  asOf: number,
): Promise<DayMeasures[]> {
  const read = await beginRead(db, context, slice, asOf);
  const { rows } = await sql<DayMeasures>`
    SELECT date, ${addUp(context)}
    FROM (${sliceRows(read, range, [], eventsOf(WHY_MEASURES))}) rows GROUP BY date`.execute(db);
  const found = new Map(rows.map((row) => [row.date, row]));
  const since = await readBeginnings(db, read);
  const today = addDays(dateInZone(asOf, context.timezone), 1);
  return listDays({ start: range.start, end: range.end < today ? range.end : today }).flatMap((date): DayMeasures[] => {
    const unknown = WHY_MEASURES.filter((measure) => date < (since.get(measure) ?? NEVER));
    return unknown.length === WHY_MEASURES.length ? [] : [{ ...NOTHING, ...found.get(date), date, unknown }];
  });
}

const NEVER = '9999-12-31';

/** The first day that each measure is known of: that one of its events was sent, or a team's own count begins. */
async function readBeginnings(
  db: Kysely<Database>,
  { context: { workspace, timezone }, imported, asOf }: SliceRead,
): Promise<ReadonlyMap<WhyMeasure, string>> {
  const sent = await readSentSpans(db, workspace);
  return new Map(
    WHY_MEASURES.flatMap((measure): [WhyMeasure, string][] => {
      const types = new Set(getMeasure(measure).events.map(({ type }) => type));
      const first = sent
        .filter(({ type, first_at }) => [...types].some((one) => one === type) && first_at.getTime() <= asOf)
        .map(({ first_at }) => dateInZone(first_at.getTime(), timezone));
      const counted = imported !== null && isTeamCounted(measure) ? [imported.first] : [];
      const [begins] = [...first, ...counted].sort();
      return begins === undefined ? [] : [[measure, begins]];
    }),
  );
}

/** By value of each dimension, in one pass: parts of the same events that `readSliceDays` adds up. */
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
  if (dimensions.length > 1 && [now, before].some((range) => importedDays(read, range).length > 0)) {
    const rows: ChangeRow[] = [];
    for (const dimension of dimensions)
      rows.push(
        ...(await readChange(db, context, { now, before, slice, dimensions: [dimension], without, measures, asOf })),
      );
    return rows;
  }
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

const isTeamCounted = (measure: WhyMeasure): boolean =>
  getMeasure(measure).events.some(({ type }) => IMPORTED_TYPES.has(type));

/** Every measure as a sum over rows that stand for `n` events each; of those outside the filter only views and requests. */
function addUp({ failureStatuses }: StoreContext): RawBuilder<unknown> {
  return sql.join(
    WHY_MEASURES.map((id) => {
      const { events, aggregation } = getMeasure(id);
      const of = aggregation.kind === 'sum' ? sql`amount_minor` : sql`n`;
      const selected = selectEvents(events, failureStatuses);
      const counted = isTeamCounted(id) ? sql`NOT taken AND ${selected}` : selected;
      const own = EXPOSURES.includes(id) ? counted : sql`whole AND ${counted}`;
      return sql`coalesce(sum(${of}) FILTER (WHERE ${own}), 0)::float8 AS ${sql.ref(id)}`;
    }),
  );
}

/** Of no event at all. */
export const NOTHING: Readonly<Record<WhyMeasure, number>> = {
  pageviews: 0,
  actions: 0,
  dropoffs: 0,
  errors: 0,
  tickets: 0,
  replies: 0,
  requests: 0,
  request_failures: 0,
  revenue: 0,
};

/** By release, in the order of their first days: of days that were over by `asOf` from the rollup, of its own from events. */
export async function readReleaseStarts(
  db: Kysely<Database>,
  { workspace, timezone }: StoreContext,
  { start, end }: DateRange,
  surface: string | null,
  asOf: number,
): Promise<ReleaseStarts> {
  const today = dateInZone(asOf, timezone);
  const onPage = surface === null ? sql`true` : onSurface(surface);
  const { rows } = await sql<{ release: string; began: string }>`
    SELECT release, min(date) AS began FROM (
      SELECT release, date FROM daily_release_metrics
      WHERE workspace_id = ${workspace} AND date >= ${start}::date AND date < ${end < today ? end : today}::date AND ${onPage}
      UNION ALL
      SELECT release, ${today}::date FROM events
      WHERE ${end > today} AND workspace_id = ${workspace} AND ts >= ${new Date(startOfDay(today, timezone))}::timestamptz
        AND ts <= ${new Date(asOf)}::timestamptz AND release IS NOT NULL AND surface IS NOT NULL AND ${onPage}
    ) seen
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
