import { type Kysely, sql } from 'kysely';
import { getMeasure } from '../core/catalogue/index.ts';
import type { EpisodeReach } from '../core/records.ts';
import type { StoreContext } from './context.ts';
import { selectEvents } from './rollup-sql.ts';
import type { Database } from './tables.ts';

interface Episode {
  readonly surface: string;
  readonly since: string;
}

/** Distinct accounts and users hit on each surface since its episode began, from events, in one scan. */
export async function readEpisodeReach(
  db: Kysely<Database>,
  { workspace, timezone, failureStatuses }: StoreContext,
  date: string,
  episodes: readonly Episode[],
): Promise<{ surface: string; reach: EpisodeReach }[]> {
  const first = episodes.reduce((least, { since }) => (since < least ? since : least), date);
  const day = sql`(ts AT TIME ZONE ${timezone})::date`;
  const { rows } = await sql<{ surface: string; all: boolean; accounts: number; users: number }>`
    WITH episodes AS (
      SELECT unnest(${episodes.map(({ surface }) => surface)}::text[]) AS surface,
        unnest(${episodes.map(({ since }) => since)}::date[]) AS since
    ), hit AS (
      SELECT events.surface, source, account, "user"
      FROM events JOIN episodes ON episodes.surface = events.surface
      WHERE workspace_id = ${workspace}
        AND ts >= (${first}::date - 1)::timestamptz AND ts < (${date}::date + 2)::timestamptz
        AND ${day} BETWEEN since AND ${date}::date
        AND ${selectEvents(getMeasure('affected_accounts').events, failureStatuses)}
    )
    SELECT surface, GROUPING(source) = 1 AS "all", count(DISTINCT account) AS accounts, count(DISTINCT "user") AS users
    FROM hit
    GROUP BY GROUPING SETS ((surface), (surface, source))`.execute(db);
  const most = (surface: string, of: 'accounts' | 'users'): number =>
    Math.max(0, ...rows.filter((row) => row.surface === surface && !row.all).map((row) => row[of]));
  return rows
    .filter(({ all }) => all)
    .map(({ surface, accounts, users }) => ({
      surface,
      reach: { accounts: [most(surface, 'accounts'), accounts], users: [most(surface, 'users'), users] },
    }));
}
