import { type Kysely, type RawBuilder, sql, type Transaction } from 'kysely';
import { getMeasure } from '../../../core/catalogue/index.ts';
import { addDays, listDays, startOfDay } from '../../../core/window.ts';
import type { StoreContext } from '../../context.ts';
import { selectEvents } from '../../rollup-sql.ts';
import { createRollupWriter } from '../../rollup-writer.ts';
import type { Database } from '../../tables.ts';
import { COUNTED_ONCE } from '../distinct.ts';
import {
  ACTOR_COLUMN_NAMES,
  ACTOR_COLUMNS,
  type ActorKind,
  KEPT_COLUMNS,
  KEPT_META,
  keptMeta,
  VALUE_TYPES,
} from './columns.ts';
import { applyCountDefinition } from './definition.ts';

const CELL_COLUMNS = [...KEPT_COLUMNS, 'error_signature', ...Object.keys(KEPT_META), 'has_order'];

/** Counts every dirty day anew, a calendar month in a transaction. Safe at any time and from any process. */
export async function countDirtyDays(kysely: Kysely<Database>, context: StoreContext): Promise<{ days: number }> {
  const writer = createRollupWriter(kysely, context);
  await writer.locked((trx) => applyCountDefinition(trx, context));
  const { rows: months } = await sql<{ month: string }>`
    SELECT DISTINCT date_trunc('month', date)::date AS month FROM dirty_days
    WHERE workspace_id = ${context.workspace} ORDER BY month`.execute(kysely);
  let days = 0;
  for (const { month } of months)
    days += await writer.locked(async (trx) => {
      const dates = await takeDays(trx, context.workspace, month);
      if (dates.length > 0) await countDays(trx, context, month, dates);
      return dates.length;
    });
  return { days };
}

/** Takes the marks of a month, as takeMarks does: what they say is committed, and none is lost. */
async function takeDays(trx: Transaction<Database>, workspace: string, month: string): Promise<string[]> {
  const { rows } = await sql<{ date: string }>`
    WITH taken AS (
      DELETE FROM dirty_days
      WHERE workspace_id = ${workspace} AND date >= ${month}::date AND date < ${month}::date + interval '1 month'
      RETURNING date
    ) SELECT DISTINCT date FROM taken ORDER BY date`.execute(trx);
  return rows.map(({ date }) => date);
}

/** What is counted together: some days of one month. */
interface DirtyDays extends Pick<StoreContext, 'workspace' | 'failureStatuses'> {
  readonly month: string;
  readonly dates: readonly string[];
  /** Bits of the days, as monthly_actors holds them. */
  readonly bits: number;
  readonly dateOfEvent: RawBuilder<unknown>;
  readonly events: RawBuilder<unknown>;
}

async function countDays(
  trx: Transaction<Database>,
  { workspace, timezone, failureStatuses }: StoreContext,
  month: string,
  dates: readonly string[],
): Promise<void> {
  const [first = month, last = month] = [dates[0], dates.at(-1)];
  const span = listDays({ start: first, end: addDays(last, 1) });
  const starts = span.map((date) => new Date(startOfDay(date, timezone)).toISOString());
  // Found by bisecting the day starts: half the cost of AT TIME ZONE on each row.
  const dateOfEvent = sql`(${first}::date + width_bucket(ts, ${starts}::timestamptz[]) - 1)`;
  const gaps = span.length === dates.length ? sql`` : sql` AND ${dateOfEvent} = ANY(${[...dates]}::date[])`;
  const days: DirtyDays = {
    ...{ workspace, failureStatuses, month, dates, dateOfEvent },
    bits: dates.reduce((bits, date) => bits | (1 << (Number(date.slice(8)) - 1)), 0),
    events: sql`workspace_id = ${workspace} AND ts >= ${starts[0] ?? ''}::timestamptz
      AND ts < ${new Date(startOfDay(addDays(last, 1), timezone))}::timestamptz${gaps}`,
  };
  // Enough memory for the hash tables of a month; compiling plans costs more than it saves.
  await sql`SET LOCAL work_mem = '128MB'`.execute(trx);
  await sql`SET LOCAL jit = off`.execute(trx);
  await replaceCells(trx, days);
  await scanActors(trx, days);
  await mergeActors(trx, days);
}

