import { type RawBuilder, sql } from 'kysely';
import { GROUP_KEYS, groupedBy, type Key, leading, refs } from './asked.ts';

/** How figures of one kind are made of events: cells first, at the finest cut, then figures of any coarser cut. */
export interface Family {
  /** A query of the cells: the keys of the cut, and what `figures` makes figures of. */
  readonly cells: RawBuilder<unknown>;
  /** A query of `cells`: the keys that are named, numerator, denominator and sample. One row where none is named. */
  figures(keys: readonly Key[]): RawBuilder<unknown>;
  /** Whether what holds over all buckets can be told from the cells of each. */
  readonly composable: boolean;
  /** Whether events are read, not counts of them alone. */
  readonly readsEvents: boolean;
}

/** What one cut is asked for. */
export interface CutWish {
  readonly keys: readonly Key[];
  readonly isRatio: boolean;
  /** Ranks the groups by value, or takes those that were ranked before; null where nothing is grouped by. */
  readonly groups:
    | { order: 'asc' | 'desc'; limit: number }
    | { chosen: readonly (readonly (string | null)[])[] }
    | null;
  /** Leave out the figures over all buckets: they were asked for apart. */
  readonly onlyBuckets: boolean;
}

export interface CutRow {
  part: 'total' | 'group' | 'bucket';
  place: number | null;
  groups: number | null;
  bucket: number | null;
  g1: string | null;
  g2: string | null;
  numerator: number | null;
  denominator: number | null;
  sample: number | null;
}

/** The whole statement: cells once, then the total, the groups in their order, and the buckets of each. */
export function compileCut(family: Family, { keys, isRatio, groups, onlyBuckets }: CutWish): RawBuilder<CutRow> {
  const groupKeys = GROUP_KEYS.filter((key) => keys.includes(key));
  const parts: RawBuilder<unknown>[] = [];
  const figure = sql`numerator, denominator, sample`;
  if (!onlyBuckets) {
    parts.push(
      sql`SELECT 'total', NULL::int, NULL::int, NULL::int, NULL, NULL, ${figure} FROM (${family.figures([])}) whole`,
    );
    if (groups !== null)
      parts.push(sql`SELECT 'group', place, groups, NULL, ${groupValues('ranked')}, ${figure} FROM ranked`);
  }
  if (keys.includes('bucket'))
    parts.push(
      groups === null
        ? sql`SELECT 'bucket', NULL, NULL, bucket, NULL, NULL, ${figure} FROM (${family.figures(['bucket'])}) part`
        : sql`SELECT 'bucket', place, NULL, part.bucket, ${groupValues('part')}, ${figureColumns('part')}
          FROM (${family.figures(['bucket', ...groupKeys])}) part JOIN ranked ON ${sameGroup(groupKeys, 'part', 'ranked')}`,
    );
  const ranking = groups === null ? sql`` : sql`, ranked AS (${rank(family, groupKeys, isRatio, groups)})`;
  return sql<CutRow>`WITH cells AS MATERIALIZED (${family.cells})${ranking},
    answer (part, place, groups, bucket, g1, g2, numerator, denominator, sample) AS (
      ${sql.join(parts, sql` UNION ALL `)}
    ) SELECT * FROM answer`;

  function groupValues(from: string): RawBuilder<unknown> {
    return sql.join(GROUP_KEYS.map((key) => (groupKeys.includes(key) ? sql.ref(`${from}.${key}`) : sql`NULL`)));
  }
}

function rank(
  family: Family,
  groupKeys: readonly Key[],
  isRatio: boolean,
  groups: NonNullable<CutWish['groups']>,
): RawBuilder<unknown> {
  const figures = family.figures(groupKeys);
  if ('chosen' in groups) {
    const chosen = groups.chosen.map(([g1 = null, g2 = null], place) => ({ place, g1, g2 }));
    return sql`SELECT chosen.place, 0 AS groups, ${sql.join(refs(groupKeys, 'chosen'))}, ${figureColumns('figure')}
      FROM jsonb_to_recordset(${JSON.stringify(chosen)}::jsonb) AS chosen (place int, g1 text, g2 text)
      LEFT JOIN (${figures}) figure ON ${sameGroup(groupKeys, 'figure', 'chosen')}`;
  }
  const value = isRatio ? sql`numerator / nullif(denominator, 0)` : sql`numerator`;
  const way = groups.order === 'asc' ? sql`ASC` : sql`DESC`;
  const byKey = groupKeys.map((key) => sql`${sql.ref(key)} COLLATE "C" ASC NULLS LAST`);
  return sql`SELECT * FROM (
      SELECT figure.*, row_number() OVER (ORDER BY ${value} ${way} NULLS LAST, ${sql.join(byKey)})::int - 1 AS place,
        count(*) OVER ()::int AS groups
      FROM (${figures}) figure
    ) placed WHERE place < ${groups.limit}::int`;
}

const figureColumns = (from?: string): RawBuilder<unknown> =>
  sql.join(refs(['numerator', 'denominator', 'sample'], from));

/** Equal, or both unnamed; in a form that can be hashed, which IS NOT DISTINCT FROM cannot. */
export const sameGroup = (keys: readonly Key[], left: string, right: string): RawBuilder<unknown> =>
  keys.length === 0
    ? sql`true`
    : sql.join(
        keys.map((key) => {
          const [a, b] = [sql.ref(`${left}.${key}`), sql.ref(`${right}.${key}`)];
          if (key === 'bucket') return sql`${a} = ${b}`;
          return sql`coalesce(${a}, '') = coalesce(${b}, '') AND (${a} IS NULL) = (${b} IS NULL)`;
        }),
        sql` AND `,
      );

/** `SELECT keys, … FROM … GROUP BY keys`. */
export const byKeys = (
  keys: readonly Key[],
  columns: RawBuilder<unknown>,
  from: RawBuilder<unknown>,
): RawBuilder<unknown> => sql`SELECT ${leading(refs(keys))}${columns} FROM ${from} ${groupedBy(refs(keys))}`;
