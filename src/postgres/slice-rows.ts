/**
 * A slice's events as rows that each stand for some of them: of days that were counted the cells, of all else the
 * events themselves. What is added up over them does not care.
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
import { isCountedDimension } from './metric-sql/scan.ts';
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
  /** Epoch milliseconds: nothing later is seen. */
  readonly asOf: number;
}

export async function beginRead(
  db: Kysely<Database>,
  context: StoreContext,
  slice: Slice,
  asOf: number,
): Promise<SliceRead> {
  const [merges, dirty] = [await readMerges(db, context.workspace), await readDirtyDays(db, context)];
  return { context, slice, merges, dirty, asOf };
}

/**
 * `date`, `n` events, whether they pass `whole` of the filters, `type`, `status`, `amount_minor`, and `by_…` each of the
 * dimensions; of events of these types within the days, earliest to latest.
 */
export function sliceRows(
  { context, slice, merges, dirty, asOf }: SliceRead,
  { start, end }: DateRange,
  dimensions: readonly string[],
  types: readonly EventCondition[],
): RawBuilder<unknown> {
  const { workspace, timezone, failureStatuses } = context;
  const isCounted = [...dimensions, ...Object.keys(slice.filters)].every(isCountedDimension);
  const stretch = { start: startOfDay(start, timezone), until: Math.min(startOfDay(end, timezone), asOf + 1) };
  const { counted, live } = splitPeriod(stretch, isCounted ? dirty : null, timezone);
  const rows = (
    from: RawBuilder<unknown>,
    columnOf: ColumnOf,
    date: RawBuilder<unknown>,
    n: RawBuilder<unknown>,
    within: RawBuilder<unknown>,
  ) =>
    sql`(SELECT ${date} AS date, ${n} AS n, ${inSlice(slice, workspace, merges, columnOf)} AS whole, type, status, amount_minor
      ${sql.join(
        dimensions.map((each) => sql`, ${columnOf(each)} AS ${sql.ref(`by_${each}`)}`),
        sql``,
      )}
    FROM ${from} WHERE ${within} AND ${inSlice(slice, workspace, merges, columnOf, 'shared')}
      AND ${selectEvents(types, failureStatuses)})`;
  const ofEvents = eventColumns(merges);
  const ofCells: ColumnOf = (each) => (each in KEPT_META ? sql`events.${sql.ref(each)}` : ofEvents(each));
  const instants = live.map(
    ({ start: from, until }) => sql`ts >= ${new Date(from)}::timestamptz AND ts < ${new Date(until)}::timestamptz`,
  );
  const dates = counted.map((range) => sql`date >= ${range.start}::date AND date < ${range.end}::date`);
  const parts = [
    ...(dates.length > 0
      ? [rows(sql`daily_event_counts AS events`, ofCells, sql`date`, sql`events.events`, anyOf(dates))]
      : []),
    ...(instants.length > 0 || dates.length === 0
      ? [rows(sql`events`, ofEvents, sql`(ts AT TIME ZONE ${timezone})::date`, sql`1`, anyOf(instants))]
      : []),
  ];
  return sql.join(parts, sql` UNION ALL `);
}

const anyOf = (conditions: readonly RawBuilder<unknown>[]): RawBuilder<SqlBool> =>
  conditions.length === 0 ? sql<SqlBool>`false` : sql<SqlBool>`(${sql.join(conditions, sql` OR `)})`;
