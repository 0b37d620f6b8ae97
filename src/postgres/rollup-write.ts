import { type RawBuilder, sql, type Transaction } from 'kysely';
import { MEASURES } from '../core/catalogue/measures.ts';
import { monthlyPlans } from './rollup-exposure.ts';
import type { Scope } from './rollup-scan.ts';
import { isAdditive } from './rollup-sql.ts';
import type { Database } from './tables.ts';

/** How many signatures and topics a row lists, how many texts a topic shows, and how long a text may be. */
const LISTED = 10;
const SNIPPETS = 3;
const TEXT_LENGTH = 500;

/**
 * Replaces the scope's rows of all three rollups with what `scanEvents` found; a bucket without events is gone.
 * Days imported as aggregates keep their rows.
 */
export async function replaceRollups(trx: Transaction<Database>, scope: Scope): Promise<void> {
  // The scanned tables have no statistics: left to guess, the planner joins them by nested loops.
  await sql`SET LOCAL enable_nestloop = off`.execute(trx);
  const imported = sql`SELECT date, surface FROM daily_surface_metrics WHERE ${within(scope)} AND origin = 'aggregates'`;
  for (const table of ['rollup_counts', 'rollup_latency', 'rollup_signals'])
    await sql`DELETE FROM ${sql.table(table)} WHERE (date, surface) IN (${imported})`.execute(trx);
  for (const table of ['daily_signature_metrics', 'daily_release_metrics', 'daily_surface_metrics'])
    await sql`DELETE FROM ${sql.table(table)} WHERE ${within(scope)} AND (date, surface) NOT IN (${imported})`.execute(
      trx,
    );
  await insertSignatures(trx, scope);
  await insertReleases(trx, scope);
  await insertSurfaces(trx, scope);
}

function within({ workspace, first, last, surfaces }: Scope): RawBuilder<unknown> {
  const days = sql`workspace_id = ${workspace} AND date BETWEEN ${first}::date AND ${last}::date`;
  return surfaces === null ? days : sql`${days} AND surface = ANY(${[...surfaces]}::text[])`;
}

/** The example is the earliest event's; its meta is read for that one event only, since a stack can be long. */
async function insertSignatures(trx: Transaction<Database>, { workspace }: Scope): Promise<void> {
  await sql`
    WITH numbered AS (
      SELECT date, surface, error_signature AS signature, event_key,
        row_number() OVER (PARTITION BY date, surface, error_signature ORDER BY ts, event_key) AS place,
        count(*) OVER (PARTITION BY date, surface, error_signature) AS errors
      FROM rollup_signals WHERE is_error AND error_signature IS NOT NULL
    ), releases AS (
      SELECT DISTINCT ON (date, surface, signature) date, surface, signature, release
      FROM (
        SELECT date, surface, error_signature AS signature, release, count(*) AS errors
        FROM rollup_signals WHERE is_error AND error_signature IS NOT NULL AND release IS NOT NULL GROUP BY 1, 2, 3, 4
      ) counted
      ORDER BY date, surface, signature, errors DESC, release COLLATE "C"
    )
    INSERT INTO daily_signature_metrics (workspace_id, date, surface, signature, errors, example, url, release_top)
    SELECT ${workspace}, numbered.date, numbered.surface, numbered.signature, numbered.errors,
      left(coalesce(earliest.meta ->> 'message', earliest.meta ->> 'text', ''), ${TEXT_LENGTH}::int),
      earliest.meta ->> 'url', releases.release
    FROM numbered
    LEFT JOIN releases USING (date, surface, signature)
    LEFT JOIN LATERAL (
      SELECT meta FROM events WHERE workspace_id = ${workspace} AND event_key = numbered.event_key LIMIT 1
    ) earliest ON true
    WHERE place = 1`.execute(trx);
}

async function insertReleases(trx: Transaction<Database>, { workspace }: Scope): Promise<void> {
  await sql`
    INSERT INTO daily_release_metrics (workspace_id, date, surface, release, pageviews, requests, errors)
    SELECT ${workspace}, date, surface, release, pageviews, requests, errors
    FROM rollup_counts WHERE release IS NOT NULL AND pageviews + requests + errors > 0`.execute(trx);
}

