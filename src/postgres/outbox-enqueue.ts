/** Puts messages into the outbox. */
import { type Insertable, type Kysely, sql } from 'kysely';
import type { NewOutboxItem, OutboxStore, OutgoingMessage } from '../pipeline/ports.ts';
import type { StoreContext } from './context.ts';
import type { Database } from './tables.ts';

type OutboxRow = Insertable<Database['outbox']>;

export function createEnqueue(
  db: Kysely<Database>,
  { workspace, clock, newId }: StoreContext,
): Pick<OutboxStore, 'enqueue' | 'enqueueAll'> {
  /** A channel gets its turn with its first message. All in one order: two processes at it never wait for each other. */
  const enqueueAll: OutboxStore['enqueueAll'] = async (items) => {
    if (items.length === 0) return new Map();
    const now = new Date(clock());
    const ids = new Map(items.map((item) => [item, newId()]));
    const write = writeOnce();
    const rows = items.map((item) =>
      toRow(item, write(item.message), { id: ids.get(item) ?? newId(), workspace, now }),
    );
    const added = await db
      .with('added', (with_) =>
        with_
          .insertInto('outbox')
          .values(rows.sort(byKey))
          .onConflict((conflict) =>
            conflict.columns(['workspace_id', 'kind', 'channel', 'subject', 'sequence']).doNothing(),
          )
          .returning(['workspace_id', 'id', 'channel']),
      )
      .with('turn', (with_) =>
        with_
          .insertInto('delivery_channels')
          .columns(['workspace_id', 'channel', 'next_post_at'])
          .expression((eb) =>
            eb
              .selectFrom('added')
              .select(['workspace_id', 'channel', sql<Date>`'epoch'::timestamptz`.as('next_post_at')])
              .distinct()
              .orderBy('channel'),
          )
          .onConflict((conflict) => conflict.doNothing()),
      )
      .selectFrom('added')
      .select('id')
      .execute();
    const isNew = new Set(added.map(({ id }) => id));
    return new Map(items.map((item) => [item, isNew.has(ids.get(item) ?? '')]));
  };

  return {
    enqueueAll,
    async enqueue(item) {
      return (await enqueueAll([item])).get(item) === true;
    },
  };
}

/** Many may say the same. */
function writeOnce(): (message: OutgoingMessage) => string {
  const written = new Map<OutgoingMessage, string>();
  return (message) => {
    const payload = written.get(message) ?? JSON.stringify(message);
    written.set(message, payload);
    return payload;
  };
}

function toRow(
  { message: _message, operation, parent, ...key }: NewOutboxItem,
  payload: string,
  { id, workspace, now }: { id: string; workspace: string; now: Date },
): OutboxRow {
  return {
    ...key,
    workspace_id: workspace,
    id,
    payload,
    operation: operation ?? 'post',
    parent_kind: parent?.kind ?? null,
    parent_subject: parent?.subject ?? null,
    status: 'pending',
    next_attempt_at: now,
    created_at: now,
  };
}

function byKey(a: OutboxRow, b: OutboxRow): number {
  const [first, second] = [a, b].map(({ channel, kind, subject }) => JSON.stringify([channel, kind, subject]));
  if (first === second) return a.sequence - b.sequence;
  return (first ?? '') < (second ?? '') ? -1 : 1;
}
