import { type Kysely, sql } from 'kysely';
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

/**
 * One page's hours beside all other pages' together, which stand under the empty name: what the totals are made of,
 * without a row for each. Latency is left out, as it does not add up.
 */
export async function readPageAmongAll(
  db: Kysely<Database>,
  { workspace, timezone }: Pick<StoreContext, 'workspace' | 'timezone'>,
  range: Hour,
  surface: string,
): Promise<HourHistory> {
  const hours = listHours(range, timezone).filter(({ start }) => start >= range.start);
  const history = new HourHistoryBuilder(hours);
  const { rows } = await sql<Omit<SurfaceHour, 'hour' | 'latency_p95'> & { hour: Date }>`
    SELECT hour, CASE WHEN surface = ${surface} THEN surface ELSE '' END AS surface,
      sum(pageviews)::float8 AS pageviews, sum(actions)::float8 AS actions, sum(dropoffs)::float8 AS dropoffs,
      sum(errors)::float8 AS errors, sum(tickets)::float8 AS tickets, sum(requests)::float8 AS requests,
      sum(request_failures)::float8 AS request_failures
    FROM hourly_surface_metrics
    WHERE workspace_id = ${workspace} AND hour >= ${new Date(range.start)} AND hour < ${new Date(range.end)}
    GROUP BY 1, 2`.execute(db);
  for (const { hour, ...row } of rows) history.add({ ...row, hour: hour.getTime(), latency_p95: null });
  return history.build();
}
