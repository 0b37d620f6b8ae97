/** What people may do to a proposal, by button or by form; the clock has its own words. */
import type { SuggestedAction } from '../records.ts';

export type ProposalCommand =
  /** Of the version that was looked at. */
  | { kind: 'approve'; version: number }
  /** Another version of what will be done, its parameters parsed. */
  | { kind: 'edit'; version: number; action: SuggestedAction }
  | { kind: 'reject'; reason: string | null }
  /** By whoever proposed it. */
  | { kind: 'withdraw'; reason: string | null }
  /** Against what is approved and has not begun. */
  | { kind: 'object'; reason: string | null };

export interface Refusal {
  /** `conflict`: somebody was first, or it is in no state for this. */
  code: 'conflict' | 'forbidden';
  words: string;
}
