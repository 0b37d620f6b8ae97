/** The connections of a kept database, as a pool that one user closes: they stay open for the next one. */
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';

type OnConnection = Parameters<pg.Pool['connect']>[0];

/**
 * Gives out the connections of another pool until it is ended. A new one costs a server a few milliseconds, most of them
 * for reading its catalogue of tables again.
 */
export class LentPool extends pg.Pool {
  readonly #kept: pg.Pool;
  #isEnded = false;

  constructor(kept: pg.Pool) {
    super();
    this.#kept = kept;
  }

  override connect(): Promise<pg.PoolClient>;
  override connect(callback: OnConnection): void;
  override connect(callback?: OnConnection): Promise<pg.PoolClient> | undefined {
    const refused = this.#isEnded ? new Error('Cannot use a pool after calling end on the pool') : undefined;
    if (callback === undefined) return refused ? Promise.reject(refused) : this.#kept.connect();
    if (refused) callback(refused, undefined, () => undefined);
    else this.#kept.connect(callback);
    return undefined;
  }

  /** Waits for what runs; nothing new begins. */
  override async end(): Promise<void> {
    this.#isEnded = true;
    while (this.#kept.idleCount < this.#kept.totalCount || this.#kept.waitingCount > 0) await delay(1);
  }
}

/** Makes idle connections like new ones: nothing that was set or prepared in them is left. */
export async function renewConnections(pool: pg.Pool): Promise<void> {
  const clients = await Promise.all(Array.from({ length: pool.idleCount }, () => pool.connect()));
  await Promise.all(
    clients.map(async (client) => {
      await client.query('DISCARD ALL');
      await pool.options.onConnect?.(client);
      client.release();
    }),
  );
}
