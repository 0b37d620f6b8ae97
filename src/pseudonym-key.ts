import { createHash, createHmac, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Config } from './config.ts';
import { Secret } from './secret.ts';
import { SeepassError } from './errors.ts';

/** Turns a person's id into a pseudonym; `keyId` tells which key made it. */
export interface Pseudonymiser {
  readonly keyId: string;
  /** True when the key was made by us and lies in a file: fine to try, not for production. */
  readonly fromFile: boolean;
  pseudonym(user: string): string;
}

/**
 * The configured key, else one that is made once and kept beside the embedded data (mode 0600), so that
 * a newcomer needs no secret. A memory database gets a key that lives as long as it does (`keyFile` null).
 */
export function createPseudonymiser(config: Config, keyFile: string | null): Pseudonymiser {
  const key = config.pseudonymKey?.reveal() ?? (keyFile === null ? randomBytes(32).toString('hex') : keptKey(keyFile));
  return {
    keyId: createHash('sha256').update(`seepass key id\0${key}`).digest('hex').slice(0, 8),
    fromFile: config.pseudonymKey === undefined,
    pseudonym: (user) => createHmac('sha256', key).update(user).digest('base64url').slice(0, 22),
  };
}

function keptKey(file: string): string {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    try {
      writeFileSync(file, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flag: 'wx' });
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
    const key = new Secret(readFileSync(file, 'utf8').trim());
    if (key.reveal().length < 32)
      throw new SeepassError('bad_config', `${file} does not hold a pseudonym key.`, {
        fix: 'Restore it from a backup, or set SEEPASS_PSEUDONYM_KEY.',
      });
    return key.reveal();
  } catch (error) {
    if (error instanceof SeepassError) throw error;
    throw new SeepassError('bad_config', `The pseudonym key cannot be kept in ${file}.`, {
      fix: 'Make the folder writable, or set SEEPASS_PSEUDONYM_KEY.',
      cause: error,
    });
  }
}