/** CREATE TABLE AS may run in parallel, INSERT … SELECT may not. */
async function replaceCells(
  trx: Transaction<Database>,
  { workspace, dates, dateOfEvent, events }: DirtyDays,
): Promise<void> {
  const columns = [
    ...KEPT_COLUMNS.map((name) => sql`${sql.ref(name)}`),
    sql`CASE WHEN type IN ('error', 'request') THEN error_signature END`,
    ...Object.keys(KEPT_META).map(keptMeta),
    sql`order_id IS NOT NULL`,
  ].map((column, place) => sql`${column} AS ${sql.ref(CELL_COLUMNS[place] ?? '')}`);
  const places = ['date', ...CELL_COLUMNS].map((_, place) => sql.lit(place + 1));
  // Values are added as numerics: the same in whatever order they are read.
  await sql`
    CREATE TEMP TABLE counted_cells ON COMMIT DROP AS
    SELECT ${dateOfEvent} AS date, ${sql.join(columns)}, count(*) AS events, sum(amount_minor) AS amount_minor,
      sum(CASE WHEN type IN (${sql.join(VALUE_TYPES.map((type) => sql.lit(type)))}) THEN value::numeric END) AS value
    FROM events WHERE ${events} GROUP BY ${sql.join(places)}`.execute(trx);
  await sql`
    DELETE FROM daily_event_counts WHERE workspace_id = ${workspace} AND date = ANY(${[...dates]}::date[])`.execute(
    trx,
  );
  const names = sql.join([...CELL_COLUMNS, 'events', 'amount_minor', 'value'].map((name) => sql.ref(name)));
  await sql`
    INSERT INTO daily_event_counts (workspace_id, date, cell, ${names})
    SELECT ${workspace}, date, row_number() OVER (PARTITION BY date), ${names} FROM counted_cells`.execute(trx);
}

/** Whom the days' events are from: the days each was seen on, by measure. */
async function scanActors(
  trx: Transaction<Database>,
  { month, dateOfEvent, events, failureStatuses }: DirtyDays,
): Promise<void> {
  const bit = sql`1 << (${dateOfEvent} - ${month}::date)`;
  const scan = (kind: ActorKind) => {
    const measures = ACTOR_COLUMN_NAMES.map((column) => {
      const of: Partial<Record<ActorKind, string>> = ACTOR_COLUMNS[column];
      const measure = of[kind];
      return measure === undefined ? undefined : selectEvents(getMeasure(measure).events, failureStatuses);
    });
    const columns = measures.map((selected, place) => {
      const days = selected ? sql`bit_or(CASE WHEN ${selected} THEN ${bit} ELSE 0 END)` : sql`0`;
      return sql`${days} AS ${sql.ref(ACTOR_COLUMN_NAMES[place] ?? '')}`;
    });
    const any = measures.flatMap((selected) => selected ?? []);
    return sql`(SELECT ${sql.lit(kind)} AS kind, ${COUNTED_ONCE[kind]} AS actor, ${sql.join(columns)} FROM events
      WHERE ${events} AND ${COUNTED_ONCE[kind]} IS NOT NULL AND (${sql.join(any, sql` OR `)}) GROUP BY 2)`;
  };
  await sql`
    CREATE TEMP TABLE counted_actors ON COMMIT DROP AS
    ${scan('user')} UNION ALL ${scan('account')} UNION ALL ${scan('conversation')}`.execute(trx);
  await sql`ANALYZE counted_actors`.execute(trx);
}

/** Sets the bits of the days; rows that say so already are not touched. */
async function mergeActors(trx: Transaction<Database>, { workspace, month, bits }: DirtyDays): Promise<void> {
  const names = ACTOR_COLUMN_NAMES.map((name) => sql.ref(name));
  const own = sql`known.workspace_id = ${workspace} AND known.month = ${month}::date`;
  const same = sql`seen.kind = known.kind AND seen.actor = known.actor`;
  const changed = ACTOR_COLUMN_NAMES.map((name) => sql`known.${sql.ref(name)} & ${bits}::int <> seen.${sql.ref(name)}`);
  await sql`
    UPDATE monthly_actors known SET ${sql.join(
      ACTOR_COLUMN_NAMES.map(
        (name) => sql`${sql.ref(name)} = known.${sql.ref(name)} & ~${bits}::int | seen.${sql.ref(name)}`,
      ),
    )}
    FROM counted_actors seen WHERE ${own} AND ${same} AND (${sql.join(changed, sql` OR `)})`.execute(trx);
  await sql`
    UPDATE monthly_actors known SET ${sql.join(
      ACTOR_COLUMN_NAMES.map((name) => sql`${sql.ref(name)} = known.${sql.ref(name)} & ~${bits}::int`),
    )}
    WHERE ${own} AND (${sql.join(
      ACTOR_COLUMN_NAMES.map((name) => sql`known.${sql.ref(name)}`),
      sql` | `,
    )}) & ${bits}::int <> 0 AND NOT EXISTS (SELECT FROM counted_actors seen WHERE ${same})`.execute(trx);
  await sql`DELETE FROM monthly_actors known WHERE ${own} AND (${sql.join(names, sql` | `)}) = 0`.execute(trx);
  await sql`
    INSERT INTO monthly_actors (workspace_id, month, kind, actor, ${sql.join(names)})
    SELECT ${workspace}, ${month}::date, kind, actor, ${sql.join(names)} FROM counted_actors seen
    WHERE NOT EXISTS (SELECT FROM monthly_actors known WHERE ${own} AND ${same})`.execute(trx);
}
