import { sql, type Transaction } from 'kysely';
import type { AggregateRow } from '../core/records.ts';
import { SIGNATURE_VERSION } from '../core/text/signature.ts';
import type { Database } from './tables.ts';

/**
 * Puts rows a team already has in place of whatever stood for that date and surface, and feeds the signature and
 * release rollups from their lists, so that what reads them need not know. Of two rows for one bucket the later wins.
 */
export async function replaceWithAggregates(
  trx: Transaction<Database>,
  workspace: string,
  normaliserVersion: number,
  rows: readonly AggregateRow[],
): Promise<void> {
  const latest = new Map(rows.map((row) => [JSON.stringify([row.date, row.surface]), row]));
  const sent = sql`jsonb_to_recordset(${JSON.stringify([...latest.values()])}::jsonb) AS sent (
    date date, surface text, pageviews int, actions int, dropoffs int, errors int, tickets int,
    affected_accounts int, affected_users int, revenue_at_risk bigint, release_top text, release_share float8,
    top_error_signatures jsonb, top_ticket_topics jsonb)`;
  for (const table of ['daily_signature_metrics', 'daily_release_metrics', 'daily_surface_metrics'])
    await sql`DELETE FROM ${sql.table(table)} stood USING ${sent}
      WHERE stood.workspace_id = ${workspace} AND stood.date = sent.date AND stood.surface = sent.surface`.execute(trx);
  await sql`
    INSERT INTO daily_surface_metrics (workspace_id, date, surface, pageviews, actions, dropoffs, errors, tickets,
      affected_accounts, affected_users, revenue_at_risk, release_top, release_share,
      top_error_signatures, top_ticket_topics, origin, normaliser_version)
    SELECT ${workspace}, date, surface, pageviews, actions, dropoffs, errors, tickets,
      affected_accounts, affected_users, revenue_at_risk, release_top, release_share,
      top_error_signatures, top_ticket_topics, 'aggregates', ${normaliserVersion}::smallint
    FROM ${sent}`.execute(trx);
  await sql`
    INSERT INTO daily_signature_metrics (workspace_id, date, surface, signature, errors, example, release_top)
    SELECT ${workspace}, date, surface, listed.sig, sum(listed.count), min(listed.example COLLATE "C"), release_top
    FROM ${sent} CROSS JOIN LATERAL jsonb_to_recordset(top_error_signatures) AS listed (sig text, count int, example text)
    GROUP BY date, surface, listed.sig, release_top`.execute(trx);
  // Their first and last day, at its start in UTC: a merge needs a signature to be known.
  await sql`
    INSERT INTO error_signatures AS known (workspace_id, signature, template_changed_at, title, example, first_seen,
      last_seen, first_release, releases, normaliser_version)
    SELECT ${workspace}, listed.sig, clock_timestamp(), left(listed.sig, 200), min(listed.example COLLATE "C"),
      min(date)::timestamp AT TIME ZONE 'UTC', max(date)::timestamp AT TIME ZONE 'UTC', NULL, '[]', ${SIGNATURE_VERSION}::smallint
    FROM ${sent} CROSS JOIN LATERAL jsonb_to_recordset(top_error_signatures) AS listed (sig text, count int, example text)
    GROUP BY listed.sig ORDER BY listed.sig COLLATE "C"
    ON CONFLICT (workspace_id, signature) DO UPDATE SET
      first_seen = least(known.first_seen, excluded.first_seen), last_seen = greatest(known.last_seen, excluded.last_seen)`.execute(
    trx,
  );
  // Its share of the traffic was not sent: taken to be its share of the errors, so that its rate is the day's own.
  await sql`
    INSERT INTO daily_release_metrics (workspace_id, date, surface, release, pageviews, errors)
    SELECT ${workspace}, date, surface, release_top, round(pageviews * release_share), round(errors * release_share)
    FROM ${sent} WHERE release_top IS NOT NULL AND release_share IS NOT NULL`.execute(trx);
}
