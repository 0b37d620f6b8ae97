import { sql, type Transaction } from 'kysely';
import { getMeasure } from '../core/catalogue/index.ts';
import { MEASURES } from '../core/catalogue/measures.ts';
import { eventsIn, type Scope } from './rollup-scope.ts';
import { compileAdditive, compilePercentiles, eventsOf, selectEvents } from './rollup-sql.ts';
import { countedSignature, readMerges } from './signature-merges.ts';
import type { Database } from './tables.ts';
import { nameByTheme } from './theme-marks.ts';

/**
 * Reads the events of a scope into transaction-scoped tables: `rollup_counts` (by bucket, surface, release),
 * `rollup_latency` (by bucket, surface) and `rollup_signals` (the few events that distinct counts and lists need).
 * CREATE TABLE AS may run in parallel, INSERT … SELECT may not: that is why these are tables and not CTEs.
 */
export async function scanEvents(trx: Transaction<Database>, scope: Scope): Promise<void> {
  const { failureStatuses, bucketOfEvent } = scope;
  // Enough memory for the hash tables of a chunk; compiling plans costs more than it saves.
  await sql`SET LOCAL work_mem = '128MB'`.execute(trx);
  await sql`SET LOCAL jit = off`.execute(trx);
  const from = sql`FROM events WHERE ${eventsIn(scope)}`;
  const signature = countedSignature(await readMerges(trx, scope.workspace));

  await sql`
    CREATE TEMP TABLE rollup_counts ON COMMIT DROP AS
    SELECT ${bucketOfEvent} AS bucket, surface, release, max(normaliser_version) AS normaliser_version,
      ${compileAdditive(MEASURES, failureStatuses)}
    ${from} GROUP BY 1, 2, 3`.execute(trx);

  await sql`
    CREATE TEMP TABLE rollup_latency ON COMMIT DROP AS
    SELECT ${bucketOfEvent} AS bucket, surface, ${compilePercentiles(MEASURES, failureStatuses)}
    ${from} AND ${selectEvents(eventsOf(MEASURES, ['percentile']), failureStatuses)} GROUP BY 1, 2`.execute(trx);

  await sql`
    CREATE TEMP TABLE rollup_signals ON COMMIT DROP AS
    SELECT ${bucketOfEvent} AS bucket, surface, ts, event_key, account, "user", release, env, ${signature} AS error_signature,
      ${selectEvents(getMeasure('errors').events, failureStatuses)} AS is_error,
      CASE WHEN ${selectEvents(getMeasure('tickets').events, failureStatuses)} THEN ticket_topic END AS ticket_topic,
      CASE WHEN ${selectEvents(getMeasure('tickets').events, failureStatuses)} THEN meta ->> 'text' END AS text
    ${from} AND ${selectEvents(eventsOf(MEASURES, ['distinct', 'exposure']), failureStatuses)}`.execute(trx);
  await nameByTheme(trx, scope);
}
