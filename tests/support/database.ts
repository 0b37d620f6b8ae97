/** Runs database tests on the embedded database and on PostgreSQL, each test with a database of its own. */
import { afterAll, describe, it, onTestFinished, TestRunner } from 'vitest';
import type { DatabaseHandle } from '../../src/postgres/database.ts';
import {
  createPool,
  type LendDatabase,
  type MakeDatabase,
  makeEmbedded,
  makeEmbeddedMigrated,
  makeOnServer,
} from './database-pool.ts';
import { serverUrl } from './server.ts';

/**
 * A database of the caller's own, until the test ends; until the last test does, when it is opened before all.
 * It need not be closed.
 */
export type OpenDatabase = () => Promise<DatabaseHandle>;

const embedded = createPool(makeEmbeddedMigrated);
const onServer = serverUrl === undefined ? undefined : createPool(makeOnServer(serverUrl));

/**
 * Defines the tests once per database. They get it migrated and empty, and leave its schema as it is: the next
 * test gets the same one, emptied.
 */
export function describeOnEveryDatabase(name: string, define: (open: OpenDatabase) => void): void {
  describeOnEvery(name, [embedded, onServer], define);
}

/**
 * Defines the tests once, on PostgreSQL where a server answers and else on the embedded database: for what sits on
 * stores that have tests of their own on both.
 */
export function describeOnOneDatabase(name: string, define: (open: OpenDatabase) => void): void {
  describe(name, () => define(closing(onServer ?? embedded)));
}

/** Defines the tests once, on PostgreSQL: for several processes at once, each with connections of its own. */
export function describeOnServer(name: string, define: (open: OpenDatabase) => void): void {
  describeOnPostgres(name, onServer, define);
}

/** Defines the tests once per database. They get a new one, not migrated, which goes with the test. */
export function describeOnEveryNewDatabase(name: string, define: (open: OpenDatabase) => void): void {
  const [onEmbedded, onPostgres] = [makeEmbedded, serverUrl === undefined ? undefined : makeOnServer(serverUrl)];
  describeOnEvery(name, [lendNew(onEmbedded), onPostgres && lendNew(onPostgres)], define);
}

function lendNew(make: MakeDatabase): LendDatabase {
  return async () => {
    const { handle, drop } = await make();
    return { ...handle, close: drop };
  };
}

function describeOnEvery(
  name: string,
  [onEmbedded, onPostgres]: [LendDatabase, LendDatabase | undefined],
  define: (open: OpenDatabase) => void,
): void {
  describe(`${name} (embedded)`, () => define(closing(onEmbedded)));
  describeOnPostgres(name, onPostgres, define);
}

function describeOnPostgres(
  name: string,
  onPostgres: LendDatabase | undefined,
  define: (open: OpenDatabase) => void,
): void {
  describe(`${name} (PostgreSQL)`, () => {
    if (onPostgres) return define(closing(onPostgres));
    it('is SKIPPED: set SEEPASS_TEST_DATABASE_URL to run it', ({ skip }) => {
      process.stderr.write(`\n*** SKIPPED on PostgreSQL: ${name}. Set SEEPASS_TEST_DATABASE_URL. ***\n\n`);
      skip();
    });
  });
}

/** Closes what is opened in a test after it, and what is opened outside of one after all tests. */
function closing(lend: LendDatabase): OpenDatabase {
  const forAll: DatabaseHandle[] = [];
  afterAll(async () => {
    for (const handle of forAll.splice(0)) await handle.close();
  });
  return async () => {
    const handle = await lend();
    if (TestRunner.getCurrentTest() === undefined) forAll.push(handle);
    else onTestFinished(() => handle.close());
    return handle;
  };
}
