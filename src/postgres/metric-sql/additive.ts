import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { dateInZone } from '../../core/window.ts';
import {
  type Asked,
  allOf,
  anyOf,
  type Cut,
  filterConditions,
  filtersOf,
  groupColumns,
  groupedBy,
  isNumeratorOnly,
  type Key,
  keysOf,
  leading,
  refs,
} from './asked.ts';
import { splitPeriod, withoutDays } from './counts/split.ts';
import { byKeys, type Family, sameGroup } from './family.ts';
import { isCountedDimension, type Scan, scanCounts, scanEvents, scanImported, withoutImported } from './scan.ts';

/** What is added up: events, or what a column of them holds. */
export interface Term {
  readonly condition: (scan: Pick<Scan, 'metaText'>) => RawBuilder<SqlBool>;
  readonly of: 'events' | 'amount_minor' | 'value';
  /** Whether cells tell its events from others. */
  readonly isCounted: boolean;
}

export interface AdditiveTerms {
  readonly numerator: Term;
  /** Null for what is no ratio. */
  readonly denominator: Term | null;
  readonly sample: Term;
  /** The sample is the numerator's own, so that its filters count for both. */
  readonly sampleIsNumerator: boolean;
}

/**
 * Counts, sums, and ratios of them: sums over sums, never averages of averages. Of days that were counted the counts
 * are read, of all else the events: what is added up does not care.
 */
export function additive(asked: Asked, cut: Cut, terms: AdditiveTerms): Family {
  const { period } = cut;
  const dimensions = [...asked.query.group_by, ...filtersOf(asked).map(({ dimension }) => dimension)];
  const isCounted =
    asked.query.grain !== 'hour' &&
    dimensions.every(isCountedDimension) &&
    asked.query.filters.funnel === undefined &&
    [terms.numerator, terms.sample, ...(terms.denominator ? [terms.denominator] : [])].every((term) => term.isCounted);
  const { timezone, without } = asked;
  const split = splitPeriod(period, isCounted ? asked.dirtyDays : null, timezone);
  const { counted, live } = withoutDays(split, without, timezone);
  const dates = period.buckets.map(({ start }) => dateInZone(start, timezone));
  const { imported } = asked;
  const own = imported === null ? [] : withoutDays(splitPeriod(period, new Set(), timezone), without, timezone).counted;
  const isOwn = imported !== null && own.some(({ start, end }) => start <= imported.last && end > imported.first);
  const sent = [
    ...(counted.length > 0 ? [scanCounts(asked, { days: counted, dates })] : []),
    ...(live.length > 0 || counted.length === 0 ? [scanEvents(asked, period, live)] : []),
  ];
  const scans = isOwn
    ? [...sent.map((scan) => withoutImported(asked, scan)), scanImported(asked, { days: own, dates })]
    : sent;
  return {
    cells: sql.join(
      scans.map((scan) => scanCells(asked, cut, terms, scan)),
      sql` UNION ALL `,
    ),
    figures: (keys) => figures(asked, keys),
    composable: true,
    readsEvents: live.length > 0,
  };
}

function scanCells(asked: Asked, cut: Cut, terms: AdditiveTerms, scan: Scan): RawBuilder<unknown> {
  const { columnOf } = scan;
  const { denominator } = terms;
  const own = filterConditions(asked, (dimension) => isNumeratorOnly(asked, dimension), columnOf);
  const isNumerator = allOf([terms.numerator.condition(scan), ...own]);
  const isSample = terms.sampleIsNumerator ? isNumerator : terms.sample.condition(scan);
  const columns = [
    ...(cut.grained ? [sql`${scan.bucket} AS bucket`] : []),
    ...groupColumns(
      asked,
      (dimension, column) =>
        isNumeratorOnly(asked, dimension) ? sql`CASE WHEN ${isNumerator} THEN ${column} END` : column,
      columnOf,
    ),
  ];
  const add = (of: Term['of'], condition: RawBuilder<SqlBool>): RawBuilder<unknown> =>
    of === 'events' && !scan.isCounted
      ? sql`count(*) FILTER (WHERE ${condition})`
      : sql`coalesce(sum(${addend(of)}) FILTER (WHERE ${condition}), 0)`;
  const selected = [isNumerator, ...(denominator ? [denominator.condition(scan)] : []), isSample];
  return sql`(
    SELECT ${leading(columns)}${add(terms.numerator.of, isNumerator)} AS numerator,
      ${denominator === null ? sql`NULL::numeric` : add(denominator.of, denominator.condition(scan))} AS denominator,
      ${add('events', isSample)} AS sample
    FROM ${scan.from}
    WHERE ${scan.within} AND ${anyOf(selected)}
      AND ${allOf(filterConditions(asked, (dimension) => !isNumeratorOnly(asked, dimension), columnOf))}
    ${groupedBy(keysOf(asked, cut).map((_, place) => sql.lit(place + 1)))})`;
}

/** Values are added as numerics: the same in whatever order they are read. */
const addend = (of: Term['of']): RawBuilder<unknown> =>
  of === 'value' ? sql`events.value::numeric` : sql.ref(`events.${of}`);

function figures(asked: Asked, keys: readonly Key[]): RawBuilder<unknown> {
  const shared = keys.filter((key) => key === 'bucket' || !isNumeratorOnly(asked, dimensionOf(asked, key)));
  if (shared.length === keys.length) return summed(keys);
  // Each part of the numerator over the whole denominator, so that the parts add up to the whole. A part that has none
  // in some bucket is zero there: the denominator says that there was something to count.
  const groups = keys.filter((key) => key !== 'bucket');
  const ofBucket = keys.length === groups.length ? sql`` : sql` AND part.bucket = whole.bucket`;
  const columns = keys.map((key) => sql.ref(`${key === 'bucket' ? 'whole' : 'named'}.${key}`));
  const sharedGroups = groups.filter((key) => shared.includes(key));
  return sql`SELECT ${leading(columns)}coalesce(part.numerator, 0) AS numerator, whole.denominator, whole.sample
    FROM (SELECT ${sql.join(refs(groups))} FROM cells ${groupedBy(refs(groups))} HAVING sum(numerator) > 0) named
    JOIN (${byKeys(shared, sql.join([total('denominator'), total('sample')]), sql`cells`)}) whole
      ON ${sameGroup(sharedGroups, 'named', 'whole')}
    LEFT JOIN (${byKeys(keys, total('numerator'), sql`cells`)}) part
      ON ${sameGroup(groups, 'part', 'named')}${ofBucket}`;
}

/** Figures of cells that hold (keys, numerator, denominator, sample). */
export const summed = (keys: readonly Key[]): RawBuilder<unknown> =>
  byKeys(keys, sql.join([total('numerator'), total('denominator'), total('sample')]), sql`cells`);

const dimensionOf = ({ query }: Asked, key: Key): string => query.group_by[key === 'g2' ? 1 : 0] ?? '';

const total = (column: string): RawBuilder<unknown> => sql`sum(${sql.ref(column)})::float8 AS ${sql.ref(column)}`;
