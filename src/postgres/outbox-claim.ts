/** Which messages go next: one a channel at a time, each channel's turn taken in the statement that leases. */
import { type Kysely, type RawBuilder, type Selectable, sql } from 'kysely';
import { CHANNEL_PACE_MS } from '../core/delivery/pacing.ts';
import type { Database } from './tables.ts';

export type ClaimedRow = Selectable<Database['outbox']> & {
  parent_id: string | null;
  parent_ts: string | null;
  parent_created_at: Date | null;
  /** Before this claim. */
  was_maybe_posted: boolean;
};

/** Waiting, or left behind by an owner that is gone. */
const isFree = (item: string, now: Date): RawBuilder<boolean> => sql`(${sql.ref(`${item}.status`)} = 'pending'
  OR (${sql.ref(`${item}.status`)} = 'leased' AND ${sql.ref(`${item}.lease_until`)} <= ${now}))`;

/** An update that shows later things than this one, and was not refused. */
const newerOf = (item: string): RawBuilder<unknown> => sql`(
  SELECT FROM outbox AS newer
  WHERE newer.workspace_id = ${sql.ref(`${item}.workspace_id`)} AND newer.kind = ${sql.ref(`${item}.kind`)}
    AND newer.channel = ${sql.ref(`${item}.channel`)} AND newer.subject = ${sql.ref(`${item}.subject`)}
    AND newer.sequence > ${sql.ref(`${item}.sequence`)} AND newer.operation = 'update'
    AND newer.status IN ('pending', 'leased', 'sent'))`;

/** The first message of the subject that a reply or an update names; what is shown anew may be a reply itself. */
const parentOf = (item: string): RawBuilder<unknown> => sql`(
  SELECT first.id, first.status, first.message_ts, first.created_at, first.last_error
  FROM outbox AS first
  WHERE first.workspace_id = ${sql.ref(`${item}.workspace_id`)} AND first.kind = ${sql.ref(`${item}.parent_kind`)}
    AND first.channel = ${sql.ref(`${item}.channel`)} AND first.subject = ${sql.ref(`${item}.parent_subject`)}
    AND (first.operation = 'post' OR (first.operation = 'reply' AND ${sql.ref(`${item}.operation`)} = 'update'))
  ORDER BY first.sequence
  LIMIT 1)`;

/**
 * Leases at most one due message of each of `channels` channels, those after a name first. A channel's row is locked and
 * moved on in the same statement, so that two processes never take one channel's turn; the message is looked at again
 * when it is written. Channels are walked along the index, and only as far as is needed, whatever the planner knows.
 */
export async function claimDue(
  db: Kysely<Database>,
  claim: { workspace: string; owner: string; now: number; leaseMs: number; channels: number; after: string },
): Promise<ClaimedRow[]> {
  const { workspace, owner, channels, after } = claim;
  const now = new Date(claim.now);
  const { rows } = await sql<ClaimedRow>`
    WITH RECURSIVE waiting (channel) AS (
      (SELECT item.channel FROM outbox AS item
       WHERE item.workspace_id = ${workspace} AND item.status IN ('pending', 'leased') AND item.channel > ${after}
       ORDER BY item.channel LIMIT 1)
      UNION ALL
      SELECT (
        SELECT item.channel FROM outbox AS item
        WHERE item.workspace_id = ${workspace} AND item.status IN ('pending', 'leased')
          AND item.channel > waiting.channel
        ORDER BY item.channel LIMIT 1)
      FROM waiting WHERE waiting.channel IS NOT NULL
    ), chosen AS (
      SELECT turn.channel, head.*
      FROM waiting
      CROSS JOIN LATERAL (
        SELECT its.channel FROM delivery_channels AS its
        WHERE its.workspace_id = ${workspace} AND its.channel = waiting.channel AND its.next_post_at <= ${now}
        FOR UPDATE SKIP LOCKED
      ) AS turn
      CROSS JOIN LATERAL (
        SELECT item.id, parent.id AS parent_id, parent.message_ts AS parent_ts, parent.created_at AS parent_created_at,
          item.may_be_posted AS was_maybe_posted
        FROM outbox AS item
        LEFT JOIN LATERAL ${parentOf('item')} AS parent ON item.operation <> 'post'
        WHERE item.workspace_id = ${workspace} AND item.channel = turn.channel
          AND item.status IN ('pending', 'leased') AND item.next_attempt_at <= ${now} AND ${isFree('item', now)}
          AND (item.operation = 'post' OR parent.status IN ('sent', 'uncertain'))
          AND NOT (item.operation = 'update' AND EXISTS ${newerOf('item')})
          AND NOT EXISTS (
            SELECT FROM outbox AS before
            WHERE before.workspace_id = ${workspace} AND before.channel = turn.channel
              AND before.status IN ('pending', 'leased')
              AND before.topic_kind = item.topic_kind AND before.topic_subject = item.topic_subject
              AND (before.operation <> 'post', before.id) < (item.operation <> 'post', item.id))
        ORDER BY (item.operation <> 'post'), item.id
        LIMIT 1
      ) AS head
      LIMIT ${channels}
    ), taken AS (
      UPDATE delivery_channels SET next_post_at = ${new Date(claim.now + CHANNEL_PACE_MS)}
      WHERE workspace_id = ${workspace} AND channel = ANY(ARRAY(SELECT chosen.channel FROM chosen))
    ), leased AS (
      UPDATE outbox
      SET status = 'leased', lease_owner = ${owner}, lease_until = ${new Date(claim.now + claim.leaseMs)},
        attempts = attempts + 1, may_be_posted = true
      WHERE workspace_id = ${workspace} AND id = ANY(ARRAY(SELECT chosen.id FROM chosen)) AND ${isFree('outbox', now)}
      RETURNING outbox.*
    )
    SELECT leased.*, chosen.parent_id, chosen.parent_ts, chosen.parent_created_at, chosen.was_maybe_posted
    FROM leased JOIN chosen ON chosen.id = leased.id`.execute(db);
  return rows;
}

/** Ends updates that a newer one has replaced, and what belongs to a message that failed. */
export async function settleWaiting(
  db: Kysely<Database>,
  { workspace, now }: { workspace: string; now: number },
): Promise<{ superseded: number; failed: number }> {
  const at = new Date(now);
  const { rows: superseded } = await sql`
    UPDATE outbox SET status = 'superseded', lease_owner = NULL, lease_until = NULL
    WHERE workspace_id = ${workspace} AND id IN (
      SELECT item.id FROM outbox AS item
      WHERE item.workspace_id = ${workspace} AND item.status IN ('pending', 'leased') AND item.operation <> 'post'
        AND item.operation = 'update' AND ${isFree('item', at)} AND EXISTS ${newerOf('item')}
      FOR UPDATE SKIP LOCKED)
    RETURNING id`.execute(db);
  const { rows: failed } = await sql`
    UPDATE outbox SET status = 'failed', lease_owner = NULL, lease_until = NULL, last_error = lost.why
    FROM (
      SELECT item.id, 'The message it belongs to was not posted. ' || COALESCE(parent.last_error, '') AS why
      FROM outbox AS item CROSS JOIN LATERAL ${parentOf('item')} AS parent
      WHERE item.workspace_id = ${workspace} AND item.status IN ('pending', 'leased') AND item.operation <> 'post'
        AND ${isFree('item', at)} AND parent.status = 'failed'
      FOR UPDATE OF item SKIP LOCKED) AS lost
    WHERE outbox.workspace_id = ${workspace} AND outbox.id = lost.id
    RETURNING outbox.id`.execute(db);
  return { superseded: superseded.length, failed: failed.length };
}
