/** What an assessment rests on, and what it cannot know: said, so that silence is not taken for an all-clear. */
import type { Fact } from '../records.ts';
import type { Claim, Hypothesis } from './assessment.ts';
import type { CheckAnswers } from './checks/check.ts';
import { claim, mustClaim } from './claim.ts';
import type { Ranked } from './rank-hypotheses.ts';
import type { Signs } from './signs/signs.ts';

const FEW = 25;
const MOST = 5;
/** Of the leader's probability: then the second is nearly as likely. */
const CLOSE = 0.6;

export function assumptionsOf({ situation, release }: Signs, facts: readonly Fact[]): Claim[] {
  const byHour = situation.windows.now.start.length > 10;
  return [
    mustClaim(
      facts,
      byHour
        ? 'Shares and rates are held against the week before it began, amounts against the same hours a week earlier.'
        : 'Shares and rates are held against the week before {since}, amounts against the same weekday before it.',
      'Shares and rates are held against the week before it began.',
    ),
    ...(release === null ? [] : [mustClaim(facts, 'Events name the release that they ran under.')]),
  ];
}

export function uncertaintiesOf(
  signs: Signs,
  ranked: readonly Ranked[],
  answers: CheckAnswers,
  counts: { asked: number; failed: number },
  facts: readonly Fact[],
): Claim[] {
  const { situation, faults } = signs;
  const [first, second] = ranked;
  const [low, high] = situation.accounts ?? [0, 0];
  const noRelease = (answers.get('rate-by-release')?.parts ?? []).every(({ value }) => value === null);
  return [
    ...notKnown(ranked.map(({ hypothesis }) => hypothesis)),
    ...(first && second && second.probability > CLOSE * first.probability
      ? [mustClaim(facts, 'The second hypothesis is nearly as likely as the first.')]
      : []),
    ...(faults && faults.kinds.length > 0 && faults.excess < FEW
      ? [mustClaim(facts, 'Few errors are more than before, so shares of them may be chance.')]
      : []),
    ...(noRelease && answers.has('rate-by-release')
      ? [mustClaim(facts, 'No event here names a release, so none can be ruled out.')]
      : []),
    ...(counts.failed > 0 ? [claim(facts, '{check.failed} of {check.asked} checks had no answer.') ?? []].flat() : []),
    ...(low < high
      ? [mustClaim(facts, 'Accounts are bounds: a customer may have another id in each tool.')]
      : situation.accounts === null
        ? [mustClaim(facts, 'Whom it hit is not known: these events name no account.')]
        : []),
  ]
    .flat()
    .slice(0, MOST);
}

/** What the two leading hypotheses could not be checked by. */
function notKnown(hypotheses: readonly Hypothesis[]): Claim[] {
  const open = hypotheses
    .slice(0, 2)
    .flatMap(({ checks }) => checks.filter(({ verdict }) => verdict === 'no_data').map(({ found }) => found));
  return open.filter(({ text }, index) => open.findIndex((each) => each.text === text) === index);
}
