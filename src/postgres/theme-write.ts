import { sql, type Transaction } from 'kysely';
import type { FoundTheme } from '../core/text/themes/theme.ts';
import type { ThemeDefinition } from '../pipeline/themes.ts';
import type { StoreContext } from './context.ts';
import type { Database } from './tables.ts';
import { markTopics } from './theme-marks.ts';

const KEY = 'ticket_themes_definition';

/** One writer of themes a workspace. */
export async function lockThemes(trx: Transaction<Database>, { workspace }: StoreContext): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(hashtextextended('seepass.themes:' || ${workspace}::text, 0))`.execute(trx);
}

/** Has every ticket read again when the definition changed, and days cut again when the zone did. */
export async function applyThemeDefinition(
  trx: Transaction<Database>,
  context: StoreContext,
  definition: ThemeDefinition,
): Promise<void> {
  const { workspace, timezone } = context;
  const { clustering, normaliser_version } = definition;
  const value = JSON.stringify({ clustering, normaliser_version, timezone });
  const { rows } = await sql<{ read_alike: boolean; cut_alike: boolean }>`
    SELECT value - 'timezone' = ${value}::jsonb - 'timezone' AS read_alike, value -> 'timezone' = ${value}::jsonb -> 'timezone' AS cut_alike
    FROM settings WHERE workspace_id = ${workspace} AND key = ${KEY}`.execute(trx);
  const [before] = rows;
  if (before?.read_alike && before.cut_alike) return;
  if (before && !before.read_alike)
    await trx
      .updateTable('ticket_theme_tickets')
      .set({ settled: false })
      .where('workspace_id', '=', workspace)
      .execute();
  if (before && !before.cut_alike) {
    const themes = await trx
      .selectFrom('ticket_themes')
      .select('theme_id')
      .where('workspace_id', '=', workspace)
      .execute();
    await trx.deleteFrom('ticket_theme_days').where('workspace_id', '=', workspace).execute();
    await insertDays(
      trx,
      context,
      themes.map(({ theme_id }) => theme_id),
    );
    await refreshTotals(trx, context);
  }
  const updated_at = new Date(context.clock());
  await trx
    .insertInto('settings')
    .values({ workspace_id: workspace, key: KEY, value, updated_by: 'system', updated_at })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'key']).doUpdateSet({ value, updated_at }))
    .execute();
}

/** See ThemeStore.save. */
export async function saveThemes(
  trx: Transaction<Database>,
  context: StoreContext,
  assigned: ReadonlyMap<string, string | null>,
  themes: readonly FoundTheme[],
  { normaliser_version }: ThemeDefinition,
): Promise<void> {
  const { workspace } = context;
  const given = sql`unnest(${[...assigned.keys()]}::uuid[], ${[...assigned.values()]}::uuid[]) AS given (event_key, theme_id)`;
  const moved = await sql<{ event_key: string; theme_id: string | null }>`
    SELECT given.event_key, read.theme_id FROM ${given}
    LEFT JOIN ticket_theme_tickets read ON read.workspace_id = ${workspace} AND read.event_key = given.event_key
    WHERE read.theme_id IS DISTINCT FROM given.theme_id`.execute(trx);
  await sql`
    INSERT INTO ticket_theme_tickets AS read (workspace_id, event_key, theme_id, settled, normaliser_version)
    SELECT ${workspace}, given.event_key, given.theme_id, true, ${normaliser_version}::smallint FROM ${given}
    JOIN events ON events.workspace_id = ${workspace} AND events.event_key = given.event_key
    ON CONFLICT (workspace_id, event_key) DO UPDATE SET
      theme_id = excluded.theme_id, settled = true, normaliser_version = excluded.normaliser_version
    WHERE NOT read.settled OR read.theme_id IS DISTINCT FROM excluded.theme_id`.execute(trx);
  await markTopics(trx, context, sql`SELECT unnest(${moved.rows.map(({ event_key }) => event_key)}::uuid[])`);

  const touched = new Set(themes.map(({ id }) => id));
  for (const { event_key, theme_id } of moved.rows)
    for (const theme of [theme_id, assigned.get(event_key) ?? null]) if (theme !== null) touched.add(theme);
  await remakeDays(trx, context, [...touched]);
  await putThemes(trx, context, themes, normaliser_version);
  await refreshTotals(trx, context);
}

/** See ThemeStore.assign. */
export async function assignThemes(
  trx: Transaction<Database>,
  context: StoreContext,
  assigned: ReadonlyMap<string, string | null>,
  normaliserVersion: number,
): Promise<void> {
  const { workspace } = context;
  const { rows } = await sql<{ event_key: string; theme_id: string | null }>`
    INSERT INTO ticket_theme_tickets (workspace_id, event_key, theme_id, settled, normaliser_version)
    SELECT ${workspace}, given.event_key, known.theme_id, false, ${normaliserVersion}::smallint
    FROM unnest(${[...assigned.keys()]}::uuid[], ${[...assigned.values()]}::uuid[]) AS given (event_key, theme_id)
    LEFT JOIN ticket_themes known ON known.workspace_id = ${workspace} AND known.theme_id = given.theme_id
    ON CONFLICT DO NOTHING RETURNING event_key, theme_id`.execute(trx);
  const named = rows.filter(({ theme_id }) => theme_id !== null);
  if (named.length === 0) return;
  await markTopics(trx, context, sql`SELECT unnest(${named.map(({ event_key }) => event_key)}::uuid[])`);
  await remakeDays(trx, context, [...new Set(named.flatMap(({ theme_id }) => theme_id ?? []))]);
  await refreshTotals(trx, context);
}

async function remakeDays(trx: Transaction<Database>, context: StoreContext, themes: readonly string[]): Promise<void> {
  await trx
    .deleteFrom('ticket_theme_days')
    .where('workspace_id', '=', context.workspace)
    .where(sql<boolean>`theme_id = ANY(${[...themes]}::uuid[])`)
    .execute();
  await insertDays(trx, context, themes);
}

async function insertDays(
  trx: Transaction<Database>,
  { workspace, timezone }: StoreContext,
  themes: readonly string[],
): Promise<void> {
  await sql`
    INSERT INTO ticket_theme_days (workspace_id, theme_id, date, tickets)
    SELECT ${workspace}, read.theme_id, (events.ts AT TIME ZONE ${timezone})::date, count(*)
    FROM ticket_theme_tickets read
    JOIN events ON events.workspace_id = ${workspace} AND events.event_key = read.event_key
    WHERE read.workspace_id = ${workspace} AND read.theme_id = ANY(${[...themes]}::uuid[]) GROUP BY 2, 3`.execute(trx);
}

/** A theme with another name has every day of its tickets made again. */
async function putThemes(
  trx: Transaction<Database>,
  context: StoreContext,
  themes: readonly FoundTheme[],
  normaliserVersion: number,
): Promise<void> {
  if (themes.length === 0) return;
  const { workspace } = context;
  const given = sql`jsonb_to_recordset(${JSON.stringify(themes)}::jsonb) AS given (id uuid, label text, terms jsonb, exemplars jsonb)`;
  await markTopics(
    trx,
    context,
    sql`SELECT read.event_key FROM ${given}
      JOIN ticket_themes known ON known.workspace_id = ${workspace} AND known.theme_id = given.id AND known.label <> given.label
      JOIN ticket_theme_tickets read ON read.workspace_id = ${workspace} AND read.theme_id = given.id`,
  );
  await sql`
    INSERT INTO ticket_themes (workspace_id, theme_id, label, terms, exemplars, first_seen, last_seen, tickets, normaliser_version)
    SELECT ${workspace}, id, label, terms, exemplars, min(date), max(date), sum(days.tickets), ${normaliserVersion}::smallint
    FROM ${given} JOIN ticket_theme_days days ON days.workspace_id = ${workspace} AND days.theme_id = given.id
    GROUP BY id, label, terms, exemplars
    ON CONFLICT (workspace_id, theme_id) DO UPDATE SET label = excluded.label, terms = excluded.terms,
      exemplars = excluded.exemplars, normaliser_version = excluded.normaliser_version`.execute(trx);
}

/** What a theme's days say of it as a whole; without a day it is gone. */
async function refreshTotals(trx: Transaction<Database>, { workspace }: StoreContext): Promise<void> {
  await sql`
    UPDATE ticket_themes theme SET first_seen = days.first, last_seen = days.last, tickets = days.tickets
    FROM (
      SELECT theme_id, min(date) AS first, max(date) AS last, sum(tickets) AS tickets
      FROM ticket_theme_days WHERE workspace_id = ${workspace} GROUP BY 1
    ) days
    WHERE theme.workspace_id = ${workspace} AND theme.theme_id = days.theme_id
      AND (theme.first_seen, theme.last_seen, theme.tickets) IS DISTINCT FROM (days.first, days.last, days.tickets)`.execute(
    trx,
  );
  await sql`
    DELETE FROM ticket_themes theme WHERE workspace_id = ${workspace} AND NOT EXISTS (
      SELECT FROM ticket_theme_days days WHERE days.workspace_id = ${workspace} AND days.theme_id = theme.theme_id)`.execute(
    trx,
  );
}
