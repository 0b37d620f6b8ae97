import { type Kysely, sql } from 'kysely';
import { getMeasure } from '../core/catalogue/index.ts';
import { SOURCES } from '../core/records.ts';
import { redact } from '../core/text/redact.ts';
import type { FoundText, TextQuery } from '../pipeline/why.ts';
import type { StoreContext } from './context.ts';
import { eventColumns } from './metric-sql/columns.ts';
import { selectEvents } from './rollup-sql.ts';
import { readMerges } from './signature-merges.ts';
import { during, inSlice } from './slice-sql.ts';
import type { Database } from './tables.ts';

const TEXT_LENGTH = 400;

interface Row {
  ts: Date;
  source: string;
  surface: string | null;
  release: string | null;
  text: string;
  group: string | null;
  url: string | null;
  total: number;
}

/** Single tickets or errors that hold any text, latest first. Tickets without a page count where none is asked for. */
export async function readTexts(
  db: Kysely<Database>,
  context: StoreContext,
  { of, range, slice, limit, distinct }: TextQuery,
  asOf: number,
): Promise<{ total: number; texts: FoundText[] }> {
  const { workspace, failureStatuses } = context;
  const merges = await readMerges(db, workspace);
  const isTicket = of === 'ticket';
  const group = eventColumns(merges)(isTicket ? 'ticket_topic' : 'error_signature');
  const text = isTicket
    ? sql`concat_ws(': ', nullif(meta ->> 'subject', ''), nullif(meta ->> 'text', ''))`
    : sql`coalesce(nullif(meta ->> 'message', ''), nullif(meta ->> 'text', ''), error_signature, '')`;
  const first = distinct ? sql`place = 1` : sql`true`;
  const { rows } = await sql<Row>`
    WITH found AS MATERIALIZED (
      SELECT ts, event_key, source, surface, release, left(${text}, ${TEXT_LENGTH}::int) AS text, ${group} AS "group",
        CASE WHEN meta ->> 'url' ~* '^https?://' THEN meta ->> 'url' END AS url
      FROM events
      WHERE ${inSlice(slice, workspace, merges)} AND ${during(range, context, asOf)}
        AND ${selectEvents(getMeasure(isTicket ? 'tickets' : 'errors').events, failureStatuses)}
    ), placed AS (
      SELECT *, count(*) OVER () AS total, row_number() OVER (PARTITION BY coalesce("group", '') ORDER BY ts DESC, event_key) AS place
      FROM found WHERE text <> ''
    )
    SELECT ts, source, surface, release, text, "group", url, total FROM placed WHERE ${first}
    ORDER BY ts DESC, event_key LIMIT ${limit}`.execute(db);
  const texts = rows.flatMap(({ ts, source, text: written, total: _, ...row }): FoundText[] => {
    const known = SOURCES.find((each) => each === source);
    return known === undefined ? [] : [{ ...row, at: ts.getTime(), source: known, text: redact(written) }];
  });
  return { total: rows[0]?.total ?? 0, texts };
}
