/** What is read of pages' hours to tell an incident: figures, main error and release, and whom it hit. */
import { type Kysely, sql } from 'kysely';
import { getMeasure } from '../core/catalogue/index.ts';
import type { Hour } from '../core/hours.ts';
import { addDays, dateInZone, startOfDay } from '../core/window.ts';
import type { PageHourRow, ReleaseOnPage } from '../pipeline/ports.ts';
import type { StoreContext } from './context.ts';
import { selectEvents } from './rollup-sql.ts';
import type { Database } from './tables.ts';

/** Days that are looked through event by event; before them the day is exact enough. */
const EXACT_DAYS = 2;

/** Rows of the hours that start within the range. */
export async function readPageHours(
  db: Kysely<Database>,
  { workspace }: Pick<StoreContext, 'workspace'>,
  { start, end }: Hour,
  surfaces: readonly string[],
): Promise<PageHourRow[]> {
  if (surfaces.length === 0) return [];
  const rows = await db
    .selectFrom('hourly_surface_metrics')
    .select(['hour', 'surface', 'pageviews', 'requests', 'errors', 'request_failures', 'dropoffs'])
    .select(['release_top', 'release_share', 'top_error_signatures'])
    .where('workspace_id', '=', workspace)
    .where('hour', '>=', new Date(start))
    .where('hour', '<', new Date(end))
    .where('surface', '=', sql<string>`ANY(${[...surfaces]}::text[])`)
    .execute();
  return rows.map(({ hour, release_top, release_share, top_error_signatures, ...counts }) => {
    const [top] = top_error_signatures;
    return {
      ...counts,
      hour: hour.getTime(),
      signature: top && counts.errors > 0 ? { name: top.sig, share: Math.min(1, top.count / counts.errors) } : null,
      release: release_top !== null && release_share !== null ? { name: release_top, share: release_share } : null,
    };
  });
}

/** Distinct over the pages and the range, from events with a fault. */
export async function readHit(
  db: Kysely<Database>,
  { workspace, failureStatuses }: Pick<StoreContext, 'workspace' | 'failureStatuses'>,
  { start, end }: Hour,
  surfaces: readonly string[],
): Promise<{ accounts: number; users: number }> {
  const { rows } = await sql<{ accounts: number; users: number }>`
    SELECT count(DISTINCT account)::int AS accounts, count(DISTINCT "user")::int AS users FROM events
    WHERE workspace_id = ${workspace} AND surface = ANY(${[...surfaces]}::text[])
      AND ts >= ${new Date(start)}::timestamptz AND ts < ${new Date(end)}::timestamptz
      AND ${selectEvents(getMeasure('affected_accounts').events, failureStatuses)}`.execute(db);
  return rows[0] ?? { accounts: 0, users: 0 };
}

/** When each release was first seen on its page before an instant: of the last two days to the millisecond. */
export async function readFirstSeen(
  db: Kysely<Database>,
  { workspace, timezone }: Pick<StoreContext, 'workspace' | 'timezone'>,
  releases: readonly ReleaseOnPage[],
  before: number,
): Promise<(ReleaseOnPage & { at: number })[]> {
  if (releases.length === 0) return [];
  const recent = addDays(dateInZone(before, timezone), -EXACT_DAYS);
  const { rows } = await sql<ReleaseOnPage & { day: string | null; at: Date | null }>`
    WITH wanted AS (
      SELECT DISTINCT * FROM unnest(${releases.map(({ surface }) => surface)}::text[],
        ${releases.map(({ release }) => release)}::text[]) AS wanted (surface, release)
    ), days AS (
      SELECT surface, release, min(date) AS day FROM wanted JOIN daily_release_metrics USING (surface, release)
      WHERE workspace_id = ${workspace} AND date < ${recent}::date GROUP BY surface, release
    ), exact AS (
      SELECT surface, release, min(ts) AS at FROM wanted JOIN events USING (surface, release)
      WHERE workspace_id = ${workspace} AND ts >= ${new Date(startOfDay(recent, timezone))}::timestamptz
        AND ts < ${new Date(before)}::timestamptz
      GROUP BY surface, release
    )
    SELECT surface, release, day, at FROM wanted
    LEFT JOIN days USING (surface, release) LEFT JOIN exact USING (surface, release)`.execute(db);
  return rows.flatMap(({ surface, release, day, at }) => {
    const first = day === null ? at?.getTime() : startOfDay(day, timezone);
    return first === undefined ? [] : [{ surface, release, at: first }];
  });
}
