/** How far people and accounts of one tool are known in another. */
import type { Source } from '../core/records.ts';

/** Of what is known in `source`, how many are known in `other` too. */
export interface IdentityMatch {
  source: Source;
  other: Source;
  of: 'accounts' | 'users';
  /** Different ones seen in `source`. */
  seen: number;
  /** Of these, seen in `other` as well. */
  matched: number;
  /** matched / seen. */
  rate: number;
}

export interface IdentityStore {
  /**
   * Every ordered pair of sources that sent ids of the kind in the half-open range of instants (epoch milliseconds).
   * People under an older pseudonym key are nobody else's match, so they are left out.
   */
  matches(range: { start: number; end: number }): Promise<IdentityMatch[]>;
}
