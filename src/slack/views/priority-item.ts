import type { Proposal } from '../../core/proposal/proposal.ts';
import type { JsonObject } from '../../core/records.ts';
import { ACTIONS, encodePriority } from '../ids.ts';
import { clip } from '../mrkdwn.ts';
import { encodeProposal } from '../proposal-ids.ts';
import { actions, button, context, feedbackButtons, section } from './elements.ts';
import { mention } from './mention.ts';
import { outcomeLine } from './outcome.ts';
import { clipWords, type WordedItem } from './reading.ts';

const HOOK = 'call-webhook:';

/** A priority in a digest: what, how bad, who, evidence, what to do, and its buttons or its outcome. */
export function buildPriorityItem(worded: WordedItem, timezone: string, scale: number): JsonObject[] {
  const words = clipWords(worded, scale);
  const { proposal, stop } = worded.item;
  const outcome = proposal === null ? null : outcomeLine(proposal, { timezone, stop });
  const suggestion = `Suggested: ${words.action}`;
  return [
    section([words.title, words.summary, words.hit].filter(Boolean).join('\n')),
    ...(words.chips ? [context(words.chips)] : []),
    section([suggestion, outcome ?? editedWords(proposal)].filter(Boolean).join('\n')),
    actions([
      ...(proposal !== null && outcome === null ? decisionButtons(proposal, worded.headline) : []),
      detailsButton(worded),
    ]),
    usefulButtons(worded),
  ];
}

/** A vote is about the entity's day: `+` and `-` stand before the value that names it. */
function usefulButtons({ item: { priority }, headline }: WordedItem): JsonObject {
  const value = encodePriority(priority.date, priority);
  return feedbackButtons({
    actionId: ACTIONS.useful,
    positive: { label: 'Useful', value: `+${value}`, describedAs: `Useful: ${headline}` },
    negative: { label: 'Not useful', value: `-${value}`, describedAs: `Not useful: ${headline}` },
  });
}

/** A priority in one block, for lists longer than a digest. */
export function buildPriorityLine(worded: WordedItem, scale: number): JsonObject {
  const words = clipWords(worded, scale);
  return section([words.title, words.summary, words.chips].filter(Boolean).join('\n'), detailsButton(worded));
}

export function detailsButton({ item: { priority }, headline }: WordedItem): JsonObject {
  return button('Details', {
    actionId: ACTIONS.details,
    value: encodePriority(priority.date, priority),
    describedAs: `Details of ${headline}`,
  });
}

/** Its title may not say any more what it does. */
const editedWords = (proposal: Proposal | null): string | null =>
  proposal === null || proposal.editedBy === null
    ? null
    : `Edited by ${mention(proposal.editedBy)}: its card in the thread shows what it does now, and takes approvals.`;

function decisionButtons(proposal: Proposal, headline: string): JsonObject[] {
  const approve = button('Approve', {
    actionId: ACTIONS.approve,
    value: encodeProposal(proposal),
    style: 'primary',
    describedAs: `Approve: ${proposal.action.title}`,
    confirm: { title: 'Approve this?', text: confirmText(proposal), confirm: 'Approve' },
  });
  return [
    ...(proposal.editedBy === null ? [approve] : []),
    button('Dismiss', {
      actionId: ACTIONS.dismiss,
      value: encodeProposal(proposal),
      describedAs: `Dismiss the suggestion for ${headline}`,
    }),
  ];
}

function confirmText({ action }: Proposal): string {
  return `${clip(action.title, 200)} (${action.risk} risk).${whatIsCalled(action)}`;
}

function whatIsCalled({ type, parameters }: Proposal['action']): string {
  if (type === 'simulate') return ' This is a simulation: nothing outside Seepass changes.';
  if (!type.startsWith(HOOK)) return '';
  const pairs = Object.entries(parameters).map(([key, value]) => `${key}: ${String(value)}`);
  return ` It calls ${[type.slice(HOOK.length), ...(pairs.length === 0 ? [] : [`with ${pairs.join(', ')}`])].join(' ')}.`;
}
