import { type Kysely, type Selectable, sql } from 'kysely';
import type { EventType } from '../../core/records.ts';
import { dateInZone, startOfDay } from '../../core/window.ts';
import type { Database } from '../tables.ts';
import { type Asked, filtersOf } from './asked.ts';

/** When what a metric rests on was first there, and how far it is known. */
export interface Span {
  /** YYYY-MM-DD; null when there never was any, or when one part of a ratio never had any. */
  readonly firstDate: string | null;
  /** Epoch milliseconds; infinite without any. */
  readonly firstInstant: number;
  /** Latest event of its sources by `asOf`, epoch milliseconds. */
  readonly watermark: number | null;
}

/** When a source sent which kind of event. */
export type SentSpan = Selectable<Database['event_spans']>;

export const readSentSpans = (db: Kysely<Database>, workspace: string): Promise<SentSpan[]> =>
  db.selectFrom('event_spans').selectAll().where('workspace_id', '=', workspace).execute();

/** How far back the latest event before an instant is looked for, in hours; the last one is for gaps of a year. */
const LOOK_BACK = [1, 24, 400 * 24];

/**
 * @param parts the types of events of each part of the metric. A part begins with the first of its types, the metric
 * with the latest of its parts: before that, zero would be missing data.
 * @param imported the first day that was imported as counted by a team, where its counts are part of the metric.
 */
export async function readSpan(
  db: Kysely<Database>,
  asked: Asked,
  rows: readonly SentSpan[],
  parts: readonly (readonly EventType[])[],
  imported: string | null,
): Promise<Span> {
  const { timezone, asOf } = asked;
  const firsts = parts.map((types) =>
    Math.min(...rows.filter(({ type }) => types.some((one) => one === type)).map(({ first_at }) => first_at.getTime())),
  );
  const first = firsts.length === 0 ? Number.POSITIVE_INFINITY : Math.max(...firsts);
  const own = Number.isFinite(first) && first <= asOf ? dateInZone(first, timezone) : null;
  const firstDate = [own, imported].filter((date) => date !== null).sort()[0] ?? null;

  const named = filtersOf(asked).find(({ dimension }) => dimension === 'source')?.values;
  const types = parts.flat();
  const latest = rows
    .filter(({ type, source }) => types.some((one) => one === type) && (named?.includes(source) ?? true))
    .map(({ last_at }) => last_at.getTime());
  const last = Math.max(...latest);
  return {
    firstDate,
    firstInstant: firstDate === null ? Number.POSITIVE_INFINITY : startOfDay(firstDate, timezone),
    watermark: last <= asOf ? (Number.isFinite(last) ? last : null) : await latestBefore(db, asked, types, named),
  };
}

/** The last event there was at `asOf`, for a question about the past. */
async function latestBefore(
  db: Kysely<Database>,
  { workspace, asOf }: Asked,
  types: readonly EventType[],
  sources: readonly string[] | undefined,
): Promise<number | null> {
  for (const hours of LOOK_BACK) {
    const { rows } = await sql<{ last: Date | null }>`
      SELECT max(ts) AS last FROM events
      WHERE workspace_id = ${workspace} AND type = ANY(${[...types]}::text[])
        AND ts > ${new Date(asOf - hours * 3_600_000)}::timestamptz AND ts <= ${new Date(asOf)}::timestamptz
        AND (${sources ?? null}::text[] IS NULL OR source = ANY(${sources ?? []}::text[]))`.execute(db);
    const last = rows[0]?.last;
    if (last) return last.getTime();
  }
  return null;
}
