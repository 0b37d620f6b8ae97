import { type Kysely, sql } from 'kysely';
import { WHY_MEASURES } from '../core/query/why/measured.ts';
import type { ChangeRow } from '../core/query/why/split.ts';
import type { DateRange } from '../core/records.ts';
import type { StoreContext } from './context.ts';
import { onSurface } from './event-selector-sql.ts';
import type { Database } from './tables.ts';

/**
 * What each page counted in two periods, from the rollups: days imported as aggregates are in them, and no event is
 * scanned. The periods may overlap. @param surface a page, a pattern with `*`, or null for the whole product;
 * `without` dates that are in neither period.
 */
export async function readSurfaceChange(
  db: Kysely<Database>,
  { workspace }: Pick<StoreContext, 'workspace'>,
  {
    now,
    before,
    surface,
    without = [],
  }: { now: DateRange; before: DateRange; surface: string | null; without?: readonly string[] },
): Promise<ChangeRow[]> {
  const sums = WHY_MEASURES.map((measure) => sql`sum(${sql.ref(measure)})::float8 AS ${sql.ref(measure)}`);
  const { rows } = await sql<Omit<ChangeRow, 'dimension'>>`
    SELECT surface AS value, is_now, ${sql.join(sums)}
    FROM daily_surface_metrics
    JOIN (VALUES (true, ${now.start}::date, ${now.end}::date), (false, ${before.start}::date, ${before.end}::date))
      AS period (is_now, first, until) ON date >= first AND date < until
    WHERE workspace_id = ${workspace} AND ${surface === null ? sql`true` : onSurface(surface)}
      AND date <> ALL(${[...without]}::date[])
    GROUP BY surface, is_now`.execute(db);
  return rows.map((row): ChangeRow => ({ ...row, dimension: 'surface' }));
}
