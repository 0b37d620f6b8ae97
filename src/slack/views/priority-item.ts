import type { Proposal } from '../../core/proposal/proposal.ts';
import type { JsonObject } from '../../core/records.ts';
import { ACTIONS, encodePriority } from '../ids.ts';
import { clip } from '../mrkdwn.ts';
import { encodeProposal } from '../proposal-ids.ts';
import { actions, button, context, feedbackButtons, section } from './elements.ts';
import { outcomeLine } from './outcome.ts';
import { clipWords, type WordedItem } from './reading.ts';

/** A priority in a digest: what, how bad, who, evidence, what to do, and its buttons or its outcome. */
export function buildPriorityItem(worded: WordedItem, timezone: string, scale: number): JsonObject[] {
  const words = clipWords(worded, scale);
  const { proposal } = worded.item;
  const outcome = proposal === null ? null : outcomeLine(proposal, timezone);
  const suggestion = `Suggested: ${words.action}`;
  return [
    section([words.title, words.summary, words.hit].filter(Boolean).join('\n')),
    ...(words.chips ? [context(words.chips)] : []),
    section(outcome ? `${suggestion}\n${outcome}` : suggestion),
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

function decisionButtons(proposal: Proposal, headline: string): JsonObject[] {
  return [
    button('Approve', {
      actionId: ACTIONS.approve,
      value: encodeProposal(proposal),
      style: 'primary',
      describedAs: `Approve: ${proposal.action.title}`,
      confirm: { title: 'Approve this?', text: confirmText(proposal), confirm: 'Approve' },
    }),
    button('Dismiss', {
      actionId: ACTIONS.dismiss,
      value: encodeProposal(proposal),
      describedAs: `Dismiss the suggestion for ${headline}`,
    }),
  ];
}

function confirmText({ action }: Proposal): string {
  const note = action.type === 'simulate' ? ' This is a simulation: nothing outside Seepass changes.' : '';
  return `${clip(action.title, 200)} (${action.risk} risk).${note}`;
}
