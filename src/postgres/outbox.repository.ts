import type { Kysely, Selectable } from 'kysely';
import { ConflictError } from '../errors.ts';
import type { OutboxItem, OutboxStore } from '../pipeline/ports.ts';
import type { StoreContext } from './context.ts';
import type { Database } from './tables.ts';

/** Messages on their way out: stored first, then leased to one process at a time until they are sent. */
export function createOutboxStore(db: Kysely<Database>, { workspace, clock, newId }: StoreContext): OutboxStore {
  const leased = (id: string, owner: string) =>
    db
      .updateTable('outbox')
      .where('workspace_id', '=', workspace)
      .where('id', '=', id)
      .where('status', '=', 'leased')
      .where('lease_owner', '=', owner);

  return {
    async enqueue({ message, operation, parent, ...key }) {
      const now = new Date(clock());
      const added = await db
        .insertInto('outbox')
        .values({
          ...key,
          workspace_id: workspace,
          id: newId(),
          payload: JSON.stringify(message),
          operation: operation ?? 'post',
          parent_kind: parent?.kind ?? null,
          parent_subject: parent?.subject ?? null,
          status: 'pending',
          next_attempt_at: now,
          created_at: now,
        })
        .onConflict((conflict) =>
          conflict.columns(['workspace_id', 'kind', 'channel', 'subject', 'sequence']).doNothing(),
        )
        .returning('id')
        .executeTakeFirst();
      return added !== undefined;
    },

    /** Oldest first; `attempts` counts this claim too, so a first try says 1. */
    async claim(owner, leaseMs, limit) {
      const now = clock();
      const rows = await db
        .with('due', (with_) =>
          with_
            .selectFrom('outbox')
            .select('id')
            .where('workspace_id', '=', workspace)
            .where('next_attempt_at', '<=', new Date(now))
            .where((eb) =>
              eb.or([
                eb('status', '=', 'pending'),
                eb.and([eb('status', '=', 'leased'), eb('lease_until', '<=', new Date(now))]),
              ]),
            )
            .orderBy('next_attempt_at')
            .orderBy('id')
            .limit(limit)
            .forUpdate()
            .skipLocked(),
        )
        .updateTable('outbox')
        .from('due')
        .where('outbox.workspace_id', '=', workspace)
        .whereRef('outbox.id', '=', 'due.id')
        .set((eb) => ({
          status: 'leased',
          lease_owner: owner,
          lease_until: new Date(now + leaseMs),
          attempts: eb('outbox.attempts', '+', 1),
        }))
        .returningAll('outbox')
        .execute();
      return rows.sort(byDueTime).map(toOutboxItem);
    },

    async markSent(id, owner, messageTs) {
      const sent = await leased(id, owner)
        .set({
          status: 'sent',
          message_ts: messageTs,
          sent_at: new Date(clock()),
          lease_owner: null,
          lease_until: null,
          last_error: null,
        })
        .returning('id')
        .executeTakeFirst();
      if (!sent) throw leaseLost(id, owner);
    },

    async markNotSent(id, owner, error, retryAt) {
      const marked = await leased(id, owner)
        .set({
          ...(retryAt === null ? { status: 'failed' } : { status: 'pending', next_attempt_at: new Date(retryAt) }),
          last_error: error,
          lease_owner: null,
          lease_until: null,
        })
        .returning('id')
        .executeTakeFirst();
      if (!marked) throw leaseLost(id, owner);
    },

    /** The latest message of a subject, by sequence. */
    find: (kind, channel, subject) =>
      db
        .selectFrom('outbox')
        .select(['status', 'message_ts'])
        .where('workspace_id', '=', workspace)
        .where('kind', '=', kind)
        .where('channel', '=', channel)
        .where('subject', '=', subject)
        .orderBy('sequence', 'desc')
        .limit(1)
        .executeTakeFirst(),

    findByMessage: (channel, messageTs) =>
      db
        .selectFrom('outbox')
        .select(['kind', 'subject'])
        .where('workspace_id', '=', workspace)
        .where('channel', '=', channel)
        .where('message_ts', '=', messageTs)
        .limit(1)
        .executeTakeFirst(),
  };
}

type OutboxRow = Selectable<Database['outbox']>;

function toOutboxItem({ id, operation, kind, channel, subject, sequence, payload, attempts }: OutboxRow): OutboxItem {
  return { id, operation, parentTs: null, kind, channel, subject, sequence, message: payload, attempts };
}

function byDueTime(a: OutboxRow, b: OutboxRow): number {
  return a.next_attempt_at.getTime() - b.next_attempt_at.getTime() || (a.id < b.id ? -1 : 1);
}

function leaseLost(id: string, owner: string): ConflictError {
  return new ConflictError(`Message ${id} is no longer leased to ${owner}: another process took it over.`);
}
