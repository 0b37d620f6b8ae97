/** A cause that may be behind it, with what was looked up for and against it. */
import type { Fact } from '../../records.ts';
import type { CauseCategory, Claim, HypothesisCheck } from '../assessment.ts';
import { claim } from '../claim.ts';
import type { Signs } from '../signs/signs.ts';

/** One thing that was looked up. `points` are logarithms of odds: 1 makes it 2.7 times as likely, below 0 speaks against. */
export interface Clue extends HypothesisCheck {
  points: number;
}

export interface Candidate {
  category: CauseCategory;
  value: string | null;
  statement: Claim;
  confirmedBy: string;
  refutedBy: string;
  clues: readonly Clue[];
}

/** Null where nothing at all points there. */
export type HypothesisMaker = (signs: Signs, facts: readonly Fact[]) => Candidate | null;

/** From so many points on, a clue is told as confirming, or as refuting. */
const TELLING = 0.5;

/** Nothing where none of the wordings can be said. @param points null where there was no data to tell by. */
export function clue(
  facts: readonly Fact[],
  asked: string,
  points: number | null,
  ...wordings: readonly string[]
): Clue[] {
  const found = claim(facts, ...wordings);
  if (found === null) return [];
  const verdict =
    points === null ? 'no_data' : points >= TELLING ? 'confirms' : points <= -TELLING ? 'refutes' : 'neither';
  return [{ asked, verdict, points: points ?? 0, found }];
}

export const pointsOf = ({ clues }: Pick<Candidate, 'clues'>): number =>
  clues.reduce((sum, { points }) => sum + points, 0);

/** A candidate that has something in its favour. */
export function candidate(of: Candidate): Candidate | null {
  return of.clues.some(({ points }) => points > 0) ? of : null;
}
