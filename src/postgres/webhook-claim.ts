/** Which deliveries are read next: locked, leased and counted as tried in one statement. */
import { type Kysely, type Selectable, sql } from 'kysely';
import { SOURCES, type Source } from '../core/records.ts';
import type { ClaimedDelivery, DeliveryClaim, DeliveryKind } from '../pipeline/deliveries.ts';
import type { StoreContext } from './context.ts';
import type { Database } from './tables.ts';

/** A delivery that was tried so often and never settled ended each process that read it. */
const MOST_ATTEMPTS = 12;
/** From here on one is read by itself. */
const ALONE_AFTER = 2;

type Row = Pick<
  Selectable<Database['webhook_deliveries']>,
  'id' | 'source' | 'kind' | 'key' | 'received_at' | 'sealed_with' | 'body' | 'attempts' | 'state'
> & { due_at: Date };

/** What was read leaves its place in the index until it is vacuumed: a claim looks from where the last one found some. */
const LOOK_BACK_MS = 5_000;
/** This often it looks at all of them: another process's clock may be behind. */
const LOOK_AT_ALL_MS = 30_000;

/** The claims of one process. */
export function createClaims(
  db: Kysely<Database>,
  { workspace, clock }: StoreContext,
): (claim: DeliveryClaim) => Promise<ClaimedDelivery[]> {
  const looked = new Map<DeliveryKind, { from: number; atAll: number }>();
  return async (claim) => {
    const now = clock();
    const known = looked.get(claim.kind);
    const look = known !== undefined && now < known.atAll + LOOK_AT_ALL_MS ? known : { from: 0, atAll: now };
    const rows = await claimRows(db, { ...claim, workspace, now, from: look.from });
    const earliest = Math.min(...rows.map(({ due_at }) => due_at.getTime()));
    looked.set(claim.kind, rows.length === 0 ? look : { ...look, from: Math.max(look.from, earliest - LOOK_BACK_MS) });
    return rows
      .flatMap((row) => (row.state === 'waiting' ? toClaimed(row) : []))
      .sort((a, b) => (a.id < b.id ? -1 : 1));
  };
}

/** Rows that others are at are skipped; those beyond `bytes` stay for the next claim. */
async function claimRows(
  db: Kysely<Database>,
  {
    workspace,
    now,
    from,
    kind,
    leaseMs,
    limit,
    bytes,
  }: DeliveryClaim & { workspace: string; now: number; from: number },
): Promise<Row[]> {
  const at = new Date(now);
  const { rows } = await sql<Row>`
    WITH due AS (
      SELECT id, bytes, attempts, next_attempt_at FROM webhook_deliveries
      WHERE workspace_id = ${workspace} AND state = 'waiting' AND kind = ${kind} AND next_attempt_at <= ${at}
        AND next_attempt_at >= ${new Date(from)}
      ORDER BY next_attempt_at, id LIMIT ${limit}
      FOR UPDATE SKIP LOCKED
    ), placed AS (
      SELECT id, next_attempt_at, row_number() OVER line AS place, sum(bytes) OVER line AS so_far,
        max(attempts) OVER line >= ${ALONE_AFTER} AS worn
      FROM due WINDOW line AS (ORDER BY next_attempt_at, id)
    )
    UPDATE webhook_deliveries AS mine
    SET attempts = mine.attempts + 1, next_attempt_at = ${new Date(now + leaseMs)},
      state = CASE WHEN mine.attempts >= ${MOST_ATTEMPTS} THEN 'dead' ELSE 'waiting' END,
      settled_at = CASE WHEN mine.attempts >= ${MOST_ATTEMPTS} THEN ${at}::timestamptz END,
      last_error = CASE WHEN mine.attempts >= ${MOST_ATTEMPTS} THEN 'Whoever read it did not live to say what came of it.'
        ELSE mine.last_error END
    FROM placed
    WHERE mine.workspace_id = ${workspace} AND mine.id = placed.id
      AND (placed.place = 1 OR (placed.so_far <= ${bytes} AND NOT placed.worn))
    RETURNING mine.id, mine.source, mine.kind, mine.key, mine.received_at, mine.sealed_with, mine.body, mine.attempts,
      mine.state, placed.next_attempt_at AS due_at`.execute(db);
  return rows;
}

function toClaimed({ id, kind, key, attempts, received_at, sealed_with, body, source }: Row): ClaimedDelivery[] {
  if (body === null || !isSource(source)) return [];
  return [{ id, kind, key, attempts, source, body, receivedAt: received_at.getTime(), sealedWith: sealed_with }];
}

const isSource = (name: string): name is Source => SOURCES.some((source) => source === name);
