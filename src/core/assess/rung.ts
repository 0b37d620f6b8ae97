import type { Rung } from '../explain/ladder.ts';
import type { Assessment } from './assessment.ts';

/** How much may be claimed about why: what the checks of the first hypothesis confirmed. Null where none did. */
export function rungOf({ hypotheses: [first] }: Pick<Assessment, 'hypotheses'>): Rung | null {
  if (first === undefined || !first.checks.some(({ verdict }) => verdict === 'confirms')) return null;
  return first.category === 'release' ? 'release-aligned' : 'concentrated';
}
