import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { EventSelector } from '../core/event-selector.ts';
import type { MetaText } from './rollup-sql.ts';

/** Keys of meta that have a column of their own: they are not in the stored meta. */
const COLUMN_KEYS = new Set(['release', 'env', 'ticket_topic', 'order_id', 'status', 'endpoint']);

/**
 * True for the rows of `events` that the selector means. All that a person wrote is a bound parameter.
 * @param metaText where a key of meta is found, where that is not in `events`.
 */
export function compileSelector(selector: EventSelector, metaText: MetaText = inEvents): RawBuilder<SqlBool> {
  const { type, source, surface, event, endpoint, status, meta, has } = selector;
  const parts: RawBuilder<unknown>[] = [sql`type = ${type}`];
  if (source !== undefined) parts.push(sql`source = ${source}`);
  if (surface !== undefined) parts.push(onSurface(surface));
  if (event !== undefined) parts.push(sql`${metaText('event')} = ${event}`);
  if (endpoint !== undefined) parts.push(sql`endpoint = ${endpoint}`);
  if (status !== undefined) parts.push(withStatus(status));
  for (const [key, value] of Object.entries(meta ?? {})) parts.push(sql`${metaText(key)} = ${value}`);
  for (const key of has ?? []) parts.push(sql`${metaText(key)} IS NOT NULL`);
  return sql<SqlBool>`(${sql.join(parts, sql` AND `)})`;
}

/** A key of meta of `events`, as text, also where it has a column of its own. */
export const inEvents: MetaText = (key) =>
  COLUMN_KEYS.has(key) ? sql`${sql.ref(key)}::text` : sql`meta ->> ${key}::text`;

/** As `createSurfaceMatcher` reads a pattern: `*` is any text, all else stands for itself. */
export function onSurface(pattern: string): RawBuilder<SqlBool> {
  if (!pattern.includes('*')) return sql<SqlBool>`surface = ${pattern}`;
  const like = pattern.replace(/[\\%_]/g, '\\$&').replaceAll('*', '%');
  return sql<SqlBool>`lower(surface) LIKE ${like}`;
}

/** @param statuses each one (403) or a hundred (2xx). */
export function withStatus(statuses: readonly string[]): RawBuilder<SqlBool> {
  const single = statuses.filter((status) => !status.endsWith('xx')).map(Number);
  const hundreds = statuses.filter((status) => status.endsWith('xx')).map((status) => Number(status[0]));
  return sql<SqlBool>`(status = ANY(${single}::smallint[]) OR status / 100 = ANY(${hundreds}::int[]))`;
}
