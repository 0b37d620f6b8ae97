import type pg from 'pg';
import type { StorableEvent } from '../core/records.ts';
import type { EventGroupStore, EventImport, EventStore, Written } from '../pipeline/ports.ts';
import type { StoreContext } from './context.ts';
import type { DatabaseHandle } from './database.ts';
import { createSeen } from './event-sql.ts';
import { type Alongside, EventWriter } from './event-writer.ts';
import { explainFailure } from './failure.ts';
import { Occurrences } from './occurrences.ts';
import { SignatureGroups, type SignedBatch } from './signature-groups.ts';

/** An import that can take others' statements into the transaction of a batch. */
interface SharedImport extends EventImport {
  write(batch: readonly StorableEvent[], alongside?: Alongside): Promise<Written>;
}

export interface SharedEventStore extends EventStore, EventGroupStore {
  beginImport(): Promise<SharedImport>;
}

/** Stores events of one workspace; see EventStore for what a batch promises. */
export function createEventStore(handle: DatabaseHandle, context: StoreContext): SharedEventStore {
  const own = {
    handle,
    context,
    writer: new EventWriter(handle, context),
    groups: new SignatureGroups(handle.kysely, context.workspace),
  };
  let knownLately = false;
  return {
    beginImport: async () => new Import(own),

    async writeTogether(batches) {
      const together = await new Import(own).writeAllNew(batches, knownLately);
      knownLately = together === null;
      if (together !== null) return together;
      const written: Written[] = [];
      for (const batch of batches) written.push(await new Import(own).write(batch));
      return written;
    },
  };
}

interface Own {
  readonly handle: DatabaseHandle;
  readonly context: StoreContext;
  readonly writer: EventWriter;
  readonly groups: SignatureGroups;
}

/** One of the batches was known: which is not told by how many were stored of all. */
class HeldKnown extends Error {}

class Import implements SharedImport {
  readonly #own: Own;
  readonly #occurrences = new Occurrences();
  readonly #suffix: string;
  /** The connection to a server whose session counts identical events. */
  #client: pg.PoolClient | undefined;
  #seenTable: string | null = null;
  #ended = false;
  #knowsGroups = false;
  /** Most files hold new events only: once a batch did, the next are taken to, until one proves otherwise. */
  #holdsKnown: boolean | undefined;

  constructor(own: Own) {
    this.#own = own;
    this.#suffix = own.context.newId().replaceAll('-', '');
  }

  async write(batch: readonly StorableEvent[], alongside?: Alongside): Promise<Written> {
    if (this.#ended) throw new Error('the import has ended');
    if (batch.length === 0 && alongside === undefined) return { stored: 0, duplicates: 0 };
    const { writer, handle } = this.#own;
    try {
      if (this.#occurrences.full) await this.#countInDatabase();
      const { events, signatures } = await this.#sign(batch);
      const { stored, heldKnown } = await writer.store({
        ...{ staged: this.#occurrences.number(events), signatures, skipping: this.#holdsKnown !== false },
        ...{ client: this.#client, seenTable: this.#seenTable, alongside },
      });
      this.#occurrences.remember(batch);
      this.#holdsKnown = this.#holdsKnown === undefined ? stored < batch.length : heldKnown;
      return { stored, duplicates: batch.length - stored };
    } catch (error) {
      throw explainFailure(error, handle.description);
    }
  }

  /**
   * Stores batches of which each counts for itself, in one transaction; nothing, and null, where one event is known.
   * @param skipping whether one probably is: it is found out at less cost.
   */
  async writeAllNew(batches: readonly (readonly StorableEvent[])[], skipping: boolean): Promise<Written[] | null> {
    const { writer, handle } = this.#own;
    try {
      const { events, signatures } = await this.#sign(batches.flat());
      let start = 0;
      const staged = batches.flatMap(({ length }) => {
        start += length;
        return new Occurrences().number(events.slice(start - length, start));
      });
      const alongside = async (_: pg.PoolClient, stored: number): Promise<void> => {
        if (stored < events.length) throw new HeldKnown();
      };
      await writer.store({ staged, signatures, skipping, alongside });
      return batches.map(({ length }) => ({ stored: length, duplicates: 0 }));
    } catch (error) {
      if (error instanceof HeldKnown) return null;
      throw explainFailure(error, handle.description);
    }
  }

  async end(): Promise<void> {
    if (this.#ended) return;
    this.#ended = true;
    const { handle } = this.#own;
    // On a server the session's tables go with its connection; the embedded database has one session for all.
    if (handle.kind === 'server') this.#client?.release(true);
    else if (this.#seenTable !== null) await handle.pool.query(`DROP TABLE IF EXISTS ${this.#seenTable}`);
  }

  /** The groups of other processes are read when the first message wants one. */
  async #sign(batch: readonly StorableEvent[]): Promise<SignedBatch> {
    const { groups } = this.#own;
    if (!this.#knowsGroups && batch.some((event) => event.masked_message !== undefined)) {
      await groups.refresh();
      this.#knowsGroups = true;
    }
    return groups.sign(batch);
  }

  async #countInDatabase(): Promise<void> {
    const table = `seepass_seen_${this.#suffix}`;
    const { handle, writer } = this.#own;
    if (handle.kind === 'server') this.#client = await writer.connect();
    const runner = this.#client ?? handle.pool;
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
