/** Data folders to start embedded databases from: they save the seconds that initdb and the migrations take. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { vector } from '@electric-sql/pglite-pgvector';
import { openDatabase } from '../../src/postgres/database.ts';
import { startWireServer } from '../../src/postgres/embedded/wire-server.ts';
import { migrateToLatest } from '../../src/postgres/migrate.ts';
import { madeOnce } from './made-once.ts';
import { silentLog } from './silent-log.ts';

const MODULES = join(import.meta.dirname, '..', '..', 'node_modules');
const MIGRATIONS = join(import.meta.dirname, '..', '..', 'migrations');
const CACHE = join(MODULES, '.cache', 'seepass');
const OLD_MS = 60 * 60_000;
const extensions = { pg_trgm, vector };

/** The path of a folder as a tar, kept between runs: empty, not migrated. */
export function embeddedTemplate(): Promise<string> {
  return keptDump('pglite', [], () => PGlite.create({ extensions }));
}

/** The same, migrated; made anew when a migration changes. */
export async function migratedTemplate(): Promise<string> {
  const files = (await readdir(MIGRATIONS)).filter((name) => name.endsWith('.ts')).sort();
  return keptDump('migrated', files, async () => {
    const database = await PGlite.create({
      extensions,
      loadDataDir: new Blob([await readFile(await embeddedTemplate())]),
    });
    await migrate(database);
    return database;
  });
}

/** Makes an embedded database folder by unpacking a template. */
export async function unpackDatabase(folder: string, template: string): Promise<void> {
  const data = join(folder, 'data');
  await mkdir(data, { recursive: true });
  execFileSync('tar', ['-xf', template, '-C', data], { stdio: 'ignore' });
}

async function keptDump(name: string, migrations: readonly string[], make: () => Promise<PGlite>): Promise<string> {
  const hash = createHash('sha256').update(await readFile(join(MODULES, '@electric-sql', 'pglite', 'package.json')));
  for (const file of migrations) hash.update(file).update(await readFile(join(MIGRATIONS, file)));
  const path = join(CACHE, `${name}-${hash.digest('hex').slice(0, 12)}.tar`);
  return madeOnce(path, async (draft) => {
    const database = await make();
    // What a database is opened from holds all of its rows: there is nothing to recover.
    await database.exec('CHECKPOINT');
    const dump = await database.dumpDataDir('none');
    await database.close();
    await writeFile(draft, Buffer.from(await dump.arrayBuffer()));
    await clearOld(`${name}-`);
  });
}

async function migrate(database: PGlite): Promise<void> {
  const place = await mkdtemp(join(tmpdir(), 'seepass-template-'));
  const server = await startWireServer(database, { path: join(place, 'socket') }, (error) => {
    throw error;
  });
  const handle = await openDatabase(
    { kind: 'served', address: server.address, description: 'a template' },
    { log: silentLog },
  );
  await migrateToLatest(handle);
  await handle.close();
  await server.stop();
  await rm(place, { recursive: true });
}

async function clearOld(prefix: string): Promise<void> {
  for (const name of await readdir(CACHE)) {
    const path = join(CACHE, name);
    const { ctimeMs } = await stat(path).catch(() => ({ ctimeMs: Date.now() }));
    if (name.startsWith(prefix) && Date.now() - ctimeMs > OLD_MS) await rm(path, { force: true });
  }
}
