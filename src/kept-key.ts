import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { SeepassError } from './errors.ts';
import type { DatabaseTarget } from './postgres/target.ts';

/** A key that was made by us: what it is for, and the setting that takes its place. */
export interface KeptKey {
  /** The file's name beside the database. */
  readonly name: string;
  /** Such as `pseudonym key`. */
  readonly what: string;
  readonly setting: string;
}

/**
 * A key of 64 hex digits that is made once and kept beside the embedded data (mode 0600), so that a newcomer needs no
 * secret. A memory database gets one that lives as long as the process.
 * @throws SeepassError `bad_config` naming the setting.
 */
export function keptKey(target: DatabaseTarget, { name, what, setting }: KeptKey): string {
  const folder = folderOf(target);
  if (folder === null) return randomBytes(32).toString('hex');
  const file = join(folder, name);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    try {
      writeFileSync(file, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flag: 'wx' });
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
    const key = readFileSync(file, 'utf8').trim();
    if (key.length < 32)
      throw new SeepassError('bad_config', `${file} does not hold a ${what}.`, {
        fix: `Restore it from a backup, or set ${setting}.`,
      });
    return key;
  } catch (error) {
    if (error instanceof SeepassError) throw error;
    throw new SeepassError('bad_config', `The ${what} cannot be kept in ${file}.`, {
      fix: `Make the folder writable, or set ${setting}.`,
      cause: error,
    });
  }
}

/** Null where what was made for a database lives as long as the process. */
function folderOf(target: DatabaseTarget): string | null {
  if (target.kind === 'folder') return dirname(target.folder);
  return target.kind === 'server' ? '.seepass' : null;
}
