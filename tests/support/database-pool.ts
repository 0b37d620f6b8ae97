/** The databases of one worker: made when first needed, emptied between users, dropped at the worker's end. */
import { Kysely, sql } from 'kysely';
import { type DatabaseHandle, openDatabase } from '../../src/postgres/database.ts';
import { ExplainingDialect } from '../../src/postgres/dialect.ts';
import { migrateToLatest } from '../../src/postgres/migrate.ts';
import type { Database } from '../../src/postgres/tables.ts';
import { embeddedTemplate, migratedTemplate } from './embedded-template.ts';
import { LentPool, renewConnections } from './lent-pool.ts';
import { makeServerDatabase } from './server.ts';
import { silentLog } from './silent-log.ts';

/** A new database and how to be rid of it. */
interface Made {
  readonly handle: DatabaseHandle;
  readonly drop: () => Promise<void>;
}

/** Makes databases of one kind, new each time. */
export type MakeDatabase = () => Promise<Made>;

/** Lends a migrated, empty database; closing the handle, and nothing else, gives it back. */
export type LendDatabase = () => Promise<DatabaseHandle>;

/** Makes embedded databases, not migrated. */
export const makeEmbedded: MakeDatabase = async () => openEmbedded(await embeddedTemplate());

/** Makes embedded databases that have had the migrations. */
export const makeEmbeddedMigrated: MakeDatabase = async () => openEmbedded(await migratedTemplate());

async function openEmbedded(template: string): Promise<Made> {
  const handle = await openDatabase({ kind: 'memory', template }, { log: silentLog });
  return { handle, drop: () => handle.close() };
}

/** Makes databases on this server, not migrated. */
export function makeOnServer(server: string): MakeDatabase {
  return async () => {
    const { url, drop } = await makeServerDatabase(server);
    const handle = await openDatabase({ kind: 'server', url }, { log: silentLog });
    return {
      handle,
      async drop() {
        await handle.close();
        await drop();
      },
    };
  };
}

/** Making a database takes up to two seconds, emptying one some milliseconds: one that comes back is lent again. */
export function createPool(make: MakeDatabase): LendDatabase {
  const free: Made[] = [];
  return async () => {
    const used = free.pop();
    if (used) await empty(used.handle);
    const made = used ?? (await makeMigrated(make));
    const { kind, description, join } = made.handle;
    // A pool of its own: what still runs on the handle once it is closed cannot reach the next user's rows.
    const pool = new LentPool(made.handle.pool);
    let closing: Promise<void> | undefined;
    return {
      ...{ kind, description, join, pool },
      kysely: new Kysely<Database>({ dialect: new ExplainingDialect(pool, description) }),
      close() {
        closing ??= pool.end().then(() => void free.push(made));
        return closing;
      },
    };
  };
}

async function makeMigrated(make: MakeDatabase): Promise<Made> {
  const made = await make();
  atWorkerEnd(made.drop);
  await migrateToLatest(made.handle);
  return made;
}

/**
 * Truncating a table gives it and its indexes new files, which takes milliseconds each: rows of small ones are deleted,
 * until what is left of them fills some pages.
 */
async function empty({ kysely, pool }: DatabaseHandle): Promise<void> {
  await sql`
    DO $$
    DECLARE name text; bytes bigint;
    BEGIN
      -- The audit refuses to be emptied; this is a database for tests.
      PERFORM set_config('session_replication_role', 'replica', true);
      FOR name, bytes IN SELECT quote_ident(relname), pg_relation_size(oid) FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname NOT LIKE 'schema_migrations%'
      LOOP
        IF bytes > 65536 THEN EXECUTE 'TRUNCATE ' || name;
        ELSIF bytes > 0 THEN EXECUTE 'DELETE FROM ' || name;
        END IF;
      END LOOP;
      PERFORM setval(format('%I.%I', schemaname, sequencename), start_value, false)
        FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL;
    END $$`.execute(kysely);
  await renewConnections(pool);
}
