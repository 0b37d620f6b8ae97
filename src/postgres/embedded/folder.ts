import { access, constants, mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SeepassError } from '../../errors.ts';

const DATA = 'data';
const INITIALISING = 'initialising';

export const dataFolder = (folder: string): string => join(folder, DATA);

/**
 * Makes the folder (mode 0700) when it is missing, and refuses one that cannot hold a database.
 * @throws SeepassError `bad_arguments` for a file or somebody else's folder, `database_unavailable` without rights.
 */
export async function prepareFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    if (!(await stat(folder)).isDirectory()) throw notAFolder(folder);
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw folderError(folder, error);
  }
  const names = await readdir(folder);
  if (names.length > 0 && !names.includes(DATA) && !names.some((name) => name.startsWith('owner.'))) {
    throw new SeepassError('bad_arguments', `${folder} holds files that are not a Seepass database.`, {
      fix: 'Name a new or empty folder.',
    });
  }
}

/**
 * Called by the owner only. Marks a database that is about to be made, and clears away one whose making was
 * interrupted: nothing can have been stored in it. Resolves to true when the database is new.
 * @throws SeepassError `database_corrupt` for files without a version: PGlite would write a new database over them.
 */
export async function beginInitialising(folder: string): Promise<boolean> {
  const marker = join(folder, INITIALISING);
  const data = dataFolder(folder);
  if (await exists(marker)) await rm(data, { recursive: true, force: true });
  if (await exists(join(data, 'PG_VERSION'))) return false;
  const isNew = !(await exists(data)) || (await isEmptyFolder(data));
  if (!isNew) throw corrupt(folder);
  await writeFile(marker, '');
  return true;
}

export function corrupt(folder: string, cause?: unknown): SeepassError {
  return new SeepassError('database_corrupt', `The embedded database in ${folder} cannot be opened.`, {
    fix: 'Restore the folder from a backup, or move it away to start with an empty one.',
    cause,
  });
}

/** A database that never came to be, mostly for want of room; the next start clears what there is of it. */
export function cannotBeMade(folder: string, cause: unknown): SeepassError {
  return new SeepassError('database_unavailable', `The embedded database could not be made in ${folder}.`, {
    fix: 'Check that its disk has 100 MB to spare, then try again.',
    cause,
  });
}

/** From here on the data folder holds something: it is never cleared away again. */
export async function endInitialising(folder: string): Promise<void> {
  await rm(join(folder, INITIALISING), { force: true });
}

/** The words for a file system error on the folder. */
export function folderError(folder: string, error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EEXIST' || code === 'ENOTDIR') return notAFolder(folder);
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return new SeepassError('database_unavailable', `The database folder ${folder} cannot be written to.`, {
      fix: 'Give this user rights to it, or name another folder with --database.',
      cause: error,
    });
  }
  if (code === 'ENOSPC') {
    return new SeepassError('database_unavailable', `The disk that holds ${folder} is full.`, {
      fix: 'Free some space, then try again.',
      cause: error,
    });
  }
  if (code === 'ENOENT' || code === 'ENAMETOOLONG' || code === 'ELOOP') {
    return new SeepassError('database_unavailable', `The database folder ${folder} cannot be made (${code}).`, {
      fix: 'Name another folder with --database.',
      cause: error,
    });
  }
  return error;
}

function notAFolder(folder: string): SeepassError {
  return new SeepassError('bad_arguments', `${folder} is a file, not a folder.`, {
    fix: 'Name a folder with --database, or a postgres:// URL.',
  });
}

async function isEmptyFolder(path: string): Promise<boolean> {
  return readdir(path).then(
    (names) => names.length === 0,
    () => false,
  );
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
