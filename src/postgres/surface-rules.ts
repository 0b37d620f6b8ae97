import { type Kysely, sql, type Transaction } from 'kysely';
import { WORKSPACE_CONFIG_KEY } from '../core/policy/approval-settings.ts';
import { createSurfacePlacer } from '../core/text/surface-rules.ts';
import { addDays, startOfDay } from '../core/window.ts';
import { parseDeclaredConfig } from '../core/workspace-config.ts';
import type { StoreContext } from './context.ts';
import { EVERY_HOUR } from './hourly-dirty.ts';
import type { Database } from './tables.ts';

/** The rules for pages that hold now; none where what is stored is not understood, which whoever judges says. */
export async function readSurfaceRules(db: Kysely<Database>, workspace: string): Promise<readonly string[]> {
  const row = await db
    .selectFrom('settings')
    .select('value')
    .where('workspace_id', '=', workspace)
    .where('key', '=', WORKSPACE_CONFIG_KEY)
    .executeTakeFirst();
  return parseDeclaredConfig(row?.value).declared?.surfaces?.rules ?? [];
}

/**
 * Moves stored events of some days to the pages that the rules of now give, so that no rollup holds what two sets of
 * rules made: events from before a rule, or of a process that has not heard of it. Days, hours and counts that change by
 * it are marked, except those of the grain that is being made.
 * @returns the surfaces, and those their events moved to.
 */
export async function restateSurfaces(
  trx: Transaction<Database>,
  { workspace, timezone }: Pick<StoreContext, 'workspace' | 'timezone'>,
  { first, last }: { first: string; last: string },
  surfaces: readonly string[],
  grain: 'day' | 'hour',
): Promise<string[]> {
  const place = createSurfacePlacer(await readSurfaceRules(trx, workspace));
  const from = surfaces.filter((surface) => place(surface) !== surface);
  if (from.length === 0) return [...surfaces];
  const into = from.map(place);
  const start = new Date(startOfDay(first, timezone));
  const end = new Date(startOfDay(addDays(last, 1), timezone));
  const mark =
    grain === 'day'
      ? sql`INSERT INTO dirty_hours (workspace_id, date, surface, hours)
          SELECT ${workspace}, date, surface, ${EVERY_HOUR}::int FROM touched`
      : sql`INSERT INTO dirty_buckets (workspace_id, date, surface) SELECT ${workspace}, date, surface FROM touched`;
  await sql`
    WITH rules AS (SELECT * FROM unnest(${from}::text[], ${into}::text[]) AS rules (before, after)), moved AS (
      UPDATE events SET surface = rules.after FROM rules
      WHERE workspace_id = ${workspace} AND surface = rules.before
        AND ts >= ${start}::timestamptz AND ts < ${end}::timestamptz
      RETURNING (ts AT TIME ZONE ${timezone})::date AS date, rules.before, rules.after
    ), touched AS (
      SELECT date, before AS surface FROM moved UNION SELECT date, after FROM moved
    ), counts AS (
      INSERT INTO dirty_days (workspace_id, date) SELECT DISTINCT ${workspace}, date FROM touched
    ) ${mark}`.execute(trx);
  return [...new Set([...surfaces, ...into])];
}
