/** An initialised data folder to start embedded databases from: it saves the three seconds of initdb. */
import { execFileSync } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';

const CACHE = new URL('../../node_modules/.cache/seepass/', import.meta.url);

/** The path of the folder as a tar, kept between runs: empty, not migrated. */
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
