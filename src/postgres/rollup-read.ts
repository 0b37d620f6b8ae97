import { type Kysely, type RawBuilder, sql } from 'kysely';
import { getMeasure } from '../core/catalogue/index.ts';
import type { DayTotals } from '../core/detect/gaps-of-totals.ts';
import type {
  DateRange,
  EntityType,
  ReleaseDay,
  SignatureDay,
  Source,
  SurfaceDay,
  SurfaceDetail,
} from '../core/records.ts';
import { mergedWith, mergeSignatureDays, mergeTopSignatures } from '../core/text/grouping/merges.ts';
import type { StoreContext } from './context.ts';
import { monthlyPlans } from './rollup-exposure.ts';
import { selectEvents } from './rollup-sql.ts';
import { readMerges } from './signature-merges.ts';
import type { Database } from './tables.ts';

const LABELS: Readonly<Record<Source, string>> = {
  posthog: 'PostHog',
  intercom: 'Intercom',
  helpscout: 'Help Scout',
  api_log: 'API log',
  sentry: 'Sentry',
  app: 'App',
};

/**
 * Ordered by surface, then date. Sorted here, not there: a thousand surfaces over months outgrow a server's memory
 * for one sort, while their dates and surfaces are few.
 */
export async function readSurfaceDays(
  db: Kysely<Database>,
  workspace: string,
  { start, end }: DateRange,
): Promise<SurfaceDay[]> {
  const rows = await db
    .selectFrom('daily_surface_metrics')
    .select(['date', 'surface', 'pageviews', 'actions', 'dropoffs', 'errors', 'tickets', 'requests'])
    .select(['request_failures', 'latency_p50', 'latency_p95', 'affected_accounts', 'affected_users'])
    .select(['revenue_at_risk', 'revenue', 'release_top', 'release_share'])
    .where('workspace_id', '=', workspace)
    .where('date', '>=', start)
    .where('date', '<', end)
    .execute();
  const bySurface = new Map<string, SurfaceDay[]>();
  for (const row of rows) {
    const days = bySurface.get(row.surface);
    if (days) days.push(row);
    else bySurface.set(row.surface, [row]);
  }
  return [...bySurface.keys()].sort().flatMap((surface) => {
    const days = bySurface.get(surface) ?? [];
    return days.sort((a, b) => (a.date < b.date ? -1 : 1));
  });
}

/** Days that were imported hold the signatures that were sent: merges are applied here. */
export async function readSurfaceDetails(
  db: Kysely<Database>,
  workspace: string,
  date: string,
  surfaces?: readonly string[],
): Promise<SurfaceDetail[]> {
  const rows = await db
    .selectFrom('daily_surface_metrics')
    .select(['date', 'surface', 'env_top', 'top_error_signatures', 'top_ticket_topics'])
    .where('workspace_id', '=', workspace)
    .where('date', '=', date)
    .$if(surfaces !== undefined, (query) => query.where(sql<boolean>`surface = ANY(${[...(surfaces ?? [])]}::text[])`))
    .orderBy(sql`surface COLLATE "C"`)
    .execute();
  const merges = await readMerges(db, workspace);
  return rows.map((row) => ({ ...row, top_error_signatures: mergeTopSignatures(row.top_error_signatures, merges) }));
}

export async function readReleaseDays(
  db: Kysely<Database>,
  workspace: string,
  { start, end }: DateRange,
): Promise<ReleaseDay[]> {
  return db
    .selectFrom('daily_release_metrics')
    .select(['date', 'surface', 'release', 'pageviews', 'requests', 'errors'])
    .where('workspace_id', '=', workspace)
    .where('date', '>=', start)
    .where('date', '<', end)
    .orderBy(sql`surface COLLATE "C"`)
    .orderBy('date')
    .orderBy(sql`release COLLATE "C"`)
    .execute();
}

/** Merged signatures as one, also on days that were not made again since, or were imported. */
export async function readSignatureDays(
  db: Kysely<Database>,
  workspace: string,
  { start, end }: DateRange,
): Promise<SignatureDay[]> {
  const rows = await db
    .selectFrom('daily_signature_metrics')
    .select(['date', 'surface', 'signature', 'errors', 'example', 'url', 'release_top'])
    .where('workspace_id', '=', workspace)
    .where('date', '>=', start)
    .where('date', '<', end)
    .orderBy(sql`surface COLLATE "C"`)
    .orderBy('date')
    .orderBy(sql`signature COLLATE "C"`)
    .execute();
  return mergeSignatureDays(rows, await readMerges(db, workspace));
}

