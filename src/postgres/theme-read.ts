import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { DateRange } from '../core/records.ts';
import type { KnownTheme, ThemeTicket } from '../core/text/themes/theme.ts';
import { joinTicketText } from '../core/text/themes/ticket-words.ts';
import type { ListedTheme } from '../pipeline/themes.ts';
import type { StoreContext } from './context.ts';
import type { Database } from './tables.ts';

/** What is read of a ticket's text; people say what is wrong first. */
const TEXT_LENGTH = 2_000;
/** Tickets older than this keep the theme they have. */
const DAYS_GROUPED = 56;
/** Texts shown of a theme, and how much of each. */
const SHOWN = 3;
const SNIPPET = 300;

interface TicketRow {
  event_key: string;
  ts: Date;
  subject: string | null;
  body: string | null;
  ticket_topic: string | null;
  theme_id: string | null;
}

const ticketColumns = sql`events.event_key, events.ts, left(events.meta ->> 'subject', 300) AS subject,
  left(events.meta ->> 'text', ${TEXT_LENGTH}::int) AS body, events.ticket_topic, read.theme_id`;

/** Tickets with what is known of their theme. */
const readTickets = sql`events LEFT JOIN ticket_theme_tickets AS read
  ON read.workspace_id = events.workspace_id AND read.event_key = events.event_key`;

const toTicket = ({ event_key, ts, subject, body, ticket_topic, theme_id }: TicketRow): ThemeTicket => ({
  key: event_key,
  ts: ts.getTime(),
  text: joinTicketText(subject, body),
  topic: ticket_topic,
  theme: theme_id,
});

/** True for tickets that nobody has read yet under the present definition. */
export const unread = (workspace: string): RawBuilder<boolean> =>
  sql<boolean>`events.workspace_id = ${workspace} AND events.type = 'ticket' AND NOT EXISTS (
    SELECT FROM ticket_theme_tickets settled
    WHERE settled.workspace_id = ${workspace} AND settled.event_key = events.event_key AND settled.settled)`;

/** The newest tickets of the last eight weeks that have any. */
export async function readNewest(
  db: Kysely<Database>,
  { workspace }: StoreContext,
  limit: number,
): Promise<ThemeTicket[]> {
  const { rows } = await sql<TicketRow>`
    SELECT ${ticketColumns} FROM ${readTickets}
    WHERE events.workspace_id = ${workspace} AND events.type = 'ticket' AND events.ts >= (
      SELECT max(ts) FROM events WHERE workspace_id = ${workspace} AND type = 'ticket') - ${DAYS_GROUPED} * interval '1 day'
    ORDER BY events.ts DESC, events.event_key DESC LIMIT ${limit}`.execute(db);
  return rows.map(toTicket);
}

export async function readUnread(
  db: Kysely<Database>,
  { workspace }: StoreContext,
  limit: number,
): Promise<ThemeTicket[]> {
  const { rows } = await sql<TicketRow>`
    SELECT ${ticketColumns} FROM ${readTickets} WHERE ${unread(workspace)}
    ORDER BY events.ts DESC, events.event_key DESC LIMIT ${limit}`.execute(db);
  return rows.map(toTicket);
}

/** Tickets since then that have no row at all. */
export async function readNew(
  db: Kysely<Database>,
  { workspace }: StoreContext,
  since: number,
  limit: number,
): Promise<ThemeTicket[]> {
  const { rows } = await sql<TicketRow>`
    SELECT ${ticketColumns} FROM ${readTickets}
    WHERE events.workspace_id = ${workspace} AND events.type = 'ticket' AND events.ts >= ${new Date(since)}::timestamptz
      AND read.event_key IS NULL
    ORDER BY events.ts DESC, events.event_key DESC LIMIT ${limit}`.execute(db);
  return rows.map(toTicket);
}

export async function readKnown(
  db: Kysely<Database>,
  { workspace }: StoreContext,
  limit: number,
): Promise<KnownTheme[]> {
  const themes = await db
    .selectFrom('ticket_themes')
    .select(['theme_id', 'label', 'terms', 'tickets', 'exemplars'])
    .where('workspace_id', '=', workspace)
    .orderBy('last_seen', 'desc')
    .orderBy('theme_id')
    .limit(limit)
    .execute();
  const keys = themes.flatMap(({ exemplars }) => exemplars);
  const { rows } = await sql<TicketRow>`
    SELECT ${ticketColumns} FROM ${readTickets}
    WHERE events.workspace_id = ${workspace} AND events.event_key = ANY(${keys}::uuid[])`.execute(db);
  const byKey = new Map(rows.map((row) => [row.event_key, toTicket(row)]));
  return themes.map(({ theme_id, label, terms, tickets, exemplars }) => ({
    id: theme_id,
    label,
    terms,
    tickets,
    exemplars: exemplars.flatMap((key) => byKey.get(key) ?? []),
  }));
}

export async function listThemes(
  db: Kysely<Database>,
  { workspace, timezone }: StoreContext,
  { start, end }: DateRange,
): Promise<ListedTheme[]> {
  const { rows } = await sql<ListedTheme>`
    SELECT theme_id AS id, label, terms, first_seen, last_seen, days.listed AS days,
      coalesce(shown.listed, '[]') AS representatives
    FROM ticket_themes theme
    JOIN LATERAL (
      SELECT jsonb_agg(jsonb_build_object('date', date, 'tickets', tickets) ORDER BY date) AS listed, sum(tickets) AS tickets
      FROM ticket_theme_days
      WHERE workspace_id = ${workspace} AND theme_id = theme.theme_id AND date >= ${start}::date AND date < ${end}::date
    ) days ON days.listed IS NOT NULL
    LEFT JOIN LATERAL (
      SELECT jsonb_agg(jsonb_build_object(
        'id', source_id, 'date', (ts AT TIME ZONE ${timezone})::date, 'url', meta ->> 'url',
        'text', left(coalesce(meta ->> 'text', meta ->> 'subject'), ${SNIPPET}::int)) ORDER BY place) AS listed
      FROM jsonb_array_elements_text(theme.exemplars) WITH ORDINALITY AS exemplar (event_key, place)
      JOIN events ON events.workspace_id = ${workspace} AND events.event_key = exemplar.event_key::uuid
      WHERE place <= ${SHOWN}::int
    ) shown ON true
    WHERE theme.workspace_id = ${workspace}
    ORDER BY days.tickets DESC, label COLLATE "C", theme_id`.execute(db);
  return rows;
}
