import type { DigestItem } from '../../core/delivery/digest-model.ts';
import type { JsonObject, Proposal } from '../../core/records.ts';
import { ACTIONS, encodePriority } from '../ids.ts';
import { actions, button, context, section } from './elements.ts';
import { outcomeLine } from './outcome.ts';
import { type ItemWords, readItem, type WordingContext } from './reading.ts';

/** A priority in a digest: what, how bad, who, evidence, what to do, and its buttons or its outcome. */
export function buildPriorityItem(item: DigestItem, wording: WordingContext): JsonObject[] {
  const words = readItem(item, wording);
  const { priority, proposal, explanation } = item;
  const outcome = proposal === null ? null : outcomeLine(proposal, wording.timezone);
  const suggestion = `Suggested: ${words.action} (${explanation.action.risk} risk)`;
  const body = [itemTitle(priority.rank, words), words.summary, words.hit].filter(Boolean).join('\n');
  return [
    section(body),
    ...(words.chips ? [context(words.chips)] : []),
    section(outcome ? `${suggestion}\n${outcome}` : suggestion),
    actions([
      ...(proposal !== null && outcome === null ? decisionButtons(proposal, words) : []),
      detailsButton(item, words),
    ]),
  ];
}

/** A priority in one block, for lists longer than a digest. */
export function buildPriorityLine(item: DigestItem, wording: WordingContext): JsonObject {
  const words = readItem(item, wording);
  const lines = [itemTitle(item.priority.rank, words), words.summary, words.chips];
  return section(lines.filter(Boolean).join('\n'), detailsButton(item, words));
}

/** `*1 · ● /checkout: errors 6.9x normal* · new`. */
export function itemTitle(rank: number, words: ItemWords): string {
  return `*${rank} · ${words.shape} ${words.headline}* · ${words.trend}`;
}

function detailsButton({ priority }: DigestItem, words: ItemWords): JsonObject {
  return button('Details', {
    actionId: ACTIONS.details,
    value: encodePriority(priority.date, priority),
    describedAs: `Details of ${words.plainHeadline}`,
  });
}

function decisionButtons(proposal: Proposal, words: ItemWords): JsonObject[] {
  return [
    button('Approve', {
      actionId: ACTIONS.approve,
      value: proposal.id,
      style: 'primary',
      describedAs: `Approve: ${proposal.action.title}`,
      confirm: { title: 'Approve this?', text: confirmText(proposal), confirm: 'Approve' },
    }),
    button('Dismiss', {
      actionId: ACTIONS.dismiss,
      value: proposal.id,
      describedAs: `Dismiss the suggestion for ${words.plainHeadline}`,
    }),
  ];
}

function confirmText({ action }: Proposal): string {
  const what = `${action.title} (${action.risk} risk).`;
  return action.type === 'simulate' ? `${what} This is a simulation: nothing outside Seepass changes.` : what;
}
