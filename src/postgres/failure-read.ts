import { type Kysely, sql } from 'kysely';
import { getMeasure } from '../core/catalogue/index.ts';
import type { FailureCount } from '../core/detect/name-failures.ts';
import type { StoreContext } from './context.ts';
import { onDay } from './rollup-read.ts';
import { selectEvents } from './rollup-sql.ts';
import type { Database } from './tables.ts';

/** Failed requests of those pages that day, by endpoint and status; from events, in one scan. */
export async function readFailures(
  db: Kysely<Database>,
  { workspace, timezone, failureStatuses }: StoreContext,
  date: string,
  surfaces: readonly string[],
): Promise<FailureCount[]> {
  const { rows } = await sql<FailureCount>`
    SELECT surface, endpoint, status, count(*) AS count FROM events
    WHERE ${onDay(workspace, timezone, date)} AND surface = ANY(${[...surfaces]}::text[])
      AND ${selectEvents(getMeasure('request_failures').events, failureStatuses)}
    GROUP BY surface, endpoint, status`.execute(db);
  return rows;
}
