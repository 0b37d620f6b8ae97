import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as wait } from 'node:timers/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { StoreContext } from './context.ts';
import type { DatabaseHandle } from './database.ts';
import { copyTexts, type StagedEvent } from './event-rows.ts';
import { copyStaging, createStaging, rollbackStaging, storeStatement } from './event-sql.ts';
import { type SignatureRow, signatureParameter, upsertSignatures } from './signature-rows.ts';

const ATTEMPTS = 5;
const RETRIED = new Set(['40P01', '40001']);
const UNIQUE_VIOLATION = '23505';

/** Statements that are committed with a batch of events, or not at all: it sees how many of them were stored. */
export type Alongside = (client: pg.PoolClient, stored: number) => Promise<void>;

export interface EventTransaction {
  readonly staged: readonly StagedEvent[];
  readonly signatures: readonly SignatureRow[];
  /** False where every row is new as far as is known: then it is cheaper, and begins again when one is not. */
  readonly skipping: boolean;
  /** The connection of an import that counts in a table of its session, and that table. */
  readonly client?: pg.PoolClient | undefined;
  readonly seenTable?: string | null;
  readonly alongside?: Alongside | undefined;
}

/** Stores batches of staged events, each in a transaction of its own. */
export class EventWriter {
  readonly #handle: DatabaseHandle;
  readonly #context: StoreContext;
  readonly #prepared = new WeakSet<pg.PoolClient>();

  constructor(handle: DatabaseHandle, context: StoreContext) {
    this.#handle = handle;
    this.#context = context;
  }

  /** A connection with its staging table. The embedded database has one session, and so one table, for all. */
  async connect(): Promise<pg.PoolClient> {
    const client = await this.#handle.pool.connect();
    if (this.#prepared.has(client)) return client;
    try {
      await client.query(createStaging);
    } catch (error) {
      client.release(true);
      throw error;
    }
    this.#prepared.add(client);
    return client;
  }

  /**
   * Two that hold the same events may wait for each other: the loser starts its batch again. So does one that holds a
   * known event where none was expected.
   * @returns how many were stored, and whether one of them was known.
   */
  async store(transaction: EventTransaction): Promise<{ stored: number; heldKnown: boolean }> {
    let { skipping } = transaction;
    for (let attempt = 1; ; attempt++) {
      try {
        return { stored: await this.#storeOnce({ ...transaction, skipping }), heldKnown: skipping };
      } catch (error) {
        const code = error instanceof Error && 'code' in error ? String(error.code) : '';
        if (code === UNIQUE_VIOLATION && !skipping) {
          skipping = true;
          continue;
        }
        if (attempt === ATTEMPTS || !RETRIED.has(code)) throw error;
        await wait(20 * 2 ** attempt);
      }
    }
  }

  async #storeOnce(transaction: EventTransaction): Promise<number> {
    const { staged, signatures, skipping, seenTable = null, alongside } = transaction;
    const client = transaction.client ?? (await this.connect());
    let broken = false;
    try {
      // One statement, as every answer waits until a group of records was read.
      const staging = client.query(copyFrom(`BEGIN; ${copyStaging}`));
      // In pieces: a server takes in the first while the next is written.
      await pipeline(Readable.from(copyTexts(staged)), staging);
      const stored = await this.#run(client, storeStatement(seenTable, skipping));
      if (signatures.length > 0)
        await client.query(upsertSignatures, [this.#context.workspace, signatureParameter(signatures)]);
      await alongside?.(client, stored);
      await client.query('COMMIT');
      return stored;
    } catch (error) {
      await client.query(rollbackStaging).catch(() => {
        broken = true;
      });
      throw error;
    } finally {
      if (client !== transaction.client) client.release(broken);
    }
  }

  async #run(client: pg.PoolClient, statement: string): Promise<number> {
    const { workspace, timezone, clock } = this.#context;
    const now = new Date(clock()).toISOString();
    const { rows } = await client.query<{ stored: number }>(statement, [workspace, timezone, now]);
    return rows[0]?.stored ?? 0;
  }
}
