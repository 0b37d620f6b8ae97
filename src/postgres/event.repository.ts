import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as wait } from 'node:timers/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { StorableEvent } from '../core/records.ts';
import type { EventImport, EventStore } from '../pipeline/ports.ts';
import type { StoreContext } from './context.ts';
import type { DatabaseHandle } from './database.ts';
import { arrayLiterals, copyTexts, type StagedEvent } from './event-rows.ts';
import { createSeen, createStaging, storeStatement } from './event-sql.ts';
import { explainFailure } from './failure.ts';
import { Occurrences } from './occurrences.ts';

/** From here on a COPY into a staging table is worth its own connection. */
const COPY_FROM = 1_000;
/** Rows of one statement with arrays: more makes the embedded database hold much at once. */
const ARRAY_ROWS = 2_500;
const ATTEMPTS = 5;
const RETRIED = new Set(['40P01', '40001']);

/** Stores events of one workspace; see EventStore for what a batch promises. */
export function createEventStore(handle: DatabaseHandle, context: StoreContext): EventStore {
  return {
    beginImport: async () => new Import(handle, context),
  };
}

class Import implements EventImport {
  readonly #handle: DatabaseHandle;
  readonly #context: StoreContext;
  readonly #occurrences = new Occurrences();
  readonly #suffix: string;
  #client: pg.PoolClient | undefined;
  #seenTable: string | null = null;
  #ended = false;

  constructor(handle: DatabaseHandle, context: StoreContext) {
    this.#handle = handle;
    this.#context = context;
    this.#suffix = context.newId().replaceAll('-', '');
  }

  async write(batch: readonly StorableEvent[]): Promise<{ stored: number; duplicates: number }> {
    if (this.#ended) throw new Error('the import has ended');
    if (batch.length === 0) return { stored: 0, duplicates: 0 };
    try {
      if (this.#occurrences.full) await this.#countInDatabase();
      const staged = this.#occurrences.number(batch);
      const stored = await this.#storeRetried(staged);
      this.#occurrences.remember(batch);
      return { stored, duplicates: batch.length - stored };
    } catch (error) {
      throw explainFailure(error, this.#handle.description);
    }
  }

  async end(): Promise<void> {
    if (this.#ended) return;
    this.#ended = true;
    // On a server the session's tables go with its connection; the embedded database has one session for all.
    if (this.#handle.kind === 'server') this.#client?.release(true);
    else if (this.#seenTable !== null) await this.#handle.pool.query(`DROP TABLE IF EXISTS ${this.#seenTable}`);
  }

  /** Two imports that hold the same events may wait for each other: the loser starts its batch again. */
  async #storeRetried(staged: readonly StagedEvent[]): Promise<number> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#store(staged);
      } catch (error) {
        const code = error instanceof Error && 'code' in error ? String(error.code) : '';
        if (attempt === ATTEMPTS || !RETRIED.has(code)) throw error;
        await wait(20 * 2 ** attempt);
      }
    }
  }

  async #store(staged: readonly StagedEvent[]): Promise<number> {
    if (this.#handle.kind === 'server' && (this.#client !== undefined || staged.length >= COPY_FROM))
      return this.#copy(await this.#session(), staged);
    return this.#inTransaction(await this.#handle.pool.connect(), true, async (client) => {
      await client.query('BEGIN');
      const statement = storeStatement('arrays', this.#seenTable);
      let stored = 0;
      let literals = arrayLiterals(staged.slice(0, ARRAY_ROWS));
      for (let start = 0; start < staged.length; start += ARRAY_ROWS) {
        const running = this.#run(client, statement, literals);
        // The next are made while these are stored.
        literals = arrayLiterals(staged.slice(start + ARRAY_ROWS, start + 2 * ARRAY_ROWS));
        stored += await running;
      }
      return stored;
    });
  }

  #copy(client: pg.PoolClient, staged: readonly StagedEvent[]): Promise<number> {
    return this.#inTransaction(client, false, async () => {
      // One statement, as every answer waits until a group of records was read.
      const staging = client.query(copyFrom('BEGIN; COPY seepass_staging FROM STDIN'));
      // In pieces: the server takes in the first while the next is written.
      await pipeline(Readable.from(copyTexts(staged)), staging);
      return this.#run(client, storeStatement('seepass_staging', this.#seenTable), []);
    });
  }

  async #run(client: pg.PoolClient, statement: string, parameters: readonly string[]): Promise<number> {
    const { workspace, timezone, clock } = this.#context;
    const now = new Date(clock()).toISOString();
    const { rows } = await client.query<{ stored: number }>(statement, [workspace, timezone, now, ...parameters]);
    return rows[0]?.stored ?? 0;
  }

  /** What `work` began is committed, or rolled back when it fails. */
  async #inTransaction(
    client: pg.PoolClient,
    release: boolean,
    work: (client: pg.PoolClient) => Promise<number>,
  ): Promise<number> {
    let broken = false;
    try {
      const result = await work(client);
      await client.query('COMMIT');
      return result;
    } catch (error) {
      await client.query('ROLLBACK').catch(() => {
        broken = true;
      });
      throw error;
    } finally {
      if (release) client.release(broken);
    }
  }

  /** The import's own connection to a server, with its staging table. */
  async #session(): Promise<pg.PoolClient> {
    if (this.#client !== undefined) return this.#client;
    const client = await this.#handle.pool.connect();
    this.#client = client;
    // For the table that counts identical events; the connection is not used again after the import.
    await client.query(`SET temp_buffers = '32MB'; ${createStaging('seepass_staging')}`);
    return client;
  }

  async #countInDatabase(): Promise<void> {
    const table = `seepass_seen_${this.#suffix}`;
    const runner = this.#handle.kind === 'server' ? await this.#session() : this.#handle.pool;
    await runner.query(createSeen(table));
    this.#seenTable = table;
    const seen = this.#occurrences.spill();
    const insert = `INSERT INTO ${table} SELECT * FROM unnest($1::timestamptz[], $2::uuid[], $3::integer[])`;
    await runner.query(insert, [
      seen.map((content) => new Date(content.ts).toISOString()),
      seen.map((content) => content.event_key),
      seen.map((content) => content.n),
    ]);
  }
}
