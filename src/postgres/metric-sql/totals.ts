import { type Kysely, sql } from 'kysely';
import type { EventType } from '../../core/records.ts';
import { addDays, dateInZone, startOfDay } from '../../core/window.ts';
import type { Database } from '../tables.ts';
import { type Asked, filtersOf } from './asked.ts';
import { IMPORTED_DIMENSIONS, isImported } from './imported.ts';
import type { Period } from './period.ts';
import { partsOf } from './simple.ts';

/** Whether a team's daily totals tell what is asked: sums of what they count, by the day, limited by what they name. */
export function doTotalsTell(
  asked: Pick<Asked, 'metric' | 'query'>,
  types: readonly (readonly EventType[])[],
): boolean {
  const { metric, query } = asked;
  if ('method' in metric.of || query.grain === 'hour' || !isImported(types)) return false;
  const { numerator, denominator } = partsOf({ metric });
  const addsUp = [numerator, denominator].every((part) => part === null || ADDED.has(part.aggregation.kind));
  return addsUp && filtersOf(asked).every(({ dimension }) => IMPORTED_DIMENSIONS.has(dimension));
}

const ADDED: ReadonlySet<string> = new Set(['count', 'sum']);

/** Days that a team counted itself, where that does not tell what is asked. */
export interface TotalsDays {
  /** Without any event: nothing is known of them. */
  readonly only: ReadonlySet<string>;
  /** With events of other pages than the team counted, or of part of the day: not all of them is known. */
  readonly partly: ReadonlySet<string>;
}

/**
 * @param periods looked at.
 * @param tell whether totals tell what is asked: then only days that a period cuts are looked for.
 */
export async function readTotalsDays(
  db: Kysely<Database>,
  asked: Asked,
  periods: readonly Pick<Period, 'start' | 'until'>[],
  { types, tell }: { types: readonly EventType[]; tell: boolean },
): Promise<TotalsDays> {
  const { workspace, timezone, imported, dirtyDays } = asked;
  const none = { only: new Set<string>(), partly: new Set<string>() };
  if (imported === null) return none;
  const ranges = periods.flatMap((period) => (tell ? cutDays(period, timezone) : daysOf(period, timezone)));
  const within = ranges
    .map(({ start, end }) => ({ start: later(start, imported.first), end: earlier(end, addDays(imported.last, 1)) }))
    .filter(({ start, end }) => start < end);
  if (within.length === 0) return none;
  const { rows: own } = await sql<{ date: string }>`
    SELECT DISTINCT date FROM daily_surface_metrics WHERE workspace_id = ${workspace} AND origin = 'aggregates'
      AND (${sql.join(
        within.map(({ start, end }) => sql`date >= ${start}::date AND date < ${end}::date`),
        sql` OR `,
      )})`.execute(db);
  const dates = own.map(({ date }) => date);
  if (dates.length === 0) return none;
  const live = dates.filter(
    (date) => dirtyDays === null || dirtyDays.has(date) || date >= dateInZone(asked.asOf, timezone),
  );
  const sent = [
    sql`SELECT date, surface FROM daily_event_counts
      WHERE workspace_id = ${workspace} AND date = ANY(${dates.filter((date) => !live.includes(date))}::date[])
        AND type = ANY(${[...types]}::text[])`,
    ...live.map(
      (date) => sql`SELECT ${date}::date, surface FROM events
        WHERE workspace_id = ${workspace} AND type = ANY(${[...types]}::text[])
          AND ts >= ${new Date(startOfDay(date, timezone))}::timestamptz
          AND ts < ${new Date(Math.min(startOfDay(addDays(date, 1), timezone), asked.asOf + 1))}::timestamptz`,
    ),
  ];
  const { rows } = await sql<{ date: string; any: boolean; all: boolean }>`
    WITH sent AS MATERIALIZED (SELECT DISTINCT date, surface FROM (${sql.join(sent, sql` UNION ALL `)}) sent)
    SELECT own.date, own.date IN (SELECT date FROM sent) AS any, bool_and(seen.date IS NOT NULL) AS all
    FROM daily_surface_metrics own LEFT JOIN sent seen ON seen.date = own.date AND seen.surface = own.surface
    WHERE own.workspace_id = ${workspace} AND own.origin = 'aggregates' AND own.date = ANY(${dates}::date[])
    GROUP BY own.date ORDER BY own.date`.execute(db);
  return {
    only: new Set(rows.filter(({ any }) => !any).map(({ date }) => date)),
    partly: new Set(rows.filter(({ any, all }) => any && !all).map(({ date }) => date)),
  };
}

type Days = { start: string; end: string };

const daysOf = ({ start, until }: Pick<Period, 'start' | 'until'>, zone: string): Days[] =>
  start < until ? [{ start: dateInZone(start, zone), end: addDays(dateInZone(until - 1, zone), 1) }] : [];

/** The first and the last day, where the period holds a part of it only. */
function cutDays(period: Pick<Period, 'start' | 'until'>, zone: string): Days[] {
  const [days] = daysOf(period, zone);
  if (days === undefined) return [];
  const [first, last] = [days.start, addDays(days.end, -1)];
  return [
    ...(startOfDay(first, zone) < period.start ? [first] : []),
    ...(startOfDay(days.end, zone) > period.until ? [last] : []),
  ].map((date) => ({ start: date, end: addDays(date, 1) }));
}

const later = (a: string, b: string): string => (a > b ? a : b);
const earlier = (a: string, b: string): string => (a < b ? a : b);
