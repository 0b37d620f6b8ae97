import { RUNG_VERBS } from '../../explain/ladder.ts';
import { mustClaim } from '../claim.ts';
import { candidate, clue, type HypothesisMaker } from './define.ts';

/** Days before the start that a release may have gone out and still be what began it. */
const RIGHT_BEFORE = 1;
const BEFORE = 3;
const FEW = 20;

/** A release that is new in the window, held against others of its service. */
export const release: HypothesisMaker = ({ release: suspect, faults, spread, situation }, facts) => {
  if (suspect === null) return null;
  const { daysBefore, stands, othersMoved, under, before, others, elsewhere, sample, alone } = suspect;
  const compared = 'the same figure under this release, under others, and before';
  const strength = sample < FEW ? 1.2 : others === null ? 1.4 : 2.6;
  const foreign = share(faults?.families, ['credentials', 'rate-limit', 'upstream', 'payment', 'database']);
  const own = share(faults?.families, ['code']);
  return candidate({
    category: 'release',
    value: suspect.release,
    statement: mustClaim(facts, 'A change in release {check.release}.', 'A change in a release.'),
    confirmedBy: 'It is high under this release alone, or falls when the release is rolled back.',
    refutedBy: 'Other releases are as high at the same time, or it began before the release went out.',
    clues: [
      ...clue(
        facts,
        'when the release went out',
        timing(daysBefore),
        daysBefore !== null && daysBefore < 0
          ? '{check.release} went out on {check.release.began}, after it had begun.'
          : '{check.release} went out on {check.release.began}.',
        'When {check.release} went out is not known here.',
      ),
      ...clue(
        facts,
        compared,
        stands === null ? null : stands ? strength : alone ? 0 : othersMoved ? -2.5 : -1.5,
        stands === true
          ? `It ${RUNG_VERBS['release-aligned']} {check.release}: {check.release.under} under it, {check.release.others} under others meanwhile, {check.release.before} before.`
          : '{check.release.under} under it, {check.release.others} under others meanwhile, {check.release.before} before.',
        '{check.release.under} under it and {check.release.before} before; hardly anybody used another meanwhile.',
        under === null || before === null ? 'Too little is known by release to compare.' : 'No release sets it apart.',
      ),
      ...(situation.rules.includes('release') && !othersMoved
        ? clue(
            facts,
            'what the judge found over the weeks before',
            0.8,
            `It ${RUNG_VERBS['release-aligned']} {release} by the weeks before as well.`,
          )
        : []),
      ...(alone
        ? clue(
            facts,
            'errors by kind under the release',
            stands ? 0.4 : 2.2,
            '{check.release.alone.share} of {check.release.alone} is under it, which has {check.release.alone.traffic} of the traffic.',
          )
        : []),
      ...(elsewhere && elsewhere.pages >= 2
        ? clue(
            facts,
            'other pages under the same release',
            elsewhere.moved >= 2 ? 0.5 : 0,
            'Errors came under it on {check.release.pages} besides, and were more than before on {check.release.moved}.',
          )
        : []),
      ...(own >= 0.5
        ? clue(
            facts,
            'what the errors are',
            0.7,
            '{check.family.code} of the additional errors are exceptions of our own code.',
          )
        : foreign >= 0.7 && (spread?.sameError ?? 0) > 2
          ? clue(
              facts,
              'what the errors are',
              -0.8,
              'The same error is up on {check.spread.same} besides, and its name points outside our code.',
            )
          : []),
    ],
  });
};

function timing(days: number | null): number | null {
  if (days === null) return null;
  if (days < 0) return -2;
  return days <= RIGHT_BEFORE ? 0.9 : days <= BEFORE ? 0.3 : -0.8;
}

export const share = (families: ReadonlyMap<string, number> | undefined, of: readonly string[]): number =>
  of.reduce((sum, family) => sum + (families?.get(family) ?? 0), 0);
