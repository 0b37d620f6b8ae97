/** Which cause is most likely, and in which word how sure that is. */
import type { Fact } from '../records.ts';
import type { Confidence, Hypothesis } from './assessment.ts';
import { mustClaim } from './claim.ts';
import { type Candidate, pointsOf } from './hypotheses/define.ts';
import { HYPOTHESES } from './hypotheses/index.ts';
import type { Signs } from './signs/signs.ts';

/** Points of "none of these": what speaks less for a cause than this is not told before it. */
const UNKNOWN = 1;
/** Points are summed as if clues were independent, which they are not: the odds are taken that much flatter. */
const FLATTEN = 0.8;
const HIGH = 0.75;
const MEDIUM = 0.45;
const LISTED = 4;
/** Of the leader's probability; what is below is not worth a line. */
const WORTH_A_LINE = 0.04;

/** A cause with the part of all probability that it holds (0-1). */
export interface Ranked {
  hypothesis: Hypothesis;
  probability: number;
}

/** Most likely first; `unknown` among them, wherever it belongs. Never empty. */
export function rankHypotheses(signs: Signs, facts: readonly Fact[]): Ranked[] {
  const candidates = [...HYPOTHESES.flatMap((make) => make(signs, facts) ?? []), unknownCause(facts)];
  const scored = candidates.map((each) => ({
    candidate: each,
    points: each.category === 'unknown' ? UNKNOWN : pointsOf(each),
  }));
  const weights = scored.map(({ points }) => Math.exp(FLATTEN * points));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const ranked = scored
    .map(({ candidate }, index) => ({ candidate, probability: (weights[index] ?? 0) / total }))
    .sort((a, b) => b.probability - a.probability);
  const most = ranked[0]?.probability ?? 1;
  return ranked
    .filter(({ probability }, index) => index === 0 || probability >= WORTH_A_LINE * most)
    .slice(0, LISTED)
    .map(({ candidate, probability }, index) => ({
      hypothesis: toHypothesis(candidate, index, confidenceOf(candidate, probability)),
      probability,
    }));
}

/** That nothing is known is never known well. */
const confidenceOf = ({ category }: Candidate, probability: number): Confidence =>
  category === 'unknown' ? 'low' : probability >= HIGH ? 'high' : probability >= MEDIUM ? 'medium' : 'low';

function toHypothesis(of: Candidate, index: number, confidence: Confidence): Hypothesis {
  const { category, value, statement, confirmedBy, refutedBy, clues } = of;
  // What speaks for it first, then what speaks against, then what nobody can tell.
  const order = ['confirms', 'refutes', 'neither', 'no_data'];
  const checks = clues
    .toSorted((a, b) => order.indexOf(a.verdict) - order.indexOf(b.verdict) || Math.abs(b.points) - Math.abs(a.points))
    .map(({ points: _, ...check }) => check);
  return { id: `h${index + 1}`, category, value, statement, confidence, confirmedBy, refutedBy, checks };
}

const unknownCause = (facts: readonly Fact[]): Candidate => ({
  category: 'unknown',
  value: null,
  statement: mustClaim(facts, 'Something that is not measured here.'),
  confirmedBy: 'None of the checks sets anything apart.',
  refutedBy: 'A release, an error, an account or a platform holds most of it.',
  clues: [],
});
