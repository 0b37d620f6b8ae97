import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { EventSelector } from '../core/event-selector.ts';

/** Keys of meta that have a column of their own: they are not in the stored meta. */
const COLUMN_KEYS = new Set(['release', 'env', 'ticket_topic', 'order_id']);

/** True for the rows of `events` that the selector means. All that a person wrote is a bound parameter. */
export function compileSelector(selector: EventSelector): RawBuilder<SqlBool> {
  const { type, source, surface, event, endpoint, status, meta } = selector;
  const parts: RawBuilder<unknown>[] = [sql`type = ${type}`];
  if (source !== undefined) parts.push(sql`source = ${source}`);
  if (surface !== undefined) parts.push(onSurface(surface));
  if (event !== undefined) parts.push(sql`meta ->> 'event' = ${event}`);
  if (endpoint !== undefined) parts.push(sql`endpoint = ${endpoint}`);
  if (status !== undefined) parts.push(withStatus(status));
  for (const [key, value] of Object.entries(meta ?? {}))
    parts.push(COLUMN_KEYS.has(key) ? sql`${sql.ref(key)} = ${value}` : sql`meta ->> ${key}::text = ${value}`);
  return sql<SqlBool>`(${sql.join(parts, sql` AND `)})`;
}

/** As `createSurfaceMatcher` reads a pattern: `*` is any text, all else stands for itself. */
function onSurface(pattern: string): RawBuilder<unknown> {
  if (!pattern.includes('*')) return sql`surface = ${pattern}`;
  const like = pattern.replace(/[\\%_]/g, '\\$&').replaceAll('*', '%');
  return sql`lower(surface) LIKE ${like}`;
}

function withStatus(statuses: readonly string[]): RawBuilder<unknown> {
  const single = statuses.filter((status) => !status.endsWith('xx')).map(Number);
  const hundreds = statuses.filter((status) => status.endsWith('xx')).map((status) => Number(status[0]));
  return sql`(status = ANY(${single}::smallint[]) OR status / 100 = ANY(${hundreds}::int[]))`;
}
