import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Measure } from '../../core/catalogue/define.ts';
import { getMeasure } from '../../core/catalogue/index.ts';
import type { DateRange } from '../../core/records.ts';
import { addDays, dateInZone } from '../../core/window.ts';
import { selectEvents } from '../rollup-sql.ts';
import { summed } from './additive.ts';
import { type Asked, type Cut, groupedBy, inPeriod, isPlain, keysOf } from './asked.ts';
import { ACTOR_COLUMNS, type ActorColumn, type ActorKind, findActorColumn } from './counts/columns.ts';
import { splitPeriod } from './counts/split.ts';
import { COUNTED_ONCE } from './distinct.ts';
import type { Family } from './family.ts';
import { type Stretch, scanEvents } from './scan.ts';

/** Distinct counts that monthly_actors can tell: of everybody, by day or longer. */
export interface ActorTerms {
  readonly kind: ActorKind;
  readonly numerator: ActorColumn;
  readonly denominator: ActorColumn | null;
  /** Null where the sample is counted in events. */
  readonly sample: ActorColumn | null;
}

/** Undefined where only the events can tell: something is filtered or grouped by, or nothing was counted. */
export function findActorTerms(
  asked: Asked,
  { numerator, denominator, sample }: { numerator: Measure; denominator: Measure | null; sample: Measure },
): ActorTerms | undefined {
  if (asked.dirtyDays === null || asked.query.grain === 'hour') return undefined;
  if (!isPlain(asked)) return undefined;
  const [top, bottom, size] = [numerator, denominator, sample].map((measure) => measure && findActorColumn(measure.id));
  if (!top || (denominator && bottom?.kind !== top.kind)) return undefined;
  return {
    kind: top.kind,
    numerator: top.column,
    denominator: bottom?.column ?? null,
    sample: size?.kind === top.kind ? size.column : null,
  };
}

/** The days of a bucket that lie in one month, as bits. */
interface DayBits {
  readonly bucket: number;
  readonly month: string;
  readonly bits: number;
}

/**
 * Distinct counts of each bucket, or of the whole period: of counted days by the bits of their months, of the rest by
 * the events. Where a bucket is one month's counted days nobody is met twice; elsewhere everybody is brought together.
 */
export function countActors(asked: Asked, cut: Cut, terms: ActorTerms): Family {
  const { period, grained } = cut;
  const { timezone } = asked;
  const { counted, live } = splitPeriod(period, asked.dirtyDays, timezone);
  const buckets = grained ? period.buckets : [{ start: period.start, end: period.end }];
  const bits = buckets.flatMap(({ start, end }, bucket) =>
    counted.flatMap((days) =>
      bitsOfDays(bucket, {
        start: later(days.start, dateInZone(start, timezone)),
        end: earlier(days.end, dateInZone(end, timezone)),
      }),
    ),
  );
  const isLive = (bucket: number): boolean => {
    const span = buckets[bucket];
    return span !== undefined && live.some(({ start, until }) => start < span.end && until > span.start);
  };
  const isAlone = ({ bucket, month }: DayBits): boolean =>
    !isLive(bucket) && bits.every((other) => other.bucket !== bucket || other.month === month);
  const together = bits.filter((one) => !isAlone(one));
  const flags = sql`bool_or(in_numerator) AS in_numerator, bool_or(in_denominator) AS in_denominator, bool_or(in_sample) AS in_sample`;
  const met = [
    ...(together.length > 0 ? [seen(asked, terms, together)] : []),
    ...(live.length > 0 ? [liveActors()] : []),
  ];
  const bucket = grained ? sql`bucket, ` : sql``;
  const many = (flag: string) => sql`count(*) FILTER (WHERE ${sql.ref(flag)})`;
  const counts = [
    ...monthsOf(bits.filter(isAlone)).map(
      (days) => sql`(SELECT ${bucket}numerator, denominator, sample FROM (${countAlone(asked, terms, days)}) counted)`,
    ),
    ...(met.length > 0
      ? [
          sql`(SELECT ${bucket}${many('in_numerator')}, ${many('in_denominator')}, ${many('in_sample')}
            FROM (SELECT bucket, ${flags} FROM (${sql.join(met, sql` UNION ALL `)}) met GROUP BY bucket, who) once
            ${groupedBy(keysOf(asked, cut).map((key) => sql.ref(key)))})`,
        ]
      : []),
    // Names the columns, and is there when nothing else is.
    sql`(SELECT ${grained ? sql`NULL::int AS bucket, ` : sql``}0::bigint AS numerator, 0::bigint AS denominator, 0::bigint AS sample
      WHERE false)`,
  ].reverse();
  return {
    cells: sql.join(counts, sql` UNION ALL `),
    figures: (keys) => summed(keys),
    composable: false,
    readsEvents: live.length > 0,
  };

  function selected(column: ActorColumn): RawBuilder<SqlBool> {
    return selectedBy(asked, terms.kind, column);
  }

  function liveActors(): RawBuilder<unknown> {
    const scan = scanEvents(asked, period, live);
    const flag = (column: ActorColumn | null) => (column ? sql`bool_or(${selected(column)})` : sql`false`);
    const columns = [terms.numerator, terms.denominator, terms.sample].flatMap((column) => column ?? []);
    return sql`SELECT ${grained ? scan.bucket : sql`0`} AS bucket, ${COUNTED_ONCE[terms.kind]} AS who,
        ${flag(terms.numerator)} AS in_numerator, ${flag(terms.denominator)} AS in_denominator, ${flag(terms.sample)} AS in_sample
      FROM ${scan.from} WHERE ${scan.within} AND ${COUNTED_ONCE[terms.kind]} IS NOT NULL
        AND (${sql.join(columns.map(selected), sql` OR `)}) GROUP BY 1, 2`;
  }
}

