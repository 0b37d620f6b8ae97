import { type Kysely, type RawBuilder, sql } from 'kysely';
import { getMeasure } from '../core/catalogue/index.ts';
import { MEASURES as COUNTED } from '../core/detect/history.ts';
import { SEGMENT_DIMENSIONS, type SegmentDimension, type SegmentRow } from '../core/query/segments.ts';
import type { Merges } from '../core/text/grouping/merges.ts';
import type { StoreContext } from './context.ts';
import { compileAdditive, eventsOf, selectEvents } from './rollup-sql.ts';
import { countedSignature, readMerges } from './signature-merges.ts';
import type { Database } from './tables.ts';

const MEASURES = COUNTED.map(getMeasure);

/** Where each dimension is found in an event; an error counts under the signature its own was merged into. */
const valuesOf = (merges: Merges): Readonly<Record<SegmentDimension, RawBuilder<unknown>>> => ({
  release: sql`release`,
  account: sql`account`,
  plan: sql`meta ->> 'plan'`,
  platform: sql`meta ->> 'platform'`,
  source: sql`source`,
  endpoint: sql`endpoint`,
  error_signature: countedSignature(merges),
});

/**
 * Counts of the surfaces' events by value of each dimension, on the judged day and over the `days` before `since`.
 * From events only: nothing is known of days imported as aggregates. One scan for all surfaces and dimensions.
 */
export async function readSegments(
  db: Kysely<Database>,
  { workspace, timezone, failureStatuses }: StoreContext,
  { date, since, days, surfaces }: { date: string; since: string; days: number; surfaces: readonly string[] },
): Promise<SegmentRow[]> {
  const day = sql`(ts AT TIME ZONE ${timezone})::date`;
  const values = valuesOf(await readMerges(db, workspace));
  const dimensions = SEGMENT_DIMENSIONS.map((dimension) => sql`${values[dimension]} AS ${sql.ref(dimension)}`);
  const sets = SEGMENT_DIMENSIONS.map((dimension) => sql`(surface, is_now, ${sql.ref(dimension)})`);
  const names = SEGMENT_DIMENSIONS.map(
    (dimension) => sql`WHEN GROUPING(${sql.ref(dimension)}) = 0 THEN ${sql.lit(dimension)}`,
  );
  const chosen = SEGMENT_DIMENSIONS.map(
    (dimension) => sql`WHEN GROUPING(${sql.ref(dimension)}) = 0 THEN ${sql.ref(dimension)}`,
  );
  const { rows } = await sql<SegmentRow>`
    WITH hit AS (
      SELECT surface, ${day} = ${date}::date AS is_now, type, status, ${sql.join(dimensions)}
      FROM events
      WHERE workspace_id = ${workspace} AND surface = ANY(${[...surfaces]}::text[])
        AND ts >= (${since}::date - ${days}::int - 1)::timestamptz AND ts < (${date}::date + 2)::timestamptz
        AND (${day} = ${date}::date OR ${day} >= ${since}::date - ${days}::int AND ${day} < ${since}::date)
        AND ${selectEvents(eventsOf(MEASURES, ['count']), failureStatuses)}
    )
    SELECT surface, is_now, CASE ${sql.join(names, sql` `)} END AS dimension, CASE ${sql.join(chosen, sql` `)} END AS value,
      ${compileAdditive(MEASURES, failureStatuses)}
    FROM hit
    GROUP BY GROUPING SETS (${sql.join(sets)})`.execute(db);
  return rows;
}
