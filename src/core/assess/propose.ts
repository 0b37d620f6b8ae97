/** What of an assessment is put before people to decide: one action, why, and what should come of it. */

import { changeOf, type ProposalChange } from '../proposal/change.ts';
import type { Expectation } from '../proposal/expectation.ts';
import { BOT, isWaiting, type Proposal } from '../proposal/proposal.ts';
import type { SuggestedAction } from '../records.ts';
import type { Webhook } from '../webhook-config.ts';
import type { AssessedAction, Assessment, CauseCategory } from './assessment.ts';
import { CATEGORY_WORDS } from './category-words.ts';

/** They tell somebody, or nobody: all that is proposed on a mere guess, and once for one incident. */
const TELLING: readonly string[] = ['notify-owner', 'open-issue', 'simulate'];
/** Calls that should mend it themselves; of all others somebody only learns more. */
const MENDING: readonly string[] = [
  'deploy.rollback',
  'service.scale',
  'checklist.verify-credentials',
  'checklist.rate-limit',
];
const LONGEST_WHY = 560;

export interface ActionToPropose {
  action: SuggestedAction;
  why: string;
  expectation: Expectation | null;
}

/** Worth proposing, best first: on a low confidence only what tells somebody. */
export const worthProposing = ({ actions }: Pick<Assessment, 'actions'>): AssessedAction[] =>
  actions.filter(({ action, confidence }) => confidence !== 'low' || TELLING.includes(action.type));

/** @param expected what should change where the action mends it itself. */
export function toPropose(
  assessment: Pick<Assessment, 'summary' | 'cause' | 'hypotheses'>,
  { category, action, track }: AssessedAction,
  { expected, webhooks }: { expected: Expectation | null; webhooks: readonly Webhook[] },
): ActionToPropose {
  const why = [...reasonFor(category, assessment)].slice(0, LONGEST_WHY).join('');
  return {
    action,
    why: track === null ? why : `${why} Track record of this kind of action: ${track}.`,
    expectation: shouldMend(action, webhooks) ? expected : null,
  };
}

/** What the action is for, with the best that speaks for it; what is wrong, where nothing points anywhere. */
function reasonFor(
  category: CauseCategory,
  { summary, cause, hypotheses }: Pick<Assessment, 'summary' | 'cause' | 'hypotheses'>,
): string {
  if (category === 'unknown') return summary.text;
  if (category === cause.category) return cause.text.text;
  const other = hypotheses.find((each) => each.category === category);
  const best = other?.checks.find(({ verdict }) => verdict === 'confirms')?.found.text;
  return other === undefined ? summary.text : [other.statement.text, best ?? ''].filter(Boolean).join(' ');
}

/** Whether it should mend what it is about by itself, by what its webhook is declared to do. */
export function shouldMend({ type }: SuggestedAction, webhooks: readonly Webhook[]): boolean {
  const does = webhooks.find(({ id }) => type === `call-webhook:${id}`)?.does;
  return does !== undefined && MENDING.includes(does);
}

/**
 * Whether the bot may propose that kind of action about something now: not while one of the kind is open, not what
 * people said no to, and telling somebody only once.
 * @param before what the bot proposed about it since it began, or began again.
 */
export function mayPropose({ type }: SuggestedAction, before: readonly Proposal[]): boolean {
  const ofKind = before.filter(({ action }) => action.type === type);
  if (TELLING.includes(type)) return ofKind.length === 0;
  return ofKind.every((one) => !isOpen(one) && one.state !== 'rejected' && one.state !== 'withdrawn');
}

/**
 * Takes back what the bot proposed and nobody has decided, where the likely cause is another by now and the assessment
 * would not propose it any more; undefined where it stands. What somebody edited is theirs, and where nothing is known
 * nothing is taken back.
 */
export function takeBack(
  proposal: Proposal,
  assessment: Pick<Assessment, 'actions' | 'cause'>,
  at: number,
): ProposalChange | undefined {
  const { action, proposedBy, editedBy } = proposal;
  const { category } = assessment.cause;
  if (!isWaiting(proposal) || proposedBy !== BOT || editedBy !== null || category === 'unknown') return undefined;
  const follows = worthProposing(assessment).some(
    (one) => one.action.type === action.type && one.action.title === action.title,
  );
  if (follows) return undefined;
  const reason = `It no longer follows: the likely cause is now ${CATEGORY_WORDS[category]}.`;
  return changeOf(proposal, { state: 'withdrawn', decidedBy: BOT, decidedAt: at, reason }, 'proposal.withdraw', {
    outdated: true,
  });
}

/** The bot took it back as another cause was likelier: nobody said no to it. */
export const isOutdated = ({ state, decidedBy, reason }: Proposal): boolean =>
  state === 'withdrawn' && decidedBy === BOT && reason !== null;

/** Somebody has yet to decide it, or it is under way. */
const isOpen = (proposal: Proposal): boolean =>
  isWaiting(proposal) || (proposal.state === 'approved' && proposal.execution?.finishedAt == null);