const monthsOf = (days: readonly DayBits[]): DayBits[][] =>
  [...new Set(days.map(({ month }) => month))].map((month) => days.filter((one) => one.month === month));

/** Buckets that are some days of one month each, of the same month, in one pass over whom it saw. */
function countAlone(
  { workspace }: Asked,
  { kind, numerator, denominator, sample }: ActorTerms,
  days: readonly DayBits[],
): RawBuilder<unknown> {
  const counts = (column: ActorColumn | null) =>
    column === null
      ? sql`array_fill(0::bigint, ARRAY[${days.length}::int])`
      : sql`ARRAY[${sql.join(days.map(({ bits }) => sql`count(*) FILTER (WHERE ${sql.ref(column)} & ${sql.lit(bits)} <> 0)`))}]`;
  return sql`
    SELECT counted.* FROM (
      SELECT ${counts(numerator)} AS numerators, ${counts(denominator)} AS denominators, ${counts(sample)} AS samples
      FROM monthly_actors
      WHERE workspace_id = ${workspace} AND month = ${days[0]?.month ?? ''}::date AND kind = ${kind}
    ) month CROSS JOIN LATERAL unnest(${days.map(({ bucket }) => bucket)}::int[], numerators, denominators, samples)
      AS counted (bucket, numerator, denominator, sample)`;
}

/**
 * Who was seen in each of some stretches of time, once each: (bucket, who); the bucket is the stretch's place. Of
 * counted days by the bits of their months, of the rest by the events.
 */
export function actorsIn(
  asked: Asked,
  { kind, column }: { kind: ActorKind; column: ActorColumn },
  stretches: readonly Stretch[],
): RawBuilder<unknown> {
  const splits = stretches.map(({ start, until }) => splitPeriod({ start, until }, asked.dirtyDays, asked.timezone));
  const bits = splits.flatMap(({ counted }, bucket) => counted.flatMap((days) => bitsOfDays(bucket, days)));
  const live = splits.flatMap((split, bucket) => split.live.map((stretch) => ({ ...stretch, bucket })));
  const terms: ActorTerms = { kind, numerator: column, denominator: null, sample: null };
  const parts = [
    sql`SELECT bucket, who FROM (${seen(asked, terms, bits)}) counted`,
    ...live.map(
      (stretch) => sql`SELECT ${stretch.bucket}::int, ${COUNTED_ONCE[kind]} FROM events
        WHERE ${inPeriod(asked, stretch)} AND ${COUNTED_ONCE[kind]} IS NOT NULL
          AND ${selectedBy(asked, kind, column)}`,
    ),
  ];
  return sql`SELECT bucket, who FROM (${sql.join(parts, sql` UNION ALL `)}) met GROUP BY bucket, who`;
}

function selectedBy(asked: Asked, kind: ActorKind, column: ActorColumn): RawBuilder<SqlBool> {
  const of: Partial<Record<ActorKind, string>> = ACTOR_COLUMNS[column];
  const measure = of[kind];
  return measure === undefined ? sql<SqlBool>`false` : selectEvents(getMeasure(measure).events, asked.failureStatuses);
}

/** Who was seen on some of the days: (bucket, who, in_numerator, in_denominator, in_sample). */
function seen(
  asked: Asked,
  { kind, numerator, denominator, sample }: ActorTerms,
  days: readonly DayBits[],
): RawBuilder<unknown> {
  const on = (column: ActorColumn | null) => (column ? sql`days.${sql.ref(column)} & span.bits <> 0` : sql`false`);
  const spans = sql`jsonb_to_recordset(${JSON.stringify(days)}::jsonb) AS span (bucket int, month date, bits int)`;
  return sql`SELECT span.bucket, days.actor AS who, ${on(numerator)} AS in_numerator, ${on(denominator)} AS in_denominator,
      ${on(sample)} AS in_sample
    FROM ${spans} JOIN monthly_actors days
      ON days.workspace_id = ${asked.workspace} AND days.kind = ${kind} AND days.month = span.month
    WHERE (${sql.join(
      [numerator, denominator, sample].flatMap((column) => (column ? on(column) : [])),
      sql` OR `,
    )})`;
}

function bitsOfDays(bucket: number, { start, end }: DateRange): DayBits[] {
  const found: { bucket: number; month: string; bits: number }[] = [];
  for (let date = start; date < end; date = addDays(date, 1)) {
    const month = `${date.slice(0, 7)}-01`;
    const last = found.at(-1);
    const bit = 1 << (Number(date.slice(8)) - 1);
    if (last?.month === month) last.bits |= bit;
    else found.push({ bucket, month, bits: bit });
  }
  return found;
}

const later = (a: string, b: string): string => (a > b ? a : b);
const earlier = (a: string, b: string): string => (a < b ? a : b);
