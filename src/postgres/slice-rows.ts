/**
 * A slice's events as rows that each stand for some of them: of days that were counted the cells, of pages a team
 * counted itself what it counted, of all else the events. What is added up over them does not care, and is what the
 * metric store answers.
 */
import { type Kysely, type RawBuilder, type SqlBool, sql } from 'kysely';
import type { EventCondition } from '../core/catalogue/define.ts';
import type { DateRange } from '../core/records.ts';
import type { Merges } from '../core/text/grouping/merges.ts';
import { startOfDay } from '../core/window.ts';
import type { Slice } from '../pipeline/why.ts';
import type { StoreContext } from './context.ts';
import { type ColumnOf, eventColumns } from './metric-sql/columns.ts';
import { KEPT_META } from './metric-sql/counts/columns.ts';
import { readDirtyDays } from './metric-sql/counts/definition.ts';
import { splitPeriod } from './metric-sql/counts/split.ts';
import { IMPORTED_DIMENSIONS, importedCells, notImported, readImportedDays } from './metric-sql/imported.ts';
import { isCountedDimension, type Stretch } from './metric-sql/scan.ts';
import { selectEvents } from './rollup-sql.ts';
import { readMerges } from './signature-merges.ts';
import { inSlice } from './slice-sql.ts';
import type { Database } from './tables.ts';

export interface SliceRead {
  readonly context: StoreContext;
  readonly slice: Slice;
  readonly merges: Merges;
  /** Days whose counts are not those of their events; null where none is counted. */
  readonly dirty: ReadonlySet<string> | null;
  /** The first and last day that a team counted itself; null for none, or where that does not tell the slice. */
  readonly imported: { readonly first: string; readonly last: string } | null;
  /** Epoch milliseconds: nothing later is seen. */
  readonly asOf: number;
}

export async function beginRead(
  db: Kysely<Database>,
  context: StoreContext,
  slice: Slice,
  asOf: number,
): Promise<SliceRead> {
  return {
    ...{ context, slice, asOf },
    merges: await readMerges(db, context.workspace),
    dirty: await readDirtyDays(db, context),
    imported: Object.keys(slice.filters).every((dimension) => IMPORTED_DIMENSIONS.has(dimension))
      ? await readImportedDays(db, context.workspace)
      : null,
  };
}

/** The days of the range that are over and that a team counted itself, or may have. */
export function importedDays({ context, imported, asOf }: SliceRead, range: DateRange): readonly DateRange[] {
  if (imported === null) return [];
  const { counted } = splitPeriod(stretchOf(range, context.timezone, asOf), new Set(), context.timezone);
  return counted.filter(({ start, end }) => start <= imported.last && end > imported.first);
}

/**
 * `date`, `n` events, whether they pass `whole` of the filters, whether they are `taken` by what a team counted of their
 * page and day, `type`, `status`, `amount_minor`, and `by_…` each of the dimensions; of events of these types.
 * @param dimensions at most one where any of the days was imported: a team counts by one at a time.
 */
export function sliceRows(
  read: SliceRead,
  range: DateRange,
  dimensions: readonly string[],
  types: readonly EventCondition[],
): RawBuilder<unknown> {
  const { context, slice, merges, dirty, asOf } = read;
  const { workspace, timezone, failureStatuses } = context;
  const told = [...dimensions, ...Object.keys(slice.filters)];
  const isCounted = told.every(isCountedDimension);
  const { counted, live } = splitPeriod(stretchOf(range, timezone, asOf), isCounted ? dirty : null, timezone);
  const own = importedDays(read, range);
  const rows = (
    from: RawBuilder<unknown>,
    columnOf: ColumnOf,
    date: RawBuilder<unknown>,
    n: RawBuilder<unknown>,
    within: RawBuilder<unknown>,
    taken: RawBuilder<unknown> = own.length === 0 ? sql`false` : sql`NOT (${notImported({ workspace }, date)})`,
  ) =>
    sql`(SELECT ${date} AS date, ${n} AS n, ${inSlice(slice, workspace, merges, columnOf)} AS whole, ${taken} AS taken, type, status, amount_minor
      ${sql.join(
        dimensions.map((each) => sql`, ${columnOf(each)} AS ${sql.ref(`by_${each}`)}`),
        sql``,
      )}
    FROM ${from} WHERE ${within} AND ${inSlice(slice, workspace, merges, columnOf, 'shared')}
      AND ${selectEvents(types, failureStatuses)})`;
  const ofEvents = eventColumns(merges);
  const ofCells: ColumnOf = (each) => (each in KEPT_META ? sql`events.${sql.ref(each)}` : ofEvents(each));
  const ofImported: ColumnOf = (each) => (each === 'ticket_topic' ? sql`events.ticket_topic` : ofCells(each));
  const instants = live.map(
    ({ start: from, until }) => sql`ts >= ${new Date(from)}::timestamptz AND ts < ${new Date(until)}::timestamptz`,
  );
  const dates = counted.map((days) => sql`events.date >= ${days.start}::date AND events.date < ${days.end}::date`);
  const day = sql`(ts AT TIME ZONE ${timezone})::date`;
  const [date, n] = [sql`events.date`, sql`events.events`];
  const parts = [
    ...(dates.length > 0 ? [rows(sql`daily_event_counts AS events`, ofCells, date, n, anyOf(dates))] : []),
    ...(instants.length > 0 || dates.length === 0 ? [rows(sql`events`, ofEvents, day, sql`1`, anyOf(instants))] : []),
    ...(own.length > 0
      ? [rows(importedCells({ workspace }, new Set(told), own), ofImported, date, n, sql`true`, sql`false`)]
      : []),
  ];
  return sql.join(parts, sql` UNION ALL `);
}

const stretchOf = ({ start, end }: DateRange, zone: string, asOf: number): Stretch => ({
  start: startOfDay(start, zone),
  until: Math.min(startOfDay(end, zone), asOf + 1),
});

const anyOf = (conditions: readonly RawBuilder<unknown>[]): RawBuilder<SqlBool> =>
  conditions.length === 0 ? sql<SqlBool>`false` : sql<SqlBool>`(${sql.join(conditions, sql` OR `)})`;
