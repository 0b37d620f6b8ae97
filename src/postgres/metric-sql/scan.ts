import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { EventSelector } from '../../core/event-selector.ts';
import type { DateRange } from '../../core/records.ts';
import { inEvents } from '../event-selector-sql.ts';
import type { MetaText } from '../rollup-sql.ts';
import { type Asked, anyOf, bucketOf, filtersOf, inPeriod } from './asked.ts';
import { type ColumnOf, eventColumns } from './columns.ts';
import { KEPT_META } from './counts/columns.ts';
import { importedCells, notImported } from './imported.ts';
import type { Period } from './period.ts';

/** Where additive figures are read from: the events themselves, or cells that each stand for some of them. */
export interface Scan {
  /** What follows FROM; its rows go by the name `events`. */
  readonly from: RawBuilder<unknown>;
  readonly within: RawBuilder<SqlBool>;
  /** The place of a row's bucket, from 0. */
  readonly bucket: RawBuilder<number>;
  readonly columnOf: ColumnOf;
  readonly metaText: MetaText;
  /** Rows hold how many events they stand for, and the sums of theirs. */
  readonly isCounted: boolean;
}

/** Half-open, epoch milliseconds. */
export type Stretch = Pick<Period, 'start' | 'until'>;

export function scanEvents(asked: Asked, period: Period, stretches: readonly Stretch[]): Scan {
  return {
    from: sql`events`,
    within: stretches.length === 0 ? sql<SqlBool>`false` : anyOf(stretches.map((stretch) => inPeriod(asked, stretch))),
    bucket: bucketOf(period),
    columnOf: eventColumns(asked.merges),
    metaText: inEvents,
    isCounted: false,
  };
}

/** @param dates of each bucket: its first day. */
export function scanCounts(
  asked: Asked,
  { days, dates }: { days: readonly DateRange[]; dates: readonly string[] },
): Scan {
  const ranges = days.map(({ start, end }) => sql`events.date >= ${start}::date AND events.date < ${end}::date`);
  return {
    from: sql`daily_event_counts AS events`,
    within: sql<SqlBool>`events.workspace_id = ${asked.workspace} AND (${sql.join(ranges, sql` OR `)})`,
    bucket: sql`width_bucket(events.date, ${[...dates]}::date[]) - 1`,
    columnOf: countColumns(asked),
    metaText: countedMeta,
    isCounted: true,
  };
}

/** What a team counted itself, of some days. */
export function scanImported(
  asked: Asked,
  { days, dates }: { days: readonly DateRange[]; dates: readonly string[] },
): Scan {
  const counts = scanCounts(asked, { days, dates });
  const dimensions = new Set([...asked.query.group_by, ...filtersOf(asked).map(({ dimension }) => dimension)]);
  return {
    ...counts,
    from: importedCells(asked, dimensions, days),
    columnOf: (dimension) => (dimension === 'ticket_topic' ? sql`events.ticket_topic` : counts.columnOf(dimension)),
  };
}

/** Leaves out the days of pages that a team counted itself. */
export const withoutImported = (asked: Asked, scan: Scan): Scan => ({
  ...scan,
  within: sql<SqlBool>`${scan.within} AND ${notImported(
    asked,
    scan.isCounted ? sql`events.date` : sql`(events.ts AT TIME ZONE ${asked.timezone})::date`,
  )}`,
});

const UNCOUNTED = new Set(['account', 'ticket_topic', 'funnel']);

export const isCountedDimension = (dimension: string): boolean => !UNCOUNTED.has(dimension);

/** Whether cells tell the events that the selector means from others. */
export function isCountedSelector({ event, meta, has }: EventSelector): boolean {
  const kept = (key: string) => KEPT_META[key] === null || PLAIN.has(key);
  return (
    event === undefined &&
    Object.keys(meta ?? {}).every(kept) &&
    (has ?? []).every((key) => kept(key) || key === 'order_id')
  );
}

const PLAIN = new Set(['release', 'env', 'endpoint', 'status']);

const countedMeta: MetaText = (key) => {
  if (key === 'order_id') return sql`CASE WHEN events.has_order THEN 'some' END`;
  return sql`events.${sql.ref(key)}::text`;
};

function countColumns(asked: Asked): ColumnOf {
  const columnOf = eventColumns(asked.merges);
  return (dimension) => (dimension in KEPT_META ? sql`events.${sql.ref(dimension)}` : columnOf(dimension));
}
