import type { NewDelivery } from '../deliveries.ts';

/** What a sealed body belongs to: in another row it cannot be opened. */
export type SealedPlace = Pick<NewDelivery, 'id' | 'source'>;

/** Encrypts bodies at rest. */
export interface Sealing {
  /** Which key seals now. */
  readonly keyId: string;
  seal(body: Uint8Array, place: SealedPlace): Uint8Array;
  /** @throws SeepassError `bad_config` when its key is not set any more, `internal` when it was changed. */
  open(sealed: Uint8Array, keyId: string, place: SealedPlace): Uint8Array;
}
