/** Runs database tests on the embedded database and on PostgreSQL, each test file with databases of its own. */
import { execFileSync } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, describe, it } from 'vitest';
import { type DatabaseHandle, openDatabase } from '../../src/postgres/database.ts';
import { migrateToLatest } from '../../src/postgres/migrate.ts';
import { silentLog } from './silent-log.ts';

/** A migrated, empty database of the caller's own; closing it gives it back for the next caller in the file. */
export type OpenDatabase = () => Promise<DatabaseHandle>;

/**
 * Defines the tests once per database. The PostgreSQL half runs on `SEEPASS_TEST_DATABASE_URL`, or on a local
 * server that lets us in, and says loudly when there is none.
 */
export function describeOnEveryDatabase(name: string, define: (open: OpenDatabase) => void): void {
  describe(`${name} (embedded)`, () => define(pooled(openEmbedded)));
  const server = serverUrl;
  if (server === undefined) {
    describe(`${name} (PostgreSQL)`, () => {
      it('is SKIPPED: set SEEPASS_TEST_DATABASE_URL to run it', ({ skip }) => {
        process.stderr.write(`\n*** SKIPPED on PostgreSQL: ${name}. Set SEEPASS_TEST_DATABASE_URL. ***\n\n`);
        skip();
      });
    });
    return;
  }
  describe(`${name} (PostgreSQL)`, () => define(pooled(() => openOnServer(server))));
}

interface Opened {
  readonly handle: DatabaseHandle;
  readonly drop: () => Promise<void>;
}

/** Emptying a database takes milliseconds, making one up to a second: one that was closed is emptied and reused. */
function pooled(make: () => Promise<Opened>): OpenDatabase {
  const made: Opened[] = [];
  const free: Opened[] = [];
  afterAll(async () => {
    for (const opened of made.splice(0)) await opened.drop();
  });
  return async () => {
    const reused = free.pop();
    if (reused) await emptyTables(reused.handle);
    const opened = reused ?? (await make());
    if (!reused) made.push(opened);
    let closed = false;
    return {
      ...opened.handle,
      async close() {
        if (!closed) free.push(opened);
        closed = true;
      },
    };
  };
}

/** Only what holds rows: truncating every table costs a tenth of a second on a server. */
async function emptyTables({ kysely }: DatabaseHandle): Promise<void> {
  await sql`
    DO $$
    DECLARE name text; filled boolean;
    BEGIN
      FOR name IN SELECT quote_ident(tablename) FROM pg_tables
        WHERE schemaname = 'public' AND tablename NOT LIKE 'schema_migrations%'
      LOOP
        EXECUTE 'SELECT EXISTS (SELECT FROM ' || name || ')' INTO filled;
        IF filled THEN EXECUTE 'TRUNCATE ' || name || ' RESTART IDENTITY'; END IF;
      END LOOP;
    END $$`.execute(kysely);
}

async function openEmbedded(): Promise<Opened> {
  const handle = await openDatabase({ kind: 'memory', template: await embeddedTemplate() }, { log: silentLog });
  await migrateToLatest(handle);
  return { handle, drop: () => handle.close() };
}

const CACHE = new URL('../../node_modules/.cache/seepass/', import.meta.url);

/** An initialised data folder, kept between runs: starting from it saves the three seconds of initdb. */
export async function embeddedTemplate(): Promise<string> {
  const manifest = await readFile(new URL('../../node_modules/@electric-sql/pglite/package.json', import.meta.url));
  const version = createHash('sha256').update(manifest).digest('hex').slice(0, 12);
  const path = new URL(`pglite-${version}.tar`, CACHE);
  if (!existsSync(path)) {
    await mkdir(CACHE, { recursive: true });
    const database = await PGlite.create();
    const dump = await database.dumpDataDir('none');
    await database.close();
    const draft = new URL(`${path.href}.${randomUUID()}`);
    await writeFile(draft, Buffer.from(await dump.arrayBuffer()));
    await rename(draft, path);
  }
  return path.pathname;
}

/** Makes an embedded database folder by unpacking the template: empty, not migrated. */
export async function unpackDatabase(folder: string): Promise<void> {
  const data = join(folder, 'data');
  await mkdir(data, { recursive: true });
  execFileSync('tar', ['-xf', await embeddedTemplate(), '-C', data], { stdio: 'ignore' });
}

async function openOnServer(url: string): Promise<Opened> {
  const name = `seepass_test_${randomUUID().replaceAll('-', '')}`;
  await onServer(url, `CREATE DATABASE ${name}`);
  await onServer(url, `ALTER DATABASE ${name} SET synchronous_commit = off`);
  const own = new URL(url);
  own.pathname = `/${name}`;
  const handle = await openDatabase({ kind: 'server', url: own.href }, { log: silentLog });
  await migrateToLatest(handle);
  return {
    handle,
    async drop() {
      await handle.close();
      await onServer(url, `DROP DATABASE ${name} WITH (FORCE)`);
    },
  };
}

async function onServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

async function findServer(): Promise<string | undefined> {
  const given = process.env.SEEPASS_TEST_DATABASE_URL;
  if (given) return given;
  for (const user of new Set([process.env.USER ?? 'root', 'root', 'postgres'])) {
    const url = `postgres://${encodeURIComponent(user)}@127.0.0.1:5432/postgres`;
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 1_000 });
    client.on('error', () => undefined);
    try {
      await client.connect();
      const { rows } = await client.query<{ ok: boolean }>(
        'SELECT rolcreatedb OR rolsuper AS ok FROM pg_roles WHERE rolname = current_user',
      );
      if (rows[0]?.ok) return url;
    } catch {
      // Nothing there, or it does not let this user in: try the next.
    } finally {
      await client.end().catch(() => undefined);
    }
  }
  return undefined;
}

/** The server for the PostgreSQL half; undefined skips it. */
export const serverUrl = await findServer();
