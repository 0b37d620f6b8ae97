import { createHash, createHmac } from 'node:crypto';
import type { Config } from './config.ts';
import { keptKey } from './kept-key.ts';
import type { DatabaseTarget } from './postgres/target.ts';

/** Turns a person's id into a pseudonym; `keyId` tells which key made it. */
export interface Pseudonymiser {
  readonly keyId: string;
  /** True when the key was made by us and lies in a file: fine to try, not for production. */
  readonly fromFile: boolean;
  pseudonym(user: string): string;
}

/** With the configured key, else with one that is made once and kept beside the database. */
export function createPseudonymiser(config: Config, target: DatabaseTarget): Pseudonymiser {
  const key =
    config.pseudonymKey?.reveal() ??
    keptKey(target, { name: 'pseudonym-key', what: 'pseudonym key', setting: 'SEEPASS_PSEUDONYM_KEY' });
  return {
    keyId: createHash('sha256').update(`seepass key id\0${key}`).digest('hex').slice(0, 8),
    fromFile: config.pseudonymKey === undefined,
    pseudonym: (user) => createHmac('sha256', key).update(user).digest('base64url').slice(0, 22),
  };
}
