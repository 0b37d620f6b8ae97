import { type RawBuilder, sql, type Transaction } from 'kysely';
import { rowsIn, type Scope } from './rollup-scope.ts';
import { insertSurfaces, TEXT_LENGTH } from './rollup-surfaces.ts';
import type { Database } from './tables.ts';

/**
 * Replaces the scope's rows of all three daily rollups with what `scanEvents` found; a bucket without events is gone.
 * Days imported as aggregates keep their rows.
 */
export async function replaceDays(trx: Transaction<Database>, scope: Scope): Promise<void> {
  await keepFromNestedLoops(trx);
  const imported = sql`SELECT date, surface FROM daily_surface_metrics WHERE ${rowsIn(scope)} AND origin = 'aggregates'`;
  for (const table of ['rollup_counts', 'rollup_latency', 'rollup_signals'])
    await sql`DELETE FROM ${sql.table(table)} WHERE (bucket, surface) IN (${imported})`.execute(trx);
  for (const table of ['daily_signature_metrics', 'daily_release_metrics', 'daily_surface_metrics'])
    await sql`DELETE FROM ${sql.table(table)} WHERE ${rowsIn(scope)} AND (date, surface) NOT IN (${imported})`.execute(
      trx,
    );
  await sql`
    INSERT INTO daily_signature_metrics (workspace_id, date, surface, signature, errors, example, url, release_top)
    SELECT ${scope.workspace}, bucket, surface, signature, errors, example, url, release_top
    FROM (${signaturesOf(scope)}) counted`.execute(trx);
  await sql`
    INSERT INTO daily_release_metrics (workspace_id, date, surface, release, pageviews, requests, errors)
    SELECT ${scope.workspace}, bucket, surface, release, pageviews, requests, errors
    FROM rollup_counts WHERE release IS NOT NULL AND pageviews + requests + errors > 0`.execute(trx);
  await insertSurfaces(
    trx,
    scope,
    sql`SELECT date AS bucket, surface, signature, errors, example FROM daily_signature_metrics WHERE ${rowsIn(scope)}`,
  );
}

/** Replaces the scope's rows of the hourly rollup with what `scanEvents` found; a bucket without events is gone. */
export async function replaceHours(trx: Transaction<Database>, scope: Scope): Promise<void> {
  await keepFromNestedLoops(trx);
  await sql`DELETE FROM hourly_surface_metrics WHERE ${rowsIn(scope)}`.execute(trx);
  await insertSurfaces(trx, scope, signaturesOf(scope));
}

/** The scanned tables have no statistics: left to guess, the planner joins them by nested loops. */
async function keepFromNestedLoops(trx: Transaction<Database>): Promise<void> {
  await sql`SET LOCAL enable_nestloop = off`.execute(trx);
}

/** The example is the earliest event's; its meta is read for that one event only, since a stack can be long. */
function signaturesOf({ workspace }: Scope): RawBuilder<unknown> {
  return sql`
    WITH numbered AS (
      SELECT bucket, surface, error_signature AS signature, event_key,
        row_number() OVER (PARTITION BY bucket, surface, error_signature ORDER BY ts, event_key) AS place,
        count(*) OVER (PARTITION BY bucket, surface, error_signature) AS errors
      FROM rollup_signals WHERE is_error AND error_signature IS NOT NULL
    ), releases AS (
      SELECT DISTINCT ON (bucket, surface, signature) bucket, surface, signature, release
      FROM (
        SELECT bucket, surface, error_signature AS signature, release, count(*) AS errors
        FROM rollup_signals WHERE is_error AND error_signature IS NOT NULL AND release IS NOT NULL GROUP BY 1, 2, 3, 4
      ) counted
      ORDER BY bucket, surface, signature, errors DESC, release COLLATE "C"
    )
    SELECT numbered.bucket, numbered.surface, numbered.signature, numbered.errors,
      left(coalesce(earliest.meta ->> 'message', earliest.meta ->> 'text', ''), ${TEXT_LENGTH}::int) AS example,
      earliest.meta ->> 'url' AS url, releases.release AS release_top
    FROM numbered
    LEFT JOIN releases USING (bucket, surface, signature)
    LEFT JOIN LATERAL (
      SELECT meta FROM events WHERE workspace_id = ${workspace} AND event_key = numbered.event_key LIMIT 1
    ) earliest ON true
    WHERE place = 1`;
}