/** From that day's events; nothing of it is known for days imported as aggregates, where all three are zero. */
export async function readSignatureReach(
  db: Kysely<Database>,
  { workspace, timezone, failureStatuses }: StoreContext,
  date: string,
  signature: string,
): Promise<{ accounts: number; users: number; revenue_at_risk: number }> {
  const signatures = mergedWith(await readMerges(db, workspace), signature);
  const { rows } = await sql<{ accounts: number; users: number; revenue_at_risk: number }>`
    WITH hit AS MATERIALIZED (
      SELECT account, "user" FROM events
      WHERE ${onDay(workspace, timezone, date)} AND surface IS NOT NULL AND error_signature = ANY(${signatures}::text[])
        AND ${selectEvents(getMeasure('errors').events, failureStatuses)}
    ), plans AS (${monthlyPlans({ workspace, timezone, last: date }, sql`account IN (SELECT account FROM hit)`)})
    SELECT count(DISTINCT account) AS accounts, count(DISTINCT "user") AS users,
      (SELECT coalesce(sum(amount_minor), 0)::bigint FROM plans WHERE ${date}::date >= since AND ${date}::date < until)
        AS revenue_at_risk
    FROM hit`.execute(db);
  return rows[0] ?? { accounts: 0, users: 0, revenue_at_risk: 0 };
}

/** Only http(s) links, each once, latest first. */
export async function readLinks(
  db: Kysely<Database>,
  { workspace, timezone, failureStatuses }: StoreContext,
  date: string,
  entity: { entity_type: EntityType; entity_key: string },
  limit: number,
): Promise<{ label: string; url: string }[]> {
  const told = [...getMeasure('errors').events, ...getMeasure('tickets').events];
  const isSurface = entity.entity_type === 'surface';
  const column = isSurface ? 'surface' : 'error_signature';
  const keys = isSurface ? [entity.entity_key] : mergedWith(await readMerges(db, workspace), entity.entity_key);
  const { rows } = await sql<{ source: Source; url: string }>`
    SELECT source, url FROM (
      SELECT source, meta ->> 'url' AS url, ts, event_key FROM events
      WHERE ${onDay(workspace, timezone, date)} AND surface IS NOT NULL AND ${sql.ref(column)} = ANY(${keys}::text[])
        AND ${selectEvents(told, failureStatuses)}
    ) linked
    WHERE url ~* '^https?://'
    GROUP BY source, url
    ORDER BY max(ts) DESC, url COLLATE "C"
    LIMIT ${limit}`.execute(db);
  return rows.map(({ source, url }) => ({ label: LABELS[source], url }));
}

export async function readDateSpan(
  db: Kysely<Database>,
  workspace: string,
): Promise<{ first: string; last: string } | null> {
  const { first, last } = await db
    .selectFrom('daily_surface_metrics')
    .select(({ fn }) => [fn.min<string | null>('date').as('first'), fn.max<string | null>('date').as('last')])
    .where('workspace_id', '=', workspace)
    .executeTakeFirstOrThrow();
  return first === null || last === null ? null : { first, last };
}

/** What all surfaces together had on each day that has rows. */
export async function readDayTotals(db: Kysely<Database>, workspace: string, range: DateRange): Promise<DayTotals[]> {
  return db
    .selectFrom('daily_surface_metrics')
    .select(({ fn }) => [
      'date',
      fn.sum<number>('pageviews').as('pageviews'),
      fn.sum<number>('actions').as('actions'),
      fn.sum<number>('dropoffs').as('dropoffs'),
      fn.sum<number>('errors').as('errors'),
      fn.sum<number>('tickets').as('tickets'),
      fn.sum<number>('requests').as('requests'),
    ])
    .where('workspace_id', '=', workspace)
    .where('date', '>=', range.start)
    .where('date', '<', range.end)
    .groupBy('date')
    .orderBy('date')
    .execute();
}

/** The coarse bounds on ts let the index find the day's pages; the date in the zone decides. */
export function onDay(workspace: string, timezone: string, date: string): RawBuilder<unknown> {
  return sql`workspace_id = ${workspace}
    AND ts >= (${date}::date - 1)::timestamptz AND ts < (${date}::date + 2)::timestamptz
    AND (ts AT TIME ZONE ${timezone})::date = ${date}::date`;
}
