import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Metric } from '../../core/catalogue/define.ts';
import type { CheckedQuery } from '../../core/query/metric-query.ts';
import type { Merges } from '../../core/text/grouping/merges.ts';
import type { WorkspaceConfig } from '../../core/workspace-config.ts';
import type { StoreContext } from '../context.ts';
import { compileSelector } from '../event-selector-sql.ts';
import { type ColumnOf, eventColumns, hasValue } from './columns.ts';
import { lastStep } from './methods/funnels.ts';
import type { Period } from './period.ts';

/** All that a template may look at. */
export interface Asked extends Pick<StoreContext, 'workspace' | 'timezone' | 'failureStatuses'> {
  readonly query: CheckedQuery;
  readonly metric: Metric;
  readonly config: WorkspaceConfig;
  readonly merges: Merges;
  /** Epoch milliseconds. */
  readonly asOf: number;
  /** Whether any source had sent a sign-up by then. */
  readonly hasSignups: boolean;
  /** When anybody was first active, epoch milliseconds; infinite for never. */
  readonly firstUse: number;
  /** The first and last day that a team counted itself; null for none, and where that does not tell what is asked. */
  readonly imported: { readonly first: string; readonly last: string } | null;
  /** Days whose counts are not those of their events; null when nothing was counted. */
  readonly dirtyDays: ReadonlySet<string> | null;
  /** Days that sums and ratios of them leave out: one side of a ratio was not sent. */
  readonly without: ReadonlySet<string>;
}

/** One period of a question, cut by its grain or not. */
export interface Cut {
  readonly period: Period;
  readonly grained: boolean;
}

/** The columns a cell is told apart by. */
export type Key = 'bucket' | 'g1' | 'g2';
export const GROUP_KEYS = ['g1', 'g2'] as const;

/** The keys of a cut: its bucket where there are any, and one for each dimension grouped by. */
export const keysOf = ({ query }: Pick<Asked, 'query'>, { grained }: Pick<Cut, 'grained'>): Key[] => [
  ...(grained ? (['bucket'] as const) : []),
  ...GROUP_KEYS.slice(0, query.group_by.length),
];

/** Dimensions that only a ratio's numerator has: they neither filter nor cut its denominator. */
export const isNumeratorOnly = ({ metric }: Asked, dimension: string): boolean =>
  metric.numerator_dimensions.includes(dimension);

/** True for what lies in the period and is there at `asOf`. */
export const inPeriod = (
  { workspace }: Asked,
  { start, until }: Pick<Period, 'start' | 'until'>,
): RawBuilder<SqlBool> =>
  sql<SqlBool>`events.workspace_id = ${workspace}
    AND events.ts >= ${new Date(start)}::timestamptz AND events.ts < ${new Date(until)}::timestamptz`;

/** The place of an event's bucket, from 0. */
export const bucketOf = ({ buckets }: Period): RawBuilder<number> =>
  sql`width_bucket(events.ts, ${buckets.map(({ start }) => new Date(start).toISOString())}::timestamptz[]) - 1`;

/** `expression AS "g1", …`, for each dimension grouped by. */
export function groupColumns(
  asked: Asked,
  wrap: (dimension: string, column: RawBuilder<unknown>) => RawBuilder<unknown> = (_, column) => column,
  columnOf: ColumnOf = eventColumns(asked.merges),
): RawBuilder<unknown>[] {
  return asked.query.group_by.map((dimension, place) => {
    const column = dimension === 'funnel' ? funnelOf(asked) : columnOf(dimension);
    return sql`${wrap(dimension, column)} AS ${sql.ref(GROUP_KEYS[place] ?? '')}`;
  });
}

/** The first declared funnel that ends with the event. */
function funnelOf({ config: { funnels } }: Asked): RawBuilder<string | null> {
  if (funnels.length === 0) return sql`NULL::text`;
  const ends = funnels.map((funnel) => sql`WHEN ${compileSelector(lastStep(funnel))} THEN ${funnel.id}::text`);
  return sql`CASE ${sql.join(ends, sql` `)} END`;
}

/** Key columns of a scan of events, the bucket included where the cut has one. */
export const keyColumns = (asked: Asked, { period, grained }: Cut): RawBuilder<unknown>[] => [
  ...(grained ? [sql`${bucketOf(period)} AS bucket`] : []),
  ...groupColumns(asked),
];

/** What the filters of the query say, as conditions; `of` picks those on some dimensions. */
export function filterConditions(
  asked: Asked,
  of: (dimension: string) => boolean = () => true,
  columnOf: ColumnOf = eventColumns(asked.merges),
): RawBuilder<SqlBool>[] {
  return filtersOf(asked)
    .filter(({ dimension }) => of(dimension))
    .map(({ dimension, values }) => hasValue(dimension, values, columnOf, asked.merges));
}

/** Filters by dimension, `surface` among them. `cohort_day` and `funnel` are arguments of their methods. */
export function filtersOf({ query }: Pick<Asked, 'query'>): { dimension: string; values: string[] }[] {
  const filters = Object.entries(query.filters).flatMap(([dimension, value]) =>
    value === undefined || dimension === 'cohort_day' || dimension === 'funnel'
      ? []
      : [{ dimension, values: (Array.isArray(value) ? value : [value]).map(String) }],
  );
  return query.surface === null ? filters : [{ dimension: 'surface', values: [query.surface] }, ...filters];
}

/** Whether the question is about everybody: nothing is filtered or grouped by. */
export const isPlain = (asked: Pick<Asked, 'query'>): boolean =>
  asked.query.group_by.length === 0 && filtersOf(asked).length === 0;

/** All of them; true for none. */
export const allOf = (conditions: readonly RawBuilder<SqlBool>[]): RawBuilder<SqlBool> =>
  conditions.length === 0 ? sql<SqlBool>`true` : sql<SqlBool>`(${sql.join(conditions, sql` AND `)})`;

export const anyOf = (conditions: readonly RawBuilder<SqlBool>[]): RawBuilder<SqlBool> =>
  sql<SqlBool>`(${sql.join(conditions, sql` OR `)})`;

/** `a, b, ` or nothing, to begin a select list with. */
export const leading = (columns: readonly RawBuilder<unknown>[]): RawBuilder<unknown> =>
  columns.length === 0 ? sql`` : sql`${sql.join(columns)}, `;

/** `GROUP BY a, b`, or nothing: then there is exactly one row. */
export const groupedBy = (columns: readonly RawBuilder<unknown>[]): RawBuilder<unknown> =>
  columns.length === 0 ? sql`` : sql`GROUP BY ${sql.join(columns)}`;

export const refs = (names: readonly string[], of?: string): RawBuilder<unknown>[] =>
  names.map((name) => sql.ref(of === undefined ? name : `${of}.${name}`));
