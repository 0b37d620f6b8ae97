import type { Json } from '../records.ts';
import { canonicalJson } from './canonical-json.ts';
import type { Sha256 } from './chain.ts';

/**
 * What an entry says of what was asked, typed or set: enough to show later that it was the same, and none of its words.
 * Words that somebody guesses can be tried against it, so it is no place for short secrets.
 */
export const parametersHash = (value: Json, sha256: Sha256): { parameters: string } => ({
  parameters: sha256(canonicalJson(value)),
});
