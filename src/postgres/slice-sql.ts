/** Slices of the product as SQL over `events`: which rows are looked at, and of when. */
import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { DateRange } from '../core/records.ts';
import type { Merges } from '../core/text/grouping/merges.ts';
import { startOfDay } from '../core/window.ts';
import type { Slice } from '../pipeline/why.ts';
import type { StoreContext } from './context.ts';
import { onSurface } from './event-selector-sql.ts';
import { type ColumnOf, eventColumns, hasValue } from './metric-sql/columns.ts';

/**
 * True for events of the workspace on the slice's surfaces (without any, those of no page too) that pass its filters;
 * of all filters or of those on views too.
 */
export function inSlice(
  { surface, filters, numeratorOnly }: Slice,
  workspace: string,
  merges: Merges,
  columnOf: ColumnOf = eventColumns(merges),
  which: 'all' | 'shared' = 'all',
): RawBuilder<SqlBool> {
  const parts: RawBuilder<unknown>[] = [sql`events.workspace_id = ${workspace}`];
  if (surface !== null) parts.push(onSurface(surface));
  for (const [dimension, values] of Object.entries(filters)) {
    if (which === 'shared' && numeratorOnly.includes(dimension)) continue;
    parts.push(hasValue(dimension, values, columnOf, merges));
  }
  return sql<SqlBool>`(${sql.join(parts, sql` AND `)})`;
}

/** Days of the workspace's zone as instants, and nothing later than `asOf` (epoch ms). */
export function during({ start, end }: DateRange, { timezone }: Pick<StoreContext, 'timezone'>, asOf: number) {
  const [from, until] = [startOfDay(start, timezone), Math.min(startOfDay(end, timezone), asOf + 1)];
  return sql<SqlBool>`(events.ts >= ${new Date(from)}::timestamptz AND events.ts < ${new Date(until)}::timestamptz)`;
}
