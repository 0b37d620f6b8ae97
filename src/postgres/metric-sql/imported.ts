import { type Kysely, type RawBuilder, type SqlBool, sql } from 'kysely';
import type { DateRange, EventType } from '../../core/records.ts';
import type { Database } from '../tables.ts';
import type { Asked } from './asked.ts';

/** What a team counts itself; of other types of events it has sent nothing. */
export const IMPORTED_TYPES: ReadonlySet<EventType> = new Set(['pageview', 'action', 'dropoff', 'error', 'ticket']);

/** What an imported row can be limited by; of the rest it says nothing. */
export const IMPORTED_DIMENSIONS: ReadonlySet<string> = new Set([
  'surface',
  'release',
  'error_signature',
  'ticket_topic',
]);

/** The first and last day that was imported as counted by a team; null for none. */
export async function readImportedDays(
  db: Kysely<Database>,
  workspace: string,
): Promise<{ first: string; last: string } | null> {
  const { first, last } = await db
    .selectFrom('daily_surface_metrics')
    .select(({ fn }) => [fn.min<string | null>('date').as('first'), fn.max<string | null>('date').as('last')])
    .where('workspace_id', '=', workspace)
    .where('origin', '=', 'aggregates')
    .executeTakeFirstOrThrow();
  return first === null || last === null ? null : { first, last };
}

/** Whether each part of a metric is among what a team counts itself. */
export const isImported = (parts: readonly (readonly EventType[])[]): boolean =>
  parts.every((types) => types.some((type) => IMPORTED_TYPES.has(type)));

/** True for what no imported row stands for: a team's own count of a page's day takes the place of its events. */
export const notImported = (
  { workspace }: Pick<Asked, 'workspace'>,
  date: RawBuilder<unknown>,
): RawBuilder<SqlBool> => sql<SqlBool>`
  NOT EXISTS (SELECT FROM daily_surface_metrics own WHERE own.workspace_id = ${workspace}
    AND own.origin = 'aggregates' AND own.date = ${date} AND own.surface = events.surface)`;

/**
 * The imported rows of some days as cells, like those of daily_event_counts. What a row lists by name (signatures,
 * topics, the top release) is told apart where it is among the dimensions; the rest of its count has no name.
 */
export function importedCells(
  { workspace }: Pick<Asked, 'workspace'>,
  dimensions: ReadonlySet<string>,
  days: readonly DateRange[],
): RawBuilder<unknown> {
  const within = (table: string) =>
    sql`(${sql.join(
      days.map(
        ({ start, end }) =>
          sql`${sql.ref(`${table}.date`)} >= ${start}::date AND ${sql.ref(`${table}.date`)} < ${end}::date`,
      ),
      sql` OR `,
    )})`;
  const own = sql`SELECT * FROM daily_surface_metrics own
    WHERE own.workspace_id = ${workspace} AND own.origin = 'aggregates' AND ${within('own')}`;
  const ofRow = sql`named.workspace_id = ${workspace} AND named.date = own.date AND named.surface = own.surface`;
  const parts: RawBuilder<unknown>[] = [];
  if (dimensions.has('error_signature'))
    parts.push(sql`SELECT own.date, own.surface, 'error', named.errors, NULL, named.signature, NULL
      FROM own JOIN daily_signature_metrics named ON ${ofRow}`);
  else if (dimensions.has('release'))
    parts.push(sql`SELECT own.date, own.surface, kind.type, kind.events, named.release, NULL, NULL
      FROM own JOIN daily_release_metrics named ON ${ofRow}
      CROSS JOIN LATERAL (VALUES ('pageview', named.pageviews), ('error', named.errors)) AS kind (type, events)`);
  if (dimensions.has('ticket_topic'))
    parts.push(sql`SELECT own.date, own.surface, 'ticket', listed.count, NULL, NULL, listed.topic
      FROM own CROSS JOIN LATERAL jsonb_to_recordset(own.top_ticket_topics) AS listed (topic text, count int)`);
  parts.push(sql`SELECT NULL::date, NULL, NULL, NULL::int, NULL, NULL, NULL WHERE false`);
  return sql`(
    WITH own AS MATERIALIZED (${own}),
    named (date, surface, type, events, release, error_signature, ticket_topic) AS (${sql.join(parts, sql` UNION ALL `)}),
    all_parts AS (
      SELECT * FROM named
      UNION ALL
      SELECT own.date, own.surface, kind.type, kind.events - coalesce(told.events, 0), NULL, NULL, NULL
      FROM own CROSS JOIN LATERAL (VALUES ('pageview', own.pageviews), ('action', own.actions),
        ('dropoff', own.dropoffs), ('error', own.errors), ('ticket', own.tickets)) AS kind (type, events)
      LEFT JOIN (SELECT date, surface, type, sum(events) AS events FROM named GROUP BY 1, 2, 3) told
        ON told.date = own.date AND told.surface = own.surface AND told.type = kind.type
    )
    SELECT ${workspace}::text AS workspace_id, all_parts.*, NULL::text AS source, NULL::text AS env, NULL::text AS account,
      NULL::text AS endpoint, NULL::smallint AS severity, NULL::smallint AS status, NULL::text AS plan, NULL::text AS platform,
      NULL::text AS category, NULL::text AS stage, NULL::text AS tool, NULL::text AS use_case,
      NULL::text AS completion_status, NULL::text AS success, false AS has_order, NULL::bigint AS amount_minor,
      NULL::numeric AS value
    FROM all_parts WHERE events > 0
  ) AS events`;
}