async function insertSurfaces(trx: Transaction<Database>, scope: Scope): Promise<void> {
  const added = MEASURES.filter(isAdditive).map(({ id }) => id);
  const percentiles = MEASURES.filter(({ aggregation }) => aggregation.kind === 'percentile').map(({ id }) => id);
  await sql`
    WITH cells AS (
      SELECT date, surface, max(normaliser_version) AS normaliser_version,
        ${sql.join(added.map((id) => sql`sum(${sql.ref(id)}) AS ${sql.ref(id)}`))}
      FROM rollup_counts GROUP BY 1, 2
    ), releases AS (
      SELECT DISTINCT ON (date, surface) date, surface, release, errors FROM rollup_counts
      WHERE release IS NOT NULL AND errors > 0 ORDER BY date, surface, errors DESC, release COLLATE "C"
    ), environments AS (
      SELECT DISTINCT ON (date, surface) date, surface, env FROM (
        SELECT date, surface, env, count(*) AS errors FROM rollup_signals WHERE is_error AND env IS NOT NULL GROUP BY 1, 2, 3
      ) counted ORDER BY date, surface, errors DESC, env COLLATE "C"
    ), users AS (
      SELECT date, surface, count(*) AS affected_users
      FROM (SELECT date, surface, "user" FROM rollup_signals WHERE "user" IS NOT NULL GROUP BY 1, 2, 3) once GROUP BY 1, 2
    ), hit AS (
      SELECT date, surface, account FROM rollup_signals WHERE account IS NOT NULL GROUP BY 1, 2, 3
    ), plans AS (${monthlyPlans(scope, sql`account IN (SELECT account FROM hit)`)}
    ), accounts AS (
      SELECT date, surface, count(*) AS affected_accounts, coalesce(sum(amount_minor), 0) AS revenue_at_risk
      FROM hit LEFT JOIN plans ON plans.account = hit.account AND hit.date >= plans.since AND hit.date < plans.until
      GROUP BY 1, 2
    ), signatures AS (
      SELECT date, surface,
        jsonb_agg(jsonb_build_object('sig', signature, 'count', errors, 'example', example) ORDER BY place) AS listed
      FROM (
        SELECT date, surface, signature, errors, example,
          row_number() OVER (PARTITION BY date, surface ORDER BY errors DESC, signature COLLATE "C") AS place
        FROM daily_signature_metrics WHERE ${within(scope)}
      ) placed WHERE place <= ${LISTED}::int GROUP BY 1, 2
    ), topics AS (
      SELECT date, surface,
        jsonb_agg(jsonb_build_object('topic', topic, 'count', tickets, 'snippets', snippets) ORDER BY place) AS listed
      FROM (
        SELECT date, surface, topic, tickets, snippets,
          row_number() OVER (PARTITION BY date, surface ORDER BY tickets DESC, topic COLLATE "C") AS place
        FROM (${topicsWithSnippets}) counted
      ) placed WHERE place <= ${LISTED}::int GROUP BY 1, 2
    )
    INSERT INTO daily_surface_metrics (workspace_id, date, surface, origin, normaliser_version,
      ${sql.join([...added, ...percentiles].map((id) => sql.ref(id)))},
      affected_accounts, affected_users, revenue_at_risk, release_top, release_share, env_top,
      top_error_signatures, top_ticket_topics)
    SELECT ${scope.workspace}, cells.date, cells.surface, 'events', cells.normaliser_version,
      ${sql.join([...added.map((id) => sql.ref(`cells.${id}`)), ...percentiles.map((id) => sql.ref(`latency.${id}`))])},
      coalesce(affected_accounts, 0), coalesce(affected_users, 0), coalesce(revenue_at_risk, 0),
      releases.release, releases.errors::float8 / cells.errors::float8, environments.env,
      coalesce(signatures.listed, '[]'), coalesce(topics.listed, '[]')
    FROM cells
    LEFT JOIN rollup_latency latency USING (date, surface)
    LEFT JOIN releases USING (date, surface)
    LEFT JOIN environments USING (date, surface)
    LEFT JOIN users USING (date, surface)
    LEFT JOIN accounts USING (date, surface)
    LEFT JOIN signatures USING (date, surface)
    LEFT JOIN topics USING (date, surface)`.execute(trx);
}

/** Topics with their earliest texts; a ticket without a text counts, and shows none. */
const topicsWithSnippets = sql`
  SELECT date, surface, ticket_topic AS topic, count(*) AS tickets,
    coalesce(jsonb_agg(left(text, ${TEXT_LENGTH}::int) ORDER BY ts, event_key)
      FILTER (WHERE text IS NOT NULL AND nth <= ${SNIPPETS}::int), '[]') AS snippets
  FROM (
    SELECT date, surface, ticket_topic, text, ts, event_key,
      row_number() OVER (PARTITION BY date, surface, ticket_topic, text IS NULL ORDER BY ts, event_key) AS nth
    FROM rollup_signals WHERE ticket_topic IS NOT NULL
  ) numbered GROUP BY 1, 2, 3`;
