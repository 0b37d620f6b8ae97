import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Merges } from '../../core/text/grouping/merges.ts';
import { mergedWith } from '../../core/text/grouping/merges.ts';
import { onSurface, withStatus } from '../event-selector-sql.ts';
import { countedSignature } from '../signature-merges.ts';

/** The value of a dimension, as text: an expression over `events`. */
export type ColumnOf = (dimension: string) => RawBuilder<string | null>;

const COLUMNS = new Set(['surface', 'source', 'release', 'env', 'account', 'endpoint']);

/** Where each dimension is found in an event. What has no column is a key of meta, and that key is bound. */
export function eventColumns(merges: Merges): ColumnOf {
  return (dimension) => {
    if (COLUMNS.has(dimension)) return sql`events.${sql.ref(dimension)}`;
    if (dimension === 'severity' || dimension === 'status') return sql`events.${sql.ref(dimension)}::text`;
    if (dimension === 'error_signature') return countedSignature(merges);
    if (dimension === 'ticket_topic') return topic;
    return sql`events.meta ->> ${dimension}::text`;
  };
}

/** The source's own topic, else the theme a ticket was grouped into. */
const topic = sql<string | null>`CASE WHEN events.type = 'ticket' AND events.ticket_topic IS NULL THEN (
    SELECT theme.label FROM ticket_theme_tickets assigned
    JOIN ticket_themes theme ON theme.workspace_id = assigned.workspace_id AND theme.theme_id = assigned.theme_id
    WHERE assigned.workspace_id = events.workspace_id AND assigned.event_key = events.event_key
  ) ELSE events.ticket_topic END`;

/** True where the dimension has one of the values; a surface may be a pattern, a status a hundred such as 5xx. */
export function hasValue(
  dimension: string,
  values: readonly string[],
  columnOf: ColumnOf,
  merges: Merges,
): RawBuilder<SqlBool> {
  if (dimension === 'surface') return sql<SqlBool>`(${sql.join(values.map(onSurfaceLike), sql` OR `)})`;
  if (dimension === 'status') {
    const statuses = values.map((value) => value.toLowerCase()).filter((value) => /^[1-5](\d\d|xx)$/.test(value));
    return withStatus(statuses);
  }
  if (dimension === 'error_signature') {
    const all = values.flatMap((value) => mergedWith(merges, merges.get(value) ?? value));
    return sql<SqlBool>`error_signature = ANY(${all}::text[])`;
  }
  return sql<SqlBool>`${columnOf(dimension)} = ANY(${[...values]}::text[])`;
}

/** Without a `*` the surface itself; with one in any case, as everywhere. */
const onSurfaceLike = (surface: string): RawBuilder<SqlBool> =>
  onSurface(surface.includes('*') ? surface.toLowerCase() : surface);
