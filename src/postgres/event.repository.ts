import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as wait } from 'node:timers/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { StorableEvent } from '../core/records.ts';
import type { EventImport, EventStore } from '../pipeline/ports.ts';
import type { StoreContext } from './context.ts';
import type { DatabaseHandle } from './database.ts';
import { copyTexts, type StagedEvent } from './event-rows.ts';
import { copyStaging, createSeen, createStaging, rollbackStaging, storeStatement } from './event-sql.ts';
import { explainFailure } from './failure.ts';
import { Occurrences } from './occurrences.ts';
import { SignatureGroups, type SignedBatch } from './signature-groups.ts';
import { type SignatureRow, signatureParameter, upsertSignatures } from './signature-rows.ts';

const ATTEMPTS = 5;
const RETRIED = new Set(['40P01', '40001']);
const UNIQUE_VIOLATION = '23505';

/** Statements that are committed with a batch of events, or not at all. */
export type Alongside = (client: pg.PoolClient) => Promise<void>;

/** An import that can take others' statements into the transaction of a batch. */
interface SharedImport extends EventImport {
  write(batch: readonly StorableEvent[], alongside?: Alongside): Promise<{ stored: number; duplicates: number }>;
}

export interface SharedEventStore extends EventStore {
  beginImport(): Promise<SharedImport>;
}

/** Stores events of one workspace; see EventStore for what a batch promises. */
export function createEventStore(handle: DatabaseHandle, context: StoreContext): SharedEventStore {
  const prepared = new WeakSet<pg.PoolClient>();
  const groups = new SignatureGroups(handle.kysely, context.workspace);
  /** A connection with its staging table. The embedded database has one session, and so one table, for all. */
  async function connect(): Promise<pg.PoolClient> {
    const client = await handle.pool.connect();
    if (prepared.has(client)) return client;
    try {
      await client.query(createStaging);
    } catch (error) {
      client.release(true);
      throw error;
    }
    prepared.add(client);
    return client;
  }
  return {
    beginImport: async () => new Import(handle, context, connect, groups),
  };
}

class Import implements SharedImport {
  readonly #handle: DatabaseHandle;
  readonly #context: StoreContext;
  readonly #connect: () => Promise<pg.PoolClient>;
  readonly #groups: SignatureGroups;
  readonly #occurrences = new Occurrences();
  readonly #suffix: string;
  /** The connection to a server whose session counts identical events. */
  #client: pg.PoolClient | undefined;
  #seenTable: string | null = null;
  #ended = false;
  #knowsGroups = false;
  /** Most files hold new events only: once a batch did, the next are taken to, until one proves otherwise. */
  #holdsKnown: boolean | undefined;

  constructor(
    handle: DatabaseHandle,
    context: StoreContext,
    connect: () => Promise<pg.PoolClient>,
    groups: SignatureGroups,
  ) {
    this.#handle = handle;
    this.#context = context;
    this.#connect = connect;
    this.#groups = groups;
    this.#suffix = context.newId().replaceAll('-', '');
  }

  async write(batch: readonly StorableEvent[], alongside?: Alongside): Promise<{ stored: number; duplicates: number }> {
    if (this.#ended) throw new Error('the import has ended');
    if (batch.length === 0 && alongside === undefined) return { stored: 0, duplicates: 0 };
    try {
      if (this.#occurrences.full) await this.#countInDatabase();
      const { events, signatures } = await this.#sign(batch);
      const staged = this.#occurrences.number(events);
      const stored = await this.#storeRetried(staged, signatures, alongside);
      this.#occurrences.remember(batch);
      this.#holdsKnown ??= stored < batch.length;
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

  /** The groups of other processes are read when the first message wants one. */
  async #sign(batch: readonly StorableEvent[]): Promise<SignedBatch> {
    if (!this.#knowsGroups && batch.some((event) => event.masked_message !== undefined)) {
      await this.#groups.refresh();
      this.#knowsGroups = true;
    }
    return this.#groups.sign(batch);
  }

  /**
   * Two imports that hold the same events may wait for each other: the loser starts its batch again. So does the
   * first batch that holds a known event where none was expected.
   */
  async #storeRetried(
    staged: readonly StagedEvent[],
    signatures: readonly SignatureRow[],
    alongside: Alongside | undefined,
  ): Promise<number> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#store(staged, signatures, alongside);
      } catch (error) {
        const code = error instanceof Error && 'code' in error ? String(error.code) : '';
        if (code === UNIQUE_VIOLATION && this.#holdsKnown === false) {
          this.#holdsKnown = true;
          continue;
        }
        if (attempt === ATTEMPTS || !RETRIED.has(code)) throw error;
        await wait(20 * 2 ** attempt);
      }
    }
  }

  async #store(
    staged: readonly StagedEvent[],
    signatures: readonly SignatureRow[],
    alongside: Alongside | undefined,
  ): Promise<number> {
    const client = this.#client ?? (await this.#connect());
    let broken = false;
    try {
      // One statement, as every answer waits until a group of records was read.
      const staging = client.query(copyFrom(`BEGIN; ${copyStaging}`));
      // In pieces: a server takes in the first while the next is written.
      await pipeline(Readable.from(copyTexts(staged)), staging);
      const stored = await this.#run(client, storeStatement(this.#seenTable, this.#holdsKnown !== false));
      if (signatures.length > 0)
        await client.query(upsertSignatures, [this.#context.workspace, signatureParameter(signatures)]);
      await alongside?.(client);
      await client.query('COMMIT');
      return stored;
    } catch (error) {
      await client.query(rollbackStaging).catch(() => {
        broken = true;
      });
      throw error;
    } finally {
      if (client !== this.#client) client.release(broken);
    }
  }

  async #run(client: pg.PoolClient, statement: string): Promise<number> {
    const { workspace, timezone, clock } = this.#context;
    const now = new Date(clock()).toISOString();
    const { rows } = await client.query<{ stored: number }>(statement, [workspace, timezone, now]);
    return rows[0]?.stored ?? 0;
  }

  async #countInDatabase(): Promise<void> {
    const table = `seepass_seen_${this.#suffix}`;
    if (this.#handle.kind === 'server') this.#client = await this.#connect();
    const runner = this.#client ?? this.#handle.pool;
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
