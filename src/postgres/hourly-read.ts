import { type Kysely, sql } from 'kysely';
import { MEASURES, type Measure } from '../core/detect/history.ts';
import { type HourHistory, HourHistoryBuilder, type SurfaceHour } from '../core/detect/hour-history.ts';
import { type Hour, listHours } from '../core/hours.ts';
import type { StoreContext } from './context.ts';
import type { Database } from './tables.ts';

/** Hours whose rows are held as objects at a time: a thousand surfaces' day. */
const HOURS_A_READ = 24;

/** Every hour that starts within the range, laid out as columns while reading, a day's rows at a time. */
export async function readSurfaceHours(
  db: Kysely<Database>,
  { workspace, timezone }: Pick<StoreContext, 'workspace' | 'timezone'>,
  range: Hour,
): Promise<HourHistory> {
  const hours = listHours(range, timezone).filter(({ start }) => start >= range.start);
  const history = new HourHistoryBuilder(hours);
  for (let slot = 0; slot < hours.length; slot += HOURS_A_READ) {
    const read = hours.slice(slot, slot + HOURS_A_READ);
    const rows = await db
      .selectFrom('hourly_surface_metrics')
      .select(['hour', 'surface', 'pageviews', 'actions', 'dropoffs', 'errors', 'tickets'])
      .select(['requests', 'request_failures', 'latency_p95'])
      .where('workspace_id', '=', workspace)
      .where('hour', '>=', new Date(read[0]?.start ?? range.start))
      .where('hour', '<', new Date(read.at(-1)?.end ?? range.end))
      .execute();
    for (const { hour, ...row } of rows) history.add({ ...row, hour: hour.getTime() });
  }
  return history.build();
}

/** All pages together, hour by hour under the empty name. Latency is left out, as it does not add up. */
export async function readAllPages(
  db: Kysely<Database>,
  { workspace }: Pick<StoreContext, 'workspace'>,
  { start, end }: Hour,
): Promise<SurfaceHour[]> {
  const { rows } = await sql<Omit<SurfaceHour, 'hour' | 'latency_p95'> & { hour: Date }>`
    SELECT hour, '' AS surface,
      sum(pageviews)::float8 AS pageviews, sum(actions)::float8 AS actions, sum(dropoffs)::float8 AS dropoffs,
      sum(errors)::float8 AS errors, sum(tickets)::float8 AS tickets, sum(requests)::float8 AS requests,
      sum(request_failures)::float8 AS request_failures
    FROM hourly_surface_metrics
    WHERE workspace_id = ${workspace} AND hour >= ${new Date(start)} AND hour < ${new Date(end)}
    GROUP BY hour`.execute(db);
  return rows.map(({ hour, ...row }) => ({ ...row, hour: hour.getTime(), latency_p95: null }));
}

/**
 * One page's hours beside all other pages' together, which stand under the empty name: what the totals are made of,
 * without a row for each.
 * @param all what all pages had together in these hours, see readAllPages.
 */
export async function readPageAmongAll(
  db: Kysely<Database>,
  { workspace, timezone }: Pick<StoreContext, 'workspace' | 'timezone'>,
  range: Hour,
  surface: string,
  all: readonly SurfaceHour[],
): Promise<HourHistory> {
  const hours = listHours(range, timezone).filter(({ start }) => start >= range.start);
  const own = await db
    .selectFrom('hourly_surface_metrics')
    .select(['hour', 'surface', ...MEASURES])
    .where('workspace_id', '=', workspace)
    .where('hour', '=', sql<Date>`ANY(${hours.map(({ start }) => new Date(start))}::timestamptz[])`)
    .where('surface', '=', surface)
    .execute();
  const history = new HourHistoryBuilder(hours);
  const ownByHour = new Map(own.map((row) => [row.hour.getTime(), row]));
  for (const [hour, row] of ownByHour) history.add({ ...row, hour, latency_p95: null });
  for (const whole of all) history.add(without(whole, ownByHour.get(whole.hour)));
  return history.build();
}

/** What is left of all pages' hour without one of them; a figure that was corrected since is no less than nothing. */
function without(all: SurfaceHour, one: Record<Measure, number> | undefined): SurfaceHour {
  const left = { ...all };
  if (one !== undefined) for (const measure of MEASURES) left[measure] = Math.max(0, all[measure] - one[measure]);
  return left;
}
