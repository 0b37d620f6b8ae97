import { sql } from 'kysely';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { migrations } from '../../migrations/index.ts';
import { type DatabaseHandle, openDatabase } from '../../src/postgres/database.ts';
import { appliedMigrations, migrateToLatest } from '../../src/postgres/migrate.ts';
import { describeOnEveryDatabase } from '../support/database.ts';
import { silentLog } from '../support/silent-log.ts';

describeOnEveryDatabase('migrating', (open) => {
  let handle: DatabaseHandle;
  beforeEach(async () => {
    handle = await open();
  });
  afterEach(() => handle.close());

  it('does nothing the second time', async () => {
    expect(await migrateToLatest(handle)).toEqual({ applied: [] });
    expect(await appliedMigrations(handle)).toEqual(Object.keys(migrations));
  });

  it('is done once when many start at the same time on a new database', async () => {
    await sql`DROP SCHEMA public CASCADE`.execute(handle.kysely);
    await sql`CREATE SCHEMA public`.execute(handle.kysely);
    expect(await appliedMigrations(handle)).toEqual([]);
    const joined = await Promise.all([1, 2, 3].map(() => openDatabase(handle.join, { log: silentLog })));
    const results = await Promise.all([handle, ...joined].map(migrateToLatest));
    expect(results.flatMap((result) => result.applied)).toEqual(Object.keys(migrations));
    await Promise.all(joined.map((other) => other.close()));
  });

  it('refuses a database that a newer version has migrated, and leaves it as it is', async () => {
    await sql`INSERT INTO schema_migrations VALUES ('29990101000000_future', '2999-01-01')`.execute(handle.kysely);
    await expect(migrateToLatest(handle)).rejects.toMatchObject({
      code: 'schema_newer',
      message: expect.stringContaining('29990101000000_future'),
      fix: 'Update Seepass, or name another database.',
    });
    await sql`DELETE FROM schema_migrations WHERE name LIKE '2999%'`.execute(handle.kysely);
  });
});
