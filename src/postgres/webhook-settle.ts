/** The statements that end deliveries; those of `settle` run in the transaction that stores their events. */
import type pg from 'pg';
import { ConflictError } from '../errors.ts';
import type { DeliveryCount, NewDelivery, SettledDeliveries } from '../pipeline/deliveries.ts';
import type { StoreContext } from './context.ts';

type Client = Pick<pg.Pool, 'query'>;

const ADD = `
  INSERT INTO webhook_deliveries
    (workspace_id, id, source, kind, key, received_at, bytes, sealed_with, body, next_attempt_at)
  SELECT $1, id, source, kind, key, received_at, octet_length(body), sealed_with, body, received_at
  FROM unnest($2::uuid[], $3::text[], $4::text[], $5::uuid[], $6::timestamptz[], $7::text[], $8::bytea[])
    AS sent (id, source, kind, key, received_at, sealed_with, body)
  -- In one order, so that two processes that got the same ones never wait for each other.
  ORDER BY source, key
  ON CONFLICT (workspace_id, source, key) DO NOTHING
  RETURNING id`;

/** @returns the ids of those that were not there. */
export async function insertDeliveries(
  client: Client,
  { workspace }: StoreContext,
  deliveries: readonly NewDelivery[],
): Promise<Set<string>> {
  if (deliveries.length === 0) return new Set();
  const column = <T>(of: (delivery: NewDelivery) => T): T[] => deliveries.map(of);
  const { rows } = await client.query<{ id: string }>(ADD, [
    workspace,
    column(({ id }) => id),
    column(({ source }) => source),
    column(({ kind }) => kind),
    column(({ key }) => key),
    column(({ receivedAt }) => new Date(receivedAt).toISOString()),
    column(({ sealedWith }) => sealedWith),
    column(({ body }) => body),
  ]);
  return new Set(rows.map(({ id }) => id));
}

const FINISH = `
  UPDATE webhook_deliveries AS mine
  SET state = 'parsed', body = NULL, events = done.events, settled_at = $5, last_error = NULL
  FROM unnest($2::uuid[], $3::integer[], $4::integer[]) AS done (id, attempts, events)
  WHERE mine.workspace_id = $1 AND mine.id = done.id AND mine.state = 'waiting' AND mine.attempts = done.attempts`;

/** Drops the bodies of those that are still ours. @throws ConflictError when one is not. */
export async function finishDeliveries(
  client: Client,
  { workspace, clock }: StoreContext,
  done: SettledDeliveries['done'],
): Promise<void> {
  const { rowCount } = await client.query(FINISH, [
    workspace,
    done.map(({ delivery }) => delivery.id),
    done.map(({ delivery }) => delivery.attempts),
    done.map(({ events }) => events),
    new Date(clock()).toISOString(),
  ]);
  if (rowCount !== done.length)
    throw new ConflictError('A delivery took longer than its lease, and another process read it meanwhile.');
}

const COUNT = `
  INSERT INTO delivery_counts AS known (workspace_id, date, source, outcome, detail, n)
  SELECT $1, ($3::timestamptz AT TIME ZONE $2)::date, source, outcome, detail, sum(n)
  FROM unnest($4::text[], $5::text[], $6::text[], $7::bigint[]) AS counted (source, outcome, detail, n)
  GROUP BY source, outcome, detail ORDER BY source, outcome, detail
  ON CONFLICT (workspace_id, date, source, outcome, detail) DO UPDATE SET n = known.n + excluded.n`;

export async function addCounts(
  client: Client,
  { workspace, timezone, clock }: StoreContext,
  counts: readonly DeliveryCount[],
): Promise<void> {
  if (counts.length === 0) return;
  await client.query(COUNT, [
    workspace,
    timezone,
    new Date(clock()).toISOString(),
    counts.map(({ source }) => source),
    counts.map(({ outcome }) => outcome),
    counts.map(({ detail }) => detail),
    counts.map(({ n }) => n),
  ]);
}
