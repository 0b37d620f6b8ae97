import { type Kysely, sql } from 'kysely';
import { ConflictError } from '../errors.ts';
import type { OutboxItem, OutboxStore } from '../pipeline/ports.ts';
import type { StoreContext } from './context.ts';
import { type ClaimedRow, claimDue, settleWaiting } from './outbox-claim.ts';
import { createEnqueue } from './outbox-enqueue.ts';
import { createDeliveryHolds } from './outbox-hold.ts';
import type { Database } from './tables.ts';

/** Messages on their way out: stored first, then leased to one process at a time until they are sent. */
export function createOutboxStore(db: Kysely<Database>, context: StoreContext): OutboxStore {
  const { workspace, clock } = context;
  /** The channel that was served last: none waits because others are busier. */
  let served = '';
  /** The columns of a message that nobody is at. */
  const free = { lease_owner: null, lease_until: null };

  const end = async (id: string, owner: string, change: Partial<Ending>): Promise<void> => {
    const ended = await db
      .updateTable('outbox')
      .where('workspace_id', '=', workspace)
      .where('id', '=', id)
      .where('status', '=', 'leased')
      .where('lease_owner', '=', owner)
      .set({ ...free, ...change })
      .returning('id')
      .executeTakeFirst();
    if (!ended) throw leaseLost(id, owner);
  };

  return {
    ...createEnqueue(db, context),
    ...createDeliveryHolds(db, context),

    async hasDue() {
      const due = await db
        .selectFrom('outbox')
        .select('id')
        .where('workspace_id', '=', workspace)
        .where('status', 'in', ['pending', 'leased'])
        .where('next_attempt_at', '<=', new Date(clock()))
        .limit(1)
        .executeTakeFirst();
      return due !== undefined;
    },

    /** Goes round: the channels after the last one served, then those before it. */
    async claim(owner, leaseMs, channels) {
      const claim = { workspace, owner, now: clock(), leaseMs };
      const rows = await claimDue(db, { ...claim, channels, after: served });
      if (rows.length < channels && served !== '')
        rows.push(...(await claimDue(db, { ...claim, channels: channels - rows.length, after: '' })));
      served = rows.at(-1)?.channel ?? '';
      return rows.sort((a, b) => (a.id < b.id ? -1 : 1)).map(toOutboxItem);
    },

    settle: () => settleWaiting(db, { workspace, now: clock() }),

    markSent: (id, owner, messageTs) =>
      end(id, owner, { status: 'sent', message_ts: messageTs, sent_at: new Date(clock()), last_error: null }),

    markNotSent: (id, owner, error, { retryAt, mayBePosted }) =>
      end(id, owner, {
        may_be_posted: mayBePosted,
        ...(retryAt === null ? { status: 'failed' } : { status: 'pending', next_attempt_at: new Date(retryAt) }),
        last_error: error,
      }),

    markUncertain: (id, owner, error) => end(id, owner, { status: 'uncertain', last_error: error }),

    postpone: (id, owner, error, { until, mayBePosted }) =>
      end(id, owner, {
        may_be_posted: mayBePosted,
        status: 'pending',
        next_attempt_at: new Date(until),
        attempts: sql<number>`attempts - 1`,
        last_error: error,
      }),

    async markFound(id, messageTs) {
      await db
        .updateTable('outbox')
        .where('workspace_id', '=', workspace)
        .where('id', '=', id)
        .where('status', '=', 'uncertain')
        .set({ status: 'sent', message_ts: messageTs, sent_at: new Date(clock()), last_error: null })
        .execute();
    },

    async failChannel(channel, error) {
      const failed = await db
        .updateTable('outbox')
        .where('workspace_id', '=', workspace)
        .where('channel', '=', channel)
        .where('status', '=', 'pending')
        .set({ status: 'failed', last_error: error })
        .executeTakeFirst();
      return Number(failed.numUpdatedRows);
    },

    find: (kind, channel, subject) =>
      db
        .selectFrom('outbox')
        .select(['status', 'message_ts'])
        .where('workspace_id', '=', workspace)
        .where('kind', '=', kind)
        .where('channel', '=', channel)
        .where('subject', '=', subject)
        .where('operation', '<>', 'update')
        .orderBy('sequence', 'desc')
        .limit(1)
        .executeTakeFirst(),

    /** An update carries the ts of the message it changed: the message itself comes first. */
    findByMessage: (channel, messageTs) =>
      db
        .selectFrom('outbox')
        .select(['kind', 'subject'])
        .where('workspace_id', '=', workspace)
        .where('channel', '=', channel)
        .where('message_ts', '=', messageTs)
        .orderBy(sql`operation = 'update'`)
        .limit(1)
        .executeTakeFirst(),
  };
}

/** What a try comes to. */
interface Ending {
  status: Database['outbox']['status'];
  message_ts: string;
  sent_at: Date;
  next_attempt_at: Date;
  attempts: ReturnType<typeof sql<number>>;
  last_error: string | null;
  may_be_posted: boolean;
}

function toOutboxItem(row: ClaimedRow): OutboxItem {
  const { id, operation, kind, channel, subject, sequence, payload, attempts } = row;
  const [createdAt, mayBePosted] = [row.created_at.getTime(), row.was_maybe_posted];
  const item = { id, kind, channel, subject, sequence, message: payload, attempts, mayBePosted, createdAt };
  if (operation === 'post') return { ...item, operation, parent: null };
  if (row.parent_id === null || row.parent_created_at === null)
    throw new TypeError(`Message ${id} was claimed before its parent.`);
  const parent = { id: row.parent_id, ts: row.parent_ts, createdAt: row.parent_created_at.getTime() };
  return { ...item, operation, parent };
}

function leaseLost(id: string, owner: string): ConflictError {
  return new ConflictError(`Message ${id} is no longer leased to ${owner}: another process took it over.`);
}
