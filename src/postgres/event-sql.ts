import { STAGED_COLUMNS } from './event-rows.ts';

const STAGING = 'seepass_staging';

/** A staging table that empties itself at every commit. */
export const createStaging = `CREATE TEMP TABLE IF NOT EXISTS ${STAGING} (${STAGED_COLUMNS.map((column) => `"${column.name}" ${column.type}`).join(', ')}) ON COMMIT DELETE ROWS`;

/** What a failed batch staged keeps its room until then, which would have the next batch planned another way. */
export const rollbackStaging = `ROLLBACK; TRUNCATE ${STAGING}`;

export const copyStaging = `COPY ${STAGING} (${STAGED_COLUMNS.map((column) => `"${column.name}"`).join(', ')}) FROM STDIN`;

/**
 * One statement stores the staged batch and everything that follows from it: rows not seen before, the days, hours
 * and accounts they touch, the freshness of their sources and when they sent what. $1 workspace, $2 zone, $3 now. `seen` counts
 * identical events without an id across the batches of an import. `skipping` leaves out rows that are there already;
 * without it they fail the statement, and the others cost the server a fifth less. OFFSET 0 has the local time worked out once a row.
 */
export function storeStatement(seen: string | null, skipping: boolean): string {
  return `WITH ${seen === null ? '' : `${countedIn(seen)}, `}inserted AS (
    INSERT INTO events (workspace_id, event_key, ${eventColumns.join(', ')})
    SELECT $1, ${finalKey(seen !== null)}, ${eventColumns.map((name) => `staged.${name}`).join(', ')}
    FROM ${STAGING} AS staged${seen === null ? '' : ' LEFT JOIN repeated ON repeated.event_key = staged.event_key AND staged.repeats > 0'}
    ${skipping ? 'ON CONFLICT DO NOTHING' : ''}
    RETURNING ts, source, type, account, surface, order_id
  ), touched AS (
    SELECT local::date AS date, surface, bit_or(1 << date_part('hour', local)::integer) AS hours
    FROM (SELECT ts AT TIME ZONE $2 AS local, surface FROM inserted OFFSET 0) AS located
    GROUP BY 1, 2
  ), days AS (
    INSERT INTO dirty_days (workspace_id, date) SELECT DISTINCT $1, date FROM touched
  ), buckets AS (
    INSERT INTO dirty_buckets (workspace_id, date, surface) SELECT $1, date, surface FROM touched WHERE surface IS NOT NULL
  ), hours AS (
    INSERT INTO dirty_hours (workspace_id, date, surface, hours)
    SELECT $1, date, surface, hours FROM touched WHERE surface IS NOT NULL
  ), accounts AS (
    INSERT INTO dirty_accounts (workspace_id, account, since)
    SELECT $1, account, (min(ts) AT TIME ZONE $2)::date FROM inserted
    WHERE type = 'revenue' AND order_id IS NULL AND account IS NOT NULL GROUP BY account
  ), spans AS (
    INSERT INTO event_spans AS known (workspace_id, source, type, first_at, last_at)
    SELECT $1, source, type, min(ts), max(ts) FROM inserted GROUP BY source, type ORDER BY source, type
    ON CONFLICT (workspace_id, source, type) DO UPDATE SET
      first_at = least(known.first_at, excluded.first_at), last_at = greatest(known.last_at, excluded.last_at)
  ), sent AS (
    INSERT INTO source_hours (workspace_id, source, hour, first_received_at)
    SELECT DISTINCT $1, source, date_trunc('hour', ts, 'UTC'), $3::timestamptz FROM inserted ORDER BY 2, 3
    ON CONFLICT DO NOTHING
  ), arrived AS (
    SELECT source, min(ts) AS first, max(ts) AS last FROM ${STAGING} GROUP BY source
  ), fresh AS (
    INSERT INTO source_freshness AS known (workspace_id, source, first_event_at, last_event_at, last_received_at, events_total)
    SELECT $1, source, first, last, $3, (SELECT count(*) FROM inserted WHERE inserted.source = arrived.source)
    FROM arrived ORDER BY source
    ON CONFLICT (workspace_id, source) DO UPDATE SET
      first_event_at = least(known.first_event_at, excluded.first_event_at),
      last_event_at = greatest(known.last_event_at, excluded.last_event_at),
      last_received_at = greatest(known.last_received_at, excluded.last_received_at),
      events_total = known.events_total + excluded.events_total
  )
  SELECT count(*)::integer AS stored FROM inserted`;
}

/** Keyed by time first: files are mostly in time order, so the index grows at its end. */
export function createSeen(name: string): string {
  return `CREATE TEMP TABLE ${name} (ts timestamptz, event_key uuid, n integer NOT NULL, PRIMARY KEY (ts, event_key))`;
}

const eventColumns = STAGED_COLUMNS.map((column) => column.name)
  .filter((name) => !['event_key', 'occurrence', 'repeats'].includes(name))
  .map((name) => (name === 'user' ? '"user"' : name));

/** Adds the batch's counts; what remains to join are the few contents that earlier batches held too. */
function countedIn(seen: string): string {
  return `counted AS (
    INSERT INTO ${seen} AS known (ts, event_key, n)
    SELECT ts, event_key, repeats FROM ${STAGING} WHERE repeats > 0 AND occurrence = 0
    ON CONFLICT (ts, event_key) DO UPDATE SET n = known.n + excluded.n
    RETURNING event_key, n
  ), repeated AS (SELECT event_key, n FROM counted WHERE n > 1)`;
}

/** The first of identical events keeps its content's key; the others add their occurrence number to it. */
function finalKey(counted: boolean): string {
  const occurrence = counted
    ? '(staged.occurrence + greatest(coalesce(repeated.n, 0) - staged.repeats, 0))'
    : 'staged.occurrence';
  return `CASE WHEN ${occurrence} = 0 THEN staged.event_key ELSE md5(staged.event_key::text || ':' || ${occurrence})::uuid END`;
}
