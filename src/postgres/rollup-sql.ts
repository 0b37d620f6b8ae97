import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { EventCondition, Measure } from '../core/catalogue/define.ts';

/** A key of meta as text: an expression. */
export type MetaText = (key: string) => RawBuilder<string | null>;

const inMeta: MetaText = (key) => sql`meta ->> ${key}::text`;

/**
 * True for the rows of `events` that a measure looks at. Everything in it is a bound parameter.
 * @param failureStatuses HTTP statuses below 500 that this workspace counts as failures.
 * @param metaText where a key of meta is found, where that is not in `events`.
 */
export function selectEvents(
  events: readonly EventCondition[],
  failureStatuses: readonly number[],
  metaText: MetaText = inMeta,
): RawBuilder<SqlBool> {
  const alternatives = events.map(({ type, failed, meta }) => {
    const parts = [sql`type = ${type}`];
    if (failed) parts.push(sql`(status >= 500 OR status = ANY(${[...failureStatuses]}::smallint[]))`);
    for (const [key, value] of Object.entries(meta ?? {})) parts.push(sql`${metaText(key)} = ${value}`);
    return sql`(${sql.join(parts, sql` AND `)})`;
  });
  return sql<SqlBool>`(${sql.join(alternatives, sql` OR `)})`;
}

/**
 * The measures that one plain GROUP BY of `events` adds up, as `expression AS "id"`: PostgreSQL can run those in
 * parallel, which it cannot for distinct counts and percentiles.
 */
export function compileAdditive(measures: readonly Measure[], failureStatuses: readonly number[]): RawBuilder<unknown> {
  const columns = measures.filter(isAdditive).map(({ id, events, aggregation }) => {
    const selected = selectEvents(events, failureStatuses);
    const aggregate =
      aggregation.kind === 'sum'
        ? sql`coalesce(sum(${sql.ref(aggregation.of)}) FILTER (WHERE ${selected}), 0)`
        : sql`count(*) FILTER (WHERE ${selected})`;
    return sql`${aggregate} AS ${sql.ref(id)}`;
  });
  return sql.join(columns);
}

/** The percentile measures over rows that hold a value, as `expression AS "id"`; null where none does. */
export function compilePercentiles(
  measures: readonly Measure[],
  failureStatuses: readonly number[],
): RawBuilder<unknown> {
  const columns = measures.flatMap(({ id, events, aggregation }) => {
    if (aggregation.kind !== 'percentile') return [];
    const selected = selectEvents(events, failureStatuses);
    const value = sql.ref(aggregation.of);
    const p = sql`${aggregation.p}::float8`;
    return [sql`percentile_cont(${p}) WITHIN GROUP (ORDER BY ${value}) FILTER (WHERE ${selected}) AS ${sql.ref(id)}`];
  });
  return sql.join(columns);
}

/** Whether parts of the measure can be added up: counts and sums can, distinct counts and percentiles cannot. */
export const isAdditive = ({ aggregation }: Measure): boolean =>
  aggregation.kind === 'count' || aggregation.kind === 'sum';

/** What any of the measures of that kind of aggregation looks at. */
export function eventsOf(measures: readonly Measure[], kinds: readonly Measure['aggregation']['kind'][]) {
  return measures.filter(({ aggregation }) => kinds.includes(aggregation.kind)).flatMap(({ events }) => events);
}
