import { Kysely } from 'kysely';
import type pg from 'pg';
import { SeepassError } from '../errors.ts';
import type { Log } from '../pipeline/ports.ts';
import { ExplainingDialect } from './dialect.ts';
import { createFolderLocator, type DatabaseLocator } from './embedded/folder-owner.ts';
import { createMemoryLocator } from './embedded/memory.ts';
import { explainFailure } from './failure.ts';
import { embeddedPool, serverPool } from './pool.ts';
import type { Database } from './tables.ts';
import { type DatabaseTarget, describeServer } from './target.ts';

export { type DatabaseTarget, parseDatabaseTarget } from './target.ts';

/** An open database: a server, or the embedded one behind its socket. The same pool and SQL serve both. */
export interface DatabaseHandle {
  readonly kysely: Kysely<Database>;
  readonly pool: pg.Pool;
  readonly kind: 'server' | 'embedded';
  /** Where it is, for people: never holds a credential. */
  readonly description: string;
  /** Opens this database from another thread or process of this machine, as it is served now. */
  readonly join: DatabaseTarget;
  /** Gives up the connections, and the embedded database when it is served here; safe to call twice. */
  close(): Promise<void>;
}

/**
 * Opens the database and proves that it answers.
 * @throws SeepassError `database_unavailable`, `database_corrupt` or `bad_arguments`, in one line with its fix.
 */
export async function openDatabase(target: DatabaseTarget, { log }: { log: Log }): Promise<DatabaseHandle> {
  switch (target.kind) {
    case 'server':
      return open(serverPool(target.url), {
        kind: 'server',
        description: describeServer(target.url),
        join: () => target,
        log,
      });
    case 'folder':
      return openEmbedded(createFolderLocator(target.folder, log), target.folder, log);
    case 'memory':
      return openEmbedded(await createMemoryLocator(log, target.template ?? null), 'in memory', log);
    case 'served':
      return openEmbedded({ locate: async () => target.address, close: async () => {} }, target.description, log);
  }
}

async function openEmbedded(locator: DatabaseLocator, description: string, log: Log): Promise<DatabaseHandle> {
  let address = await locator.locate();
  const pool = embeddedPool(async () => {
    address = await locator.locate();
    return address;
  });
  const join = (): DatabaseTarget => ({ kind: 'served', address, description });
  return open(pool, { kind: 'embedded', description, join, log, closed: () => locator.close() });
}

async function open(
  pool: pg.Pool,
  about: Pick<DatabaseHandle, 'kind' | 'description'> & {
    join: () => DatabaseTarget;
    log: Log;
    closed?: () => Promise<void>;
  },
): Promise<DatabaseHandle> {
  const { kind, description, join, log } = about;
  // A broken connection is replaced at the next query; without listeners, idle or in use, it would end the process.
  pool.on('error', (error) => log.warn({ error: error.message, database: description }, 'A database connection broke'));
  pool.on('connect', (client) => client.on('error', () => undefined));
  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => {
    closing ??= pool.end().finally(() => about.closed?.());
    return closing;
  };
  try {
    await proveThatItAnswers(pool, kind);
  } catch (error) {
    await close();
    throw explainFailure(error, description);
  }
  const kysely = new Kysely<Database>({ dialect: new ExplainingDialect(pool, description) });
  return {
    kysely,
    pool,
    kind,
    description,
    get join() {
      return join();
    },
    close,
  };
}

/** The owner of an embedded database may be closing just when it is joined: the next look finds its successor. */
async function proveThatItAnswers(pool: pg.Pool, kind: DatabaseHandle['kind']): Promise<void> {
  for (let tries = kind === 'embedded' ? 3 : 1; ; tries -= 1) {
    try {
      await pool.query('SELECT 1');
      return;
    } catch (error) {
      if (tries <= 1 || error instanceof SeepassError) throw error;
    }
  }
}
