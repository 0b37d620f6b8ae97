import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import type { Config } from './config.ts';
import { SeepassError } from './errors.ts';
import { keptKey } from './kept-key.ts';
import type { SealedPlace, Sealing } from './pipeline/deliveries/sealing.ts';
import type { DatabaseTarget } from './postgres/target.ts';

const CIPHER = 'aes-256-gcm';
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

interface SealingKey {
  readonly id: string;
  readonly bytes: Uint8Array;
}

/**
 * AES-256-GCM, as nonce, tag and ciphertext, bound to its row. The first configured key seals, each of them opens;
 * without one a key is made once and kept beside the database.
 */
export function createSealing({ deliveryKeys }: Pick<Config, 'deliveryKeys'>, target: DatabaseTarget): Sealing {
  const configured = deliveryKeys.map((key) => key.reveal());
  const kept = () =>
    keptKey(target, { name: 'delivery-key', what: 'key of the deliveries', setting: 'SEEPASS_DELIVERY_KEY' });
  const [first, ...older] = (configured.length > 0 ? configured : [kept()]).map(keyOf);
  if (first === undefined) throw new SeepassError('internal', 'There is no key for deliveries.');
  const keys = new Map([first, ...older].map((key) => [key.id, key]));
  return {
    keyId: first.id,

    seal(body, place) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(CIPHER, first.bytes, nonce).setAAD(aboutOf(place));
      const sealed = cipher.update(body);
      cipher.final();
      return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
    },

    open(sealed, keyId, place) {
      const key = keys.get(keyId);
      if (key === undefined)
        throw new SeepassError('bad_config', `It was sealed with a key that is not set any more (${keyId}).`, {
          fix: 'Add that key to SEEPASS_DELIVERY_KEY, after a comma, and retry.',
        });
      const [nonce, rest] = [sealed.subarray(0, NONCE_BYTES), sealed.subarray(NONCE_BYTES)];
      try {
        const decipher = createDecipheriv(CIPHER, key.bytes, nonce, { authTagLength: TAG_BYTES })
          .setAAD(aboutOf(place))
          .setAuthTag(rest.subarray(0, TAG_BYTES));
        return Buffer.concat([decipher.update(rest.subarray(TAG_BYTES)), decipher.final()]);
      } catch (cause) {
        throw new SeepassError('internal', 'Its sealed body was changed, or belongs to another delivery.', { cause });
      }
    },
  };
}

const aboutOf = ({ id, source }: SealedPlace): Buffer => Buffer.from(`${source}\0${id}`);

/** A key of any form gives 256 bits; what names it tells nothing of it. */
function keyOf(text: string): SealingKey {
  const derive = (what: string, bytes: number) => Buffer.from(hkdfSync('sha256', text, '', `seepass ${what}`, bytes));
  return { id: derive('delivery key id', 4).toString('hex'), bytes: derive('delivery key', KEY_BYTES) };
}
