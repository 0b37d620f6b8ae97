import { type Migration, Migrator, sql } from 'kysely';
import { migrations } from '../../migrations/index.ts';
import { SeepassError } from '../errors.ts';
import type { DatabaseHandle } from './database.ts';
import { explainFailure } from './failure.ts';

const TABLE = 'schema_migrations';

/**
 * Applies what is missing, in order; forward only. Safe to run again, and by many processes at once: one of
 * them applies, the others wait and find nothing to do.
 * @throws SeepassError `schema_newer` when a newer Seepass has migrated this database.
 */
export async function migrateToLatest(handle: Pick<DatabaseHandle, 'kysely' | 'description'>): Promise<{
  applied: string[];
}> {
  await refuseNewerSchema(handle);
  const migrator = new Migrator({
    db: handle.kysely,
    provider: { getMigrations: async (): Promise<Record<string, Migration>> => migrations },
    migrationTableName: TABLE,
    migrationLockTableName: `${TABLE}_lock`,
  });
  const { error, results } = await migrator.migrateToLatest();
  if (error) throw explainFailure(error, handle.description);
  return {
    applied: (results ?? []).filter((result) => result.status === 'Success').map((result) => result.migrationName),
  };
}

/** Names of the migrations this database has had, oldest first; empty for a new database. */
export async function appliedMigrations({ kysely }: Pick<DatabaseHandle, 'kysely'>): Promise<string[]> {
  const { rows: found } = await sql<{ found: boolean }>`SELECT to_regclass(${TABLE}) IS NOT NULL AS found`.execute(
    kysely,
  );
  if (!found[0]?.found) return [];
  const { rows } = await sql<{ name: string }>`SELECT name FROM ${sql.table(TABLE)} ORDER BY name`.execute(kysely);
  return rows.map((row) => row.name);
}

async function refuseNewerSchema(handle: Pick<DatabaseHandle, 'kysely' | 'description'>): Promise<void> {
  const known = new Set(Object.keys(migrations));
  const unknown = (await appliedMigrations(handle)).filter((name) => !known.has(name));
  if (unknown.length === 0) return;
  throw new SeepassError(
    'schema_newer',
    `The database ${handle.description} was migrated by a newer Seepass (${unknown.at(-1)}).`,
    { fix: 'Update Seepass, or name another database.' },
  );
}
