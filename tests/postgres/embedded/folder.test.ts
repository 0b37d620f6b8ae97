import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../../src/postgres/database.ts';
import { folderError } from '../../../src/postgres/embedded/folder.ts';
import { embeddedTemplate, unpackDatabase } from '../../support/embedded-template.ts';
import { silentLog } from '../../support/silent-log.ts';

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'seepass-test-'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

const open = (folder: string) => openDatabase({ kind: 'folder', folder }, { log: silentLog });

/** A folder that holds a database, made by unpacking one. */
async function makeDatabase(name: string): Promise<string> {
  const folder = join(root, name);
  await unpackDatabase(folder, await embeddedTemplate());
  return folder;
}

describe('an embedded folder', { timeout: 60_000 }, () => {
  it('keeps its rows from one opening to the next, by whatever path length, and frees its socket', async () => {
    const folder = await makeDatabase(join('long', 'd'.repeat(120)));
    const first = await open(folder);
    await first.pool.query('CREATE TABLE kept AS SELECT 42 AS n');
    await first.close();
    await first.close();
    const second = await open(folder);
    expect((await second.pool.query('SELECT n FROM kept')).rows).toEqual([{ n: 42 }]);
    await second.close();
  });

  it('is shared by two handles of one process, and stays open for the second when the first closes', async () => {
    const folder = await makeDatabase('shared');
    const [first, second] = await Promise.all([open(folder), open(folder)]);
    await first.pool.query('CREATE TABLE kept AS SELECT 42 AS n');
    expect((await second.pool.query('SELECT n FROM kept')).rows).toEqual([{ n: 42 }]);
    await first.close();
    expect((await second.pool.query('SELECT n FROM kept')).rows).toEqual([{ n: 42 }]);
    await second.close();
  });

  it.each([
    ['has no version', async (folder: string) => rm(join(folder, 'data', 'PG_VERSION'))],
    ['has a damaged control file', (folder: string) => writeFile(join(folder, 'data', 'global', 'pg_control'), 'x')],
    [
      'has a file where the data was',
      async (folder: string) => {
        await rm(join(folder, 'data'), { recursive: true });
        await writeFile(join(folder, 'data'), 'x');
      },
    ],
  ])('that %s is called corrupt, and is left as it is', async (name, damage) => {
    const folder = await makeDatabase(name);
    await damage(folder);
    for (const _ of ['first', 'second']) {
      await expect(open(folder)).rejects.toMatchObject({
        code: 'database_corrupt',
        message: `The embedded database in ${folder} cannot be opened.`,
        fix: 'Restore the folder from a backup, or move it away to start with an empty one.',
      });
    }
  });

  it('is refused when it holds something else, or is a file', async () => {
    const folder = join(root, 'photos');
    await mkdir(folder);
    await writeFile(join(folder, 'holiday.jpg'), '');
    await expect(open(folder)).rejects.toMatchObject({
      code: 'bad_arguments',
      message: `${folder} holds files that are not a Seepass database.`,
    });
    for (const path of [join(folder, 'holiday.jpg'), join(folder, 'holiday.jpg', 'db')]) {
      await expect(open(path)).rejects.toMatchObject({
        code: 'bad_arguments',
        message: `${path} is a file, not a folder.`,
      });
    }
  });

  it.each(['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'ENAMETOOLONG'])('says what to do about %s', (code) => {
    const words = folderError('/data/db', Object.assign(new Error('no'), { code }));
    expect(words).toMatchObject({ code: 'database_unavailable', message: expect.stringContaining('/data/db') });
    expect(words).toHaveProperty('fix');
  });
});
