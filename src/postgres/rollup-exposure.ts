import { type RawBuilder, sql } from 'kysely';

interface AsOf {
  readonly workspace: string;
  readonly timezone: string;
  /** The last day anybody asks about. */
  readonly last: string;
}

/** An account's monthly revenue that became known, and the day it holds from. */
export interface LatePlan {
  readonly account: string;
  readonly since: string;
}

/**
 * What each account pays a month and when that held: rows (account, amount_minor, since, until), days, half-open.
 * The latest `revenue` event without an order at or before the end of a day says it; ties go to the greater key.
 * @param accounts a condition on the column `account`: whose plans are wanted.
 */
export function monthlyPlans({ workspace, timezone, last }: AsOf, accounts: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`
    SELECT account, amount_minor, since, coalesce(lead(since) OVER (PARTITION BY account ORDER BY since), 'infinity') AS until
    FROM (
      SELECT DISTINCT ON (account, since) account, (ts AT TIME ZONE ${timezone})::date AS since, amount_minor
      FROM events
      WHERE workspace_id = ${workspace} AND type = 'revenue' AND order_id IS NULL AND amount_minor IS NOT NULL
        AND ts < (${last}::date + 2)::timestamptz AND ${accounts}
      ORDER BY account, since, ts DESC, event_key DESC
    ) latest`;
}
