import { sql } from 'kysely';
import { beforeAll, expect, it } from 'vitest';
import { migrations } from '../../migrations/index.ts';
import { type DatabaseHandle, openDatabase } from '../../src/postgres/database.ts';
import { appliedMigrations, migrateToLatest } from '../../src/postgres/migrate.ts';
import { describeOnEveryNewDatabase } from '../support/database.ts';
import { silentLog } from '../support/silent-log.ts';

describeOnEveryNewDatabase('migrating', (open) => {
  let handle: DatabaseHandle;
  beforeAll(async () => {
    handle = await open();
  });

  it('is done once when many start at the same time on a new database', async () => {
    expect(await appliedMigrations(handle)).toEqual([]);
    const joined = await Promise.all([1, 2, 3].map(() => openDatabase(handle.join, { log: silentLog })));
    const results = await Promise.all([handle, ...joined].map(migrateToLatest));
    expect(results.flatMap((result) => result.applied)).toEqual(Object.keys(migrations));
    await Promise.all(joined.map((other) => other.close()));
  });

  it('does nothing the second time', async () => {
    await migrateToLatest(handle);
    expect(await migrateToLatest(handle)).toEqual({ applied: [] });
    expect(await appliedMigrations(handle)).toEqual(Object.keys(migrations));
  });

  it('refuses a database that a newer version has migrated, and leaves it as it is', async () => {
    await migrateToLatest(handle);
    await sql`INSERT INTO schema_migrations VALUES ('29990101000000_future', '2999-01-01')`.execute(handle.kysely);
    await expect(migrateToLatest(handle)).rejects.toMatchObject({
      code: 'schema_newer',
      message: expect.stringContaining('29990101000000_future'),
      fix: 'Update Seepass, or name another database.',
    });
  });
});
