import { type RawBuilder, sql, type Transaction } from 'kysely';
import { MEASURES } from '../core/catalogue/measures.ts';
import { monthlyPlans } from './rollup-exposure.ts';
import type { Scope } from './rollup-scope.ts';
import { isAdditive } from './rollup-sql.ts';
import type { Database } from './tables.ts';

/** How many signatures and topics a row lists, how many texts a topic shows, and how long a text may be. */
const LISTED = 10;
const SNIPPETS = 3;
export const TEXT_LENGTH = 500;

/**
 * Inserts the scope's rows of its surface rollup from what `scanEvents` found.
 * @param signatureRows the errors of each bucket: (bucket, surface, signature, errors, example).
 */
export async function insertSurfaces(
  trx: Transaction<Database>,
  scope: Scope,
  signatureRows: RawBuilder<unknown>,
): Promise<void> {
  const added = MEASURES.filter(isAdditive).map(({ id }) => id);
  const percentiles = MEASURES.filter(({ aggregation }) => aggregation.kind === 'percentile').map(({ id }) => id);
  await sql`
    WITH cells AS (
      SELECT bucket, surface, max(normaliser_version) AS normaliser_version,
        ${sql.join(added.map((id) => sql`sum(${sql.ref(id)}) AS ${sql.ref(id)}`))}
      FROM rollup_counts GROUP BY 1, 2
    ), releases AS (
      SELECT DISTINCT ON (bucket, surface) bucket, surface, release, errors FROM rollup_counts
      WHERE release IS NOT NULL AND errors > 0 ORDER BY bucket, surface, errors DESC, release COLLATE "C"
    ), environments AS (
      SELECT DISTINCT ON (bucket, surface) bucket, surface, env FROM (
        SELECT bucket, surface, env, count(*) AS errors FROM rollup_signals WHERE is_error AND env IS NOT NULL GROUP BY 1, 2, 3
      ) counted ORDER BY bucket, surface, errors DESC, env COLLATE "C"
    ), users AS (
      SELECT bucket, surface, count(*) AS affected_users
      FROM (SELECT bucket, surface, "user" FROM rollup_signals WHERE "user" IS NOT NULL GROUP BY 1, 2, 3) once GROUP BY 1, 2
    ), hit AS (
      SELECT bucket, ${scope.dateOf(sql`bucket`)} AS date, surface, account
      FROM (SELECT bucket, surface, account FROM rollup_signals WHERE account IS NOT NULL GROUP BY 1, 2, 3) once
    ), plans AS (${monthlyPlans(scope, sql`account IN (SELECT account FROM hit)`)}
    ), accounts AS (
      SELECT bucket, surface, count(*) AS affected_accounts, coalesce(sum(amount_minor), 0) AS revenue_at_risk
      FROM hit LEFT JOIN plans ON plans.account = hit.account AND hit.date >= plans.since AND hit.date < plans.until
      GROUP BY 1, 2
    ), signatures AS (
      SELECT bucket, surface,
        jsonb_agg(jsonb_build_object('sig', signature, 'count', errors, 'example', example) ORDER BY place) AS listed
      FROM (
        SELECT bucket, surface, signature, errors, example,
          row_number() OVER (PARTITION BY bucket, surface ORDER BY errors DESC, signature COLLATE "C") AS place
        FROM (${signatureRows}) counted
      ) placed WHERE place <= ${LISTED}::int GROUP BY 1, 2
    ), topics AS (
      SELECT bucket, surface,
        jsonb_agg(jsonb_build_object('topic', topic, 'count', tickets, 'snippets', snippets) ORDER BY place) AS listed
      FROM (
        SELECT bucket, surface, topic, tickets, snippets,
          row_number() OVER (PARTITION BY bucket, surface ORDER BY tickets DESC, topic COLLATE "C") AS place
        FROM (${topicsWithSnippets}) counted
      ) placed WHERE place <= ${LISTED}::int GROUP BY 1, 2
    )
    INSERT INTO ${sql.table(scope.table)} (workspace_id, ${sql.ref(scope.key)}, surface, normaliser_version,
      ${sql.join([...added, ...percentiles].map((id) => sql.ref(id)))},
      affected_accounts, affected_users, revenue_at_risk, release_top, release_share, env_top,
      top_error_signatures, top_ticket_topics)
    SELECT ${scope.workspace}, cells.bucket, cells.surface, cells.normaliser_version,
      ${sql.join([...added.map((id) => sql.ref(`cells.${id}`)), ...percentiles.map((id) => sql.ref(`latency.${id}`))])},
      coalesce(affected_accounts, 0), coalesce(affected_users, 0), coalesce(revenue_at_risk, 0),
      releases.release, releases.errors::float8 / cells.errors::float8, environments.env,
      coalesce(signatures.listed, '[]'), coalesce(topics.listed, '[]')
    FROM cells
    LEFT JOIN rollup_latency latency USING (bucket, surface)
    LEFT JOIN releases USING (bucket, surface)
    LEFT JOIN environments USING (bucket, surface)
    LEFT JOIN users USING (bucket, surface)
    LEFT JOIN accounts USING (bucket, surface)
    LEFT JOIN signatures USING (bucket, surface)
    LEFT JOIN topics USING (bucket, surface)`.execute(trx);
}

/** Topics with their earliest texts; a ticket without a text counts, and shows none. */
const topicsWithSnippets = sql`
  SELECT bucket, surface, ticket_topic AS topic, count(*) AS tickets,
    coalesce(jsonb_agg(left(text, ${TEXT_LENGTH}::int) ORDER BY ts, event_key)
      FILTER (WHERE text IS NOT NULL AND nth <= ${SNIPPETS}::int), '[]') AS snippets
  FROM (
    SELECT bucket, surface, ticket_topic, text, ts, event_key,
      row_number() OVER (PARTITION BY bucket, surface, ticket_topic, text IS NULL ORDER BY ts, event_key) AS nth
    FROM rollup_signals WHERE ticket_topic IS NOT NULL
  ) numbered GROUP BY 1, 2, 3`;
